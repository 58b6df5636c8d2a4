//! The answer of `ceiling` as a value.

use super::input::{CeilingReport, CeilingWithout};
use super::words::verdict;
use crate::analysis::{Ceiling, CeilingStretch, Limit, SweptParameter};
use crate::graph::parametric::Ratio;
use crate::report::answer::ceiling::{
    CeilingResult, LimitEnd, LimitJson, LimitKind, LimitWithout, MostPaid, StretchJson, ThroughJson,
};
use crate::report::answer::{CeilingAnswer, EndsJson, NoRoute, Query, RouteJson};
use crate::report::context::Context;
use crate::units::Usd;

pub(super) fn answer(report: &CeilingReport<'_>) -> CeilingAnswer {
    let CeilingReport { context, ref case, obstacle } = *report;
    let ceiling = case.ceiling;
    let without = |CeilingWithout { avoided, ceiling }: CeilingWithout<'_>| LimitWithout {
        avoid: avoided.iter().map(ToString::to_string).collect(),
        limit: limit(ceiling),
    };
    let through = ceiling.through.as_ref().map(|through| ThroughJson {
        cost_at_zero_usd: dollars(ceiling.cost_at(through.line, Ratio::ZERO)),
        route: RouteJson::whole(context, &through.route, 1),
    });
    CeilingAnswer {
        query: Query::of(context),
        name: case.name.to_owned(),
        of: of(ceiling).to_owned(),
        unit: ceiling.unit.clone(),
        now: ceiling.now,
        reference: ceiling.reference(),
        limit: limit(ceiling),
        limit_low: case.low.map(limit),
        limit_high: case.high.map(limit),
        without: case.without.map(without),
        most_paid: most_paid(ceiling),
        stretches: case.shown().map(|(i, shown)| stretch(context, ceiling, i, shown)).collect(),
        through,
        verdict: verdict(context, case).join(" "),
        outcome: if ceiling.stretches.is_empty() {
            CeilingResult::Missing { routes: [], no_route: Box::new(NoRoute::of(context, obstacle)) }
        } else {
            let routes = ceiling.stretches.iter().map(|stretch| &stretch.route);
            CeilingResult::Found { ends: EndsJson::of(context, routes) }
        },
    }
}

fn dollars(sum: Option<Usd>) -> Option<f64> {
    sum.map(Usd::dollars)
}

fn fraction(at: Ratio) -> Option<String> {
    at.is_finite().then(|| format!("{}/{}", at.numerator(), at.denominator()))
}

fn limit(ceiling: &Ceiling) -> LimitJson {
    match ceiling.limit() {
        Limit::Never => LimitJson { kind: LimitKind::Never, value: None, end: None },
        Limit::Always => LimitJson { kind: LimitKind::Always, value: None, end: None },
        Limit::Until(last) => {
            let to = ceiling.stretches[last].to;
            let end = LimitEnd { exact: fraction(to), rank: last + 1 };
            LimitJson { kind: LimitKind::Until, value: ceiling.value(to), end: Some(end) }
        }
    }
}

fn most_paid(ceiling: &Ceiling) -> Option<MostPaid> {
    let (i, paid) = ceiling.most_paid()?;
    let stretch = &ceiling.stretches[i];
    Some(MostPaid {
        rank: i + 1,
        value: ceiling.value(stretch.to),
        usd: paid.dollars(),
        usd_per_year: dollars(ceiling.paid_yearly_at(stretch.line, stretch.to)),
    })
}

fn stretch(context: &Context<'_>, ceiling: &Ceiling, i: usize, stretch: &CeilingStretch) -> StretchJson {
    let ms = |at| ceiling.latency_at(stretch, at).map(|latency| latency.ms());
    let CeilingStretch { from, to, line, ref route } = *stretch;
    StretchJson {
        rank: i + 1,
        today: ceiling.today() == Some(i),
        uses: line.slope > 0,
        from: ceiling.value(from),
        to: ceiling.value(to),
        exact_from: fraction(from),
        exact_to: fraction(to),
        cost_from_usd: dollars(ceiling.cost_at(line, from)),
        cost_to_usd: dollars(ceiling.cost_at(line, to)),
        paid_from_usd: dollars(ceiling.paid_at(line, from)),
        paid_to_usd: dollars(ceiling.paid_at(line, to)),
        paid_to_usd_per_year: dollars(ceiling.paid_yearly_at(line, to)),
        latency_from_ms: ms(from),
        latency_to_ms: ms(to),
        route: RouteJson::whole(context, route, i + 1),
    }
}

/// The price that is raised, or the word for a delay, a rent or a building price.
pub(super) fn of(ceiling: &Ceiling) -> String {
    match &ceiling.parameter {
        SweptParameter::Entry(key) => key.to_string(),
        SweptParameter::DelayIn(_) | SweptParameter::DelayOn(_) => "latency".to_owned(),
        SweptParameter::RentOf(_) => "lease".to_owned(),
        SweptParameter::BuildOf(_) => "build".to_owned(),
    }
}
