#!/bin/sh
# Greets whoever is named, or “you”.
echo "${GREETING:-Hi}, ${*:-you}. This is $(pwd)."
