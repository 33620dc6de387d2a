#!/usr/bin/env bash
# Posts a file as a comment on a pull or merge request, and updates that comment in later runs: copy it to ci/. It needs curl
# and jq. See README.md beside it.
#
#   comment.sh github FILE  with GITHUB_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY, and PULL_REQUEST, which is its number
#   comment.sh gitlab FILE  with FUNDAMENTALS_TOKEN, CI_API_V4_URL, CI_PROJECT_ID and CI_MERGE_REQUEST_IID
set -euo pipefail

usage() {
    echo "usage: comment.sh github|gitlab FILE" >&2
    exit 2
}

host="${1:-}"
file="${2:-}"
[ -s "$file" ] || usage
# What a comment begins with to be found again; it is not shown.
marker='<!-- fundamentals gate -->'

# The token goes through a pipe: arguments are seen by every process of the machine.
request() {
    curl --silent --show-error --fail --retry 2 --header @<(printf '%s\n' "$token") \
        --header 'Content-Type: application/json' "$@"
}

case "$host" in
    github)
        token="Authorization: Bearer $GITHUB_TOKEN"
        comments="$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
        comment="$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues/comments"
        update=PATCH
        # Anybody may write the marker, but not as a bot.
        mine='.user.type == "Bot"'
        ;;
    gitlab)
        token="PRIVATE-TOKEN: $FUNDAMENTALS_TOKEN"
        comments="$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes"
        comment="$comments"
        update=PUT
        mine=".author.id == $(request "$CI_API_V4_URL/user" | jq '.id')"
        ;;
    *) usage ;;
esac

# The comment of an earlier run, on whichever page it is.
id=""
page=1
while [ -z "$id" ]; do
    found="$(request "$comments?per_page=100&page=$page")"
    [ "$(jq 'length' <<< "$found")" -gt 0 ] || break
    id="$(jq -r --arg marker "$marker" \
        "[.[] | select((.body | startswith(\$marker)) and $mine) | .id] | first // empty" <<< "$found")"
    page=$((page + 1))
done

body="$(jq --raw-input --slurp --arg marker "$marker" '{ body: ($marker + "\n" + .) }' "$file")"
if [ -n "$id" ]; then
    request --request "$update" --data @- "$comment/$id" <<< "$body" > /dev/null
else
    request --request POST --data @- "$comments" <<< "$body" > /dev/null
fi
