#!/bin/sh
# Stands for what takes minutes elsewhere: fetching parts. It notes a new number each time it runs.
echo "Installing…"
head -c 99 /dev/urandom | md5sum | head -c 8 > /number
