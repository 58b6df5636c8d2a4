//! A question in words that go on after `a route`, and that it has no answer.

use crate::analysis::{Constraint, Terms, Unanswered, WhyUnanswered};
use crate::metrics::Criterion;
use crate::network::Network;
use crate::request::{End, Policy, Request, ShareOf, Via};

/// Why a question has no route, in one line.
#[must_use]
pub fn unanswered_in_words(network: &Network, unanswered: &Unanswered) -> String {
    let asked = terms_in_words(network, &unanswered.terms);
    match unanswered.why {
        WhyUnanswered::NothingFits => format!("no route {asked}"),
        WhyUnanswered::NothingJoins => format!("no route {asked}: no segments of any status join the two"),
        WhyUnanswered::NotKnown => {
            format!("the search for a route {asked} was stopped for too much work: whether one fits is not known")
        }
    }
}

/// What is asked for, from end to end; a system that is passed or avoided goes by its name.
pub(super) fn terms_in_words(network: &Network, terms: &Terms) -> String {
    let Terms { request, policy } = terms;
    let constraints = terms.constraints(network);
    let named = |is_it: fn(&Constraint) -> bool, word: &str, between: &str| {
        let names: Vec<String> = constraints.iter().filter(|c| is_it(c)).filter_map(Constraint::name).collect();
        (!names.is_empty()).then(|| format!("{word} {}", names.join(between)))
    };
    let end = |end: &End| match end {
        End::Country(code) => code.to_string(),
        End::Node(id) => network.find_node(id).map_or_else(|| id.to_string(), |node| node.short_name().to_owned()),
    };
    let passed = |constraint: &Constraint| matches!(constraint, Constraint::Via(..));
    let between = if request.in_order { " then " } else { " and " };
    let mut words = vec![format!("from {} to {}", end(&request.from), end(&request.to))];
    words.extend(corridor_in_words(request));
    words.extend(named(passed, "by", between));
    words.extend(named(Constraint::is_avoidance, "avoiding", ", "));
    words.extend(bounds_in_words(request));
    words.extend(policy_in_words(policy));
    words.join(" ")
}

/// Each constraint of a request; empty for the plain best route.
pub(super) fn request_in_words(request: &Request) -> Vec<String> {
    let mut words = corridor_in_words(request);
    if !request.via.is_empty() {
        let names: Vec<String> = request.via.iter().map(Via::name).collect();
        words.push(format!("by {}", names.join(if request.in_order { " then " } else { " and " })));
    }
    if !request.avoid.is_empty() {
        words.push(format!("avoiding {}", request.avoid.names().join(", ")));
    }
    words.extend(bounds_in_words(request));
    words
}

fn corridor_in_words(request: &Request) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(corridor) = &request.corridor {
        let steps: Vec<String> = corridor.steps().iter().map(ToString::to_string).collect();
        words.push(format!("along {}", steps.join(", ")));
    }
    if !request.gates.is_empty() {
        words.push("by given crossings".to_owned());
    }
    words
}

/// Each bound of a request.
#[must_use]
pub fn bounds_in_words(request: &Request) -> Vec<String> {
    let mut words: Vec<String> = request.bounds.iter().map(|(of, most)| bound_in_words(of, most)).collect();
    words.extend(request.shares.iter().map(|share| match share.of {
        ShareOf::Country(country) => format!("with at most {} % of it in {country}", share.percent()),
        ShareOf::EachTransitCountry => format!("with at most {} % of it in each transit country", share.percent()),
    }));
    words
}

fn bound_in_words(of: Criterion, most: u64) -> String {
    let amount = of.answered(most);
    match of {
        Criterion::Latency => format!("within {amount} ms RTT"),
        Criterion::Cost => format!("for at most {amount} USD"),
        Criterion::Length => format!("over at most {amount} km"),
        Criterion::Unavailability => format!("up at least {} %", significant_percent(amount)),
        Criterion::Crossings => format!("over at most {}", counted(most, "border", "borders")),
        Criterion::Countries => format!("through at most {}", counted(most, "country", "countries")),
        Criterion::TransitCountries if most == 0 => "without a transit country".to_owned(),
        Criterion::TransitCountries => {
            format!("through at most {}", counted(most, "transit country", "transit countries"))
        }
    }
}

/// Each rule of a policy beyond year and statuses.
pub(super) fn policy_in_words(policy: &Policy) -> Vec<String> {
    let Policy { year: _, statuses: _, media, owners, min_capacity, strict_capacity, min_confidence } = policy;
    let mut words = Vec::new();
    if let Some(media) = media {
        let names: Vec<&str> = media.iter().map(|medium| medium.as_str()).collect();
        words.push(format!("over {} only", names.join(" and ")));
    }
    if let Some(owners) = owners {
        let names: Vec<&str> = owners.iter().map(String::as_str).collect();
        words.push(format!("over segments of {} only", names.join(" or ")));
    }
    if let Some(least) = min_capacity {
        words.push(format!("over segments of at least {} Gbps", least.get()));
    }
    if *strict_capacity {
        words.push("over segments with capacity for the demand".to_owned());
    }
    if let Some(least) = min_confidence {
        words.push(format!("over segments that are at least {least}"));
    }
    words
}

/// A number with its unit: `1 border`, `3 borders`.
fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A share in per cent, without the digits that dividing and multiplying by 100 makes up.
fn significant_percent(share: f64) -> f64 {
    (share * 1e12).round() / 1e10
}
