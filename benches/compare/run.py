"""fiberplan beside the libraries that the registries carry: installs them, asks all the same, prints the ratios.

    python3 benches/compare/run.py [--quick] [--only one-route,pair] [--cache FOLDER] [--write FILE]

See README.md beside this file. The tables go to stdout, everything else to stderr. Exit code 1 if an answer of
fiberplan is wrong or missing, 2 if the peers cannot be installed or the arguments make no sense.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from cells import WORKLOADS, all_cells
from contest import run_cell
from install import default_cache, install, make_instances, provenance
from table import tables

MARKS = ("<!-- compare -->", "<!-- /compare -->")

QUICK_TURNS = 3


def say(text):
    print(text, file=sys.stderr, flush=True)


def read_arguments():
    parser = argparse.ArgumentParser(description="Times fiberplan beside the libraries that the registries carry.")
    keys = [workload.key for workload in WORKLOADS]
    parser.add_argument("--quick", action="store_true", help="small instances and few queries: about two minutes")
    parser.add_argument("--only", default=",".join(keys), help=f"some of {','.join(keys)}")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="where peers and instances are kept")
    parser.add_argument("--write", type=Path, help=f"put the tables also between {MARKS[0]} and {MARKS[1]} of a file")
    arguments = parser.parse_args()
    arguments.only = arguments.only.split(",")
    unknown = [key for key in arguments.only if key not in keys]
    if unknown:
        parser.error(f"--only {unknown[0]}: not one of {', '.join(keys)}")
    if arguments.write:
        text = arguments.write.read_text(encoding="utf-8") if arguments.write.exists() else ""
        if any(text.count(mark) != 1 for mark in MARKS):
            parser.error(f"--write {arguments.write}: no file with the lines {MARKS[0]} and {MARKS[1]}")
    return arguments


def chosen_cells(arguments):
    cells = [cell for cell in all_cells() if cell.workload in arguments.only]
    if not arguments.quick:
        return cells
    return [quick(cell) for cell in cells if cell.quick]


def quick(cell):
    fewer = tuple(contender._replace(count=min(contender.count, cell.quick)) for contender in cell.contenders)
    return cell._replace(contenders=fewer, turns=QUICK_TURNS)


def run_all(programs, cells):
    results, start = [], time.monotonic()
    for number, cell in enumerate(cells, start=1):
        minutes = (time.monotonic() - start) / 60
        say(f"[{number}/{len(cells)}, {minutes:.1f} min] {cell.workload}: {cell.title}")
        results.append((cell, run_cell(programs, cell, lambda text: say(f"    {text}"))))
    return results


def keep(path, results):
    """Every time of every run, for those who want more than medians."""
    rows = []
    for cell, outcomes in results:
        for contender, outcome in outcomes.items():
            names = dict(workload=cell.workload, cell=cell.title, contender=contender.name)
            rows.append({**names, **outcome._asdict()})
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")


def write_between_marks(path, text):
    before, rest = path.read_text(encoding="utf-8").split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    path.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", encoding="utf-8")


def main():
    arguments = read_arguments()
    # Libraries that would use more cores than one do not.
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", RAYON_NUM_THREADS="1")
    cells = chosen_cells(arguments)
    try:
        programs = install(arguments.cache, say)
        make_instances(programs, sorted({cell.instance for cell in cells}))
    except (OSError, subprocess.CalledProcessError) as error:
        say(f"error: {error}")
        return 2
    # Asked before the run: the repository may have moved on when it ends.
    built = provenance()
    results = run_all(programs, cells)
    keep(arguments.cache / "times.jsonl", results)
    text = f"{built}\n\n{tables(results)}"
    print(text)
    if arguments.write:
        write_between_marks(arguments.write, text)
    mine = [outcome for _, outcomes in results for contender, outcome in outcomes.items() if contender.ours]
    return 1 if any(outcome.verdict for outcome in mine) else 0


if __name__ == "__main__":
    sys.exit(main())
