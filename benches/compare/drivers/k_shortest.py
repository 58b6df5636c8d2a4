"""The k shortest loopless paths of an undirected graph, by the Python peers.

    k_shortest.py PEER EDGES PAIRS COUNT K

The answer to a query is the sum of the weights of the k paths.
"""

import sys
from itertools import islice

from measure import report

from graph_file import read_edges, read_queries


def igraph(edges, n_nodes, k):
    import igraph

    def prepare():
        whole = igraph.Graph(n=n_nodes, edges=edges[:, :2])
        weight = edges[:, 2]
        weights = weight.tolist()

        def ask(source, target):
            paths = whole.get_k_shortest_paths(source, target, k=k, weights=weights, output="epath")
            return sum(int(weight[path].sum()) for path in paths)

        return ask

    return prepare


def networkx(edges, n_nodes, k):
    import networkx

    def prepare():
        whole = networkx.Graph()
        whole.add_weighted_edges_from(edges.tolist())

        def ask(source, target):
            paths = islice(networkx.shortest_simple_paths(whole, source, target, weight="weight"), k)
            return sum(networkx.path_weight(whole, path, "weight") for path in paths)

        return ask

    return prepare


PEERS = {"igraph": igraph, "networkx": networkx}


def main():
    peer, edges_path, pairs_path, count, k = sys.argv[1:]
    edges, n_nodes = read_edges(edges_path)
    report(PEERS[peer](edges, n_nodes, int(k)), read_queries(pairs_path, int(count)))


if __name__ == "__main__":
    main()
