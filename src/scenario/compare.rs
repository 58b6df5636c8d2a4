//! Scenarios side by side: the same question put to each, and what came out differently.

use super::difference::{InputChange, input_changes};
use super::resolve::Scenario;
use crate::analysis::{Obstacle, Request};
use crate::metrics::Route;
use crate::network::CountryCode;
use crate::request::Objective;

/// A question put to every scenario: the ends and the objective may be shared, the rest of the request is a scenario's
/// own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Where from, as asked.
    pub from: String,
    /// Where to, as asked.
    pub to: String,
    /// What to be best at.
    pub objective: Objective,
}

/// A scenario's answer to one question.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The routes, best first.
    pub routes: Vec<Route>,
    /// Why there is none.
    pub obstacle: Option<Obstacle>,
}

/// One scenario of a comparison.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Its name.
    pub name: String,
    /// Its answers, one for each question.
    pub answers: Vec<Answer>,
    /// What goes into it otherwise than into the first.
    pub inputs: Vec<InputChange>,
    /// What comes out of it against the first; empty for the first.
    pub figures: Vec<Figure>,
}

impl Compared {
    /// Its routes, question by question.
    pub fn routes(&self) -> impl Iterator<Item = &Route> {
        self.answers.iter().flat_map(|answer| &answer.routes)
    }
}

/// One figure in the first scenario and in another.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The question it belongs to, counted from 0.
    pub question: usize,
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
    /// Whether the two are not the same.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.base != self.other
    }

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
    /// What was asked of each.
    pub questions: Vec<Question>,
    /// The scenarios, in the order given.
    pub scenarios: Vec<Compared>,
}

/// Puts to each scenario its requests, one for each question, and sets the answers side by side.
#[must_use]
pub fn compare(questions: Vec<Question>, cases: &[(&Scenario, Vec<Request>)]) -> Comparison {
    let mut scenarios: Vec<Compared> = Vec::with_capacity(cases.len());
    for (scenario, requests) in cases {
        let plan = scenario.plan();
        let answer = |request: &Request| {
            let routes = plan.routes(request);
            let obstacle = routes.is_empty().then(|| plan.why_not(request));
            Answer { routes, obstacle }
        };
        let answers: Vec<Answer> = requests.iter().map(answer).collect();
        let (inputs, figures) = match (cases.first(), scenarios.first()) {
            (Some((base, _)), Some(first)) => (input_changes(base, scenario), figures(&first.answers, &answers)),
            _ => (Vec::new(), Vec::new()),
        };
        scenarios.push(Compared { name: scenario.name.clone(), answers, inputs, figures });
    }
    Comparison { questions, scenarios }
}

fn figures(base: &[Answer], other: &[Answer]) -> Vec<Figure> {
    let mut all = Vec::new();
    for (question, (a, b)) in base.iter().zip(other).enumerate() {
        for i in 0..a.routes.len().max(b.routes.len()) {
            pair(question, i + 1, a.routes.get(i), b.routes.get(i), &mut all);
        }
    }
    all
}

fn pair(question: usize, rank: usize, a: Option<&Route>, b: Option<&Route>, all: &mut Vec<Figure>) {
    for (name, unit, read) in WHOLE {
        all.push(Figure { question, rank, country: None, name, unit, base: a.map(read), other: b.map(read) });
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
            let (base, other) = (value(a), value(b));
            all.push(Figure { question, rank, country: Some(country), name, unit, base, other });
        }
    }
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
