#!/bin/sh
# `npm run bench`: the same set-up as `npm start`, then the stopwatch. Options: `npm run bench -- --help`.
. "${0%/*}/../../src/setup/prepare.sh"

# `npm start`, which is measured too, has to find the same Node.
PATH=$(dirname -- "$node"):$root/node_modules/.bin:$PATH
export PATH
exec "$node" test/bench/bench.ts "$@"
