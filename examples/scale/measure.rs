//! Times and memory of one kind of question on one size of graph; each is measured in a process of its own, so that the
//! memory is its own.

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use fiberplan::World;
use fiberplan::graph::bidirectional::Bidirectional;
use fiberplan::graph::suurballe::{Disjoint, Finder};
use fiberplan::graph::yen::{EachAlone, Workspace};
use fiberplan::graph::{Csr, Digraph};
use fiberplan::scenario::{Overrides, load};

use crate::grid_network;
use crate::instances::{queries, road};

/// A kind of question: its name, what it is, the largest graph it is asked of (as a power of ten), how many queries.
type Task = (&'static str, &'static str, u32, usize);

/// What is measured on plain graphs, by arcs, and on network folders, by segments.
pub const TASKS: [Task; 5] = [
    ("graph", "building the graph in memory", 7, 1),
    ("route", "one route, nothing prepared", 7, 10),
    ("k", "10 shortest loopless paths", 7, 5),
    ("pair", "cheapest disjoint pair", 7, 3),
    ("folder", "a network folder read, one route with all its figures", 6, 1),
];

const SMALLEST: u32 = 3;
const SEED: u64 = 5;

/// Measures everything into a CSV file.
pub fn all(file: &Path) -> Result<()> {
    let mut out = std::fs::File::create(file).with_context(|| format!("{} cannot be written", file.display()))?;
    writeln!(out, "task,size,seconds,peak_mb")?;
    for (name, _, largest, _) in TASKS {
        for power in SMALLEST..=largest {
            let size = 10_usize.pow(power).to_string();
            let done = Command::new(std::env::current_exe()?).args(["task", name, &size]).output()?;
            if !done.status.success() {
                bail!("{name} {size}: {}", String::from_utf8_lossy(&done.stderr).trim());
            }
            out.write_all(&done.stdout)?;
            std::io::stderr().write_all(&done.stdout)?;
        }
    }
    Ok(())
}

/// Measures one kind of question on one size and prints a row: the median over the queries, and the peak of the process.
pub fn one(name: &str, size: usize) -> Result<()> {
    let Some((_, _, _, n_queries)) = TASKS.into_iter().find(|task| task.0 == name) else {
        bail!("no task is called {name}");
    };
    let mut seconds = if name == "folder" { vec![folder(size)?] } else { on_graph(name, size, n_queries) };
    seconds.sort_by(f64::total_cmp);
    let peak = peak_mb().map_or_else(String::new, |mb| format!("{mb:.1}"));
    writeln!(std::io::stdout(), "{name},{size},{:.9},{peak}", seconds[seconds.len() / 2])?;
    Ok(())
}

fn on_graph(name: &str, n_arcs: usize, n_queries: usize) -> Vec<f64> {
    let road = road(n_arcs, SEED);
    let pairs = queries(road.n_nodes, n_queries, SEED + 100);
    if name == "pair" {
        let graph = Csr::undirected(road.n_nodes, &road.weighed_by(|cost, _| u64::from(cost)));
        let mut finder = Finder::new(&graph);
        // Some ends have no two ways; that answer counts as well.
        return timed(&pairs, |from, to| finder.paths(from, to, 2, Disjoint::Edges).map_or(1, |paths| paths.len()));
    }
    let edges = road.weighed_by(|cost, _| cost);
    if name == "graph" {
        return timed(&pairs, |_, _| Csr::undirected(road.n_nodes, &edges).n_nodes());
    }
    let graph = Csr::undirected(road.n_nodes, &edges);
    drop((road, edges));
    match name {
        "route" => {
            let mut search = Bidirectional::new(&graph);
            timed(&pairs, |from, to| search.between(&graph, &graph, from, to).map_or(0, |(_, arcs)| arcs.len()))
        }
        _ => {
            let (mut space, nodes) = (Workspace::new(), EachAlone(graph.n_nodes()));
            timed(&pairs, |from, to| space.paths(&graph, &graph, (from, to), nodes).take(10).count())
        }
    }
}

/// Seconds for each query; an answer of 0 would be none.
fn timed(pairs: &[(u32, u32)], mut ask: impl FnMut(u32, u32) -> usize) -> Vec<f64> {
    let one = |&(from, to): &(u32, u32)| {
        let start = Instant::now();
        assert!(ask(from, to) > 0, "{from} to {to} has an answer");
        start.elapsed().as_secs_f64()
    };
    pairs.iter().map(one).collect()
}

/// Seconds to read a network folder of that many segments and to work out one route across it.
fn folder(n_segments: usize) -> Result<f64> {
    let folder = std::env::temp_dir().join(format!("fiberplan-scale-{}-{n_segments}", std::process::id()));
    let (from, to) = grid_network::write(&folder, n_segments)?;
    let start = Instant::now();
    let scenario = load(&World::shipped(), None, &Overrides { network: Some(folder.clone()), ..Overrides::default() });
    let seconds = scenario.map_err(anyhow::Error::from).and_then(|scenario| {
        let end = |id: &str| fiberplan::request::End::Node(fiberplan::network::NodeId::new(id));
        let request = scenario.request(end(&from), end(&to), fiberplan::request::Objective::Length);
        let found = scenario.plan().answer(&request).routes.len();
        if found == 1 { Ok(start.elapsed().as_secs_f64()) } else { bail!("no route from {from} to {to}") }
    });
    std::fs::remove_dir_all(&folder)?;
    seconds
}

/// The most memory this process ever had, where the system says.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}
