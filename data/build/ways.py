"""Ways along the OpenStreetMap road and railway graphs: towns projected onto edges, shortest paths.

The graph's edges are long chords that carry the true length of the way, and most towns lie off its
nodes. So a town is projected onto the nearest chords and an edge's kilometres are split in
proportion; the straight hop from the town to its chord counts too. A path is the shortest one.
"""

import hashlib
import heapq
import lzma

from geo import flat_km, geodesic_km, project

CELL = 0.1          # degrees, grid of the edge index
SMALL = 300         # components with fewer nodes are fragments and are not used
SPREAD_KM = 1.5     # edges up to so much farther than the nearest one are tried as well


class Graph:
    def __init__(self, path, sha256):
        data = lzma.decompress(path.read_bytes())
        digest = hashlib.sha256(data).hexdigest()
        if digest != sha256:
            raise SystemExit(f"{path.name}: SHA-256 of the text is {digest}, expected {sha256}")
        node_lines, edge_lines = data.decode().split("\n\n")
        self.point, lat, lon = [], 0, 0
        for line in node_lines.split("\n"):
            a, b = line.split()
            lat, lon = lat + int(a), lon + int(b)
            self.point.append((lon / 1000, lat / 1000))
        self.edge, self.near, first = [], [[] for _ in self.point], 0
        for line in edge_lines.rstrip("\n").split("\n"):
            a, b, km = line.split()
            first += int(a)
            second, km = first + int(b), float(km)
            self.near[first].append((second, km))
            self.near[second].append((first, km))
            self.edge.append((first, second, km))
        self._label_components()
        self._index_edges()

    def _label_components(self):
        self.component = [-1] * len(self.point)
        self.size = []
        for start in range(len(self.point)):
            if self.component[start] >= 0:
                continue
            label, stack, count = len(self.size), [start], 0
            self.component[start] = label
            while stack:
                node = stack.pop()
                count += 1
                for other, _ in self.near[node]:
                    if self.component[other] < 0:
                        self.component[other] = label
                        stack.append(other)
            self.size.append(count)

    def _index_edges(self):
        self.cells = {}
        for number, (first, second, _) in enumerate(self.edge):
            if self.size[self.component[first]] < SMALL:
                continue
            a, b = self.point[first], self.point[second]
            steps = int(max(abs(a[0] - b[0]), abs(a[1] - b[1])) / CELL * 2) + 1
            touched = {(int((a[0] + (b[0] - a[0]) * k / steps) // CELL),
                        int((a[1] + (b[1] - a[1]) * k / steps) // CELL)) for k in range(steps + 1)}
            for cell in touched:
                self.cells.setdefault(cell, []).append(number)

    def snap(self, point, limit_km):
        """The edges nearest a point: [(offset km, edge, share)], nearest first, empty if none in reach."""
        column, row = int(point[0] // CELL), int(point[1] // CELL)
        reach = int(limit_km / 111.2 / CELL) + 1
        wide = int(reach / max(0.2, 1 - abs(point[1]) / 90)) + 1
        seen = set()
        for x in range(column - wide, column + wide + 1):
            for y in range(row - reach, row + reach + 1):
                seen.update(self.cells.get((x, y), ()))
        found = []
        for number in seen:
            first, second, _ = self.edge[number]
            share, offset = project(point, self.point[first], self.point[second])
            if offset <= limit_km:
                found.append((offset, number, share))
        found.sort()
        return [f for f in found if f[0] <= found[0][0] + SPREAD_KM][:12]

    def along(self, number, share):
        first, second, _ = self.edge[number]
        a, b = self.point[first], self.point[second]
        return (round(a[0] + (b[0] - a[0]) * share, 6), round(a[1] + (b[1] - a[1]) * share, 6))

    def path(self, start, end, limit_km=10.0):
        """The shortest way between two points: (points, km of each leg), or None."""
        starts, ends = self.snap(start, limit_km), self.snap(end, limit_km)
        if not starts or not ends:
            return None
        goal = {}
        for offset, number, share in ends:
            first, second, km = self.edge[number]
            for node, part in ((first, share * km), (second, (1 - share) * km)):
                cost = part + offset
                if node not in goal or cost < goal[node][0]:
                    goal[node] = (cost, part, offset, number, share)
        best, answer = float("inf"), None
        cost_of, came, queue = {}, {}, []
        for offset, number, share in starts:
            first, second, km = self.edge[number]
            for node, part in ((first, share * km), (second, (1 - share) * km)):
                cost = part + offset
                if cost < cost_of.get(node, float("inf")):
                    cost_of[node] = cost
                    came[node] = (None, (part, offset, number, share))
                    heapq.heappush(queue, (cost + self._bound(node, end), node))
            for offset2, number2, share2 in ends:
                if number2 == number:
                    cost = abs(share - share2) * km + offset + offset2
                    if cost < best:
                        best, answer = cost, ("same", offset, offset2, number, share, share2)
        done = set()
        while queue:
            bound, node = heapq.heappop(queue)
            if bound >= best:
                break
            if node in done:
                continue
            done.add(node)
            cost = cost_of[node]
            if node in goal and cost + goal[node][0] < best:
                best, answer = cost + goal[node][0], ("path", node)
            for other, km in self.near[node]:
                if other in done:
                    continue
                reached = cost + km
                if reached < cost_of.get(other, float("inf")):
                    cost_of[other] = reached
                    came[other] = (node, km)
                    heapq.heappush(queue, (reached + self._bound(other, end), other))
        if answer is None:
            return None
        return self._trace(answer, came, goal, start, end)

    def _bound(self, node, end):
        return 0.97 * flat_km(self.point[node], end) if abs(self.point[node][1] - end[1]) < 8 else \
            0.9 * flat_km(self.point[node], end)

    def _trace(self, answer, came, goal, start, end):
        if answer[0] == "same":
            _, first_offset, last_offset, number, share, share2 = answer
            points = [self.along(number, share), self.along(number, share2)]
            legs = [abs(share - share2) * self.edge[number][2]]
        else:
            node = answer[1]
            _, part, last_offset, number, share = goal[node]
            points, legs = [self.along(number, share)], [part]
            while True:
                points.append(self.point[node])
                back, how = came[node]
                if back is None:
                    part, first_offset, number, share = how
                    legs.append(part)
                    points.append(self.along(number, share))
                    break
                legs.append(how)
                node = back
            points.reverse()
            legs.reverse()
        return [start] + points + [end], [first_offset] + legs + [last_offset]


def without_backtracks(points, legs):
    """Removes the there-and-back of a spur: ... x, y, P, y, x ... becomes ... x ..., with its km."""
    out, kept = [points[0]], []
    for point, km in zip(points[1:], legs):
        if point == out[-1]:
            if kept:
                kept[-1] += km
            elif km > 0:
                kept.append(km)
                out.append(point)
            continue
        if len(out) >= 2 and point == out[-2]:
            out.pop()
            kept.pop()
            continue
        out.append(point)
        kept.append(km)
    return out, kept


class Stop:
    """A place on a way. `reach_km`: how far off its chord it may lie. `on_road`: it lies on the road
    although the stylised chord passes at a distance, so that distance is not counted. `gap`: it is
    reached from the stop before it in a straight line (a bridge, a tunnel, a break in the graph)."""

    def __init__(self, point, reach_km=10.0, on_road=False, gap=False):
        self.point, self.reach_km, self.on_road, self.gap = point, reach_km, on_road, gap


def way(graph, stops):
    """The shortest way through stops in order: (points, km of each leg), or None. Middle stops are
    passed on the road nearest to them, without a spur into the town and back."""
    chain = []
    for position, stop in enumerate(stops):
        end = position in (0, len(stops) - 1)
        beside_gap = stop.gap or (not end and stops[position + 1].gap)
        if (end and not stop.on_road) or beside_gap:
            chain.append(stop.point)
            continue
        near = graph.snap(stop.point, stop.reach_km)
        if not near:
            return None
        chain.append(graph.along(near[0][1], near[0][2]))
    points, legs = [chain[0]], []
    for a, b, before, stop in zip(chain, chain[1:], stops, stops[1:]):
        if stop.gap:
            points.append(b)
            legs.append(geodesic_km(a, b))
            continue
        found = graph.path(a, b, max(before.reach_km, stop.reach_km))
        if found is None:
            return None
        points += found[0][1:]
        legs += found[1]
    points, legs = without_backtracks(points, legs)
    drawn = {near: stop.point for near, stop in zip(chain, stops) if stop.on_road}
    return [drawn.get(p, p) for p in points], legs
