"""The cheapest two paths that share no edge, or no node, by the Python peers, as a flow of least cost.

    pair.py PEER EDGES PAIRS COUNT edge|node

The answer to a query is the weight of both paths together, 0 where there are no two. For node-disjoint paths every node
becomes an arc of capacity one from its entry to its exit.
"""

import sys

from measure import report

from graph_file import read_edges, read_queries


def ortools(edges, n_nodes, split):
    import numpy
    from ortools.graph.python import min_cost_flow

    def prepare():
        one, other, weight = edges.T
        nodes = numpy.arange(n_nodes)
        if split:
            # Node i is entered at 2 i and left at 2 i + 1.
            tail = numpy.concatenate([2 * nodes, 2 * one + 1, 2 * other + 1])
            head = numpy.concatenate([2 * nodes + 1, 2 * other, 2 * one])
            cost = numpy.concatenate([0 * nodes, weight, weight])
        else:
            tail, head = numpy.concatenate([one, other]), numpy.concatenate([other, one])
            cost = numpy.concatenate([weight, weight])
        flow = min_cost_flow.SimpleMinCostFlow()
        flow.add_arcs_with_capacity_and_unit_cost(tail, head, numpy.ones(tail.size, int), cost)
        states = numpy.arange(2 * n_nodes if split else n_nodes)

        def ask(source, target):
            supply = numpy.zeros(states.size, int)
            supply[2 * source + 1 if split else source] = 2
            supply[2 * target if split else target] = -2
            flow.set_nodes_supplies(states, supply)
            return flow.optimal_cost() if flow.solve() == flow.OPTIMAL else 0

        return ask

    return prepare


def networkx(edges, n_nodes, split):
    import networkx

    def prepare():
        whole = networkx.DiGraph()
        entry, exit_ = (lambda node: (node, 0), lambda node: (node, 1)) if split else (lambda node: node,) * 2
        if split:
            whole.add_edges_from((entry(node), exit_(node), dict(capacity=1, weight=0)) for node in range(n_nodes))
        for one, other, weight in edges.tolist():
            whole.add_edge(exit_(one), entry(other), capacity=1, weight=weight)
            whole.add_edge(exit_(other), entry(one), capacity=1, weight=weight)

        def ask(source, target):
            ends = exit_(source), entry(target)
            for end, demand in zip(ends, (-2, 2)):
                whole.nodes[end]["demand"] = demand
            try:
                return networkx.min_cost_flow_cost(whole)
            except networkx.NetworkXUnfeasible:
                return 0
            finally:
                for end in ends:
                    del whole.nodes[end]["demand"]

        return ask

    return prepare


PEERS = {"ortools": ortools, "networkx": networkx}


def main():
    peer, edges_path, pairs_path, count, apart = sys.argv[1:]
    edges, n_nodes = read_edges(edges_path)
    report(PEERS[peer](edges, n_nodes, apart == "node"), read_queries(pairs_path, int(count)))


if __name__ == "__main__":
    main()
