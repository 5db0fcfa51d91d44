#!/bin/sh
echo "The app runs, and has in its folder:" $(ls -A /app)
