#!/bin/sh
# `npm run pictures`: the same set-up as `npm start`, then the README's pictures and tables are made anew.
. "${0%/*}/../../src/setup/prepare.sh"

# The sandbox's own processes have to find the same Node.
PATH=$(dirname -- "$node"):$root/node_modules/.bin:$PATH
export PATH
"$node" test/pictures/refresh-readme.ts && exec "$node" test/pictures/take.ts "$@"
