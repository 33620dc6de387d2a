# Completion for bash (3.2 or later); made by `fundamentals completions bash`.

_fundamentals() {
    # Bash splits words also at `=`, `:` and `@`: here they are put together again, up to the cursor.
    local rest=${COMP_LINE:0:COMP_POINT} words=() part at
    for ((at = 0; at < COMP_CWORD; at++)); do
        part=${COMP_WORDS[at]}
        if [[ $at -eq 0 || $rest == [[:space:]]* ]]; then
            rest=${rest#"${rest%%[![:space:]]*}"}
            words+=("$part")
        else
            words[${#words[@]} - 1]+=$part
        fi
        rest=${rest#"$part"}
    done
    if [[ $rest == [[:space:]]* ]]; then
        words+=("${rest#"${rest%%[![:space:]]*}"}")
    else
        words[${#words[@]} - 1]+=$rest
    fi

    # Bash replaces only what comes after the last place where it splits.
    local word=${words[${#words[@]} - 1]}
    local kept=${word%"$2"} line
    # Words are as they were typed: without their quotes, they are what the program would see.
    words=("${words[@]//[\"\'\\]/}")
    words=("${words[@]/#\~\//"$HOME"/}")
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            :file) compopt -o default 2>/dev/null ;;
            :folder) compopt -o dirnames 2>/dev/null ;;
            *)
                line=${line%%$'\t'*}
                COMPREPLY+=("${line#"$kept"}")
                ;;
        esac
    done < <(command fundamentals complete -- "${words[@]}" 2>/dev/null)
}

if [[ ${BASH_VERSINFO[0]} -ge 4 ]]; then
    complete -F _fundamentals fundamentals
else
    # There it can't be said at each word whether a file is wanted.
    complete -o default -F _fundamentals fundamentals
fi
