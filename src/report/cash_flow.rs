//! The answer of `cashflow`: a sentence, the table by year, what it is worth, and on what that rests.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::csv_rows::{cells_text, number};
use super::document::{Document, Table, WIDTH};
use super::format::Format;
use super::ledger::{listed, musd_to, permits_in_words, way};
use super::route_json::{assumed_cost, assumed_km, route_json};
use crate::corridor::{CashFlow, CashFlowTerms, CashYear, Sales, Transit, Worth};
use crate::metrics::cost::significant;
use crate::metrics::finance::InternalRate;
use crate::metrics::{Route, Term};
use crate::units::Usd;

/// On which terms a cash flow was reckoned, and where they come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Reckoned {
    /// The terms.
    pub terms: CashFlowTerms,
    /// The money told in.
    pub currency: String,
    /// Low and high price of the price book, in its own money, where the price is from there.
    pub price_range: Option<(f64, f64)>,
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
    let CashFlowAnswer { route, flow, reckoned } = *answer;
    let mut document = Document::default();
    let (from, to) = (context.name_typed(&context.asked.from), context.name_typed(&context.asked.to));
    document.title(format!("{from} > {to}, money over time"), context.in_words());
    document.say("So", conclusion(context, answer));
    document.say("Asked", context.constraints());
    document.say("Route", vec![way(context, route), Transit::headline(route)]);
    document.heading(format!("By year, in M{} of {}", reckoned.currency, context.price_year));
    document.table(by_year(flow));
    document.heading("What it is worth");
    document.table(worth_table(flow, &reckoned.currency));
    document.say("Other prices", other_prices(answer));
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
        price_text(reckoned.terms.sales.price / reckoned.terms.exchange),
        falling(reckoned.terms.sales),
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
    vec![first, second]
}

fn falling(Sales { price, decline, .. }: Sales) -> String {
    if price > 0.0 && decline > 0.0 {
        format!(" in the first year and {} % less each year,", percent(decline))
    } else {
        ",".to_owned()
    }
}

fn by_year(flow: &CashFlow) -> Table {
    let whole = year_table(flow, true);
    if whole.width() <= WIDTH { whole } else { year_table(flow, false) }
}

/// The years, their total, and what that is worth; the last but one column gives way where the table is too wide.
fn year_table(flow: &CashFlow, with_present: bool) -> Table {
    let mut headings = vec!["year"];
    headings.extend(Term::ALL.iter().map(|term| term.heading()));
    headings.extend(["cost", "Gbps", "price", "income", "net", "so far"]);
    headings.extend(with_present.then_some("worth now"));
    headings.push("worth so far");
    let mut table = Table::new(&headings);
    let largest = flow.years.iter().map(|year| year.running.abs().max(year.cost())).max().unwrap_or(0);
    let decimals = if largest < 1_000_000_000 { 3 } else { 2 };
    let money = |cents: i64| musd_to(Usd::from_cents(cents), decimals);
    for year in &flow.years {
        let mut row = vec![year.t.to_string()];
        row.extend(year.costs.iter().map(|cents| money(*cents)));
        let sold = |text: String| if year.service_year.is_some() { text } else { "-".to_owned() };
        row.extend([money(year.cost()), sold(significant_3(year.sold_gbps)), sold(price_text(year.price))]);
        row.extend([money(year.income), money(year.net()), money(year.running)]);
        row.extend(with_present.then(|| money(year.present_net())));
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
        row.extend([money(cost), String::new(), String::new(), money(income), money(income - cost), String::new()]);
        row.extend(with_present.then(String::new));
        row.push(String::new());
        table.row(row);
    }
    table.without_empty_columns()
}

/// The sums of the columns, in cents.
struct Sums {
    costs: [i64; 6],
    cost: i64,
    income: i64,
    present_costs: [i64; 6],
    present_cost: i64,
    present_income: i64,
}

impl Sums {
    fn of(flow: &CashFlow) -> Self {
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
            let price = price / reckoned.terms.exchange;
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
        "year 0 is the start of {}; what is paid once falls due at the start of service, what is yearly at each year's end",
        context.year
    )];
    if build_years > 0 {
        let s = if build_years == 1 { "" } else { "s" };
        lines.push(format!(
            "built over {build_years} year{s}, an equal part paid at the start of each; then in service"
        ));
    }
    if build_years > 0 && answer.route.bill.term(Term::Capex) == Usd::ZERO {
        lines.push("nothing of this route is built: the years of building only put its service off".to_owned());
    }
    lines.extend(permits_in_words(context, answer.route));
    let needed = answer.route.permits.as_ref().map_or(0.0, |permits| (permits.months[1] / 12.0).ceil());
    if needed > f64::from(build_years) {
        let needed = significant(needed);
        lines.push(format!(
            "that is later than reckoned here: --build-years {needed} or more leaves time for the permits"
        ));
    }
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
fn percent(fraction: f64) -> String {
    // Products of decimal fractions end in noise that nobody meant.
    significant((fraction * 1e12).round() / 1e10)
}

/// A price: two decimals, three below one.
fn price_text(price: f64) -> String {
    match price.abs() {
        0.0 => "0".to_owned(),
        tiny if tiny < 0.001 => significant(price),
        small if small < 0.9995 => format!("{price:.3}"),
        _ => format!("{price:.2}"),
    }
}

fn significant_3(number: f64) -> String {
    if number >= 100.0 { format!("{number:.0}") } else { format!("{number:.1}") }
}

fn millions(money: f64) -> String {
    Usd::from_dollars(money).map_or_else(|_too_large| significant(money / 1e6), musd_or_zero)
}

fn musd_or_zero(sum: Usd) -> String {
    if sum == Usd::ZERO { "0".to_owned() } else { musd_to(sum, if sum.millions().abs() < 9.995 { 2 } else { 1 }) }
}

fn json_answer(context: &Context<'_>, answer: &CashFlowAnswer<'_>) -> Value {
    let CashFlowAnswer { route, flow, reckoned } = *answer;
    let CashFlowTerms { sales, rate, build_years, inflation, exchange } = reckoned.terms;
    let sums = Sums::of(flow);
    let sources: Map<String, Value> =
        reckoned.origins.iter().map(|(entry, source)| (entry.clone(), json!(source))).collect();
    let flow_json = json!({
        "currency": reckoned.currency,
        "price_year": context.price_year,
        "exchange": exchange,
        "start_year": context.year,
        "terms": {
            "price_per_mbps_month": sales.price / exchange,
            "price_decline": sales.decline,
            "start_share": sales.start_share,
            "growth": sales.growth,
            "discount_rate": rate,
            "build_years": build_years,
            "inflation": inflation,
        },
        "years": flow.years.iter().map(year_json).collect::<Value>(),
        "total": sums_json(&sums.costs, sums.cost, sums.income),
        "present": sums_json(&sums.present_costs, sums.present_cost, sums.present_income),
        "real": worth_json(&flow.real),
        "nominal": flow.nominal.as_ref().map(worth_json),
        "break_even_price": flow.break_even,
        "npv_at_low_price": reckoned.price_range.map(|(low, _)| flow.npv_at(low / exchange)),
        "npv_at_high_price": reckoned.price_range.map(|(_, high)| flow.npv_at(high / exchange)),
        "sources": sources,
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

fn sums_json(costs: &[i64; 6], cost: i64, income: i64) -> Value {
    let mut fields: Map<String, Value> =
        Term::ALL.iter().zip(costs).map(|(term, cents)| (term.as_str().to_owned(), json!(in_money(*cents)))).collect();
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
        Term::ALL.iter().map(|term| (term.as_str(), Some(year.costs[*term as usize]))).collect();
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

fn csv(context: &Context<'_>, answer: &CashFlowAnswer<'_>) -> String {
    let CashFlowAnswer { flow, reckoned, .. } = *answer;
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
