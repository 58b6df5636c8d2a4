//! The answer of `cashflow`: a sentence, the table by year, what it is worth, and on what that rests.

use super::cash_flow_rows::{csv, json_answer};
use super::context::Context;
use super::document::{Document, Table, WIDTH};
use super::format::Format;
use super::ledger::{listed, musd_to, way};
use super::route_json::{assumed_cost, assumed_km};
use super::uncertainty::percent as share_of_draws;
use super::uncertainty_words::place_in_words;
use crate::analysis::{
    CashFlow, CashFlowSpread, CashFlowTerms, CashYear, DrawnWorth, Outlay, Repairs, Sales, Transit, WORTH_PERCENTILES,
    Worth, WorthFigure, years_of_waiting,
};
use crate::metrics::cost::significant;
use crate::metrics::finance::InternalRate;
use crate::metrics::{Permits, Route};
use crate::units::{Usd, grouped};

/// On which terms a cash flow was reckoned, and where they come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Reckoned {
    /// The terms.
    pub terms: CashFlowTerms,
    /// The money told in.
    pub currency: String,
    /// Low and high price of the price book, in its own money, where the price is from there.
    pub price_range: Option<(f64, f64)>,
    /// The year in which service begins, where it was asked for.
    pub service_year: Option<i32>,
    /// What of the operation is repair, where something is built.
    pub repairs: Option<Repairs>,
    /// The price-book entries that were used, with their sources.
    pub origins: Vec<(String, String)>,
}

/// A route with its cash flow.
#[derive(Debug, Clone, Copy)]
pub struct CashFlowAnswer<'a> {
    /// The route.
    pub route: &'a Route,
    /// Its cash flow.
    pub flow: &'a CashFlow,
    /// How it was reckoned.
    pub reckoned: &'a Reckoned,
    /// How sure it is what it is worth, where that was asked for.
    pub spread: Option<&'a CashFlowSpread>,
}

/// A cash flow in a format; it has no lines for GeoJSON, which gives the JSON answer.
#[must_use]
pub fn cash_flow_report(context: &Context<'_>, answer: &CashFlowAnswer<'_>, format: Format) -> String {
    match format {
        Format::Table => document(context, answer).plain(),
        Format::Markdown => document(context, answer).markdown(),
        Format::Json | Format::GeoJson => format!("{:#}\n", json_answer(context, answer)),
        Format::Csv => csv(context, answer),
    }
}

fn document(context: &Context<'_>, answer: &CashFlowAnswer<'_>) -> Document {
    let CashFlowAnswer { route, flow, reckoned, .. } = *answer;
    let mut document = Document::default();
    let (from, to) = (context.name_typed(&context.asked.from), context.name_typed(&context.asked.to));
    document.title(format!("{from} > {to}, money over time"), context.in_words_in(&reckoned.currency));
    document.say("So", conclusion(context, answer));
    document.say("Asked", context.constraints());
    document.say("Route", vec![way(context, route), Transit::headline(route)]);
    document.say("Service", service_in_words(context, answer));
    document.heading(format!("By year, in M{} of {}", reckoned.currency, context.price_year));
    document.table(by_year(flow));
    document.heading("What it is worth");
    document.table(worth_table(flow, &reckoned.currency));
    document.say("Other prices", other_prices(answer));
    if let Some(spread) = answer.spread {
        document.heading("How sure: real money, when every price is drawn from its range");
        document.table(spread_table(&flow.real, spread, &reckoned.currency));
        let below = spread.share_below(flow.real.npv);
        document.say("", place_in_words("The net present value at base prices", below).into_iter().collect());
        document.say("Draws", draws_in_words(spread));
    }
    document.say("Reckoned", reckoned_in_words(context, answer));
    let mut assumed = vec![format!(
        "{:.0} % of the km, {:.0} % of the cost. `fiberplan route --explain` shows each figure's origin.",
        assumed_km(route) * 100.0,
        assumed_cost(route) * 100.0
    )];
    assumed.extend(route.assumptions.iter().map(|told| format!("- {told}")));
    document.say("Assumed", assumed);
    document
}

/// What it comes to, in a sentence or two.
pub(super) fn conclusion(context: &Context<'_>, answer: &CashFlowAnswer<'_>) -> Vec<String> {
    let CashFlowAnswer { flow, reckoned, .. } = *answer;
    let (unit, real) = (&reckoned.currency, &flow.real);
    let sum = Usd::from_dollars(real.npv.abs()).unwrap_or_default();
    let earns = if real.npv >= 0.0 { "it earns" } else { "it loses" };
    let than = if real.npv >= 0.0 { "more than it costs" } else { "of what it costs" };
    let first = format!(
        "Sold at {} {unit} per Mbps and month{} {earns} {} M{unit} {than} over {} years: net present value at {} % \
         real, {}.",
        price_text(reckoned.terms.sales.first_price() / reckoned.terms.exchange),
        falling(reckoned, context.price_year),
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

fn falling(reckoned: &Reckoned, price_year: i32) -> String {
    let CashFlowTerms { sales: Sales { price, decline, aged_years, .. }, exchange, .. } = reckoned.terms;
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
        row.extend(year.costs.iter().map(|cents| money(*cents)));
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
    let sums = Sums::of(flow);
    for (name, costs, cost, income) in [
        ("total", sums.costs, sums.cost, sums.income),
        ("worth", sums.present_costs, sums.present_cost, sums.present_income),
    ] {
        let mut row = vec![name.to_owned()];
        row.extend(costs.iter().map(|cents| money(*cents)));
        row.push(money(cost));
        row.extend(has(Breadth::WithoutSales).then(|| [String::new(), String::new()]).into_iter().flatten());
        row.extend([money(income), money(income - cost)]);
        row.resize(headings.len(), String::new());
        table.row(row);
    }
    table.without_empty_columns()
}

/// The sums of the columns, in cents.
pub(super) struct Sums {
    pub costs: [i64; 7],
    pub cost: i64,
    pub income: i64,
    pub present_costs: [i64; 7],
    pub present_cost: i64,
    pub present_income: i64,
}

impl Sums {
    pub fn of(flow: &CashFlow) -> Self {
        let column = |of: &dyn Fn(&CashYear) -> i64| flow.years.iter().map(of).sum::<i64>();
        Self {
            costs: std::array::from_fn(|i| column(&|year| year.costs[i])),
            cost: column(&CashYear::cost),
            income: column(&|year| year.income),
            present_costs: std::array::from_fn(|i| column(&|year| year.present_costs[i])),
            present_cost: column(&CashYear::present_cost),
            present_income: column(&|year| year.present_income),
        }
    }
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
fn other_prices(answer: &CashFlowAnswer<'_>) -> Vec<String> {
    let CashFlowAnswer { flow, reckoned, .. } = *answer;
    let unit = &reckoned.currency;
    let mut lines = Vec::new();
    if let Some((low, high)) = reckoned.price_range {
        let told = |name: &str, price: f64| {
            let price = reckoned.terms.sales.aged(price) / reckoned.terms.exchange;
            format!("at the {name} {} {unit} it is worth {} M{unit}", price_text(price), millions(flow.npv_at(price)))
        };
        lines.push(format!("{}, {}.", told("low", low), told("high", high)));
    }
    if let Some(least) = flow.break_even {
        lines.push(format!("it breaks even at {} {unit} in the first year.", price_text(least)));
    }
    lines
}

fn reckoned_in_words(context: &Context<'_>, answer: &CashFlowAnswer<'_>) -> Vec<String> {
    let CashFlowAnswer { flow, reckoned, .. } = *answer;
    let CashFlowTerms { sales, build_years, inflation, exchange, .. } = reckoned.terms;
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
    lines.extend(reckoned.repairs.as_ref().map(|repairs| repairs_in_words(repairs, context.currency)));
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
            percent(reckoned.terms.rate),
            percent(rate)
        ));
    }
    if reckoned.currency != context.currency {
        let (unit, book) = (&reckoned.currency, context.currency);
        lines.push(format!("1 {unit} is {} {book} in every year", significant(exchange)));
    }
    lines.extend(reckoned.origins.iter().map(|(entry, source)| format!("{entry}: {source}")));
    lines.iter().map(|line| format!("- {line}")).collect()
}

/// The years in which service begins if the permits take as long as at low, base and high, and the building after them.
pub(super) fn service_years(context: &Context<'_>, permits: &Permits, build_years: u32) -> [i64; 3] {
    permits.months.map(|months| i64::from(context.year) + i64::from(years_of_waiting(months)) + i64::from(build_years))
}

/// When service begins and what sets it; nothing where it begins at once.
fn service_in_words(context: &Context<'_>, answer: &CashFlowAnswer<'_>) -> Vec<String> {
    let CashFlowAnswer { route, flow, reckoned, .. } = *answer;
    let terms = &flow.terms;
    let begins = i64::from(context.year) + i64::from(terms.service_start());
    let building = match terms.build_years {
        0 => String::new(),
        1 => " and 1 year of building".to_owned(),
        years => format!(" and {years} years of building"),
    };
    let Some(permits) = &route.permits else {
        let first = match reckoned.service_year {
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
    let mut lines = vec![match reckoned.service_year {
        None => format!(
            "begins with {begins}, after {base} months for the permits to build in {country}, the longest of all countries \
             built in{building} ({}); --service-year sets another.",
            permits.entry
        ),
        Some(year) => format!(
            "begins with {year}, as asked for; by themselves the permits to build in {country}, the longest of all, {base} \
             months{building} set {}.",
            years[1]
        ),
    }];
    if reckoned.service_year.is_some_and(|year| i64::from(year) < years[1]) {
        lines.push("That leaves no time for the permits at their base.".to_owned());
    }
    let worth = |months: f64| flow.waiting(years_of_waiting(months)).ok().map(|other| millions(other.real.npv));
    if let (Some(early), Some(late), None) = (worth(permits.months[0]), worth(permits.months[2]), reckoned.service_year)
    {
        lines.push(format!(
            "Permits take {low} to {high} months{assumed}: at {low} service begins with {} and is worth {early} M{}, at {high} \
             with {} and {late} M{}.",
            years[0], reckoned.currency, years[2], reckoned.currency
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
        row.extend(percentiles.iter().copied().map(cell));
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
pub(super) fn percent(fraction: f64) -> String {
    // Products of decimal fractions end in noise that nobody meant.
    significant((fraction * 1e12).round() / 1e10)
}

/// A price: two decimals, three below one.
pub(super) fn price_text(price: f64) -> String {
    match price.abs() {
        0.0 => "0".to_owned(),
        tiny if tiny < 0.001 => significant(price),
        small if small < 0.9995 => format!("{price:.3}"),
        _ => format!("{price:.2}"),
    }
}

fn rounded(count: f64) -> String {
    if count < 0.995 { format!("{count:.3}") } else { format!("{count:.1}") }
}

fn significant_3(number: f64) -> String {
    if number >= 100.0 { format!("{number:.0}") } else { format!("{number:.1}") }
}

pub(super) fn millions(money: f64) -> String {
    Usd::from_dollars(money).map_or_else(|_too_large| significant(money / 1e6), musd_or_zero)
}

fn musd_or_zero(sum: Usd) -> String {
    if sum == Usd::ZERO { "0".to_owned() } else { musd_to(sum, if sum.millions().abs() < 9.995 { 2 } else { 1 }) }
}
