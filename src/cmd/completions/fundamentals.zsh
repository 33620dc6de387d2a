#compdef fundamentals
# Completion for zsh; made by `fundamentals completions zsh`.

_fundamentals() {
    local -a typed values shown layout
    local line
    local tab=$'\t'
    typed=("${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}")
    typed=("${typed[@]/#\~\//$HOME/}")
    for line in "${(@f)$(command fundamentals complete -- "${typed[@]}" 2>/dev/null)}"; do
        case $line in
            (:file) compset -P '--*='; _files ;;
            (:folder) compset -P '--*='; _files -/ ;;
            (?*)
                values+=("${line%%$tab*}")
                shown+=("${line/$tab/  -- }")
                [[ $line == *$tab* ]] && layout=(-l)
                ;;
        esac
    done
    (( ${#values} )) && compadd $layout -d shown -a values
}

# As a file in `fpath` this is the function itself; read with `source` it is not.
if [[ ${funcstack[1]} == _fundamentals ]]; then
    _fundamentals "$@"
else
    compdef _fundamentals fundamentals
fi
