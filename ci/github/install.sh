#!/usr/bin/env bash
# A step of action.yml: installs sos-lint into an environment of its own, so that the job's Python stays as it is.
# Python runs isolated (-I): it stands in a checkout that may be a stranger's, and must import nothing from there.
set -euo pipefail

environment=$(mktemp -d "$RUNNER_TEMP/sos-lint.XXXXXX")
"$PYTHON" -I -m venv "$environment"
programs=$environment/bin
if [[ ! -d $programs ]]; then programs=$environment/Scripts; fi # Windows

package=$GITHUB_ACTION_PATH
if [[ -n $EXTRAS ]]; then package="${package}[$EXTRAS]"; fi
"$programs/python" -I -m pip install --quiet --disable-pip-version-check "$package"
echo "programs=$programs" >> "$GITHUB_OUTPUT"
