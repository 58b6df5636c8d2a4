//! The answer of `cashflow` as rows: one a year, or over draws of the prices one a figure; sums to the cent.

use super::input::CashFlowReport;
use crate::analysis::{CashFlowSpread, CashYear, DrawnWorth, Outlay, Worth};
use crate::report::cell::Cell;
use crate::report::records::Records;

pub(super) fn records(report: &CashFlowReport<'_>) -> Records {
    let case = &report.case;
    case.spread.map_or_else(|| by_year(report), |spread| by_figure(&case.flow.real, spread))
}

fn by_year(report: &CashFlowReport<'_>) -> Records {
    let costs = Outlay::ALL.map(Outlay::as_str);
    let sums = [
        "cost",
        "income",
        "net",
        "running",
        "present_cost",
        "present_income",
        "present_net",
        "present_running",
        "nominal_cost",
        "nominal_income",
        "nominal_net",
    ];
    let rest = ["sold_gbps", "price_per_mbps_month", "discount_factor", "currency", "price_year", "scenario"];
    let mut records = Records::new(["year", "service_year"].into_iter().chain(costs).chain(sums).chain(rest));
    for year in &report.case.flow.years {
        let mut cells =
            vec![Cell::Count(year.t.into()), year.service_year.map_or(Cell::Empty, |year| Cell::Count(year.into()))];
        cells.extend(sums_of(year));
        cells.extend([Cell::Exact(year.sold_gbps), Cell::Exact(year.price), Cell::Exact(year.discount)]);
        cells.extend([
            report.case.computed.currency.as_str().into(),
            report.context.price_year.to_string().into(),
            report.context.scenario.into(),
        ]);
        records.row(cells);
    }
    records
}

/// The sums of a year in the order of their columns.
fn sums_of(year: &CashYear) -> impl Iterator<Item = Cell> {
    let costs = year.costs.iter().map(Some);
    let sums = [
        Some(year.cost()),
        Some(year.income),
        Some(year.net()),
        Some(year.running),
        Some(year.present_cost()),
        Some(year.present_income),
        Some(year.present_net()),
        Some(year.present_running),
        year.nominal.map(|nominal| nominal.cost),
        year.nominal.map(|nominal| nominal.income),
        year.nominal.map(|nominal| nominal.income - nominal.cost),
    ];
    let to_the_cent = |cents: i64| Cell::Rounded { value: cents as f64 / 100.0, decimals: 2, unit: "" };
    costs.chain(sums).map(move |cents| cents.map_or(Cell::Empty, to_the_cent))
}

/// One row a figure, then the share of draws that are worth more than nothing.
fn by_figure(base: &Worth, spread: &CashFlowSpread) -> Records {
    let mut records = Records::new(["figure", "base", "p10", "p50", "p90"]);
    for &DrawnWorth { figure, percentiles } in &spread.figures {
        let values = [figure.of(base)].into_iter().chain(percentiles.in_order()).map(Cell::exact);
        records.row([Cell::from(figure.as_str())].into_iter().chain(values));
    }
    records.row(["share_npv_above_zero".into(), Cell::Exact(spread.worth_it)]);
    records
}
