//! Who is paid for what, as stacked bars: a bar a country, a part for each term of the bill.

use std::collections::BTreeMap;

use crate::metrics::{Leaf, Route, Term};
use crate::network::CountryCode;
use crate::picture::chart::{BarRow, Bars, Body, Chart};
use crate::report::context::Context;
use crate::report::uncertainty::millions;

/// Countries shown each by itself; those where least is paid are shown as one.
const MOST_ROWS: usize = 12;

/// What some leaves come to in each country, by term, in millions of another money of which one costs `exchange` of the
/// price book's; the countries where most is paid first.
pub(super) fn cost_bars<'l>(
    context: &Context<'_>,
    leaves: impl Iterator<Item = &'l Leaf>,
    (currency, exchange): (&str, f64),
) -> Chart {
    let mut sums: BTreeMap<CountryCode, [i64; Term::ALL.len()]> = BTreeMap::new();
    for leaf in leaves {
        let own = &mut sums.entry(leaf.country).or_default()[leaf.term as usize];
        *own = own.saturating_add(leaf.base().cents());
    }
    let total = |terms: &[i64]| terms.iter().fold(0_i64, |sum, own| sum.saturating_add(*own));
    let mut rows: Vec<(String, [i64; Term::ALL.len()])> =
        sums.into_iter().map(|(country, terms)| (context.country_name(country), terms)).collect();
    rows.retain(|(_, terms)| terms.iter().any(|own| *own != 0));
    rows.sort_by(|a, b| total(&b.1).cmp(&total(&a.1)).then_with(|| a.0.cmp(&b.0)));
    if rows.len() > MOST_ROWS {
        let rest = rows.split_off(MOST_ROWS - 1);
        let column = |i: usize| rest.iter().fold(0_i64, |sum, (_, terms)| sum.saturating_add(terms[i]));
        rows.push((format!("{} others", rest.len()), std::array::from_fn(column)));
    }
    let money = |cents: i64| cents as f64 / 100.0 / exchange;
    let row = |(label, terms): (String, [i64; Term::ALL.len()])| BarRow {
        label,
        values: terms.iter().map(|cents| money(*cents) / 1e6).collect(),
        note: millions(money(total(&terms))),
    };
    let bars = Bars {
        unit: format!("M{currency} over the term, present value"),
        parts: Term::ALL.iter().map(|term| term.heading().to_owned()).collect(),
        rows: rows.into_iter().map(row).collect(),
    };
    Chart { caption: "Cost by country and term".to_owned(), body: Body::Bars(bars) }
}

/// What each route costs, by term, in millions.
pub(super) fn term_bars<'r>(context: &Context<'_>, routes: impl Iterator<Item = (String, &'r Route)>) -> Bars {
    let row = |(label, route): (String, &Route)| BarRow {
        label,
        values: Term::ALL.iter().map(|term| route.bill.term(*term).millions()).collect(),
        note: millions(route.bill.total().dollars()),
    };
    Bars {
        unit: format!("M{} over the term, present value", context.currency),
        parts: Term::ALL.iter().map(|term| term.heading().to_owned()).collect(),
        rows: routes.map(row).collect(),
    }
}
