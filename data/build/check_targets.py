"""Prints how the built network compares with what is known: counts, road distances, latencies.

    python3 data/build/check_targets.py

Reads data/networks/eurasia-transit and input/latency_targets.csv; changes nothing. No length in the
network is set from a latency: this is a comparison made afterwards.
"""

import csv
import heapq
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
NETWORK = HERE.parent / "networks" / "eurasia-transit"
MS_PER_KM = 1.4682 / 299792.458 * 1000  # one way, G.652 fiber at 1550 nm
YEAR = 2026
SHUNNED = {"IR", "RU", "IQ", "SY"}
ROADS = [  # road km by the graph between the towns, found before the network was made
    ("af-herat", "af-kandahar", 519), ("af-kandahar", "af-kabul", 488), ("af-kandahar", "pk-quetta", 217),
    ("pk-quetta", "pk-karachi", 655), ("af-mazar", "af-kabul", 401), ("tm-ashgabat", "tm-mary", 360)]
TAPI = {"TM": (214, 214), "AF": (774, 816), "PK": (819, 826)}


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def in_use(segment):
    ready = segment["ready_year"]
    return segment["status"] == "in_service" and (not ready or int(ready) <= YEAR)


def shortest(segments, start, end, avoided=()):
    """The shortest chain of segments, by length: (km, [segment ids]), or None. A country is avoided
    when none of its nodes is touched by a land segment; passing it in a cable at sea is no touch."""
    near = {}
    for segment in segments:
        ends = segment["from"], segment["to"]
        if segment["medium"] != "submarine" and any(e[:2].upper() in avoided for e in ends):
            continue
        for a, b in (ends, ends[::-1]):
            near.setdefault(a, []).append((b, float(segment["length_km"]), segment["id"]))
    best, came, queue, done = {start: 0.0}, {}, [(0.0, start)], set()
    while queue:
        km, node = heapq.heappop(queue)
        if node in done:
            continue
        done.add(node)
        if node == end:
            chain = []
            while node != start:
                node, segment = came[node]
                chain.append(segment)
            return km, chain[::-1]
        for other, length, segment in near.get(node, ()):
            if km + length < best.get(other, float("inf")):
                best[other] = km + length
                came[other] = (node, segment)
                heapq.heappush(queue, (km + length, other))
    return None


def components(nodes, segments):
    near = {n["id"]: [] for n in nodes}
    for segment in segments:
        near[segment["from"]].append(segment["to"])
        near[segment["to"]].append(segment["from"])
    left, sizes = set(near), []
    while left:
        stack, seen = [left.pop()], 1
        while stack:
            for other in near[stack.pop()]:
                if other in left:
                    left.remove(other)
                    stack.append(other)
                    seen += 1
        sizes.append(seen)
    return sorted(sizes, reverse=True)


def print_counts(nodes, segments):
    countries = {n["country"] for n in nodes} - {"XZ"}
    print(f"{len(nodes)} nodes, {len(segments)} segments, {len(countries)} countries, "
          f"components {components(nodes, segments)}")
    total, share = 0.0, {}
    for segment in segments:
        if segment["status"] == "in_service":
            km = float(segment["length_km"])
            total += km
            share[segment["confidence"]] = share.get(segment["confidence"], 0.0) + km
    for confidence, km in sorted(share.items()):
        print(f"  in service, {confidence}: {km:,.0f} km, {100 * km / total:.1f} %")
    print(f"  in service: {total:,.0f} km; components {components(nodes, [s for s in segments if in_use(s)])}")


def print_roads(segments):
    print("\nroad pairs, shortest by length over segments in service")
    for start, end, road in ROADS:
        found = shortest(segments, start, end)
        print(f"  {start} {end}: {found[0]:.1f} km, road {road}, {100 * (found[0] / road - 1):+.1f} %")


def print_tapi(segments, nodes):
    """Countries by ends; a segment across a border is counted to the country of its longer part,
    which for TAPI's two is the upstream one (Spin Boldak | Chaman and Multan | Fazilka)."""
    km = {}
    for segment in segments:
        if segment["system"] == "TAPI":
            country = nodes[segment["from"]]["country"]
            km[country] = km.get(country, 0.0) + float(segment["length_km"])
    print("\nTAPI by country")
    for country, (low, high) in TAPI.items():
        print(f"  {country}: {km.get(country, 0):.0f} km, published {low}..{high}")


def named(nodes):
    return {n["name"].split(" (")[0]: i for i, n in sorted(nodes.items()) if n["kind"] in ("city", "landing_station")}


def print_latencies(segments, nodes):
    names, errors = named(nodes), []
    usable = [s for s in segments if in_use(s)]
    print("\nlatency, quality A rows over a provider backbone or a submarine cable")
    for row in read(HERE / "input" / "latency_targets.csv"):
        cable = row["medium"].startswith("submarine")
        if row["quality"] != "A" or not (cable or row["medium"].startswith("provider backbone")):
            continue
        ends = [names.get(row[k]) for k in ("from", "to")]
        if None in ends:
            print(f"  {row['from']} - {row['to']}: not in the network")
            continue
        if cable:
            system = row["medium"].removeprefix("submarine ").split(",")[0]
            tails = {nodes[e]["country"] for e in ends}
            found = shortest([s for s in usable if s["system"] == system or (
                s["medium"] != "submarine" and {s["from"][:2].upper(), s["to"][:2].upper()} <= tails
                and float(s["length_km"]) < 400)], *ends)
        else:
            found = shortest(usable, *ends, SHUNNED)
        if not found:
            print(f"  {row['from']} - {row['to']}: no route")
            continue
        rtt, target = 2 * found[0] * MS_PER_KM, float(row["rtt_ms"])
        errors.append(100 * (rtt / target - 1))
        print(f"  {row['from']} - {row['to']}: {rtt:.1f} ms, measured {target:g}, {errors[-1]:+.1f} %  "
              f"({found[0]:,.0f} km: {' '.join(found[1])})")
    absolute = sorted(abs(e) for e in errors)
    if absolute:
        print(f"  {len(errors)} rows, median absolute error {median(absolute):.1f} %, "
              f"{sum(a > 30 for a in absolute)} above 30 %")


def main():
    nodes, segments = read(NETWORK / "nodes.csv"), read(NETWORK / "segments.csv")
    print_counts(nodes, segments)
    print_roads([s for s in segments if in_use(s)])
    by_id = {n["id"]: n for n in nodes}
    print_tapi(segments, by_id)
    print_latencies(segments, by_id)


if __name__ == "__main__":
    main()
