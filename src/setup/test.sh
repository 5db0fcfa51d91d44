#!/bin/sh
# `npm test`: the same set-up as `npm start`, then every check and every test. `npm test -- test/model` runs only
# those tests, without the checks. The last line is always the count; a failed check counts as one failure.
. "${0%/*}/prepare.sh"

PATH=$(dirname -- "$node"):$root/node_modules/.bin:$PATH
export PATH
counts=$(mktemp) || exit 1
output=$(mktemp) || exit 1
trap 'rm -f "$counts" "$output"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
failed_checks=0

check() {
  name=$1 started=$(seconds)
  shift
  if "$@" >"$output" 2>&1; then
    printf 'slipway: %s: fine (%s s)\n' "$name" "$(($(seconds) - started))"
  else
    failed_checks=$((failed_checks + 1))
    cat "$output"
    printf 'slipway: %s: FAILED (`%s`)\n' "$name" "$*"
  fi
}

if [ $# -eq 0 ]; then
  check types tsc
  check lint oxlint --type-aware --deny-warnings
  check format oxfmt --check .
fi

SLIPWAY_COUNTS=$counts vitest run "$@"
code=$?

passed=0 failed=0 skipped=0
read -r passed failed skipped <"$counts" || failed=1 # vitest did not get as far as counting.
failed=$((failed + failed_checks))
[ "$code" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
if [ "${CI-}" = true ] && [ "$skipped" -gt 0 ]; then
  echo "slipway: $skipped tests were skipped; with CI=true that is a failure"
  code=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$code" -eq 0 ]
