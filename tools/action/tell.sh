#!/usr/bin/env bash
# Writes what changed in the maps into the summary of the job and into one comment, which is
# written anew with every push. Names and labels of maps reach no command and no query.
set -euo pipefail
MARK='<!-- vsmdsl: what changed -->'
MOST=60000 # letters; GitHub takes 65,536

# A checkout has the last commit alone, unless it was asked for more.
git cat-file -e "$BASE_SHA^{commit}" 2> /dev/null || git fetch --quiet --depth=1 origin "$BASE_SHA"

text="$RUNNER_TEMP/vsm-changes.md"
told="$RUNNER_TEMP/vsm-comment.md"
# A map with mistakes cannot be compared; the check has told of them, so this goes on.
"$VSM" diff --git "$BASE_SHA" --json > "$text" || true
if ! grep -q '"changed": true' "$text"; then
  echo "no map has changed"
  exit 0
fi
"$VSM" diff --git "$BASE_SHA" -f markdown > "$text" || true
{
  echo "$MARK"
  head -c "$MOST" "$text" | iconv -c -f utf-8 -t utf-8
  if [ "$(wc -c < "$text")" -gt "$MOST" ]; then
    printf '\n\n*There is more; `vsm diff --git` tells it all.*\n'
  fi
} > "$told"
cat "$told" >> "$GITHUB_STEP_SUMMARY"

[ "$VSM_COMMENT" = true ] || exit 0
comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
ours='.[] | select(.user.type == "Bot" and (.body | startswith("<!-- vsmdsl: what changed -->"))) | .id'
known="$(gh api --paginate "$comments" --jq "$ours" 2> /dev/null | head -n 1)" || known=""
if [ -n "$known" ]; then
  gh api --silent -X PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known" -F "body=@$told" || failed=1
else
  gh api --silent -X POST "$comments" -F "body=@$told" || failed=1
fi
if [ -n "${failed:-}" ]; then
  echo "::notice title=vsmdsl::This job may not comment; what changed is in its summary"
fi
