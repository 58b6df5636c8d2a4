#!/usr/bin/env bash
# Two states of the golden answers: do they differ in words only?
#
#     tests/golden/same_numbers.sh OLD [NEW]
#
# OLD and NEW are revisions; without NEW the working tree is compared. Of every answer in both states the numbers are
# taken in order, and must be equal. Left out are hashes, sizes and lines of texts kept in part, and the places of texts in
# pictures, which move when a text grows; what is left out is counted. Exits with 1 on any difference. Needs git and python3.
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"
exec python3 - "$@" <<'PYTHON'
import difflib, pathlib, re, subprocess, sys

FOLDER = "tests/golden"
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
PLACE = re.compile(r"^-?[\d.]+ -?[\d.]+ [\d.]+  ")
FILES = ("answers/", "wrong_input.txt")


def git(*words):
    return subprocess.run(["git", *words], check=True, capture_output=True).stdout


def state(revision):
    if revision is None:
        return {str(p): p.read_text("utf-8") for p in pathlib.Path(FOLDER).rglob("*.txt") if str(p.relative_to(FOLDER)).startswith(FILES)}
    names = git("ls-tree", "-r", "--name-only", revision, FOLDER).decode().split("\n")
    wanted = [n for n in names if n.endswith(".txt") and n[len(FOLDER) + 1 :].startswith(FILES)]
    return {n: git("show", f"{revision}:{n}").decode("utf-8") for n in wanted}


def numbers(text):
    found, left_out, in_picture = [], 0, False
    for line in text.split("\n"):
        if line.startswith("----- "):
            in_picture = line.endswith(".svg")
        if line.startswith("sha256 "):
            left_out += 1
            continue
        if in_picture and PLACE.match(line):
            line = PLACE.sub("", line)
        found += NUMBER.findall(line)
    return found, left_out


if not 2 <= len(sys.argv) <= 3:
    sys.exit("usage: same_numbers.sh OLD [NEW]")
old, new = state(sys.argv[1]), state(sys.argv[2] if len(sys.argv) == 3 else None)
both = sorted(old.keys() & new.keys())
n_changed = n_numbers = n_left_out = n_wrong = 0
for name in both:
    if old[name] == new[name]:
        continue
    n_changed += 1
    (before, left_out), (after, _) = numbers(old[name]), numbers(new[name])
    n_numbers += len(before)
    n_left_out += left_out
    if before != after:
        n_wrong += 1
        lines = [l for l in difflib.unified_diff(before, after, lineterm="", n=0) if l[0] in "+-" and l[:3] not in ("+++", "---")]
        print(f"{name}: {' '.join(lines[:12])}")
gone, come = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
print(f"{len(both)} answers in both, {n_changed} with other words; {n_numbers} numbers in those, {n_wrong} answers with other numbers; "
      f"{n_left_out} hashes left out; {len(gone)} answers gone, {len(come)} new")
sys.exit(1 if n_wrong else 0)
PYTHON
