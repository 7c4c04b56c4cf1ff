# Completion of limen for fish. Its commands and options are written when Limen is built.

# The command that the words before the cursor are of: two words where there is one of two
function __limen_command
    set -l typed (commandline -opc)
    if set -q typed[3]; and contains -- "$typed[2] $typed[3]" $__limen_commands
        echo "$typed[2] $typed[3]"
    else if set -q typed[2]
        echo $typed[2]
    end
end

function __limen_is
    set -l command (__limen_command)
    test "$command" = "$argv"
end

# Whether the words before the cursor are limen and the words given
function __limen_follows
    set -l typed (commandline -opc)
    test "$typed" = "$argv"
end

complete -c limen -n '__limen_follows limen' -l help -d 'All commands'
complete -c limen -n '__limen_follows limen' -l version -d 'The version'
@COMMANDS@
