#!/usr/bin/env bash
# Puts what the program says today between the markers of the documents:
#
#     docs/refresh.sh            rewrite README.md and docs/*.md where they quote a run
#     docs/refresh.sh --check    change nothing; exit 1 and show the difference if a quotation is stale
#
# A quotation stands between a line <!-- run:NAME --> and a line <!-- /run -->; the names are in quote() below.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --release --quiet --bin fiberplan --example latency
fiberplan=target/release/fiberplan
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A run as it looks on a terminal; it must succeed.
run() { printf '```text\n$ fiberplan %s\n' "$1"; eval "$fiberplan $1" 2>/dev/null; printf '```\n'; }

# As run, for a question that has no answer: it must say so.
refused() {
    printf '```text\n$ fiberplan %s\n' "$1"
    eval "$fiberplan $1" 2>/dev/null && return 2 || [[ $? == 1 ]]
    printf '```\n'
}

# A run up to the first line that begins with these words, without that line.
upto() { run "$1" | sed "/^$2/,\$d" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'; printf '```\n'; }

near='--hub Kabul --hub Herat --hub Islamabad --hub Karachi --hub Mumbai'
before='--compare docs/example/before-2021.toml today'

quote() {
    case $1 in
        claimlink) upto "gateway TM $near $before" 'Gateways: ' ;;
        claimnoiran) upto "gateway TM $near $before --avoid IR" 'Gateways: ' ;;
        claimchina)
            upto 'gateway PK --objective latency --hub Kashgar --hub Urumqi --hub Beijing --hub Shanghai --hub "Hong Kong"' 'What each' ;;
        claimsea) upto 'route Islamabad Shanghai --objective latency --avoid "AF,IR,China Telecom Urumqi-Rawalpindi"' 'Who carries' ;;
        claimbound) refused 'route Islamabad Beijing --max-rtt-ms 20 --status in_service,under_construction,planned,proposed' ;;
        claimtap) upto 'gateway TM --compare today tap-trilateral' 'Gateways: ' ;;
        claimcut) upto 'gateway TM --compare today tap-trilateral --avoid "IR,Afghan ring"' 'Gateways: ' ;;
        transit) run 'transit TM AF PK -o out/tm-af-pk.png' ;;
        stats) run 'network stats' | sed -n '1,5p'; printf '```\n' ;;
        own) run 'route Mary Quetta -s docs/example/southern-line.toml -k 2' ;;
        explain) run 'route Mary Quetta -s docs/example/southern-line.toml --explain' | sed '/^Their sources/,$d'; printf '```\n' ;;
        latency) target/release/examples/latency ;;
        *) echo "unknown quotation: $1" >&2; return 1 ;;
    esac
}

stale=0
for file in README.md docs/*.md; do
    while IFS= read -r line; do
        if [[ $line =~ ^'<!-- run:'([a-z]+)' -->'$ ]]; then
            printf '%s\n' "$line"
            quote "${BASH_REMATCH[1]}"
            while IFS= read -r line && [[ $line != '<!-- /run -->' ]]; do :; done
        fi
        printf '%s\n' "$line"
    done <"$file" >"$work/new.md"
    cmp -s "$file" "$work/new.md" && continue
    if [[ ${1:-} == --check ]]; then
        diff -u "$file" "$work/new.md" || stale=1
    else
        cp "$work/new.md" "$file"
        echo "refreshed $file"
    fi
done
if ((stale)); then
    echo "error: the documents quote an older answer; run docs/refresh.sh" >&2
    exit 1
fi
