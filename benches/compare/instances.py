"""Makes the instances, the same bytes for the same versions of numpy and scipy: PCG64 with fixed seeds.

    instances.py FOLDER NAME...

A name is `road_<arcs>_<seed>` (a road-like graph with two weights an arc, FOLDER/NAME.graph) or `mesh_<nodes>` (a
backbone mesh, FOLDER/NAME.edges); beside each stand its pairs of nodes, FOLDER/NAME.pairs. What is there is left alone.
"""

import sys
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial import Delaunay, cKDTree

from graph_file import Graph, write_graph

N_PAIRS = 1000
SPACING = 100.0

# A row or column of the grid is plain, or better if its number divides by 8, 64 or 256: how likely an edge on it is
# there, and the price of a metre.
KEPT_PLAIN, KEPT_BETTER, KEPT_DIAGONAL = 0.82, 0.97, 0.05
PRICE = np.array([1.0, 0.7, 0.45, 0.3])

MESH_SEED = 21
MESH_SIZES = (50, 200, 1000, 10000, 100000)
MESH_PAIRS = 50
MESH_SIDE = 2000
MESH_KEPT = 0.75


def line_class(lines):
    classes = np.zeros_like(lines)
    for better, step in enumerate((8, 64, 256), start=1):
        classes[lines % step == 0] = better
    return classes


def grid_edges(width, height):
    """From, to, class and likelihood of each edge that the grid may have."""
    node = np.arange(width * height).reshape(height, width)
    rows = line_class(np.repeat(np.arange(height), width - 1))
    columns = line_class(np.tile(np.arange(width), height - 1))
    n_diagonals = (height - 1) * (width - 1)
    tail = np.concatenate([node[:, :-1].ravel(), node[:-1, :].ravel(), node[:-1, :-1].ravel()])
    head = np.concatenate([node[:, 1:].ravel(), node[1:, :].ravel(), node[1:, 1:].ravel()])
    classes = np.concatenate([rows, columns, np.zeros(n_diagonals, int)])
    likely = np.full(tail.size, KEPT_PLAIN)
    likely[tail.size - n_diagonals:] = KEPT_DIAGONAL
    likely[classes > 0] = KEPT_BETTER
    return tail, head, classes, likely


def road(n_arcs, seed):
    """A grid with moved nodes, gaps and diagonals, cut down to its largest connected part.

    Latency is length in tenths of a metre. Cost is that times a price that depends on the class of the row or column
    and varies from edge to edge.
    """
    dice = np.random.Generator(np.random.PCG64(seed))
    n_wanted = int(n_arcs / 3.38 * 1.005)
    width = int(np.sqrt(n_wanted * 1.25))
    height = n_wanted // width
    column, row = np.meshgrid(np.arange(width), np.arange(height))
    x = (column + dice.uniform(-0.35, 0.35, (height, width))).ravel() * SPACING
    y = (row + dice.uniform(-0.35, 0.35, (height, width))).ravel() * SPACING

    tail, head, classes, likely = grid_edges(width, height)
    there = dice.random(tail.size) < likely
    tail, head, classes = tail[there], head[there], classes[there]
    length = np.hypot(x[tail] - x[head], y[tail] - y[head]) * (1 + 0.4 * dice.random(tail.size) ** 2)
    price = PRICE[classes] * dice.lognormal(0, 0.25, tail.size)
    cost = np.maximum(1, np.rint(length * price * 10)).astype(np.uint32)
    latency = np.maximum(1, np.rint(length * 10)).astype(np.uint32)

    ones = np.ones(tail.size, np.int8)
    n_grid = width * height
    _, part = connected_components(coo_matrix((ones, (tail, head)), shape=(n_grid, n_grid)), directed=False)
    kept = part == np.bincount(part).argmax()
    number = np.cumsum(kept) - 1
    there = kept[tail]
    edges = number[tail[there]], number[head[there]], cost[there], latency[there]
    return both_ways(*edges, x[kept], y[kept])


def both_ways(tail, head, cost, latency, x, y):
    """The graph of these edges, each as two arcs, the arcs in order of tail and head."""
    tails = np.concatenate([tail, head]).astype(np.uint32)
    heads = np.concatenate([head, tail]).astype(np.uint32)
    order = np.lexsort((heads, tails))
    first = np.zeros(x.size + 1, np.uint32)
    first[1:] = np.cumsum(np.bincount(tails, minlength=x.size))
    costs, latencies = np.concatenate([cost, cost]), np.concatenate([latency, latency])
    return Graph(first, heads[order], costs[order], latencies[order], x, y)


def mesh(n_nodes):
    """The Gabriel graph of random places; its least spanning tree stays, and three quarters of the rest."""
    dice = np.random.Generator(np.random.PCG64(MESH_SEED * 100 + MESH_SIZES.index(n_nodes)))
    places = dice.random((n_nodes, 2)) * MESH_SIDE
    corners = Delaunay(places).simplices
    sides = np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])
    edges = np.unique(np.sort(sides, axis=1), axis=0)
    one, other = places[edges[:, 0]], places[edges[:, 1]]
    distance = np.hypot(*(one - other).T)
    to_nearest, _ = cKDTree(places).query((one + other) / 2, 1)
    empty = to_nearest >= distance / 2 - 1e-9
    edges, distance = edges[empty], distance[empty]

    tree = minimum_spanning_tree(coo_matrix((distance, (edges[:, 0], edges[:, 1])), shape=(n_nodes, n_nodes))).tocoo()
    in_tree = {(min(pair), max(pair)) for pair in zip(tree.row.tolist(), tree.col.tolist())}
    kept = np.array([tuple(edge) in in_tree for edge in edges.tolist()])
    kept |= dice.random(len(edges)) < MESH_KEPT
    edges, distance = edges[kept], distance[kept]
    weight = np.maximum(1, np.rint(distance * 10 * (1 + 0.3 * dice.random(len(distance))))).astype(int)
    pairs = dice.integers(0, n_nodes, (MESH_PAIRS, 2))
    return np.column_stack([edges, weight]), pairs


def make(folder, name):
    kind, *numbers = name.split("_")
    if kind == "road":
        n_arcs, seed = int(float(numbers[0])), int(numbers[1])
        graph = road(n_arcs, seed)
        dice = np.random.Generator(np.random.PCG64(100 + seed))
        pairs = dice.integers(0, graph.n_nodes, (N_PAIRS, 2))
        write_graph(folder / f"{name}.graph", graph)
        print(f"{name}: {graph.n_nodes} nodes, {graph.head.size} arcs", file=sys.stderr)
    else:
        edges, pairs = mesh(int(numbers[0]))
        np.savetxt(folder / f"{name}.edges", edges, "%d")
        print(f"{name}: {numbers[0]} nodes, {len(edges)} edges", file=sys.stderr)
    # Last, so that what was interrupted is made again.
    np.savetxt(folder / f"{name}.pairs", pairs[pairs[:, 0] != pairs[:, 1]], "%d")


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:]:
        if not (folder / f"{name}.pairs").exists():
            make(folder, name)


if __name__ == "__main__":
    main()
