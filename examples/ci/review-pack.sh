#!/usr/bin/env bash
# Writes what a domain review looks at into a folder: review-pack.sh [FOLDER]
#
# ESTATE is the estate's folder. A file with errors is left out of the tables, and the exit code is then that of the
# program, at the end: what could be written was written.
set -euo pipefail

pack="${1:-review-pack}"
estate="${ESTATE:-.}"
status=0

# One file of the pack: its name, and the command that prints it.
page() {
    local file="$pack/$1"
    shift
    fundamentals -C "$estate" "$@" > "$file" || status=$?
}

mkdir -p "$pack/services"
page check.txt check
page trend.md trend --period review --format markdown
page categories.md trend --period review --by category --format markdown
page trend.csv trend --format csv
page rubric-health.md rubric health --format markdown

# The fifth column is the service's id.
services="$(cut -d, -f5 "$pack/trend.csv" | tail -n +2 | sort -u)"
for service in $services; do
    page "services/$service.txt" show "$service"
done

exit "$status"
