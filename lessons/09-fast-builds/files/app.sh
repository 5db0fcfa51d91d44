#!/bin/sh
echo "The app runs. Its parts have the number $(cat /number)."
