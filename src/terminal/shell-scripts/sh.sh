# What $ENV names for a shell of the sh family, which reads it when it is interactive. Before this text stand
# __slipway_put, which sets the environment, and __slipway_env: the user's own $ENV, or nothing.
# There is no hook to be had: the prompt itself says how the last command ended, and where a command begins is for the
# terminal to see. Prompts are expanded by dash, busybox, ksh, mksh and bash called sh.

if [ -n "$__slipway_env" ]; then
  ENV=$__slipway_env
  export ENV
  if [ -r "$ENV" ]; then . "$ENV"; fi
else
  unset -v ENV
fi
unset -v __slipway_env
__slipway_put
unset -f __slipway_put

# Brackets keep line editing from counting the marks as columns, each shell in its way.
if [ -n "${BASH_VERSION-}" ]; then
  PS1='\[\e]133;D;$?\a\e]133;A\a\]'${PS1-}'\[\e]133;B\a\]'
elif [ -n "${ZSH_VERSION-}${YASH_VERSION-}" ]; then
  : # Their prompts have rules of their own.
else
  __slipway_esc=$(printf '\033') __slipway_bel=$(printf '\007')
  case "${KSH_VERSION-} ${PS1-}" in
    *MIRBSD*)
      # mksh: the character before a leading return is what brackets stand for.
      __slipway_on=$(printf '\001') __slipway_return=$(printf '\r')
      case $PS1 in
        ?"$__slipway_return"*) ;; # Already in use; its character may be any.
        *)
          PS1=$__slipway_on$__slipway_return$__slipway_on$__slipway_esc']133;D;$?'$__slipway_bel$__slipway_esc']133;A'$__slipway_bel$__slipway_on$PS1$__slipway_on$__slipway_esc']133;B'$__slipway_bel$__slipway_on
          ;;
      esac
      unset -v __slipway_on __slipway_return
      ;;
    *\\*)
      # A busybox that knows `\w` in its prompt knows `\[`.
      PS1='\['$__slipway_esc']133;D;$?'$__slipway_bel$__slipway_esc']133;A'$__slipway_bel'\]'$PS1'\['$__slipway_esc']133;B'$__slipway_bel'\]'
      ;;
    *)
      PS1=$__slipway_esc']133;D;$?'$__slipway_bel$__slipway_esc']133;A'$__slipway_bel${PS1-}$__slipway_esc']133;B'$__slipway_bel
      ;;
  esac
  unset -v __slipway_esc __slipway_bel
fi
