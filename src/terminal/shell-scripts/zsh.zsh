# The .zshenv of the folder that ZDOTDIR names while zsh starts. It puts ZDOTDIR back at once, so that zsh itself reads
# every file of the user's from where it lies, and HISTFILE and completion caches stay where they were. Before this text
# stand __slipway_put, which sets the environment, and __slipway_zdotdir, a number (1: there was one) and its value.

if (( __slipway_zdotdir[1] )); then
  export ZDOTDIR=$__slipway_zdotdir[2]
else
  unset ZDOTDIR
fi
unset __slipway_zdotdir

if [[ -o interactive ]]; then
  typeset -g __slipway_ps1= __slipway_marked=
  typeset -gi __slipway_ran=0 __slipway_code=0

  __slipway_precmd() {
    local -i code=$? percent=0
    if [[ -o prompt_percent ]]; then percent=1; fi
    emulate -L zsh
    # The user's files have all run before the first prompt.
    if (( $+functions[__slipway_put] )); then
      __slipway_put
      unfunction __slipway_put
    elif (( __slipway_ran || (code != __slipway_code && code != 130) )); then
      # Without a command before it: a line that zsh could not read.
      print -rn -- $'\e]133;D;'$code$'\a' >$TTY
    else
      print -rn -- $'\e]133;D\a' >$TTY
    fi
    __slipway_ran=0
    __slipway_code=code
    # Others have put themselves behind us and may set the prompt. From the next one on we are behind them.
    if [[ $precmd_functions[-1] != __slipway_precmd ]]; then
      precmd_functions=(${precmd_functions:#__slipway_precmd} __slipway_precmd)
      print -rn -- $'\e]133;A\a' >$TTY
    fi
    __slipway_mark $percent
  } 2>/dev/null

  __slipway_mark() {
    if [[ $PS1 == "$__slipway_marked" && -n $PS1 ]]; then return; fi
    __slipway_ps1=$PS1
    # Where `%{` means nothing there is no way to mark a prompt.
    if (( ! $1 )); then __slipway_marked=; return; fi
    # A lone percent sign at the end would take the one that begins the mark.
    if [[ $PS1 == (|*[^%])(%%)#% ]]; then PS1+=%; fi
    PS1=$'%{\e]133;A\a%}'$PS1$'%{\e]133;B\a%}'
    __slipway_marked=$PS1
  }

  __slipway_preexec() {
    emulate -L zsh
    __slipway_ran=1
    # While commands run, the prompt reads as the user has set it.
    if [[ -n $__slipway_marked && $PS1 == "$__slipway_marked" ]]; then PS1=$__slipway_ps1; fi
    __slipway_marked=
    if [[ -n $1 ]]; then __slipway_line "$1" >$TTY; fi
    print -rn -- $'\e]133;C\a' >$TTY
  } 2>/dev/null

  # Byte by byte, as the line need not be text; what steers a terminal is written as `\xHH`.
  __slipway_line() {
    emulate -L zsh -o no_multibyte
    local line=${1//\\/\\\\} byte
    line=${line//;/\\x3b}
    for byte in {0..31} 127; do
      line=${line//${(#)byte}/\\x${(L)${(l:2::0:)$(( [##16] byte ))}}}
    done
    print -rn -- $'\e]633;E;'$line$'\a'
  }

  typeset -ga precmd_functions preexec_functions
  precmd_functions+=(__slipway_precmd)
  preexec_functions+=(__slipway_preexec)
else
  unfunction __slipway_put
fi

if [[ -o rcs && -r ${ZDOTDIR:-$HOME}/.zshenv ]]; then
  . "${ZDOTDIR:-$HOME}/.zshenv"
fi
