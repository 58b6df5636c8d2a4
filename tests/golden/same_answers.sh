#!/usr/bin/env bash
# Two builds of fiberplan on the same random queries: do they answer the same?
#
#     tests/golden/same_answers.sh OLD NEW [N=500] [SEED=1] [--ignore KEY,...]
#
# OLD and NEW are programs. N queries over the base network are made from SEED: two thirds in files for `batch`, the rest
# as single runs of the other commands. Compared are the exit code and the JSON by value; the text of an error is not. Keys
# named with --ignore are dropped wherever they stand. Exits with 1 on any difference. Needs bash and python3.
set -euo pipefail
exec python3 - "$@" <<'PYTHON'
import argparse, csv, io, json, os, random, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

SCENARIOS = ["today", "tap-trilateral", "casa-1000", "trans-afghan-railway", "trans-caspian", "red-sea-cut",
             "afghan-shutdown", "wagah-open"]
OBJECTIVES = ["cost", "latency", "length", "risk", "availability", "cost=0.7,latency=0.3", "risk=1,cost=2"]
# The countries around which corridors and splits make sense.
REGION = ["TM", "AF", "PK", "UZ", "IR", "TJ", "KZ", "KG", "IN", "CN", "AZ", "TR"]
DIFFERENCES_TOLD = 10
QUERIES_A_FILE = 500

parser = argparse.ArgumentParser(prog="same_answers.sh")
parser.add_argument("old")
parser.add_argument("new")
parser.add_argument("n", nargs="?", type=int, default=500)
parser.add_argument("seed", nargs="?", type=int, default=1)
parser.add_argument("--ignore", default="", metavar="KEY,...", help="JSON keys that may differ")
asked = parser.parse_intermixed_args()
ignored = {key for key in asked.ignore.split(",") if key}
programs = [os.path.abspath(asked.old), os.path.abspath(asked.new)]
dice = random.Random(asked.seed)
folder = tempfile.TemporaryDirectory()


def run(program, words):
    done = subprocess.run([program, *words], cwd=folder.name, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def places():
    """Ids, names and countries of the base network, as the old program writes it."""
    code, _, told = run(programs[0], ["network", "convert", "eurasia-transit", "-o", "base/"])
    if code != 0:
        sys.exit(f"error: {asked.old}: {told}")
    with open(os.path.join(folder.name, "base", "nodes.csv"), encoding="utf-8") as file:
        nodes = list(csv.DictReader(file))
    with open(os.path.join(folder.name, "base", "segments.csv"), encoding="utf-8") as file:
        segments = list(csv.DictReader(file))
    countries = sorted({node["country"] for node in nodes} - {"XZ"})
    return nodes, countries, sorted({segment["system"] for segment in segments if segment["system"]})


NODES, COUNTRIES, SYSTEMS = places()


def place():
    node, one = dice.choice(NODES), dice.random()
    if one < 0.25:
        return dice.choice(COUNTRIES)
    return node["name"] if one < 0.5 else node["id"]


def near():
    return dice.choice(REGION) if dice.random() < 0.5 else place()


def touched():
    return dice.choice([place, lambda: dice.choice(COUNTRIES), lambda: dice.choice(SYSTEMS)])()


def shape(most):
    """Up to so many of the options that shape a route, by the names that they have in a file of queries."""
    makers = {
        "objective": lambda: dice.choice(OBJECTIVES),
        "via": touched,
        "avoid": lambda: ";".join(touched() for _ in range(dice.randint(1, 3))),
        "max_rtt_ms": lambda: dice.randint(10, 250),
        "max_cost_usd": lambda: dice.randint(1, 60) * 1_000_000,
        "max_length_km": lambda: dice.randint(500, 20_000),
        "min_availability": lambda: f"{dice.randint(900, 995) / 10}%",
        "max_crossings": lambda: dice.randint(1, 9),
        "max_countries": lambda: dice.randint(2, 9),
        "max_transit": lambda: dice.randint(0, 6),
        "max_share": lambda: f"{dice.choice(['*', 'XZ', *REGION])}={dice.randint(10, 90)}%",
    }
    names = dice.sample(sorted(makers), dice.randint(0, most))
    if "via" in names:
        # A detour by a far place within a bound can take a search minutes.
        names = [name for name in names if not name.startswith(("max_", "min_"))]
    return {name: makers[name]() for name in names}


def options(most):
    """The same as options of a command line; a place that begins with a dash is none."""
    words = []
    for name, value in shape(most).items():
        # A name that holds a comma would be cut there.
        value = str(value) if name in ("objective", "max_share") else str(value).split(",")[0].replace(";", ",")
        words += [f"--{name.replace('_', '-')}={value}"]
    return words


def scenario():
    return ["-s", dice.choice(SCENARIOS)] if dice.random() < 0.4 else []


def common():
    words = scenario()
    if dice.random() < 0.3:
        words += [f"--gbps={dice.choice([1, 10, 100, 400, 1000])}"]
    if dice.random() < 0.2:
        words += [f"--term-years={dice.randint(1, 30)}"]
    if dice.random() < 0.2:
        words += [f"--year={dice.randint(2026, 2045)}"]
    if dice.random() < 0.2:
        words += ["--status=" + dice.choice(["in_service,planned", "in_service,under_construction",
                                             "in_service,planned,proposed"])]
    return words


def route():
    ways = [
        lambda: [f"-k={dice.randint(1, 6)}"],
        lambda: [f"--disjoint={dice.choice(['segment', 'node', 'srlg', 'country', 'owner'])}"]
        + dice.choice([[], ["--pair=first"], ["--pair=balanced"]]),
        lambda: ["--pareto=" + ",".join(dice.sample(["cost", "latency", "length"], 2)), "--epsilon=10%"],
        lambda: [f"--within={dice.randint(1, 20)}%", "-k=5"],
        lambda: [f"--distinct={dice.randint(10, 70)}%", "-k=3"],
        lambda: ["--price-constraints"],
        lambda: ["--explain"],
        lambda: ["--samples=100", f"--seed={dice.randint(1, 99)}"],
    ]
    more = dice.choice(ways)()
    # Sets of routes within bounds can take a search half a minute, and each draw is a search.
    shaping = options(0 if "--samples=100" in more else 2)
    if more[0].startswith(("--disjoint", "--pareto")):
        shaping = [word for word in shaping if word.startswith(("--avoid", "--objective"))]
    shaping = [word for word in shaping if "--pareto" not in more[0] or not word.startswith("--objective")]
    return ["route", near(), near(), *more, *shaping, *common()]


def transit():
    # Mostly neighbours: others have no corridor, which is an answer too.
    corridors = ["TM AF PK", "UZ AF PK", "TM IR PK", "UZ TM IR", "KZ UZ AF", "TJ AF PK", "TR IR PK", "AZ IR PK", "TM IR", "AF PK"]
    countries = dice.choice(corridors).split() if dice.random() < 0.8 else dice.sample(REGION, 3)
    words = ["transit", *countries, "--no-map", *common()]
    return words + ([f"--objective={dice.choice(OBJECTIVES)}"] if dice.random() < 0.5 else [])


def matrix():
    lists = [",".join(dice.sample(COUNTRIES, dice.randint(1, 3))) for _ in range(2)]
    return ["matrix", f"--from={lists[0]}", f"--to={lists[1]}", *options(1), *common()]


def gateway():
    # Not those with the most crossings, which take seconds.
    words = ["gateway", dice.choice(["TM", "AF", "PK", "UZ", "TJ", "KG", "AZ"]), "--hub=de-frankfurt", *common()]
    return words + (["--objective=" + dice.choice(OBJECTIVES)] if dice.random() < 0.4 else [])


def compare():
    return ["compare", *dice.sample(SCENARIOS, 2), f"--from={near()}", f"--to={near()}", "--no-map", *options(1)]


def ceiling():
    of = dice.choice(["fee", "passage", "latency", "build"])
    return ["ceiling", dice.choice(REGION), f"--of={of}", f"--from={near()}", f"--to={near()}", "--no-chart", *common()]


def share():
    return ["share", *dice.sample(REGION, dice.randint(2, 3)), "--no-chart", *scenario()]


def cashflow():
    return ["cashflow", near(), near(), f"--price={dice.randint(1, 12)}", *options(1), *common()]


SINGLE = [(route, 10), (transit, 3), (matrix, 3), (gateway, 2), (compare, 2), (ceiling, 2), (share, 1), (cashflow, 4)]


def batch_file(number, n):
    """A file of queries, and the command line that asks them."""
    name = f"queries-{number}.csv"
    columns = ["from", "to", "k", "corridor", *sorted(["objective", "via", "avoid", "max_rtt_ms", "max_cost_usd",
               "max_length_km", "min_availability", "max_crossings", "max_countries", "max_transit", "max_share"])]
    with open(os.path.join(folder.name, name), "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        for _ in range(n):
            row = {"from": near(), "to": near(), "k": dice.randint(1, 4), **shape(3)}
            if dice.random() < 0.1:
                countries = dice.sample(REGION, 3)
                row.update({"from": countries[0], "to": countries[2], "corridor": f"{countries[0]};*;{countries[2]}"})
            writer.writerow(row)
    return ["batch", name, *dice.choice([[], ["--full"]]), *common()]


def without_ignored(value):
    if isinstance(value, dict):
        return {key: without_ignored(inner) for key, inner in value.items() if key not in ignored}
    return [without_ignored(inner) for inner in value] if isinstance(value, list) else value


def answers(text, by_line):
    """The values that were printed: one for each query of a batch, else one in all."""
    parts = text.splitlines() if by_line else [text]
    values = []
    for part in parts:
        try:
            values.append(without_ignored(json.loads(part)))
        except ValueError:
            values.append(part)
    return values


def spot(old, new, path=""):
    """Where two values differ first."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            if key not in old or key not in new:
                return f"{path}.{key} is only in the {'new' if key in new else 'old'} answer"
            if old[key] != new[key]:
                return spot(old[key], new[key], f"{path}.{key}")
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for i, (a, b) in enumerate(zip(old, new)):
            if a != b:
                return spot(a, b, f"{path}[{i}]")
    return f"{path or 'the answer'}: {json.dumps(old)[:200]} became {json.dumps(new)[:200]}"


def compared(job):
    """How many answers a command line has, which of them have routes or are errors, and what differs."""
    words, n, threads = job
    line = [*words, "--format=json", "-q", *threads]
    (old_code, old_text, old_told), (new_code, new_text, new_told) = [run(program, line) for program in programs]
    old, new = answers(old_text, words[0] == "batch"), answers(new_text, words[0] == "batch")
    shown = "fiberplan " + " ".join(f"'{word}'" if " " in word else word for word in line)
    if old_code < 0 or "panicked" in old_told + new_told:
        return n, old_code, n, [f"{shown}\n    a crash: {(old_told + new_told)[:300]}"]
    if old_code != new_code:
        return n, old_code, n, [f"{shown}\n    exit {old_code} became {new_code}: {(new_told or old_told)[:300]}"]
    if len(old) != len(new):
        return n, old_code, n, [f"{shown}\n    {len(old)} answers became {len(new)}"]
    differences = []
    for i, (a, b) in enumerate(zip(old, new)):
        if a != b:
            query = f", query {i + 1}: {query_of(words, i)}" if words[0] == "batch" else ""
            differences.append(f"{shown}{query}\n    {spot(a, b)}")
    return n, old_code, len(differences), differences


def query_of(words, i):
    with open(os.path.join(folder.name, words[1]), encoding="utf-8") as file:
        lines = file.read().splitlines()
    row = dict(zip(next(csv.reader([lines[0]])), next(csv.reader([lines[i + 1]]))))
    return " ".join(f"{key}={value}" for key, value in row.items() if value)


jobs, left = [], asked.n * 2 // 3
while left > 0:
    n = min(left, QUERIES_A_FILE)
    # Two run at a time: each has one thread.
    jobs.append((batch_file(len(jobs), n), n, ["--threads=1"]))
    left -= n
makers, weights = zip(*SINGLE)
for _ in range(asked.n - asked.n * 2 // 3):
    jobs.append((dice.choices(makers, weights)[0](), 1, []))

n_equal, n_all, n_different, codes, told = 0, 0, 0, {}, []
with ThreadPoolExecutor(2) as pool:
    for (words, _, _), (n, code, n_bad, differences) in zip(jobs, pool.map(compared, jobs)):
        n_all, n_equal, n_different = n_all + n, n_equal + n - n_bad, n_different + n_bad
        kind = codes.setdefault(words[0], {})
        kind[code] = kind.get(code, 0) + 1
        told += differences
for command, kind in sorted(codes.items()):
    print(f"{command}: " + ", ".join(f"{n} with exit {code}" for code, n in sorted(kind.items())))
print(f"{n_equal} of {n_all} answers are equal (seed {asked.seed})")
for text in told[:DIFFERENCES_TOLD]:
    print(text)
if len(told) > DIFFERENCES_TOLD:
    print(f"and {len(told) - DIFFERENCES_TOLD} more")
sys.exit(1 if n_different else 0)
PYTHON
