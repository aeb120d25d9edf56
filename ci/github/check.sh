#!/usr/bin/env bash
# A step of action.yml: checks, with several reports of the one run. What it is to do comes in the environment.
set -euo pipefail

# True or false, as an input says; an input that says neither ends the step.
says_yes() {
  case $2 in
    true) return 0 ;;
    false) return 1 ;;
    *)
      echo "::error title=sos-lint::The input '$1' should be true or false."
      exit 2
      ;;
  esac
}

arguments=(check)
option() { # its name, and its value if there is one
  if [[ -n $2 ]]; then arguments+=("$1=$2"); fi
}
report() { # its format, and where it goes if it is wanted
  if [[ -n $2 ]]; then arguments+=("--format=$1" "--output=$2"); fi
}

own=$(mktemp -d "$RUNNER_TEMP/sos-lint.XXXXXX")
trap 'rm -rf "$own"' EXIT
json=${JSON_FILE:-$own/report.json}

if says_yes annotations "$ANNOTATIONS"; then option --format github; else option --format text; fi
if says_yes summary "$SUMMARY"; then report summary "$own/summary.md"; fi
if ! says_yes excerpts "$EXCERPTS"; then arguments+=(--no-excerpts); fi
report json "$json"
report sarif "$SARIF_FILE"
report html "$HTML_FILE"
option --config "$CONFIG"
option --profile "$PROFILE"
option --fail-on "$FAIL_ON"
option --changed-since "$CHANGED_SINCE"
option --baseline "$BASELINE"
while IFS= read -r argument; do
  if [[ -n $argument ]]; then arguments+=("$argument"); fi
done <<< "$FURTHER"

paths=()
while IFS= read -r path; do
  if [[ -n $path ]]; then paths+=("$path"); fi
done <<< "$CHECK_PATHS"
if [[ ${#paths[@]} -eq 0 ]]; then paths=(.); fi

status=0
"$PROGRAMS/sos-lint" "${arguments[@]}" -- "${paths[@]}" || status=$?

if [[ -f $own/summary.md ]]; then cat "$own/summary.md" >> "$GITHUB_STEP_SUMMARY"; fi
if [[ -f $json ]]; then
  "$PROGRAMS/python" -I -c '
import json, sys

with open(sys.argv[1], encoding="utf-8") as file:
    summary = json.load(file)["summary"]
print("findings={findings}\nfailures={failures}".format(**summary))
' "$json" >> "$GITHUB_OUTPUT"
fi
echo "status=$status" >> "$GITHUB_OUTPUT"
exit "$status"
