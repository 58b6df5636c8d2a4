//! Scenarios side by side: the same question put to each, and what came out differently.

use super::difference::{InputChange, input_changes};
use super::resolve::Scenario;
use crate::corridor::{Obstacle, Request};
use crate::metrics::Route;
use crate::network::CountryCode;

/// One scenario of a comparison.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Its name.
    pub name: String,
    /// Its routes, best first.
    pub routes: Vec<Route>,
    /// Why there is none.
    pub obstacle: Option<Obstacle>,
    /// What goes into it otherwise than into the first.
    pub inputs: Vec<InputChange>,
    /// What comes out of it otherwise than out of the first; empty for the first.
    pub figures: Vec<Figure>,
}

/// One figure in the first scenario and in another.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Rank of the route it belongs to, from 1.
    pub rank: usize,
    /// The country it belongs to, or `None` for the whole route.
    pub country: Option<CountryCode>,
    /// What it is.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// In the first scenario; `None` where it has no such route or country.
    pub base: Option<f64>,
    /// In the other.
    pub other: Option<f64>,
}

impl Figure {
    /// Other less base.
    #[must_use]
    pub fn absolute(&self) -> Option<f64> {
        Some(self.other? - self.base?)
    }

    /// The difference in per cent of the base, where that is not zero.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        let base = self.base.filter(|base| *base != 0.0)?;
        Some((self.other? - base) / base * 100.0)
    }
}

/// Scenarios side by side; the first is what the others are compared with.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The scenarios, in the order given.
    pub scenarios: Vec<Compared>,
}

/// Puts to each scenario the request that belongs to it, and sets the answers side by side.
#[must_use]
pub fn compare(cases: &[(&Scenario, Request)]) -> Comparison {
    let mut scenarios: Vec<Compared> = Vec::with_capacity(cases.len());
    for (scenario, request) in cases {
        let plan = scenario.plan();
        let routes = plan.routes(request);
        let obstacle = routes.is_empty().then(|| plan.why_not(request));
        let (inputs, figures) = match (cases.first(), scenarios.first()) {
            (Some((base, _)), Some(first)) => (input_changes(base, scenario), figures(&first.routes, &routes)),
            _ => (Vec::new(), Vec::new()),
        };
        scenarios.push(Compared { name: scenario.name.clone(), routes, obstacle, inputs, figures });
    }
    Comparison { scenarios }
}

fn figures(base: &[Route], other: &[Route]) -> Vec<Figure> {
    let mut all = Vec::new();
    for i in 0..base.len().max(other.len()) {
        let (a, b) = (base.get(i), other.get(i));
        for (name, unit, read) in WHOLE {
            let figure = Figure { rank: i + 1, country: None, name, unit, base: a.map(read), other: b.map(read) };
            all.push(figure);
        }
        let mut countries: Vec<CountryCode> = Vec::new();
        for share in [a, b].into_iter().flatten().flat_map(|route| &route.shares) {
            if !countries.contains(&share.country) {
                countries.push(share.country);
            }
        }
        for country in countries {
            for (name, unit, read) in BY_COUNTRY {
                let value = |route: Option<&Route>| {
                    let share = route?.shares.iter().find(|share| share.country == country);
                    Some(share.map_or(0.0, read))
                };
                all.push(Figure { rank: i + 1, country: Some(country), name, unit, base: value(a), other: value(b) });
            }
        }
    }
    all
}

type Read<T> = fn(&T) -> f64;

const WHOLE: [(&str, &str, Read<Route>); 6] = [
    ("length", "km", |route| route.length.km()),
    ("rtt", "ms", Route::rtt_ms),
    ("cost", "USD", |route| route.bill.total().dollars()),
    ("price", "USD/Mbps/month", |route| route.usd_per_mbps_month),
    ("availability", "%", |route| route.availability * 100.0),
    ("border crossings", "", |route| route.passages.len() as f64),
];

const BY_COUNTRY: [(&str, &str, Read<crate::metrics::CountryShare>); 3] = [
    ("length", "km", |share| share.length.km()),
    ("latency", "ms", |share| share.latency.ms()),
    ("cost", "USD", |share| share.bill.total().dollars()),
];
