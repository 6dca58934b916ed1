#!/usr/bin/env bash
# Draws the maps, or compares the pictures beside them with what would be drawn.
set -euo pipefail
paths=()
while IFS= read -r path; do
  if [ -d "$path" ]; then
    # A folder without maps has nothing to draw; its documents were checked.
    [ -n "$(find "$path" -name '*.vsm' -not -path '*/.*/*' -print -quit)" ] && paths+=("$path")
  elif [[ $path == *.vsm ]]; then
    paths+=("$path")
  fi
done <<< "$VSM_FILES"
[ "${#paths[@]}" -gt 0 ] || exit 0
if [ "$VSM_RENDER" = check ]; then
  "$VSM" render --check -- "${paths[@]}"
else
  pictures="$RUNNER_TEMP/vsm-pictures"
  "$VSM" render -o "$pictures/" -- "${paths[@]}"
  echo "pictures=$pictures" >> "$GITHUB_OUTPUT"
fi
