"""What is compared: the cells of the tables, each a question on an instance and those who answer it.

Counts are how many queries a contender gets, so chosen that one run takes seconds. A slow one gets the first few of the
same list, and every ratio is taken over the queries that both have answered.
"""

from typing import NamedTuple


class Contender(NamedTuple):
    name: str
    """As the tables show it."""
    driver: str
    """A file of drivers/ (NAME.py) or a program of rust/."""
    key: str
    """What the driver calls it."""
    count: int
    ours: bool = False
    trusted: bool = True
    """Whether its answers may show that another is wrong."""
    check: bool = False
    """Whether it is there for its answers only: it runs once, and is no peer."""


class Quoted(NamedTuple):
    name: str
    median_us: float
    peak_mb: int = None


class Cell(NamedTuple):
    workload: str
    title: str
    instance: str
    arguments: tuple
    contenders: tuple
    turns: int
    quick: int = 0
    """How many queries at most a quick comparison makes; none if it leaves the cell out."""
    quoted: tuple = ()
    known: tuple = ()
    """Right answers to the first queries, recorded."""


class Workload(NamedTuple):
    key: str
    title: str
    note: str


WORKLOADS = (
    Workload(
        "one-route", "One route, nothing prepared",
        "The best route between two nodes of a road-like graph. A* knows the places of the nodes: it "
        "estimates with the distance as the crow flies times the least price of a metre, which tells much for "
        "latency and little for cost. scipy knows no goal and finds the distances to all nodes."),
    Workload(
        "k-shortest", "The k shortest loopless paths",
        "On backbone meshes. pathfinding's search can miss a path: where its sum differs from that of igraph "
        "or networkx it is marked WRONG and does not count."),
    Workload(
        "pair", "The cheapest disjoint pair",
        "Two paths of least total weight that share no edge, or no node, on the meshes; the peers solve a "
        "flow of least cost."),
)

ROADS = {"1e5": 11, "1e6": 12, "1e7": 13}

# Queries on 1e5, 1e6 and 1e7 arcs. None where a run would take minutes.
ROUTE_COUNTS = {
    "fiberplan": (100, 20, 6),
    "Rust": (100, 20, 6),
    "scipy": (20, 10, 4),
    "igraph": (20, 10, 2),
    "rustworkx": (20, 10, None),
    "networkx": (5, 3, None),
}
def python(name, driver, count, key=None):
    return Contender(name, f"{driver}.py", key or name, count)


def rust(name, key, count, driver="peer_route", **more):
    return Contender(name, driver, key, count, **more)


def ours(name, driver, count, key):
    return Contender(name, driver, key, count, ours=True)


def counted(contenders):
    """Those who are asked anything at all."""
    return tuple(contender for contender in contenders if contender.count)


def route_contenders(size):
    count = {name: counts[size] for name, counts in ROUTE_COUNTS.items()}
    mine, rusts = count["fiberplan"], count["Rust"]
    return counted([
        ours("fiberplan bidirectional", "our_route", mine, "bidirectional"),
        ours("fiberplan A*", "our_route", mine, "astar"),
        rust("petgraph Csr", "petgraph-csr", rusts),
        rust("petgraph Graph", "petgraph", rusts),
        rust("petgraph bidirectional", "petgraph-bidirectional", rusts),
        rust("petgraph A*", "petgraph-astar", rusts),
        rust("pathfinding", "pathfinding", rusts),
        rust("pathfinding A*", "pathfinding-astar", rusts),
        rust("rustworkx-core", "rustworkx-core", rusts),
        *(python(name, "one_route", count[name]) for name in ("rustworkx", "scipy", "igraph", "networkx")),
    ])


def road_cells():
    for size, (arcs, seed) in enumerate(ROADS.items()):
        for measure in ("cost", "latency"):
            turns, quick = 3 if arcs == "1e7" else 5, 20 if arcs == "1e5" else 0
            common = dict(instance=f"road_{arcs}_{seed}", turns=turns, quick=quick)
            title = f"{arcs} arcs, {measure}"
            yield Cell("one-route", title, arguments=("route", measure), contenders=route_contenders(size), **common)


def k_shortest_cells():
    counts = {  # nodes: (k, pathfinding, igraph, networkx)
        50: (10, 49, 49, 49),
        200: (50, 49, 49, 10),
        1000: (100, 20, 20, 3),
        10000: (20, 6, 6, None),
    }
    for n_nodes, (k, pathfinding, igraph, networkx) in counts.items():
        contenders = counted([
            ours("fiberplan", "our_k_shortest", max(igraph, networkx or 0), "yen"),
            python("networkx", "k_shortest", networkx),
            python("igraph", "k_shortest", igraph),
            rust("pathfinding", "pathfinding", pathfinding, driver="peer_k_shortest", trusted=False),
        ])
        turns = 5 if n_nodes <= 200 else 3
        quick = 20 if n_nodes <= 200 else 0
        title = f"{n_nodes} nodes, k = {k}"
        yield Cell("k-shortest", title, f"mesh_{n_nodes}", (str(k),), contenders, turns, quick)


def pair_cells():
    counts = {50: (49, 49), 1000: (49, 10), 10000: (20, 2), 100000: (2, None)}
    for n_nodes, (ortools, networkx) in counts.items():
        for apart in ("edge", "node"):
            contenders = counted([
                ours("fiberplan", "our_pair", ortools, "suurballe"),
                python("OR-tools", "pair", ortools, key="ortools"),
                python("networkx", "pair", networkx),
            ])
            turns = {10000: 3, 100000: 1}.get(n_nodes, 5)
            quick = 10 if n_nodes <= 1000 else 0
            title = f"{n_nodes} nodes, {apart}-disjoint"
            yield Cell("pair", title, f"mesh_{n_nodes}", (apart,), contenders, turns, quick)


def all_cells():
    """Every cell, in the order of the tables."""
    cells = [*road_cells(), *k_shortest_cells(), *pair_cells()]
    order = [workload.key for workload in WORKLOADS]
    return sorted(cells, key=lambda cell: order.index(cell.workload))
