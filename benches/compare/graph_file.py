"""Road graphs in a file that every driver can read without parsing text.

Little endian: the four bytes FGR1; u32 number of nodes n; u32 number of arcs m; u32 first[n + 1], where the arcs of
each node begin; u32 head[m]; u32 cost[m]; u32 latency[m]; f32 x[n]; f32 y[n]. Every edge is two arcs of equal weights.
"""

from typing import NamedTuple

import numpy as np

MAGIC = b"FGR1"


class Graph(NamedTuple):
    first: np.ndarray
    head: np.ndarray
    cost: np.ndarray
    latency: np.ndarray
    x: np.ndarray
    y: np.ndarray

    @property
    def n_nodes(self):
        return self.first.size - 1

    def weight(self, measure):
        return {"cost": self.cost, "latency": self.latency}[measure]

    def tails(self):
        """The node each arc leaves."""
        return np.repeat(np.arange(self.n_nodes, dtype=np.uint32), np.diff(self.first))


def write_graph(path, graph):
    with open(path, "wb") as file:
        file.write(MAGIC)
        np.array([graph.n_nodes, graph.head.size], np.uint32).tofile(file)
        for column in graph[:4]:
            column.astype(np.uint32).tofile(file)
        for column in graph[4:]:
            column.astype(np.float32).tofile(file)


def read_graph(path):
    with open(path, "rb") as file:
        if file.read(4) != MAGIC:
            raise SystemExit(f"error: {path} is not a graph file")
        n_nodes, n_arcs = (int(number) for number in np.fromfile(file, np.uint32, 2))
        sizes = [n_nodes + 1, n_arcs, n_arcs, n_arcs]
        whole = [np.fromfile(file, np.uint32, size) for size in sizes]
        places = [np.fromfile(file, np.float32, n_nodes) for _ in range(2)]
    return Graph(*whole, *places)


def read_queries(path, count):
    """The first pairs of a file, as a list of (from, to)."""
    pairs = np.loadtxt(path, dtype=int, max_rows=count).reshape(-1, 2)
    return [(int(source), int(target)) for source, target in pairs[:count]]


def read_edges(path):
    """The rows `u v weight` of an undirected graph, and its number of nodes."""
    edges = np.loadtxt(path, dtype=np.int64).reshape(-1, 3)
    return edges, int(edges[:, :2].max()) + 1
