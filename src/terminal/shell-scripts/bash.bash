# An interactive bash with marks (OSC 133) around its prompt and its commands. Given as --rcfile; before this text stand
# __slipway_put, which sets the environment, and __slipway_login. It works on bash 3.2 (macOS) and later.
#
# Everything is defined before the user's files run, so that no alias of theirs gets into it. What comes after them is
# one command with its output closed: a DEBUG trap or `set -x` of theirs has nothing to show that a plain bash would not.

__slipway_version=$((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1]))
# As the prompt strings of bash write ESC and BEL. `\[ \]` tell readline that nothing of it takes a column.
__slipway_a='\[\e]133;A\a\]'
__slipway_b='\[\e]133;B\a\]'
__slipway_c='\e]133;C\a'
__slipway_hook='{ __slipway_prompt >/dev/tty; } >/dev/null 2>&1'
__slipway_number= # Of the command that comes next, as `\#` counts them; empty until the first prompt.
__slipway_code=
__slipway_armed=

# Run before each prompt: says how the command ended, and puts the marks into the prompt, which may be a new one each time.
__slipway_prompt() {
  builtin local code="$?" number='\#'
  number=${number@P}
  if [[ -z $__slipway_number ]]; then
    : # The first prompt: nothing has run yet.
  elif [[ $number != "$__slipway_number" ]]; then
    builtin printf '\e]133;D;%s\a' "$code"
  elif [[ $code != "$__slipway_code" && $code != 130 ]]; then
    builtin printf '\e]133;D;%s\a' "$code" # A line that bash could not read: it has a code, but nothing ran.
  else
    builtin printf '\e]133;D\a' # An empty line, or one given up with Ctrl-C.
  fi
  __slipway_number=$number
  __slipway_code=$code
  __slipway_stay_last
  __slipway_mark
  return 0
}

# What has come after us may set the prompt anew. bash-preexec must stay the last: it takes what follows it for a command.
__slipway_stay_last() {
  builtin local i last='' mine=''
  for i in "${!PROMPT_COMMAND[@]}"; do
    if [[ ${PROMPT_COMMAND[i]} == "$__slipway_hook" ]]; then
      mine=$i
    elif [[ ${PROMPT_COMMAND[i]} != __bp_interactive_mode ]]; then
      last=$i
    fi
  done
  if [[ -n $mine && -n $last ]] && ((last > mine)); then
    builtin unset -v "PROMPT_COMMAND[$mine]"
    PROMPT_COMMAND[last + 1]=$__slipway_hook
  fi
  return 0
}

__slipway_mark() {
  case ${PS1-} in
    "$__slipway_a"*"$__slipway_b") ;;
    *)
      PS1=${PS1-}
      PS1=${PS1//"$__slipway_a"/}
      PS1=$__slipway_a${PS1//"$__slipway_b"/}$__slipway_b
      ;;
  esac
  if [[ $__slipway_version -ge 404 && ${PS0-} != *"$__slipway_c"* ]]; then
    # Before the user's own, whose output is no longer the typed line.
    PS0=$__slipway_c${PS0-}
  fi
  return 0
}

# Where no hook can say how a command ended, the prompt does. It cannot tell an empty line from a command.
__slipway_code_in_prompt() {
  if builtin shopt -q promptvars; then
    __slipway_a='\[\e]133;D;$?\a\e]133;A\a\]'
  fi
  return 0
}

# The user's DEBUG trap sees each command that PROMPT_COMMAND runs, as the popular timers and window titles know: they
# reset at its end, or compare BASH_COMMAND with it. So theirs and ours are one command for it.
__slipway_around() {
  builtin local code="$?" theirs
  for theirs in "${__slipway_theirs[@]}"; do
    __slipway_return "$code"
    builtin eval "$theirs"
  done
  __slipway_mark >/dev/null 2>&1
  return 0
}

__slipway_return() {
  case $- in *e*) return 0 ;; esac # Or `set -e` would end the shell.
  return "$1"
}

# bash before 4.4 has no PS0. Its DEBUG trap runs for the commands of PROMPT_COMMAND, too, which begin with __slipway_idle.
__slipway_debug() {
  if [[ -n $__slipway_armed && -z ${COMP_LINE-} ]]; then
    __slipway_armed=
    if [[ $BASH_COMMAND != __slipway_idle* ]]; then builtin printf '\e]133;C\a' >/dev/tty; fi
  fi
  return 0
}

__slipway_idle() {
  builtin local code="$?"
  __slipway_armed=
  __slipway_return "$code"
}

__slipway_old_prompt() {
  __slipway_mark
  __slipway_armed=1
  return 0
}

__slipway_install() {
  builtin local debug="$1" error="$2" attributes
  __slipway_put
  attributes=$(builtin declare -p PROMPT_COMMAND 2>/dev/null) || attributes=
  if [[ -n $debug && $debug != *__bp_* ]]; then
    __slipway_install_beside_trap
  elif [[ $__slipway_version -ge 501 && ${attributes%%PROMPT_COMMAND*} != *-*x* ]]; then
    # Far behind, so that `PROMPT_COMMAND=…` and `PROMPT_COMMAND+=(…)`, typed or in a file that is read again, leave it.
    PROMPT_COMMAND[900]=$__slipway_hook
  else
    # A child that inherits an exported one does not know our functions.
    builtin local known='[ -z "${__slipway_version-}" ] ||'
    __slipway_code_in_prompt
    if [[ $__slipway_version -lt 404 && -z $debug && -z $error ]]; then
      builtin trap '__slipway_debug "$_"' DEBUG
      PROMPT_COMMAND="__slipway_idle"$'\n'${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}__slipway_old_prompt
    else
      PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}"$known __slipway_mark"
    fi
  fi
  __slipway_mark
  return 0
}

__slipway_install_beside_trap() {
  __slipway_code_in_prompt
  # Without one the trap sees nothing of a prompt, and is not to begin now.
  if [[ -n ${PROMPT_COMMAND[*]-} ]]; then
    __slipway_theirs=("${PROMPT_COMMAND[@]}")
    builtin unset -v PROMPT_COMMAND
    PROMPT_COMMAND=__slipway_around
  fi
  return 0
}

# A prompt may show how the user's files ended: it must read the same as without us. A function does not see the traps.
__slipway_begin() {
  builtin local code="$1"
  __slipway_install "$2" "$3"
  __slipway_code=$code
  __slipway_return "$code"
}

# bash itself has read /etc/bash.bashrc by now, where it is built to. `if` keeps a `set -e` in the user's file from taking
# the last status of the file for a failure of ours, which would end the shell.
__slipway_file=~/.bashrc
if [ -n "$__slipway_login" ]; then
  if [ -r /etc/profile ] && . /etc/profile; then :; fi
  for __slipway_file in ~/.bash_profile ~/.bash_login ~/.profile; do
    if [ -r "$__slipway_file" ]; then break; fi
  done
fi
if [ ! -r "$__slipway_file" ] || . "$__slipway_file"; then
  { __slipway_begin 0 "$(trap -p DEBUG)" "$(trap -p ERR)"; } >/dev/null 2>&1
else
  { __slipway_begin "$?" "$(trap -p DEBUG)" "$(trap -p ERR)"; } >/dev/null 2>&1
fi
