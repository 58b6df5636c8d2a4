//! Routes that have nothing in common, or as little as can be.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{Plan, Unfolded};
use crate::graph::StateGraph;
use crate::graph::disjoint::{Aim, MAX_PATHS, Resources, Sought, disjoint_set};
use crate::metrics::availability::RISK_UNITS;
use crate::metrics::{Route, Tariff};
use crate::network::{CountryCode, INTERNATIONAL_WATERS, NodeId, Segment, SegmentId};
use crate::request::{Request, numbered_segment};
use crate::units::Length;

/// How many searches for single routes a set may take before its answer is given unproved.
const MOST_WORK: usize = 100_000;

/// The same where each route found has to be evaluated for its shares of the length.
const MOST_WORK_WITH_SHARES: usize = 20_000;

/// What routes are not to share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Diversity {
    /// A segment of cable.
    #[default]
    Segment,
    /// A place passed through.
    Node,
    /// A risk group: segments that one event can cut together. A segment is a group of its own, besides those it declares.
    Srlg,
    /// A transit country: one that is neither end's.
    Country,
    /// An owner of cable.
    Owner,
}

impl Diversity {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Segment, Self::Node, Self::Srlg, Self::Country, Self::Owner];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Segment => "segment",
            Self::Node => "node",
            Self::Srlg => "srlg",
            Self::Country => "country",
            Self::Owner => "owner",
        }
    }
}

/// Something that more than one route of a set has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Common {
    /// The segment, place, group, country or owner, by id, code or name.
    pub name: String,
    /// What the routes have in it, without the one that has most: for two routes what the lesser of them has there.
    pub length: Length,
}

/// What the routes of a set have in common.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shared {
    /// Segments.
    pub segments: Vec<Common>,
    /// Places, but for those where all routes that have them begin or end.
    pub nodes: Vec<Common>,
    /// Transit countries.
    pub countries: Vec<Common>,
    /// Declared risk groups.
    pub srlgs: Vec<Common>,
    /// Owners.
    pub owners: Vec<Common>,
}

/// A set of routes that have as little in common as can be.
#[derive(Debug, Clone)]
pub struct Diverse {
    /// The routes, the best first. Fewer than were asked for if there are no more; then they are just the best ones.
    pub routes: Vec<Route>,
    /// How many were asked for.
    pub n: usize,
    /// What they were not to share.
    pub diversity: Diversity,
    /// What the set was to be best at.
    pub aim: Aim,
    /// What they share all the same.
    pub shared: Shared,
    /// What of the kind asked for no route at all can do without, by id, code or name.
    pub unavoidable: Vec<String>,
    /// The long-run share of time that at least one of them is up, if segments fail independently of each other.
    pub availability: f64,
    /// `None` if no other set is better. Else the search was given up, and this is what it had left.
    pub open: Option<Open>,
}

/// How good a set might be that was not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// It may share less, or, where too few routes were found, exist.
    pub shares_less: bool,
    /// The figure that the aim looks at first (the sum, the best route's or the worst one's), in the objective's whole units:
    /// of the set found, and the least possible.
    pub figures: (u64, u64),
}

impl Diverse {
    /// Whether they share nothing of the kind asked for.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.routes.len() == self.n && self.in_common().is_empty()
    }

    /// What they share of the kind asked for; a risk group of one segment goes by the segment's id.
    #[must_use]
    pub fn in_common(&self) -> Vec<&Common> {
        match self.diversity {
            Diversity::Segment => self.shared.segments.iter().collect(),
            Diversity::Node => self.shared.nodes.iter().collect(),
            Diversity::Srlg => self.shared.srlgs.iter().chain(&self.shared.segments).collect(),
            Diversity::Country => self.shared.countries.iter().collect(),
            Diversity::Owner => self.shared.owners.iter().collect(),
        }
    }
}

/// The owners of a segment. A consortium that has no name of its own is that of the cable system.
#[must_use]
pub fn owners(segment: &Segment) -> Vec<String> {
    let owner = |owner: &String| match segment.row.system.as_deref() {
        Some(system) if owner.eq_ignore_ascii_case("consortium") => format!("{system} consortium"),
        Some(_) | None => owner.clone(),
    };
    segment.row.owners.iter().map(owner).collect()
}

/// What the search brought.
#[derive(Default)]
struct Found {
    routes: Vec<Route>,
    unavoidable: Vec<String>,
    open: Option<Open>,
}

impl Plan<'_> {
    /// The set of `n` different routes that has the least in common, and of those the best by `aim`. Every route keeps to the
    /// request; its own number of routes does not matter.
    ///
    /// What is shared counts by length for segments and by number for everything else. Where there are fewer than `n` routes
    /// at all, or `n` is more than [`MAX_PATHS`], the best ones there are.
    #[must_use]
    pub fn diverse(&self, request: &Request, diversity: Diversity, aim: Aim, n: usize) -> Diverse {
        let mut found = self.set(request, diversity, aim, n);
        if found.routes.len() < n.min(MAX_PATHS) {
            found.routes = self.routes(&Request { k: n.min(MAX_PATHS), ..request.clone() });
        }
        let shared = self.shared(request, &found.routes);
        let availability = self.availability(&found.routes);
        Diverse {
            n,
            diversity,
            aim,
            shared,
            availability,
            routes: found.routes,
            unavoidable: found.unavoidable,
            open: found.open,
        }
    }

    fn set(&self, request: &Request, diversity: Diversity, aim: Aim, n: usize) -> Found {
        let near = (diversity == Diversity::Segment && n == 2).then(|| self.near_pair(request)).flatten();
        let Some(unfolded) = near.or_else(|| self.unfold(request, &[])) else { return Found::default() };
        let (Some(from), Some(to)) = (self.country(&request.from), self.country(&request.to)) else {
            return Found::default();
        };
        let (names, resources) = self.resources((from, to), diversity, &unfolded.graph);
        let fits = |arcs: &[u32]| keeps_shares(request, (from, to), &self.route(&unfolded, arcs));
        let fits: &dyn Fn(&[u32]) -> bool = &fits;
        let fits = (!request.shares.is_empty()).then_some(fits);
        let work = if fits.is_some() { MOST_WORK_WITH_SHARES } else { MOST_WORK };
        let sought = Sought { k: n, aim, limits: &unfolded.limits, fits, resources: &resources, work };
        let Some(set) = disjoint_set(&unfolded.graph, &sought) else { return Found::default() };
        let weights = || set.paths.iter().map(|path| path.weight.primary);
        let figure = match aim {
            Aim::Sum => weights().fold(0, u64::saturating_add),
            Aim::First => weights().min().unwrap_or(0),
            Aim::Balanced => weights().max().unwrap_or(0),
        };
        let shares_less = set.paths.is_empty() || set.least_penalty < set.penalty;
        let open = Open { shares_less, figures: (figure, set.least) };
        Found {
            routes: set.paths.iter().map(|path| self.route(&unfolded, &path.arcs)).collect(),
            unavoidable: set.unavoidable.iter().map(|&i| names[i as usize].clone()).collect(),
            open: (!set.proved || !unfolded.is_whole).then_some(open),
        }
    }

    /// The request unfolded as far as a pair without a common segment can go: the best route and the best one that takes none
    /// of its segments are a pair, so in no better one is a route worse than the second of these.
    fn near_pair(&self, request: &Request) -> Option<Unfolded<'_>> {
        let is_bounded = request.bounds.limits().next().is_some() || !request.shares.is_empty();
        if is_bounded || request.bounds != request.bounds.only_sums() {
            return None;
        }
        let mut others = Request { k: 1, ..request.clone() };
        let best = self.direct(&others)?.into_iter().next()?;
        let id = |&segment: &u32| numbered_segment(self.network(), segment).id().clone();
        others.avoid.segments.extend(best.segments.iter().map(id));
        let second = self.direct(&others)?.into_iter().next()?;
        self.unfold_near(request, second.weight.primary)
    }

    /// What routes may not share, for the search, and what it is called.
    fn resources(
        &self,
        ends: (CountryCode, CountryCode),
        diversity: Diversity,
        graph: &StateGraph,
    ) -> (Vec<String>, Resources) {
        let network = self.network();
        let of = |segment: &Segment| match diversity {
            Diversity::Srlg => segment.row.srlg.clone(),
            Diversity::Country => transit(segment, ends).map(|code| code.to_string()).collect(),
            Diversity::Owner => owners(segment),
            Diversity::Segment | Diversity::Node => Vec::new(),
        };
        if diversity == Diversity::Segment {
            let segment = |edge: u32| numbered_segment(network, edge);
            let (edges, resources) = Resources::of_each_edge(graph, |edge| segment(edge).length.metres());
            return (edges.into_iter().map(|edge| segment(edge).id().to_string()).collect(), resources);
        }
        if diversity == Diversity::Node {
            return (network.nodes().map(|node| node.id.to_string()).collect(), Resources::of_places(graph));
        }
        let all: BTreeSet<String> = network.segments().flat_map(of).collect();
        let mut names: Vec<String> = all.into_iter().collect();
        let numbers: BTreeMap<String, u32> = names.iter().cloned().zip(0..).collect();
        let mut weights = vec![1; names.len()];
        let mut of_segment: Vec<Vec<u32>> = Vec::with_capacity(network.n_segments());
        for segment in network.segments() {
            let mut own: Vec<u32> = of(segment).iter().map(|name| numbers[name]).collect();
            if diversity == Diversity::Srlg {
                // The segment by itself.
                own.push(names.len() as u32);
                names.push(segment.id().to_string());
                weights.push(1);
            }
            of_segment.push(own);
        }
        (names, Resources::of_segments(graph, &of_segment, weights))
    }

    /// The long-run share of time that at least one of some routes is up, if segments fail independently of each other:
    /// by inclusion and exclusion over the routes that are up together.
    fn availability(&self, routes: &[Route]) -> f64 {
        // Failures do not depend on where a route begins and ends.
        let tariff = Tariff::new(self.book(), self.demand(), (INTERNATIONAL_WATERS, INTERNATIONAL_WATERS));
        let risk = |id: &SegmentId| self.network().find_segment(id).map_or(0, |segment| tariff.segment_risk(segment));
        // By segment: which routes need it, and -ln(availability).
        let mut segments: BTreeMap<&SegmentId, (u32, f64)> = BTreeMap::new();
        for (i, route) in routes.iter().enumerate().take(MAX_PATHS) {
            for id in route.segments() {
                segments.entry(id).or_insert_with(|| (0, risk(id) as f64 / RISK_UNITS)).0 |= 1 << i;
            }
        }
        let up = |together: u32| {
            let needed = segments.values().filter(|(needed_by, _)| needed_by & together != 0);
            (-needed.map(|(_, unavailability)| unavailability).sum::<f64>()).exp()
        };
        let all = 1_u32 << routes.len().min(MAX_PATHS);
        (1..all).map(|together| if together.count_ones() % 2 == 1 { up(together) } else { -up(together) }).sum()
    }

    /// What routes have in common.
    #[must_use]
    pub fn shared(&self, request: &Request, routes: &[Route]) -> Shared {
        let network = self.network();
        let ends = [self.country(&request.from), self.country(&request.to)];
        let transit = |code: &CountryCode| !code.is_sea() && !ends.contains(&Some(*code));
        let segment = |id: &SegmentId| network.find_segment(id).expect("a route's segments are in its network");
        let by_hop = |names: &dyn Fn(&Segment) -> Vec<String>| {
            common(routes, |route| {
                let named = route.hops.iter().flat_map(|hop| {
                    names(segment(&hop.segment)).into_iter().map(|name| (name, hop.length)).collect::<Vec<_>>()
                });
                named.collect()
            })
        };
        Shared {
            segments: by_hop(&|segment| vec![segment.id().to_string()]),
            nodes: shared_places(routes),
            countries: common(routes, |route| {
                let lengths = route.shares.iter().map(|share| (share.country, share.length));
                let own = lengths.filter(|(code, _)| transit(code) && route.countries.contains(code));
                own.map(|(code, length)| (code.to_string(), length)).collect()
            }),
            srlgs: by_hop(&|segment| segment.row.srlg.clone()),
            owners: by_hop(&owners),
        }
    }
}

/// Whether a route keeps to the bounds on shares of its length.
fn keeps_shares(request: &Request, ends: (CountryCode, CountryCode), route: &Route) -> bool {
    route.shares.iter().all(|own| {
        let share = request.share_of(own.country, ends);
        share.is_none_or(|share| share.holds(own.length.metres(), route.length.metres()))
    })
}

/// The transit countries that a segment runs through.
fn transit(segment: &Segment, ends: (CountryCode, CountryCode)) -> impl Iterator<Item = CountryCode> {
    let countries: BTreeSet<CountryCode> = segment.pieces.iter().map(|piece| piece.country).collect();
    countries.into_iter().filter(move |&code| !code.is_sea() && code != ends.0 && code != ends.1)
}

/// What more than one route has, with lengths, in order of name.
fn common(routes: &[Route], has: impl Fn(&Route) -> Vec<(String, Length)>) -> Vec<Common> {
    let mut all: BTreeMap<String, Vec<Length>> = BTreeMap::new();
    for route in routes {
        let mut own: BTreeMap<String, Length> = BTreeMap::new();
        for (name, length) in has(route) {
            *own.entry(name).or_default() += length;
        }
        for (name, length) in own {
            all.entry(name).or_default().push(length);
        }
    }
    let shared = all.into_iter().filter(|(_, lengths)| lengths.len() > 1);
    shared
        .map(|(name, mut lengths)| {
            lengths.sort_unstable();
            lengths.pop();
            Common { name, length: lengths.into_iter().sum() }
        })
        .collect()
}

/// The places that more than one route has, unless all of these begin or end there.
fn shared_places(routes: &[Route]) -> Vec<Common> {
    let mut all: BTreeMap<&NodeId, (usize, bool)> = BTreeMap::new();
    for route in routes {
        for (i, id) in route.nodes.iter().enumerate() {
            let inner = i > 0 && i + 1 < route.nodes.len();
            let (n, is_inner) = all.entry(id).or_default();
            *n += 1;
            *is_inner |= inner;
        }
    }
    let shared = all.into_iter().filter(|(_, (n, is_inner))| *n > 1 && *is_inner);
    shared.map(|(id, _)| Common { name: id.to_string(), length: Length::ZERO }).collect()
}
