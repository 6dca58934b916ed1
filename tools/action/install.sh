#!/usr/bin/env bash
# Installs vsmdsl as it stands in this very version of the action, away from the job's own Python.
set -euo pipefail
python="$(command -v python3 || command -v python)"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "::error title=vsmdsl::Python 3.11 or newer is needed; run actions/setup-python before this"
  exit 1
}
"$python" -m venv "$RUNNER_TEMP/vsmdsl"
bin="$RUNNER_TEMP/vsmdsl/bin"
[ -d "$bin" ] || bin="$RUNNER_TEMP/vsmdsl/Scripts"
"$bin/python" -m pip --disable-pip-version-check --quiet install "$ACTION"
echo "VSM=$bin/vsm" >> "$GITHUB_ENV"
