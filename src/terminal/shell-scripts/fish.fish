# Run by --init-command, after the user's files. Before this text stands __slipway_put, which sets the environment.
# fish 4 marks its prompts and commands itself (the line as `C;cmdline_url=`); only the end of the prompt is left to us.

__slipway_put
functions -e __slipway_put

# 0: it does; 1: switched off by the user; 2: a fish that does not know of it.
status test-feature mark-prompt 2>/dev/null
set -l known $status
set -g __slipway_native 0
if test $known -eq 0; or begin
        string match -qr '^[4-9]|^[1-9][0-9]' -- $version
        and test $known -ne 1
    end
    set -g __slipway_native 1
end

function __slipway_return
    return $argv[1]
end

# The prompt shows $status and $pipestatus: both are put back after what is written before it.
function __slipway_wrap
    functions -q fish_prompt; or return
    if functions fish_prompt | string match -q '*__slipway_theirs*'
        return
    end
    functions -e __slipway_theirs
    functions -c fish_prompt __slipway_theirs
    function fish_prompt
        set -l codes $pipestatus
        if test $__slipway_native -eq 0
            printf '\e]133;A\a'
        end
        # Neither `eval` nor `source` leaves a $pipestatus behind it.
        switch (count $codes)
            case 1
                __slipway_return $codes
            case 2
                __slipway_return $codes[1] | __slipway_return $codes[2]
            case 3
                __slipway_return $codes[1] | __slipway_return $codes[2] | __slipway_return $codes[3]
            case '*'
                __slipway_return $codes[1] | __slipway_return $codes[2] | __slipway_return $codes[3] | __slipway_return $codes[-1]
        end
        __slipway_theirs
        printf '\e]133;B\a'
    end
end

# It may have been set anew since, as by `fish_config prompt choose`.
function __slipway_prompt --on-event fish_prompt
    __slipway_wrap
end

if test $__slipway_native -eq 0
    function __slipway_preexec --on-event fish_preexec
        set -l line (string replace -a '\\' '\\\\' -- $argv[1] | string replace -a ';' '\\x3b' | string join '\\x0a')
        # What else steers a terminal is in hardly any line, and which it is matters less.
        set line (string replace -a \t '\\x09' -- $line | string replace -ar '[\x01-\x1f\x7f]' '\\x3f')
        printf '\e]633;E;%s\a\e]133;C\a' $line
    end
    function __slipway_postexec --on-event fish_postexec
        printf '\e]133;D;%s\a' $status
    end
end

__slipway_wrap
