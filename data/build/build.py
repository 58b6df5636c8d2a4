"""Builds data/networks/eurasia-transit from the files in input/. See README.md beside this file.

    python3 data/build/build.py

Standard library only, no network, same bytes on every run.
"""

import csv
import sys
from pathlib import Path

import sea
from geo import geodesic_km, line_km, simplify
from terrain import Altitude, terrain_of
from ways import Graph, Stop, way

HERE = Path(__file__).resolve().parent
INPUT = HERE / "input"
OUTPUT = HERE.parent / "networks" / "eurasia-transit"

GRAPH_SHA256 = {
    "roads": "6f1e47682be8376d36378d77f826d4e2fe9933edfa25260fabe8309ac58626fd",
    "rails": "cb98afefbb5bd10a3766d272243f1312422726f08049e68b665ff18d557bfd44",
}

NODE_COLUMNS = ["id", "name", "kind", "country", "lon", "lat", "population", "sources"]
SEGMENT_COLUMNS = [
    "id", "name", "system", "from", "to", "medium", "status", "ready_year", "retire_year", "owners",
    "length_km", "length_kind", "capacity_gbps", "fiber_pairs", "terrain", "tenure", "srlg",
    "confidence", "sources", "route"]
SOURCE_COLUMNS = ["id", "title", "publisher", "date", "url"]

# Cable km over way km, one number for each class of land line; SEA.md has the two of the sea.
# README.md says where they come from.
FACTORS = {
    "single trunk road": 1.02,
    "road in a dense network": 1.30,
    "railway": 1.06,
    "pipeline or power line": 1.05,
    "drawn by hand": 1.25,
}

# Where one highway joins two towns and the cable lies beside it; elsewhere roads are many.
SINGLE_TRUNK = {"TM", "AF", "PK", "UZ", "KZ", "KG", "TJ", "IR", "MN"}

OFFSET_LIMIT_KM = 10.0
BEND_LIMIT_KM = 60.0
STRETCH_LIMIT = 2.2
TAIL_KM = 25.0
SIMPLIFY_KM = 0.4


def read(name):
    with open(INPUT / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def point_of(node):
    return (round(float(node["lon"]), 4), round(float(node["lat"]), 4))


def stops_of(row, nodes, reach):
    """The places a line passes: its ends and, between them, nodes or bare 'lon lat' points. A `~`
    before one means a straight hop to it from the place before, a `=` that it lies on the road though
    the chord passes at a distance."""
    entries = [e.strip() for e in row["through"].split(",") if e.strip()]
    last_gap = entries and entries[-1] == "~"
    stops = []
    for entry in [row["from"], *entries[:len(entries) - bool(last_gap)], ("~" if last_gap else "") + row["to"]]:
        gap, bend, entry = entry.startswith("~"), entry.startswith("="), entry.lstrip("~=")
        if entry in nodes:
            known = reach.get(entry)
            stops.append(Stop(point_of(nodes[entry]), float(known["reach_km"]) if known else OFFSET_LIMIT_KM,
                              bool(known) and known["kind"] == "on_road", gap))
        else:
            lon, lat = entry.split()
            stops.append(Stop((float(lon), float(lat)), BEND_LIMIT_KM if bend else OFFSET_LIMIT_KM, bend, gap))
    return stops


def find_way(row, nodes, graphs, reach):
    """The line of a land segment: (points, way km, class, problem or None)."""
    stops = stops_of(row, nodes, reach)
    points = [s.point for s in stops]
    if row["mode"] == "line":
        return points, line_km(points), "pipeline or power line", None
    if row["mode"] == "hand":
        return points, line_km(points), "drawn by hand", too_long(points, line_km(points))
    graph = graphs["rails" if row["mode"] == "rail" else "roads"]
    kind = "railway" if row["mode"] == "rail" else "road"
    found = way(graph, stops)
    if found is None:
        far = [row_stop.point for row_stop in stops if not graph.snap(row_stop.point, row_stop.reach_km)]
        return points, line_km(points), kind, f"no way in the graph{' (no edge near %s)' % far if far else ''}"
    points = found[0]
    km = max(sum(found[1]), line_km(points))
    return points, km, kind, too_long(points, km)


def too_long(points, km):
    geodesic = geodesic_km(points[0], points[-1])
    if km > STRETCH_LIMIT * max(geodesic, 5.0):
        return f"way of {km:.0f} km over a geodesic of {geodesic:.0f} km"
    return None


def is_tail(row, nodes, km):
    """A hop within a metropolitan area: short, both ends in one country, none at a border post."""
    ends = (nodes[row["from"]], nodes[row["to"]])
    return (km < TAIL_KM and ends[0]["country"] == ends[1]["country"]
            and all(e["kind"] != "border_crossing" for e in ends))


def wkt(points):
    return "LINESTRING (" + ", ".join(f"{number(x)} {number(y)}" for x, y in points) + ")"


def number(value):
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def land_segment(row, nodes, graphs, reach, altitude, problems):
    points, way_km, kind, problem = find_way(row, nodes, graphs, reach)
    if problem:
        problems.append(f"{row['id']}: {problem}")
    ends = point_of(nodes[row["from"]]), point_of(nodes[row["to"]])
    line = simplify(points, SIMPLIFY_KM)
    line = [ends[0]] + [(round(x, 4), round(y, 4)) for x, y in line[1:-1]] + [ends[1]]
    line = [line[0]] + [q for p, q in zip(line, line[1:]) if p != q]
    tail = is_tail(row, nodes, way_km)
    terrain = "urban" if tail else terrain_of(altitude, points)
    if kind == "road":
        countries = {nodes[row[end]]["country"] for end in ("from", "to")}
        kind = "single trunk road" if countries <= SINGLE_TRUNK and not tail else "road in a dense network"
    geodesic = geodesic_km(*ends)
    length, length_kind = row["length_km"], "published"
    if length and float(length) < geodesic:
        problems.append(f"{row['id']}: published {length} km is below the geodesic {geodesic:.1f} km, dropped")
        length = ""
    if not length:
        length, length_kind = f"{max(way_km * FACTORS[kind], geodesic, 0.1):.1f}", "estimated"
    out = {c: row.get(c, "") for c in SEGMENT_COLUMNS}
    out.update(name=f"{nodes[row['from']]['name']} - {nodes[row['to']]['name']}", length_km=length,
               length_kind=length_kind, terrain=terrain, route=wkt(line))
    if "openstreetmap" not in out["sources"] and kind not in ("pipeline or power line", "drawn by hand"):
        out["sources"] += ";openstreetmap"
    return out, {"class": kind, "way_km": way_km, "geodesic_km": geodesic}


def merge_nodes(land, more):
    nodes = {n["id"]: {c: n[c] for c in NODE_COLUMNS} for n in land}
    for node in more:
        nodes.setdefault(node["id"], {c: str(node.get(c, "")) for c in NODE_COLUMNS})
    return nodes


def build():
    sea_nodes, sea_segments, sea_sources = sea.build_sea(INPUT)
    nodes = merge_nodes(read("nodes_land.csv"), sea_nodes)
    reach = {r["node"]: r for r in read("far_towns.csv")}
    graphs = {name: Graph(INPUT / f"{name}.txt.xz", digest) for name, digest in GRAPH_SHA256.items()}
    altitude = Altitude(INPUT / "altitude_5min.bin.xz")
    segments, notes, problems = [], {}, []
    for row in read("segments_land.csv"):
        missing = [row[end] for end in ("from", "to") if row[end] not in nodes]
        if missing:
            problems.append(f"{row['id']}: unknown node {missing}")
            continue
        segment, note = land_segment(row, nodes, graphs, reach, altitude, problems)
        segments.append(segment)
        notes[row["id"]] = note
    for segment in sea_segments:
        if segment["medium"] != "submarine" and not segment.get("route"):
            row = dict(segment, mode="road", through=segment.get("through", ""),
                       length_km=segment.get("length_km") or "")
            land, notes[segment["id"]] = land_segment(row, nodes, graphs, reach, altitude, problems)
            segments.append(land)
        else:
            segments.append({c: str(segment.get(c, "")) for c in SEGMENT_COLUMNS})
    used = {s[end] for s in segments for end in ("from", "to")}
    nodes = {i: n for i, n in nodes.items() if i in used}
    cited = {c for row in [*segments, *nodes.values()] for c in row["sources"].split(";")}
    sources = {s["id"]: s for s in [*sea_sources, *read("sources_land.csv")]}
    return nodes, segments, [s for i, s in sorted(sources.items()) if i in cited], notes, problems


def write(name, columns, rows):
    with open(OUTPUT / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def main():
    """Writes the folder; with --check, says whether what stands there is what would be written."""
    made = [*(OUTPUT / name for name in ("network.toml", "nodes.csv", "segments.csv", "sources.csv")), HERE / "ways.csv"]
    before = {path: path.read_bytes() for path in made if path.exists()}
    write_folder()
    stale = [path.name for path in made if before.get(path) != path.read_bytes()]
    if sys.argv[1:] == ["--check"]:
        for path, old in before.items():
            path.write_bytes(old)
        if stale:
            sys.exit(f"not what the inputs give: {', '.join(stale)}; run data/build/build.py")


def write_folder():
    nodes, segments, sources, notes, problems = build()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    write("nodes.csv", NODE_COLUMNS, sorted(nodes.values(), key=lambda n: n["id"]))
    write("segments.csv", SEGMENT_COLUMNS, sorted(segments, key=lambda s: s["id"]))
    write("sources.csv", SOURCE_COLUMNS, sources)
    gateways = {r["country"]: r["nodes"].split(";") for r in read("gateways.csv")}
    lines = [(INPUT / "network_head.toml").read_text(encoding="utf-8").rstrip(), "", "[gateways]"]
    for country in sorted({n["country"] for n in nodes.values()} - {"XZ"}):
        listed = [g for g in gateways.get(country, []) if g in nodes]
        if listed:
            lines.append(f"{country} = [{', '.join(chr(34) + g + chr(34) for g in listed)}]")
    (OUTPUT / "network.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with open(HERE / "ways.csv", "w", newline="", encoding="utf-8") as file:
        file.write("segment,class,way_km,geodesic_km\n")
        for segment, note in sorted(notes.items()):
            file.write(f"{segment},{note['class']},{note['way_km']:.1f},{note['geodesic_km']:.1f}\n")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(nodes)} nodes, {len(segments)} segments, {len(sources)} sources")


if __name__ == "__main__":
    main()
