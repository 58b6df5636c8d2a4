//! The answer of `cashflow` to be read: a sentence, the table by year, what it is worth, and on what that rests.

use super::input::{CashFlowCase, CashFlowReport, PriceRange};
use super::sums::Sums;
use super::words::{conclusion, millions, percent, price_text, service_years};
use crate::analysis::{
    CashFlow, CashFlowSpread, CashFlowTerms, DrawnWorth, Origin, Outlay, Repairs, WORTH_PERCENTILES, Worth,
    WorthFigure, years_of_waiting,
};
use crate::metrics::cost::significant;
use crate::report::answer::{assumed_cost, assumed_km};
use crate::report::assumption_words::assumptions_in_words;
use crate::report::cell::musd_to;
use crate::report::context::Context;
use crate::report::document::{Document, Table, WIDTH};
use crate::report::ledger::{listed, way};
use crate::report::option_name::OptionName;
use crate::report::transit_words::headline;
use crate::report::uncertainty_words::place_in_words;
use crate::units::{Usd, grouped};

pub(super) fn document(report: &CashFlowReport<'_>) -> Document {
    let CashFlowReport { context, case: ref answer } = *report;
    let CashFlowCase { route, flow, computed, .. } = *answer;
    let mut document = Document::default();
    let (from, to) = (context.name_typed(&context.asked.from), context.name_typed(&context.asked.to));
    document.title(format!("{from} > {to}, money over time"), context.in_words_in(&computed.currency));
    document.say("So", conclusion(context, answer));
    document.say("Asked", context.constraints());
    document.say("Route", vec![way(context, route), headline(route)]);
    document.say("Service", service_in_words(context, answer));
    document.heading(format!("By year, in M{} of {}", computed.currency, context.price_year));
    document.table(by_year(flow));
    document.heading("What it is worth");
    document.table(worth_table(flow, &computed.currency));
    document.say("Other prices", other_prices(answer));
    if let Some(spread) = answer.spread {
        document.heading("How sure: real money, when every price is drawn from its range");
        document.table(spread_table(&flow.real, spread, &computed.currency));
        let below = spread.share_below(flow.real.npv);
        document.say("", place_in_words("The net present value at base prices", below).into_iter().collect());
        document.say("Draws", draws_in_words(spread));
    }
    document.say("Computed", computed_in_words(context, answer));
    let mut assumed = vec![format!(
        "{:.0} % of the km, {:.0} % of the cost. {} shows each figure's origin.",
        assumed_km(route) * 100.0,
        assumed_cost(route) * 100.0,
        context.name_of(OptionName::ExplainRoute)
    )];
    assumed.extend(assumptions_in_words(route).iter().map(|told| format!("- {told}")));
    document.say("Assumed", assumed);
    document
}

/// What a table of years has beside its costs: each step leaves out more, until it is narrow enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Breadth {
    Whole,
    WithoutPresent,
    Rounded,
    WithoutRunning,
    WithoutSales,
}

fn by_year(flow: &CashFlow) -> Table {
    use Breadth::{Rounded, Whole, WithoutPresent, WithoutRunning, WithoutSales};
    let fitting = [Whole, WithoutPresent, Rounded, WithoutRunning]
        .into_iter()
        .map(|breadth| year_table(flow, breadth))
        .find(|table| table.width() <= WIDTH);
    fitting.unwrap_or_else(|| year_table(flow, WithoutSales))
}

/// The years, their total, and what that is worth.
fn year_table(flow: &CashFlow, breadth: Breadth) -> Table {
    let has = |least: Breadth| breadth < least;
    let mut headings = vec!["year"];
    headings.extend(Outlay::ALL.iter().map(|outlay| outlay.heading()));
    headings.push("cost");
    headings.extend(["Gbps", "price"].iter().filter(|_| has(Breadth::WithoutSales)));
    headings.extend(["income", "net"]);
    headings.extend(has(Breadth::WithoutRunning).then_some("so far"));
    headings.extend(has(Breadth::WithoutPresent).then_some("worth now"));
    headings.push("worth so far");
    let mut table = Table::new(&headings);
    let largest = flow.years.iter().map(|year| year.running.abs().max(year.cost())).max().unwrap_or(0);
    let decimals = if largest < 1_000_000_000 && has(Breadth::Rounded) { 3 } else { 2 };
    // A sum too small to show is just nothing, of neither sign.
    let money = |cents: i64| musd_to(Usd::from_cents(cents), decimals).trim_start_matches('+').to_owned();
    for year in &flow.years {
        let mut row = vec![year.t.to_string()];
        row.extend(year.costs.iter().map(money));
        let sold = |text: String| if year.service_year.is_some() { text } else { "-".to_owned() };
        row.push(money(year.cost()));
        let sales = [sold(significant_3(year.sold_gbps)), sold(price_text(year.price))];
        row.extend(sales.into_iter().filter(|_| has(Breadth::WithoutSales)));
        row.extend([money(year.income), money(year.net())]);
        row.extend(has(Breadth::WithoutRunning).then(|| money(year.running)));
        row.extend(has(Breadth::WithoutPresent).then(|| money(year.present_net())));
        row.push(money(year.present_running));
        table.row(row);
    }
    for (name, sums) in [("total", Sums::paid(flow)), ("worth", Sums::present(flow))] {
        let mut row = vec![name.to_owned()];
        row.extend(sums.costs.iter().map(money));
        row.push(money(sums.cost()));
        row.extend(has(Breadth::WithoutSales).then(|| [String::new(), String::new()]).into_iter().flatten());
        row.extend([money(sums.income), money(sums.income - sums.cost())]);
        row.resize(headings.len(), String::new());
        table.row(row);
    }
    table.without_empty_columns()
}

/// The figures, in money of one year and, where there is inflation, in that of the day.
fn worth_table(flow: &CashFlow, unit: &str) -> Table {
    let mut headings = vec!["<", "real"];
    headings.extend(flow.nominal.as_ref().map(|_| "nominal"));
    let mut table = Table::new(&headings);
    let mut add = |name: String, of: &dyn Fn(&Worth) -> String| {
        let mut row = vec![name, of(&flow.real)];
        row.extend(flow.nominal.as_ref().map(of));
        table.row(row);
    };
    let year = |year: Option<u32>| year.map_or_else(|| "never".to_owned(), |year| year.to_string());
    add("discount rate, %".to_owned(), &|worth| percent(worth.rate));
    add(format!("net present value, M{unit}"), &|worth| millions(worth.npv));
    add("internal rate of return, %".to_owned(), &|worth| match worth.irr.rates() {
        [] => "none".to_owned(),
        rates => rates.iter().map(|rate| format!("{:.1}", rate * 100.0)).collect::<Vec<_>>().join("; "),
    });
    add("paid back by year".to_owned(), &|worth| year(worth.payback));
    add("with interest by year".to_owned(), &|worth| year(worth.discounted_payback));
    add(format!("costs in equal yearly payments, M{unit}"), &|worth| millions(worth.annuity));
    add(format!("levelised cost, {unit} per Mbps sold and month"), &|worth| {
        worth.levelised.map_or_else(|| "-".to_owned(), price_text)
    });
    table
}

/// What it is worth at the price book's low and high price.
fn other_prices(answer: &CashFlowCase<'_>) -> Vec<String> {
    let CashFlowCase { flow, computed, .. } = *answer;
    let unit = &computed.currency;
    let mut lines = Vec::new();
    if let Some(PriceRange { low, high }) = computed.price_range {
        let told = |name: &str, price: f64| {
            let price = computed.terms.sales.aged(price) / computed.terms.exchange;
            format!("at the {name} {} {unit} it is worth {} M{unit}", price_text(price), millions(flow.npv_at(price)))
        };
        lines.push(format!("{}, {}.", told("low", low), told("high", high)));
    }
    if let Some(least) = flow.break_even {
        lines.push(format!("it breaks even at {} {unit} in the first year.", price_text(least)));
    }
    lines
}

fn computed_in_words(context: &Context<'_>, answer: &CashFlowCase<'_>) -> Vec<String> {
    let CashFlowCase { flow, computed, .. } = *answer;
    let CashFlowTerms { sales, build_years, inflation, exchange, .. } = computed.terms;
    let mut lines = vec![format!(
        "year 0 is the start of {}; what is paid once falls due at the start of service, what is yearly at each year's \
         end",
        context.year
    )];
    if build_years > 0 {
        let s = if build_years == 1 { "" } else { "s" };
        lines.push(format!(
            "building takes {build_years} year{s}, an equal part of its cost paid at the start of each; then comes service"
        ));
    }
    lines.extend(computed.repairs.as_ref().map(|repairs| repairs_in_words(repairs, context.currency)));
    lines.push(format!(
        "{} % of {} Gbps sold in the first year of service, {} % more each year until all is",
        percent(sales.start_share),
        significant(context.demand.gbps.get()),
        percent(sales.growth)
    ));
    if let Some(inflation) = inflation {
        let rate = flow.nominal.as_ref().map_or(0.0, |worth| worth.rate);
        let text = "inflation counted from year 0, which is at the prices of";
        lines.push(format!(
            "{} % {text} {}; {} % real is {} % nominal",
            percent(inflation),
            context.price_year,
            percent(computed.terms.rate),
            percent(rate)
        ));
    }
    if computed.currency != context.currency {
        let (unit, book) = (&computed.currency, context.currency);
        lines.push(format!("1 {unit} is {} {book} in every year", significant(exchange)));
    }
    lines.extend(computed.origins.iter().map(|Origin { entry, source }| format!("{entry}: {source}")));
    lines.iter().map(|line| format!("- {line}")).collect()
}

/// When service begins and what sets it; nothing where it begins at once.
fn service_in_words(context: &Context<'_>, answer: &CashFlowCase<'_>) -> Vec<String> {
    let CashFlowCase { route, flow, computed, .. } = *answer;
    let terms = &flow.terms;
    let begins = i64::from(context.year) + i64::from(terms.service_start());
    let building = match terms.build_years {
        0 => String::new(),
        1 => " and 1 year of building".to_owned(),
        years => format!(" and {years} years of building"),
    };
    let Some(permits) = &route.permits else {
        let first = match computed.service_year {
            Some(year) => format!("begins with {year}, as asked for{building}; nothing of this route is built."),
            None if terms.build_years > 0 => {
                format!("begins with {begins}, after{}; nothing of this route is built.", building.replace(" and", ""))
            }
            None => return Vec::new(),
        };
        return vec![first];
    };
    let [low, base, high] = permits.months.map(significant);
    let years = service_years(context, permits, terms.build_years);
    let country = context.country_name(permits.country);
    let assumed = if permits.is_assumed { ", assumed" } else { "" };
    let mut lines = vec![match computed.service_year {
        None => format!(
            "begins with {begins}, after {base} months for the permits to build in {country}, the longest of all countries \
             built in{building} ({}); {} sets another.",
            permits.entry,
            context.name_of(OptionName::ServiceYear)
        ),
        Some(year) => format!(
            "begins with {year}, as asked for; by themselves the permits to build in {country}, the longest of all, {base} \
             months{building} set {}.",
            years[1]
        ),
    }];
    if computed.service_year.is_some_and(|year| i64::from(year) < years[1]) {
        lines.push("That leaves no time for the permits at their base.".to_owned());
    }
    let worth = |months: f64| flow.waiting(years_of_waiting(months)).ok().map(|other| millions(other.real.npv));
    if let (Some(early), Some(late), None) = (worth(permits.months[0]), worth(permits.months[2]), computed.service_year)
    {
        lines.push(format!(
            "Permits take {low} to {high} months{assumed}: at {low} service begins with {} and is worth {early} M{}, at {high} \
             with {} and {late} M{}.",
            years[0], computed.currency, years[2], computed.currency
        ));
    }
    lines
}

fn repairs_in_words(repairs: &Repairs, currency: &str) -> String {
    let cut = if repairs.is_cut { ", on some segment cut down to all that is paid for operation" } else { "" };
    format!(
        "repair is for {} failures a year on what is built, at {} {currency} a year{cut}; it is told apart from operation, not \
         added to it",
        rounded(repairs.failures),
        grouped(repairs.per_year.dollars().round() as i64)
    )
}

fn spread_table(base: &Worth, spread: &CashFlowSpread, unit: &str) -> Table {
    let mut table = Table::new(&["<", "base", "P10", "P50", "P90", "<unit"]);
    for DrawnWorth { figure, percentiles } in &spread.figures {
        let (name, of, shown): (&str, String, fn(f64) -> String) = match figure {
            WorthFigure::Npv => ("net present value", format!("M{unit}"), millions),
            WorthFigure::Irr => ("internal rate of return", "%".to_owned(), |rate| format!("{:.1}", rate * 100.0)),
            WorthFigure::Payback => ("paid back by year", String::new(), significant),
            WorthFigure::DiscountedPayback => ("with interest by year", String::new(), significant),
            WorthFigure::Levelised => ("levelised cost", format!("{unit} per Mbps sold and month"), price_text),
        };
        let absent = match figure {
            WorthFigure::Payback | WorthFigure::DiscountedPayback => "never",
            WorthFigure::Npv | WorthFigure::Irr | WorthFigure::Levelised => "none",
        };
        let cell = |value: Option<f64>| value.map_or_else(|| absent.to_owned(), shown);
        let mut row = vec![name.to_owned(), cell(figure.of(base))];
        row.extend(percentiles.in_order().map(cell));
        row.push(of);
        table.row(row);
    }
    table
}

fn draws_in_words(spread: &CashFlowSpread) -> Vec<String> {
    let percentiles: Vec<String> = WORTH_PERCENTILES.iter().map(ToString::to_string).collect();
    vec![
        format!(
            "{} draws (seed {}) of {} prices, the discount rate and what comes from the price book among them, each from the \
             triangular distribution between its low and its high value with the base as the mode; prices of one family are \
             high or low together. What was typed stays, and so do the route and the year of service.",
            grouped(i64::from(spread.sampling.samples())),
            spread.sampling.seed(),
            spread.n_prices
        ),
        format!(
            "P{} of a figure: so many of a hundred draws are no higher. Of several rates of return the highest counts.",
            listed(&percentiles)
        ),
    ]
}

fn rounded(count: f64) -> String {
    if count < 0.995 { format!("{count:.3}") } else { format!("{count:.1}") }
}

fn significant_3(number: f64) -> String {
    if number >= 100.0 { format!("{number:.0}") } else { format!("{number:.1}") }
}
