//! The words of `cashflow`: its conclusion, and how its figures are written.

use super::input::{CashFlowCase, Computed};
use crate::analysis::{CashFlowTerms, Sales, years_of_waiting};
use crate::metrics::Permits;
use crate::metrics::cost::significant;
use crate::metrics::finance::InternalRate;
use crate::report::cell::musd_to;
use crate::report::context::Context;
use crate::report::ledger::listed;
use crate::report::uncertainty::percent as share_of_draws;
use crate::units::{Usd, grouped};

/// What it comes to, in a sentence or two.
pub(crate) fn conclusion(context: &Context<'_>, answer: &CashFlowCase<'_>) -> Vec<String> {
    let CashFlowCase { flow, computed, .. } = *answer;
    let (unit, real) = (&computed.currency, &flow.real);
    let sum = Usd::from_dollars(real.npv.abs()).unwrap_or_default();
    let earns = if real.npv >= 0.0 { "it earns" } else { "it loses" };
    let than = if real.npv >= 0.0 { "more than it costs" } else { "of what it costs" };
    let first = format!(
        "Sold at {} {unit} per Mbps and month{} {earns} {} M{unit} {than} over {} years: net present value at {} % \
         real, {}.",
        price_text(computed.terms.sales.first_price() / computed.terms.exchange),
        falling(computed, context.price_year),
        musd_or_zero(sum),
        context.demand.term_years,
        percent(real.rate),
        rates_in_words(&real.irr),
    );
    let least = flow.break_even.map(price_text);
    let least = least.as_deref();
    let second = match (real.payback, real.discounted_payback, least) {
        (Some(plain), Some(with), least) => {
            let below = least.map_or_else(String::new, |least| format!("; below {least} it never does with interest"));
            format!("It pays back by the end of year {plain}, with interest by year {with}{below}.")
        }
        (Some(plain), None, Some(least)) => format!(
            "It pays back by the end of year {plain}, but never with interest: that takes {least} {unit} in the first year."
        ),
        // What comes late counts for little with interest, and in full without.
        (None, Some(with), _) => format!(
            "It pays back with interest by year {with}, but not without: in its last years it loses what it earned."
        ),
        (None, None, Some(least)) => {
            format!("It never pays back: with interest that takes {least} {unit} in the first year.")
        }
        (Some(_) | None, None, None) => "It never pays back with interest.".to_owned(),
    };
    let third = answer.spread.map(|spread| {
        format!(
            "When every price is drawn from its range, it is worth more than nothing in {} % of {} draws.",
            share_of_draws(spread.worth_it),
            grouped(i64::from(spread.sampling.samples()))
        )
    });
    [first, second].into_iter().chain(third).collect()
}

fn falling(computed: &Computed, price_year: i32) -> String {
    let CashFlowTerms { sales: Sales { price, decline, aged_years, .. }, exchange, .. } = computed.terms;
    if !(price > 0.0 && decline > 0.0) {
        return ",".to_owned();
    }
    let before = if aged_years > 0 {
        format!(" ({} in {price_year}, falling since)", price_text(price / exchange))
    } else {
        String::new()
    };
    format!(" in the first year{before} and {} % less each year,", percent(decline))
}

/// The years in which service begins if the permits take as long as at low, base and high, and the building after them.
pub(crate) fn service_years(context: &Context<'_>, permits: &Permits, build_years: u32) -> [i64; 3] {
    permits.months.map(|months| i64::from(context.year) + i64::from(years_of_waiting(months)) + i64::from(build_years))
}

fn rates_in_words(irr: &InternalRate) -> String {
    match irr {
        InternalRate::None => "no internal rate of return".to_owned(),
        InternalRate::One(rate) => format!("internal rate of return {:.1} %", rate * 100.0),
        InternalRate::Several(rates) => {
            let rates: Vec<String> = rates.iter().map(|rate| format!("{:.1}", rate * 100.0)).collect();
            format!("internal rates of return {} %, of which none tells alone", listed(&rates))
        }
        InternalRate::Any => "any internal rate of return, as nothing is paid or earned".to_owned(),
    }
}

/// A fraction in per cent.
pub(crate) fn percent(fraction: f64) -> String {
    // Products of decimal fractions end in noise that nobody meant.
    significant((fraction * 1e12).round() / 1e10)
}

/// A price: two decimals, three below one.
pub(crate) fn price_text(price: f64) -> String {
    match price.abs() {
        0.0 => "0".to_owned(),
        tiny if tiny < 0.001 => significant(price),
        small if small < 0.9995 => format!("{price:.3}"),
        _ => format!("{price:.2}"),
    }
}

pub(crate) fn millions(money: f64) -> String {
    Usd::from_dollars(money).map_or_else(|_too_large| significant(money / 1e6), musd_or_zero)
}

fn musd_or_zero(sum: Usd) -> String {
    if sum == Usd::ZERO { "0".to_owned() } else { musd_to(sum, if sum.millions().abs() < 9.995 { 2 } else { 1 }) }
}
