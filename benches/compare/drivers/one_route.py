"""One route, or the distances from one node to all, by the Python peers.

    one_route.py PEER GRAPH PAIRS COUNT route|all cost|latency

The answer to a query is the weight of the best route, or the sum of the distances to all nodes.
"""

import sys

from measure import report

from graph_file import read_graph, read_queries


def scipy(graph, weight, one_to_all):
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    def prepare():
        row_ends = graph.first.astype("int32")
        matrix = csr_matrix((weight.astype(float), graph.head.astype("int32"), row_ends), shape=(graph.n_nodes,) * 2)

        # It knows no goal: one route costs as much as all.
        def ask(source, target):
            distances = dijkstra(matrix, indices=source)
            return int(distances.sum()) if one_to_all else int(distances[target])

        return ask

    return prepare


def igraph(graph, weight, one_to_all):
    import igraph
    import numpy

    def prepare():
        arcs = numpy.column_stack([graph.tails(), graph.head])
        whole = igraph.Graph(n=graph.n_nodes, edges=arcs, directed=True)
        whole.es["weight"] = weight.tolist()

        def ask(source, target):
            if one_to_all:
                return int(sum(whole.distances(source=source, weights="weight")[0]))
            arcs = whole.get_shortest_path(source, target, weights="weight", output="epath")
            return int(weight[arcs].sum())

        return ask

    return prepare


def rustworkx(graph, weight, one_to_all):
    import rustworkx

    def prepare():
        whole = rustworkx.PyDiGraph()
        whole.add_nodes_from(range(graph.n_nodes))
        whole.add_edges_from(list(zip(graph.tails().tolist(), graph.head.tolist(), weight.tolist())))

        def ask(source, target):
            if one_to_all:
                return int(sum(rustworkx.dijkstra_shortest_path_lengths(whole, source, float).values()))
            return int(rustworkx.dijkstra_shortest_path_lengths(whole, source, float, goal=target)[target])

        return ask

    return prepare


def networkx(graph, weight, one_to_all):
    import networkx

    def prepare():
        whole = networkx.DiGraph()
        whole.add_weighted_edges_from(zip(graph.tails().tolist(), graph.head.tolist(), weight.tolist()))

        def ask(source, target):
            if one_to_all:
                return sum(networkx.single_source_dijkstra_path_length(whole, source).values())
            return networkx.bidirectional_dijkstra(whole, source, target)[0]

        return ask

    return prepare


PEERS = {"scipy": scipy, "igraph": igraph, "rustworkx": rustworkx, "networkx": networkx}


def main():
    peer, graph_path, pairs_path, count, task, measure = sys.argv[1:]
    graph = read_graph(graph_path)
    prepare = PEERS[peer](graph, graph.weight(measure), task == "all")
    report(prepare, read_queries(pairs_path, int(count)))


if __name__ == "__main__":
    main()
