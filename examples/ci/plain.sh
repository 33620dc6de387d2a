#!/usr/bin/env bash
# For Jenkins, cron and whatever else runs a shell: copy it and review-pack.sh to ci/. See README.md beside it.
#
#   plain.sh gate [BASE]           for a pull request: compares with the merge base with BASE, such as refs/remotes/origin/main
#   plain.sh review-pack [FOLDER]  on a schedule
#
# The exit code is that of fundamentals: 0 fine, 1 failure, 2 wrong usage, 3 invalid input, 4 the gate failed.
# OWNER/fundamentals stands for the repository that has the program's source.
set -euo pipefail

source="${FUNDAMENTALS_SOURCE:-https://github.com/OWNER/fundamentals}"
version="${FUNDAMENTALS_VERSION:-0.1.0}"
root="${FUNDAMENTALS_ROOT:-$HOME/.cache/fundamentals/$version}"
export ESTATE="${ESTATE:-.}"
here="$(cd "$(dirname "$0")" && pwd)"

# The program on PATH, or else one that is built once. From elsewhere: what the checkout says about Rust is not for this.
install() {
    export PATH="$PATH:$root/bin"
    if ! command -v fundamentals > /dev/null; then
        (cd / && cargo install --locked --git "$source" --tag "v$version" --root "$root" fundamentals)
    fi
}

# For the log, and as test results. The first one's exit code counts. For a trial, add --exit-zero to it.
gate() {
    local base="$1" status=0
    fundamentals -C "$ESTATE" check
    fundamentals -C "$ESTATE" gate --base "$base" || status=$?
    fundamentals -C "$ESTATE" gate --base "$base" --format junit > gate.xml || true
    return "$status"
}

case "${1:-}" in
    gate)
        install
        # CHANGE_TARGET is what Jenkins calls the branch that a pull request is to join.
        gate "${2:-refs/remotes/origin/${CHANGE_TARGET:-main}}"
        ;;
    review-pack)
        install
        bash "$here/review-pack.sh" "${2:-review-pack}"
        ;;
    *)
        echo "usage: plain.sh gate [BASE] | plain.sh review-pack [FOLDER]" >&2
        exit 2
        ;;
esac
