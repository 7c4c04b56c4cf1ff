#!/bin/sh
# How well limen finds defects of circuit boards (DeepPCB) by windows: 28 × 28 patches, and whole
# boards. A third of the boards is learned from, another sets the threshold, the third counts.
# Usage: boards.sh LIMEN CUT-BOARDS DEEPPCB [OPTION...]: --windows and what else limen detect takes
set -eu
limen=$1 cut=$2 boards=$3
shift 3
[ $# -gt 0 ] || set -- --windows 11
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$cut" "$boards" "$folder"
for sound in sound drawn; do
  echo "== patches, sound ones: $sound (drawn: without those that are all of one colour): $*"
  "$limen" detect "$@" --fit "$folder/fit-boards-sound" --validation "$folder/validation-$sound.idx" \
    --normal "$folder/test-$sound.idx" --anomaly "$folder/test-defect.idx" --rule conformal:0.01
done
echo "== whole boards: $*"
"$limen" detect "$@" --fit "$folder/fit-boards-sound" --validation "$folder/validation-boards-sound" \
  --normal "$folder/test-boards-sound" --anomaly "$folder/test-boards-defect"
