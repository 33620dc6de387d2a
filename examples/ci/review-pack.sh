#!/usr/bin/env bash
# Writes what domain reviews look at into a folder: review-pack.sh [FOLDER]
#
# ESTATE is the estate's folder. A file with errors is left out of all pages, and the exit code is then that of the
# program, at the end: what could be written was written.
set -euo pipefail

pack="${1:-review-pack}"
estate="${ESTATE:-.}"
mkdir -p "$pack"
# With -C, the program takes relative paths from the estate's folder.
pack="$(cd "$pack" && pwd)"
status=0

# One file of the pack: its name, and the command that prints it.
page() {
    local file="$pack/$1"
    shift
    fundamentals -C "$estate" "$@" > "$file" || status=$?
}

page check.txt check
page summary.html report --format html
page summary.md report --format markdown
page upcoming.md report --upcoming --format markdown
page actions.csv actions --format csv
page trend.csv trend --format csv
page rubric-health.md rubric health --format markdown

# The first column is the domain's id.
page domains.csv report --section domains --format csv
for domain in $(cut -d, -f1 "$pack/domains.csv" | tail -n +2); do
    page "$domain.html" report --domain "$domain" --format html
    page "$domain.md" report --domain "$domain" --format markdown
    fundamentals -C "$estate" report --domain "$domain" -o "$pack/$domain.xlsx" || status=$?
done

exit "$status"
