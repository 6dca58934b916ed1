#!/usr/bin/env bash
# Messages stand beside the lines of the pull request.
set -euo pipefail
options=(--format github)
[ "$VSM_STRICT" = true ] && options+=(--strict)
[ "$VSM_GOALS" = true ] && options+=(--goals)
paths=()
while IFS= read -r path; do
  [ -n "$path" ] && paths+=("$path")
done <<< "$VSM_FILES"
"$VSM" check "${options[@]}" -- "${paths[@]}"
