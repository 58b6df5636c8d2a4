#!/usr/bin/env python3
"""Holds the golden JSON answers and the shipped inputs against data/schema, and sees that broken ones are refused.

    python3 tests/golden/check_schemas.py

Needs the package jsonschema. Exits with 1 if an answer does not fit its schema, or a broken one does.
"""

import copy
import csv
import json
import pathlib
import re
import sys
import tomllib

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = {path.stem: json.loads(path.read_text("utf-8")) for path in (ROOT / "data/schema").glob("*.json")}
CHECKS = {name: jsonschema.Draft202012Validator(schema) for name, schema in SCHEMAS.items()}

# A command may answer in several ways: without a route, say, every one of them answers as `route` does.
WAYS = {
    "route": ["pareto", "disjoint", "explain", "constraint-prices", "route"],
    "transit": ["transit", "explain"],
    "gateway": ["gateway", "gateway-compare", "gateway-all"],
    "cashflow": ["cashflow", "route"],
    "network": ["network-check", "network-rules", "network-stats"],
    "scenario": ["scenario-show", "scenario-check"],
}


def fits(ways, value):
    return any(CHECKS[way].is_valid(value) for way in ways)


def answers():
    """Every whole JSON answer of the corpus with the schemas that it may fit."""
    for path in sorted((ROOT / "tests/golden/answers").glob("*.txt")):
        text = path.read_text("utf-8")
        command = text.split("\n", 1)[0].removeprefix("$ fiberplan ").split()
        match = re.search(r"^----- stdout\n(.*?)^-----", text, re.S | re.M)
        if not match or not match.group(1).startswith("{") or "FeatureCollection" in match.group(1)[:200]:
            continue
        ways = WAYS.get(command[0], [command[0]])
        if command[0] == "schema" or not set(ways) <= SCHEMAS.keys():
            continue
        lines = match.group(1)
        values = [json.loads(line) for line in lines.splitlines()] if command[0] == "batch" else [json.loads(lines)]
        for value in values:
            yield path.stem, ways, value


def inputs():
    """Every shipped input with its schema."""
    for path in sorted((ROOT / "data/scenarios").glob("*.toml")):
        yield path.name, ["scenario"], tomllib.loads(path.read_text("utf-8"))
    yield "prices.toml", ["prices"], tomllib.loads((ROOT / "data/prices.toml").read_text("utf-8"))
    folder = ROOT / "data/networks/eurasia-transit"
    numbers = {"lon", "lat", "length_km", "capacity_gbps"}
    whole = {"population", "ready_year", "retire_year", "laid_with_year", "fiber_pairs"}
    read = lambda key, cell: float(cell) if key in numbers else int(cell) if key in whole else cell
    network = {"network": tomllib.loads((folder / "network.toml").read_text("utf-8"))}
    for table in ["nodes", "segments", "sources"]:
        with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
            rows = [{k: read(k, v) for k, v in row.items() if v} for row in csv.DictReader(file)]
        network[table] = rows
    yield "eurasia-transit", ["network"], network


def broken(value):
    """Ways to break an object: a key gone, a key of another type, at the top and one level down."""
    for key in value:
        gone = copy.deepcopy(value)
        del gone[key]
        yield f"without {key}", gone
        other = copy.deepcopy(value)
        other[key] = {"broken": ["by", "the", "test"]} if not isinstance(value[key], dict) else 7
        yield f"{key} of another type", other


n_fit, n_broken, faults = 0, 0, []
tried = {}
for name, ways, value in [*answers(), *inputs()]:
    if fits(ways, value):
        n_fit += 1
    else:
        way = min(ways, key=lambda way: len(list(CHECKS[way].iter_errors(value))))
        error = jsonschema.exceptions.best_match(CHECKS[way].iter_errors(value))
        faults.append(f"{name}: does not fit {way}: {error.json_path}: {error.message[:200]}")
        continue
    # Two answers of each kind are broken in every way that must be refused: what is required, and what has a type.
    way = next(way for way in ways if CHECKS[way].is_valid(value))
    if tried.setdefault(way, 0) < 2:
        tried[way] += 1
        required = set(SCHEMAS[way].get("required", []))
        for how, wrong in broken(value):
            if how.startswith("without ") and how.removeprefix("without ") not in required:
                continue
            # What is the user's may be of any type.
            typed = SCHEMAS[way]["properties"].get(how.split(" ")[0])
            if how.endswith("another type") and not (isinstance(typed, dict) and typed.keys() - {"description"}):
                continue
            n_broken += 1
            if fits([way], wrong):
                faults.append(f"{name} {how}: fits {way} though it is broken")
missing = sorted(set(SCHEMAS) - tried.keys())
if missing:
    faults.append(f"no example of {', '.join(missing)}")
print(f"{n_fit} answers and inputs fit their schemas; {n_broken} broken ones were tried, {len(faults)} faults")
for fault in faults[:40]:
    print(fault)
sys.exit(1 if faults or n_broken < 20 else 0)
