#!/bin/sh
# `npm start`: sets up what is missing, then becomes the program.
. "${0%/*}/prepare.sh"
exec "$node" dist/slipway.js "$@"
