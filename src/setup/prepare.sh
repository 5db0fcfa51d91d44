# Sourced by start.sh and test.sh: makes the checkout ready to run, doing only what is not done yet.
# Sets $root and $node. When all is fresh it costs two short processes, a few milliseconds.

cd -- "${0%/*}/../.." || exit 1
root=$PWD

log=.runtime/setup.log
spinner=
step=

is_current() { # 22.12 or later; $1 is a version such as v24.21.0
  major=${1#v} && minor=${major#*.} && major=${major%%.*} && minor=${minor%%.*}
  [ "$major" -gt 22 ] 2>/dev/null || { [ "$major" -eq 22 ] && [ "$minor" -ge 12 ]; } 2>/dev/null
}

# npm says which Node it runs on, which saves asking that Node for its version (40 ms).
find_node() {
  node=${npm_node_execpath:-$(command -v node)}
  version=${npm_config_user_agent##*node/} && version=${version%% *}
  [ -n "${npm_node_execpath-}" ] && [ -n "$version" ] || version=$("${node:-node}" -v 2>/dev/null)
  is_current "$version" && return
  set -- .runtime/node_modules/node-linux-*/bin/node
  node=$root/$1
}

has_node() {
  is_current "$version" ||
    { [ -x "$node" ] && [ .runtime/node_modules/.slipway-lock -nt src/setup/runtime/package-lock.json ]; }
}

# A copy of the lock file inside node_modules says what was installed: it is written last, and goes with the folder.
has_packages() { cmp -s package-lock.json node_modules/.slipway-lock; }

# Folders are newer, too, when a file in them was added, renamed or removed.
has_build() {
  [ -f dist/.built ] && [ -z "$(find src $([ ! -d lessons ] || echo lessons) package.json package-lock.json -newer dist/.built -print -quit 2>&1)" ]
}

seconds() { date +%s; }

# $1 is what is being done, the rest is the command. Its output is kept for the case that it fails.
run_step() {
  step=$1 started=$(seconds)
  shift
  start_spinner
  "$@" >"$log" 2>&1 </dev/null
  code=$?
  stop_spinner
  [ "$code" -eq 0 ] || fail "$code"
  printf '%s (%s s)\n' "slipway: $step: done" "$(($(seconds) - started))" >&2
}

# For what cannot fail on a healthy disk.
must() { "$@" >"$log" 2>&1 || fail "$?"; }

start_spinner() {
  if [ ! -t 2 ] || [ "${TERM:-dumb}" = dumb ]; then
    printf 'slipway: %s …\n' "$step" >&2
    return
  fi
  ( # Stops by itself when the script is gone, whatever ended it.
    while kill -0 $$ 2>/dev/null; do
      for mark in '|' '/' '-' "\\"; do
        printf '\r%s slipway: %s, %s s ' "$mark" "$step" "$(($(seconds) - started))" >&2
        sleep 0.2
      done
    done
  ) &
  spinner=$!
}

stop_spinner() {
  [ -n "$spinner" ] || return 0
  kill "$spinner" 2>/dev/null
  wait "$spinner" 2>/dev/null
  spinner=
  printf '\r\033[K' >&2
}

fail() {
  {
    printf 'slipway: %s: failed (exit code %s). Its output:\n\n' "$step" "$1"
    # npm says at the start what is wrong, others at the end.
    if [ "$(wc -l <"$log")" -le 24 ]; then cat "$log"; else head -n 8 "$log" && echo … && tail -n 15 "$log"; fi | sed 's/^/    /'
    printf '\n%s\nThe whole output is in %s\n' "$(advice)" "$root/$log"
  } >&2
  exit 1
}

advice() {
  case $(cat "$log") in
    *ENOTFOUND* | *EAI_AGAIN* | *ETIMEDOUT* | *ECONNREFUSED* | *ECONNRESET* | *ENETUNREACH*)
      echo 'The package registry cannot be reached: check the network and the proxy (`npm ping`), then run this again.' ;;
    *ENOSPC*) echo 'The disk is full: make room, then run this again.' ;;
    *EACCES* | *EPERM* | *EROFS* | *"Permission denied"*)
      echo "This user may not write in $root: change its owner, or work on a copy of your own." ;;
    *EINTEGRITY*)
      echo 'A package is not the one that the lock file names: run `npm cache verify`, and this again. If it stays, do not use it.' ;;
    *"npm: not found"* | *"npm: command not found"*) echo 'npm is missing: install it (it comes with Node), then run this again.' ;;
    *) echo 'Run this again; if it fails in the same way, please report it together with that file.' ;;
  esac
}

no_node() {
  {
    printf 'slipway: Node 22.12 or later is needed; found %s.\n' "${version:-none}"
    echo "$1"
  } >&2
  exit 1
}

install_node() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64 | Linux-aarch64) ;;
    Darwin-*) no_node 'Install a current one with `brew install node` or from https://nodejs.org, then run this again.' ;;
    *) no_node 'Install a current one from https://nodejs.org, then run this again.' ;;
  esac
  step='get Node'
  must rm -f .runtime/node_modules/.slipway-lock
  must cp src/setup/runtime/package.json src/setup/runtime/package-lock.json .runtime/
  run_step "get Node 24 (needed: 22.12 or later, found: ${version:-none})" sh -c 'cd .runtime && npm ci --ignore-scripts --include=optional --loglevel=error'
  set -- .runtime/node_modules/node-linux-*/bin/node
  node=$root/$1
  "$node" -v >"$log" 2>&1 || # Linked against glibc, which Alpine has not.
    no_node 'The one from npm does not run on this system: install Node with its package manager (Alpine: `apk add nodejs npm`).'
  : >.runtime/node_modules/.slipway-lock
}

install_packages() {
  step='install packages'
  must rm -f node_modules/.slipway-lock
  must cp package-lock.json .runtime/installing-lock
  "$node" src/setup/is-installed.mjs || install_all
  must mv .runtime/installing-lock node_modules/.slipway-lock
}

install_all() {
  must rm -f node_modules/.package-lock.json # Cut short, this must not look like npm's record of a whole install.
  # NODE_ENV=production in someone's shell must not leave out what the build needs.
  run_step 'install packages' npm ci --ignore-scripts --include=dev --include=optional --loglevel=error
}

build() {
  # Dated before the build: what is saved while it runs is newer, and is built the next time.
  : >.runtime/build-started
  run_step build "$node" src/setup/build.mjs
  must mv .runtime/build-started dist/.built
}

# Two starts at once take turns. The lock is the kernel's, so no crash can leave it behind. macOS has no flock(1).
take_turn() {
  exec 9>.runtime/turn
  if command -v flock >/dev/null; then
    flock -n 9 && return
    echo 'slipway: another start is setting up; waiting for it …' >&2
    flock 9
  elif command -v perl >/dev/null; then
    perl -e 'open(my $turn, ">&=", 9) and flock($turn, 2)'
  fi
}

make_ready() {
  find_node
  has_node && has_packages && has_build && return
  if ! mkdir -p .runtime 2>/dev/null || [ ! -w .runtime ]; then
    echo "slipway: something has to be installed or built first, and $root cannot be written: work on a copy of your own." >&2
    exit 1
  fi
  trap 'stop_spinner' EXIT
  trap 'stop_spinner; exit 130' INT
  trap 'stop_spinner; exit 143' TERM
  take_turn
  has_node || install_node
  has_packages || install_packages
  has_build || build
  exec 9>&-
  trap - EXIT INT TERM
}

make_ready
