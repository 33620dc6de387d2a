# Completion for fish; made by `fundamentals completions fish`.

function __fundamentals_complete
    set -l current (commandline --current-token --cut-at-cursor)
    set -l typed (commandline --current-process --tokenize --cut-at-cursor) "$current"
    set typed (string replace --regex '^~/' "$HOME/" -- $typed)
    for line in (command fundamentals complete -- $typed 2>/dev/null)
        switch $line
            case :file
                __fish_complete_path "$current"
            case :folder
                __fish_complete_directories "$current"
            case '*'
                printf '%s\n' $line
        end
    end
end

complete --command fundamentals --no-files --arguments '(__fundamentals_complete)'
