//! The answer of `ceiling` as rows: one a stretch.

use super::answer::of;
use super::input::CeilingReport;
use crate::report::cell::Cell;
use crate::report::records::Records;
use crate::units::Usd;

const HEAD: [&str; 20] = [
    "name",
    "of",
    "unit",
    "rank",
    "today",
    "from",
    "to",
    "cost_from_usd",
    "cost_to_usd",
    "paid_to_usd",
    "paid_to_usd_per_year",
    "latency_from_ms",
    "latency_to_ms",
    "length_km",
    "countries",
    "segments",
    "scenario",
    "year",
    "gbps",
    "term_years",
];

pub(super) fn records(report: &CeilingReport<'_>) -> Records {
    let CeilingReport { context, ref case, .. } = *report;
    let ceiling = case.ceiling;
    let usd = |sum: Option<Usd>| Cell::exact(sum.map(Usd::dollars));
    let mut records = Records::new(HEAD);
    for (i, stretch) in case.shown() {
        let ms = |at| Cell::exact(ceiling.latency_at(stretch, at).map(|latency| latency.ms()));
        records.row([
            case.name.into(),
            of(ceiling).into(),
            ceiling.unit.as_str().into(),
            Cell::Count(i as u64 + 1),
            Cell::Flag(ceiling.today() == Some(i)),
            Cell::exact(ceiling.value(stretch.from)),
            Cell::exact(ceiling.value(stretch.to)),
            usd(ceiling.cost_at(stretch.line, stretch.from)),
            usd(ceiling.cost_at(stretch.line, stretch.to)),
            usd(ceiling.paid_at(stretch.line, stretch.to)),
            usd(ceiling.paid_yearly_at(stretch.line, stretch.to)),
            ms(stretch.from),
            ms(stretch.to),
            Cell::Exact(stretch.route.length.km()),
            Cell::List(stretch.route.countries.iter().map(ToString::to_string).collect()),
            Cell::List(stretch.route.segments().map(ToString::to_string).collect()),
            context.scenario.into(),
            context.year.to_string().into(),
            Cell::Exact(context.demand.gbps.get()),
            Cell::Count(context.demand.term_years.into()),
        ]);
    }
    records
}
