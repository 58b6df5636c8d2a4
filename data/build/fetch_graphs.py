"""Makes input/roads.txt.xz and input/rails.txt.xz from the pinned scgraph_data wheel.

Needs the network once; build.py does not. The wheel is fetched from the package index by exact
version, checked against its SHA-256, and its two graphs (simplified OpenStreetMap main roads and
railways, ODbL 1.0) are cropped to the region and written in a small text form:

    one line per node:  delta of latitude, delta of longitude   (thousandths of a degree)
    an empty line
    one line per edge:  delta of first node, second node minus first, kilometres

Self-loops are dropped. Nodes are sorted in bands so that neighbours stand close together.
"""

import ast
import hashlib
import lzma
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
WHEEL = "scgraph_data-2.0.0-py3-none-any.whl"
WHEEL_SHA256 = "a8df15f4d9b4cce945f195b27c9e239ac49ebfa81aa948afc882b28653725406"
WEST, SOUTH, EAST, NORTH = -12, -8, 150, 66
GRAPHS = {"roads": "world_highways", "rails": "world_railways"}


def fetch_wheel(cache):
    cache.mkdir(exist_ok=True)
    wheel = cache / WHEEL
    if not wheel.exists():
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
             "--dest", str(cache), "scgraph_data==2.0.0"], check=True)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != WHEEL_SHA256:
        sys.exit(f"{WHEEL}: SHA-256 is {digest}, expected {WHEEL_SHA256}")
    return wheel


def read_graph(wheel, module):
    """The module is plain assignments: graph = [{node: km, ...}, ...] and nodes = [[lat, lon], ...]."""
    text = zipfile.ZipFile(wheel).read(f"scgraph_data/{module}.py").decode()
    found = {}
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Assign):
            name = statement.targets[0].id
            if name in ("graph", "nodes"):
                found[name] = ast.literal_eval(statement.value)
    return found["graph"], found["nodes"]


def crop(graph, nodes):
    kept = []
    for number, (lat, lon) in enumerate(nodes):
        if WEST <= lon <= EAST and SOUTH <= lat <= NORTH:
            kept.append((number, round(lat * 1000), round(lon * 1000)))
    kept.sort(key=lambda n: (n[1] // 500, n[2] if (n[1] // 500) % 2 else -n[2], n[1], n[0]))
    new = {number: position for position, (number, _, _) in enumerate(kept)}
    edges = {}
    for number, neighbours in enumerate(graph):
        if number not in new:
            continue
        for other, km in neighbours.items():
            if other == number or other not in new:
                continue
            pair = tuple(sorted((new[number], new[other])))
            edges[pair] = min(km, edges.get(pair, km))
    return kept, sorted(edges.items())


def encode(kept, edges):
    lines, last_lat, last_lon, last = [], 0, 0, 0
    for _, lat, lon in kept:
        lines.append(f"{lat - last_lat} {lon - last_lon}")
        last_lat, last_lon = lat, lon
    lines.append("")
    for (first, second), km in edges:
        lines.append(f"{first - last} {second - first} {km:g}")
        last = first
    return ("\n".join(lines) + "\n").encode()


def main():
    wheel = fetch_wheel(HERE / "cache")
    for name, module in GRAPHS.items():
        text = encode(*crop(*read_graph(wheel, module)))
        (HERE / "input" / f"{name}.txt.xz").write_bytes(
            lzma.compress(text, preset=9 | lzma.PRESET_EXTREME))
        print(f"{name}: SHA-256 of the text {hashlib.sha256(text).hexdigest()}")


if __name__ == "__main__":
    main()
