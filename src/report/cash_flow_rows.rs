//! The rows of `cashflow` for programs: JSON and CSV, each sum to the cent.

use serde_json::{Map, Value, json};

use super::cash_flow::{CashFlowAnswer, Sums, service_years};
use super::context::Context;
use super::csv_rows::{cells_text, number};
use super::route_json::route_json;
use crate::analysis::{
    CashFlowSpread, CashFlowTerms, CashYear, Outlay, Repairs, WORTH_PERCENTILES, Worth, WorthFigure,
};
use crate::metrics::finance::InternalRate;

pub(super) fn json_answer(context: &Context<'_>, answer: &CashFlowAnswer<'_>) -> Value {
    let CashFlowAnswer { route, flow, reckoned, .. } = *answer;
    let CashFlowTerms { sales, rate, wait_years, build_years, inflation, exchange } = reckoned.terms;
    let sums = Sums::of(flow);
    let sources: Map<String, Value> =
        reckoned.origins.iter().map(|(entry, source)| (entry.clone(), json!(source))).collect();
    let flow_json = json!({
        "currency": reckoned.currency,
        "price_year": context.price_year,
        "exchange": exchange,
        "start_year": context.year,
        "terms": {
            "price_per_mbps_month": sales.first_price() / exchange,
            "price_decline": sales.decline,
            "start_share": sales.start_share,
            "growth": sales.growth,
            "discount_rate": rate,
            "wait_years": wait_years,
            "build_years": build_years,
            "inflation": inflation,
        },
        "service": service_json(context, answer),
        "repairs": reckoned.repairs.as_ref().map(repairs_json),
        "years": flow.years.iter().map(year_json).collect::<Value>(),
        "total": sums_json(&sums.costs, sums.cost, sums.income),
        "present": sums_json(&sums.present_costs, sums.present_cost, sums.present_income),
        "real": worth_json(&flow.real),
        "nominal": flow.nominal.as_ref().map(worth_json),
        "break_even_price": flow.break_even,
        "npv_at_low_price": reckoned.price_range.map(|(low, _)| flow.npv_at(sales.aged(low) / exchange)),
        "npv_at_high_price": reckoned.price_range.map(|(_, high)| flow.npv_at(sales.aged(high) / exchange)),
        "sources": sources,
        "uncertainty": answer.spread.map(|spread| spread_json(&flow.real, spread)),
    });
    json!({
        "query": context.query_json(),
        "routes": [route_json(context, route, 1)],
        "stopped": context.is_stopped,
        "cash_flow": flow_json,
    })
}

fn year_json(year: &CashYear) -> Value {
    let mut fields = Map::new();
    fields.insert("year".to_owned(), json!(year.t));
    fields.insert("service_year".to_owned(), json!(year.service_year));
    for (name, cents) in money_columns(year) {
        fields.insert(name.to_owned(), json!(cents.map(in_money)));
    }
    fields.insert("sold_gbps".to_owned(), json!(year.sold_gbps));
    fields.insert("price_per_mbps_month".to_owned(), json!(year.price));
    fields.insert("discount_factor".to_owned(), json!(year.discount));
    Value::Object(fields)
}

fn sums_json(costs: &[i64; 7], cost: i64, income: i64) -> Value {
    let mut fields: Map<String, Value> = Outlay::ALL
        .iter()
        .zip(costs)
        .map(|(outlay, cents)| (outlay.as_str().to_owned(), json!(in_money(*cents))))
        .collect();
    for (name, cents) in [("cost", cost), ("income", income), ("net", income - cost)] {
        fields.insert(name.to_owned(), json!(in_money(cents)));
    }
    Value::Object(fields)
}

fn worth_json(worth: &Worth) -> Value {
    json!({
        "discount_rate": worth.rate,
        "npv": worth.npv,
        "irr": match &worth.irr {
            InternalRate::One(rate) => Some(*rate),
            InternalRate::None | InternalRate::Several(_) | InternalRate::Any => None,
        },
        "irr_all": worth.irr.rates(),
        "payback_year": worth.payback,
        "discounted_payback_year": worth.discounted_payback,
        "annuity": worth.annuity,
        "levelised_per_mbps_month": worth.levelised,
    })
}

fn in_money(cents: i64) -> f64 {
    cents as f64 / 100.0
}

/// The sums of a year by the names of their columns, in cents.
fn money_columns(year: &CashYear) -> Vec<(&'static str, Option<i64>)> {
    let mut columns: Vec<(&'static str, Option<i64>)> =
        Outlay::ALL.iter().map(|outlay| (outlay.as_str(), Some(year.costs[*outlay as usize]))).collect();
    columns.extend([
        ("cost", Some(year.cost())),
        ("income", Some(year.income)),
        ("net", Some(year.net())),
        ("running", Some(year.running)),
        ("present_cost", Some(year.present_cost())),
        ("present_income", Some(year.present_income)),
        ("present_net", Some(year.present_net())),
        ("present_running", Some(year.present_running)),
        ("nominal_cost", year.nominal.map(|own| own.cost)),
        ("nominal_income", year.nominal.map(|own| own.income)),
        ("nominal_net", year.nominal.map(|own| own.income - own.cost)),
    ]);
    columns
}

pub(super) fn csv(context: &Context<'_>, answer: &CashFlowAnswer<'_>) -> String {
    let CashFlowAnswer { flow, reckoned, .. } = *answer;
    if let Some(spread) = answer.spread {
        return spread_csv(&flow.real, spread);
    }
    let mut lines = Vec::with_capacity(flow.years.len() + 1);
    for year in &flow.years {
        let columns = money_columns(year);
        if lines.is_empty() {
            let mut head = vec!["year", "service_year"];
            head.extend(columns.iter().map(|(name, _)| *name));
            head.extend(["sold_gbps", "price_per_mbps_month", "discount_factor", "currency", "price_year", "scenario"]);
            lines.push(head.into_iter().map(str::to_owned).collect());
        }
        let mut cells = vec![year.t.to_string(), year.service_year.map_or_else(String::new, |own| own.to_string())];
        cells.extend(columns.iter().map(|(_, cents)| cents.map_or_else(String::new, to_the_cent)));
        cells.extend([number(year.sold_gbps), number(year.price), number(year.discount)]);
        cells.extend([reckoned.currency.clone(), context.price_year.to_string(), context.scenario.to_owned()]);
        lines.push(cells);
    }
    cells_text(&lines)
}

/// `-1234.05`
fn to_the_cent(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

/// When service begins, and why then; the years at the low and the high months of the permits.
fn service_json(context: &Context<'_>, answer: &CashFlowAnswer<'_>) -> Value {
    let terms = &answer.flow.terms;
    let permits = answer.route.permits.as_ref();
    let set_by = match (answer.reckoned.service_year, permits) {
        (Some(_), _) => "service-year",
        (None, Some(_)) => "permits",
        (None, None) => "start",
    };
    let years = permits.map(|permits| service_years(context, permits, terms.build_years));
    json!({
        "year": i64::from(context.year) + i64::from(terms.service_start()),
        "set_by": set_by,
        "permit_months": permits.map(|permits| permits.months),
        "permit_country": permits.map(|permits| permits.country.to_string()),
        "permit_entry": permits.map(|permits| permits.entry.as_str()),
        "year_low_base_high": years,
    })
}

fn repairs_json(repairs: &Repairs) -> Value {
    json!({
        "failures_per_year": repairs.failures,
        "usd_per_year": repairs.per_year.dollars(),
        "usd": repairs.present.dollars(),
    })
}

fn spread_json(base: &Worth, spread: &CashFlowSpread) -> Value {
    let mut figures = Map::new();
    for drawn in &spread.figures {
        let mut values = json!({"base": drawn.figure.of(base)});
        for (percentile, value) in WORTH_PERCENTILES.iter().zip(drawn.percentiles) {
            values[format!("p{percentile}")] = json!(value);
        }
        figures.insert(drawn.figure.as_str().to_owned(), values);
    }
    json!({
        "samples": spread.sampling.samples(),
        "seed": spread.sampling.seed(),
        "n_prices": spread.n_prices,
        "share_npv_above_zero": spread.worth_it,
        "figures": figures,
    })
}

/// One row a figure, and the share of draws that are worth more than nothing.
fn spread_csv(base: &Worth, spread: &CashFlowSpread) -> String {
    let cell = |value: Option<f64>| value.map_or_else(String::new, number);
    let head = ["figure", "base", "p10", "p50", "p90"].map(str::to_owned).to_vec();
    let row = |figure: WorthFigure, percentiles: &[Option<f64>]| {
        let values = [figure.of(base)].into_iter().chain(percentiles.iter().copied()).map(cell);
        [figure.as_str().to_owned()].into_iter().chain(values).collect::<Vec<String>>()
    };
    let mut lines = vec![head];
    lines.extend(spread.figures.iter().map(|drawn| row(drawn.figure, &drawn.percentiles)));
    let mut last = vec!["share_npv_above_zero".to_owned(), number(spread.worth_it)];
    last.resize(5, String::new());
    lines.push(last);
    cells_text(&lines)
}
