//! Routes that have nothing in common, or as little as can be.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::Plan;
use crate::metrics::Route;
use crate::network::{CountryCode, NodeId, Segment, SegmentId};
use crate::routing::disjoint::{Aim, MAX_PATHS, Resources, Sought, disjoint_set};
use crate::routing::{Request, StateGraph};
use crate::units::Length;

/// How many searches for single routes a set may take before its answer is given unproved.
const MOST_WORK: usize = 100_000;

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
    /// What they were not to share.
    pub diversity: Diversity,
    /// What they share all the same.
    pub shared: Shared,
    /// Whether no other set is better. If not, the search was given up.
    pub proved: bool,
    /// Where it was given up: whether a set that shares less is not ruled out, and the least that the objective's figure (the
    /// sum, the best route's or the worst one's) could be, in its whole units.
    pub open: Option<Open>,
}

/// How good a set might be that was not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// It may share less.
    pub shares_less: bool,
    /// The figure that the aim looks at first, of the set found and the least possible.
    pub figures: (u64, u64),
}

impl Diverse {
    /// Whether they share nothing of the kind asked for.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.in_common().is_empty()
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

impl Plan<'_> {
    /// The set of `n` different routes that has the least in common, and of those the best by `aim`. Every route keeps to the
    /// request; its own number of routes does not matter.
    ///
    /// What is shared counts by length for segments and by number for everything else. Where there are fewer than `n` routes
    /// at all, or `n` is more than [`MAX_PATHS`], the best ones there are.
    #[must_use]
    pub fn diverse(&self, request: &Request, diversity: Diversity, aim: Aim, n: usize) -> Diverse {
        let found = self.unfold(request, &[]).and_then(|unfolded| {
            let ends = (self.country(&request.from)?, self.country(&request.to)?);
            let resources = self.resources(ends, diversity, &unfolded.graph);
            let fits = |arcs: &[u32]| keeps_shares(request, ends, &self.route(&unfolded, arcs));
            let fits: &dyn Fn(&[u32]) -> bool = &fits;
            let fits = (!request.shares.is_empty()).then_some(fits);
            let sought = Sought { k: n, aim, limits: &unfolded.limits, fits, resources: &resources, work: MOST_WORK };
            let mut set = disjoint_set(&unfolded.graph, &sought)?;
            set.proved &= unfolded.is_whole;
            let routes: Vec<Route> = set.paths.iter().map(|path| self.route(&unfolded, &path.arcs)).collect();
            Some((set, routes))
        });
        let proved = found.as_ref().is_none_or(|(set, _)| set.proved);
        let Some((set, routes)) = found.filter(|(_, routes)| !routes.is_empty()) else {
            let routes = self.routes(&Request { k: n.min(MAX_PATHS), ..request.clone() });
            let shared = self.shared(request, &routes);
            return Diverse { routes, diversity, shared, proved, open: None };
        };
        let weights = || set.paths.iter().map(|path| path.weight.primary);
        let figure = match aim {
            Aim::Sum => weights().fold(0, u64::saturating_add),
            Aim::First => weights().min().unwrap_or(0),
            Aim::Balanced => weights().max().unwrap_or(0),
        };
        let open = Open { shares_less: set.least_penalty < set.penalty, figures: (figure, set.least) };
        let shared = self.shared(request, &routes);
        Diverse { routes, diversity, shared, proved: set.proved, open: (!set.proved).then_some(open) }
    }

    /// What routes of a request may not share, for the search.
    fn resources(&self, ends: (CountryCode, CountryCode), diversity: Diversity, graph: &StateGraph) -> Resources {
        let network = self.network();
        let names = |segment: &Segment| match diversity {
            Diversity::Segment => vec![segment.id().to_string()],
            Diversity::Srlg => segment.row.srlg.clone(),
            Diversity::Country => transit(segment, ends).map(|code| code.to_string()).collect(),
            Diversity::Owner => owners(segment),
            Diversity::Node => Vec::new(),
        };
        if diversity == Diversity::Node {
            return Resources::of_places(graph);
        }
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let all: BTreeSet<String> = network.segments().flat_map(names).collect();
        for (i, name) in all.into_iter().enumerate() {
            numbers.insert(name, i as u32);
        }
        let mut weights = vec![1; numbers.len()];
        let mut of_segment: Vec<Vec<u32>> = Vec::with_capacity(network.n_segments());
        for segment in network.segments() {
            let mut own: Vec<u32> = names(segment).iter().map(|name| numbers[name]).collect();
            match diversity {
                Diversity::Segment => weights[own[0] as usize] = segment.length.metres(),
                // The segment by itself.
                Diversity::Srlg => {
                    own.push(weights.len() as u32);
                    weights.push(1);
                }
                Diversity::Node | Diversity::Country | Diversity::Owner => {}
            }
            of_segment.push(own);
        }
        Resources::of_segments(graph, &of_segment, weights)
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
