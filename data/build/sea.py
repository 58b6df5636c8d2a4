"""The submarine part of the base network: cables along open-water points. See SEA.md beside this file.

    python3 data/build/sea.py                        prints every segment and the checks on whole systems
    python3 data/build/sea.py --check COUNTRIES      also measures the km over land (a GeoJSON, plain or .gz)

Standard library only, no network, same rows on every run.
"""

import csv
import gzip
import json
import sys
from math import cos, hypot, radians
from pathlib import Path

from geo import geodesic_km, interpolate, line_km

INPUT = Path(__file__).resolve().parent / "input"

SEGMENT_COLUMNS = [
    "id", "name", "system", "from", "to", "medium", "status", "ready_year", "retire_year", "owners",
    "length_km", "length_kind", "capacity_gbps", "fiber_pairs", "terrain", "tenure", "srlg",
    "confidence", "sources", "route"]

# Cable km over way km, one number for each class of way. SEA.md says where they come from; the land
# crossings of Egypt belong to build.py's class of hand-drawn lines.
FACTORS = {"sea-long": 1.15, "sea-short": 1.08, "drawn by hand": 1.25}

# Systems whose end-to-end length is published and whose hops are not: the total is shared out by way.
TOTALS_KM = {"TGN-Eurasia": 9280.0}

# Published lengths of whole systems, to hold the sums against; never used for a length.
PUBLISHED_KM = {
    "SEA-ME-WE 4": "18,800 or 20,000", "IMEWE": "12,091", "SEA-ME-WE 5": "20,000", "AAE-1": "25,000",
    "PEACE": "15,000", "TW1": "1,300", "FALCON": "10,300 or 11,859", "GBI": "5,270",
    "Europe India Gateway": "15,000", "Bay of Bengal Gateway": "8,100", "TGN-IA": "6,700",
    "SJC": "8,900", "APG": "10,400", "OMRAN/EPEG": "600", "Pishgaman Oman Iran": "400",
    "Africa-1": "10,000", "SEA-ME-WE 6": "19,200 to 21,700", "Al Khaleej": "1,400"}

LANES = 6            # lanes to either side of a waypoint's centre
ROUNDED_ROOM_KM = 8  # a corner is rounded where there is at least this much open water about it


def read(folder, name):
    with open(Path(folder) / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def moved(point, before, after, km):
    """A point moved sideways: to the north of a line that runs east-west, to the east of one that runs north-south."""
    scale = cos(radians(point[1]))
    dx, dy = (after[0] - before[0]) * scale, after[1] - before[1]
    size = hypot(dx, dy)
    nx, ny = -dy / size, dx / size
    if ny < 0 or (ny == 0 and nx < 0):
        nx, ny = -nx, -ny
    return point[0] + nx * km / 111.2 / scale, point[1] + ny * km / 111.2


def toward(point, other, km):
    """The point `km` from `point` on the straight line to `other`."""
    share = km / max(geodesic_km(point, other), km)
    return point[0] + (other[0] - point[0]) * share, point[1] + (other[1] - point[1]) * share


def sea_line(ends, marks, lane):
    """From node to node through the waypoints, each system in its own lane, with corners rounded where there is room."""
    centre = [ends[0], *((float(m["lon"]), float(m["lat"])) for m in marks), ends[1]]
    rooms = [0.0, *(float(m["room_km"]) for m in marks), 0.0]
    shifted = [centre[0]]
    for i in range(1, len(centre) - 1):
        shifted.append(moved(centre[i], centre[i - 1], centre[i + 1], lane * rooms[i] / LANES))
    shifted.append(centre[-1])
    line = [shifted[0]]
    for i in range(1, len(shifted) - 1):
        before, here, after = shifted[i - 1], shifted[i], shifted[i + 1]
        if rooms[i] < ROUNDED_ROOM_KM:
            line.append(here)
            continue
        for other in (before, after):
            line.append(toward(here, other, min(5 * rooms[i], geodesic_km(here, other) / 3)))
    line.append(shifted[-1])
    return [(round(x, 4), round(y, 4)) for x, y in line]


def wkt(points):
    def number(value):
        text = f"{value:.4f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    return "LINESTRING (" + ", ".join(f"{number(x)} {number(y)}" for x, y in points) + ")"


def joined(*groups):
    """A `;` list without repeats, in the order of first mention."""
    return ";".join(dict.fromkeys(item for group in groups for item in group if item))


def segments_of(inputs):
    """All rows of segments_sea.csv as (segment by the columns of the network, its working figures)."""
    places = {n["id"]: n for n in [*read(inputs, "nodes_land.csv"), *read(inputs, "nodes_sea.csv")]}
    marks = {m["id"]: m for m in read(inputs, "sea_waypoints.csv")}
    out = []
    for row in read(inputs, "segments_sea.csv"):
        segment = {c: row.get(c, "") for c in SEGMENT_COLUMNS}
        segment["name"] = f"{places[row['from']]['name']} - {places[row['to']]['name']}"
        if row["class"] == "backhaul":  # by road: build.py finds its way
            out.append((segment, None))
            continue
        ends = [(round(float(places[row[e]]["lon"]), 4), round(float(places[row[e]]["lat"]), 4)) for e in ("from", "to")]
        if row["class"] == "drawn by hand":
            via = [tuple(map(float, p.split())) for p in row["via"].split(",")]
            line, tags, terrain = [ends[0], *via, ends[1]], [], "desert"
        else:
            via = [marks[m] for m in row["via"].split()]
            line, tags = sea_line(ends, via, int(row["lane"])), [m["srlg"] for m in via]
            deep = sum(m["depth"] == "deep" for m in via)
            terrain = "deep_sea" if 2 * deep > len(via) else "shallow_sea"
        segment.update(route=wkt(line), terrain=terrain, srlg=joined(row["srlg"].split(";"), tags))
        out.append((segment, {"class": row["class"], "line": line, "way_km": line_km(line),
                              "geodesic_km": geodesic_km(*ends)}))
    return out


def fill_lengths(rows):
    shared = {name: sum(f["way_km"] * FACTORS[f["class"]] for s, f in rows if f and s["system"] == name)
              for name in TOTALS_KM}
    for segment, figures in rows:
        if figures is None:
            continue
        if segment["length_km"]:
            segment["length_kind"] = "published"
            if float(segment["length_km"]) < figures["geodesic_km"]:
                raise ValueError(f"{segment['id']}: the published length is below the geodesic")
            continue
        length = figures["way_km"] * FACTORS[figures["class"]]
        if segment["system"] in shared:
            length *= TOTALS_KM[segment["system"]] / shared[segment["system"]]
        segment.update(length_km=f"{length:.1f}", length_kind="estimated")
    for name, total in TOTALS_KM.items():  # what rounding lost goes to the first hop
        hops = [s for s, f in rows if f and s["system"] == name]
        rest = total - sum(float(s["length_km"]) for s in hops)
        hops[0]["length_km"] = f"{float(hops[0]['length_km']) + rest:.1f}"


def build_sea(inputs_dir):
    """(nodes, segments, sources) as lists of dicts by the columns of a network folder."""
    rows = segments_of(inputs_dir)
    fill_lengths(rows)
    return read(inputs_dir, "nodes_sea.csv"), [s for s, _ in rows], read(inputs_dir, "sources_sea.csv")


class Land:
    """The polygon edges of a countries GeoJSON, by bands of 0.1 degree of latitude, for a quick point test."""

    def __init__(self, path):
        raw = Path(path).read_bytes()
        data = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
        self.bands = {}
        for feature in data["features"]:
            geometry = feature["geometry"]
            polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
            for polygon in polygons:
                for ring in polygon:
                    for a, b in zip(ring, ring[1:]):
                        low, high = sorted((a[1], b[1]))
                        for band in range(int(low // 0.1), int(high // 0.1) + 1):
                            self.bands.setdefault(band, []).append((a[0], a[1], b[0], b[1]))

    def __contains__(self, point):
        x, y = point
        inside = False
        for ax, ay, bx, by in self.bands.get(int(y // 0.1), ()):
            if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                inside = not inside
        return inside

    def km_on(self, line, step_km=1.0):
        """(km of the line on land, the middle points of its pieces there)."""
        points = interpolate(line, step_km)
        middles = [((p[0] + q[0]) / 2, (p[1] + q[1]) / 2) for p, q in zip(points, points[1:])]
        dry = [m in self for m in middles]
        return (sum(geodesic_km(p, q) for p, q, w in zip(points, points[1:], dry) if w),
                [m for m, w in zip(middles, dry) if w])


def main(arguments):
    land = Land(arguments[1]) if arguments[:1] == ["--check"] else None
    rows = segments_of(INPUT)
    fill_lengths(rows)
    print(f"{'segment':34}{'class':>14}{'way':>9}{'factor':>8}{'length':>9}{'kind':>11}{'geodesic':>9}"
          + (f"{'on land':>9}" if land else ""))
    sums, count, worst = {}, {}, 0.0
    for segment, figures in rows:
        if figures is None:
            continue
        length = float(segment["length_km"])
        if segment["system"] != "landing backhaul":
            sums[segment["system"]] = sums.get(segment["system"], 0.0) + length
            count[segment["system"]] = count.get(segment["system"], 0) + 1
        text = (f"{segment['id']:34}{figures['class']:>14}{figures['way_km']:9.1f}{length / figures['way_km']:8.3f}"
                f"{length:9.1f}{segment['length_kind']:>11}{figures['geodesic_km']:9.1f}")
        if land and segment["medium"] == "submarine":
            dry, where = land.km_on(figures["line"])
            worst = max(worst, dry)
            text += f"{dry:9.1f}"
            if dry > 3:
                text += "  near " + ", ".join(f"{x:.2f} {y:.2f}" for x, y in where[::4])
        print(text)
    print(f"\n{'system':30}{'hops':>5}{'sum km':>10}   published km of the whole system")
    for name in sums:
        print(f"{name:30}{count[name]:5}{sums[name]:10.0f}   {PUBLISHED_KM.get(name, '')}")
    if land:
        print(f"\nmost km on land of a submarine segment: {worst:.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
