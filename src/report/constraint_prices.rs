//! What each constraint costs, beside the answer of `route`.

use super::answer::PricedAnswer;
use super::cell::Cell;
use super::context::Context;
use super::document::{Document, Table};
use super::features::{FeatureCollection, route_features};
use super::figure::dollars;
use super::ledger::{decimals, listed, musd, musd_to, shortened, tidy_zero, whole_km};
use super::records::Records;
use super::rendering::Report;
use super::route;
use crate::analysis::{Bounded, Constraint, ConstraintPrice, ConstraintPrices, Saving};
use crate::metrics::availability::RISK_UNITS;
use crate::metrics::{Criterion, Route};
use crate::request::{Objective, ShareOf};
use crate::units::Usd;

/// The routes with the price of every constraint. As CSV only the prices, one row a constraint.
#[derive(Debug, Clone, Copy)]
pub struct PricedReport<'a> {
    /// What the answer rests on.
    pub context: &'a Context<'a>,
    /// The routes, at least one, best first.
    pub routes: &'a [Route],
    /// The prices.
    pub prices: &'a ConstraintPrices,
}

impl Report for PricedReport<'_> {
    type Answer = PricedAnswer;

    fn answer(&self) -> PricedAnswer {
        PricedAnswer::of(self.context, self.routes, self.prices)
    }

    fn document(&self) -> Document {
        let mut document = route::document(self.context, self.routes, None);
        say_prices(&mut document, self.context, self.prices);
        document
    }

    fn records(&self) -> Records {
        records(self.context, self.prices)
    }

    fn features(&self) -> FeatureCollection {
        route_features(self.context, self.routes)
    }
}

/// A figure of the objective in the unit in which it is shown, and that unit; what has none has the unit 1.
pub(super) fn in_objective_unit(objective: Objective, figure: u64) -> (f64, &'static str) {
    match objective {
        Objective::Cost => (figure as f64 / 100.0, "USD"),
        Objective::Latency => (figure as f64 / 5e11, "ms RTT"),
        Objective::Length | Objective::Missing => (figure as f64 / 1000.0, "km"),
        Objective::Risk | Objective::Availability => (figure as f64 / RISK_UNITS, "1"),
        Objective::Weighted(_) => (figure as f64 / 1e12, "1"),
    }
}

fn records(context: &Context<'_>, prices: &ConstraintPrices) -> Records {
    let mut records = Records::new([
        "constraint",
        "binding",
        "cost_usd",
        "rtt_ms",
        "objective",
        "objective_unit",
        "loosened",
        "segments",
    ]);
    for price in &prices.each {
        let (objective, unit) = in_objective_unit(prices.objective, price.dropped.objective);
        records.row([
            Cell::Text(context.constraint(&price.constraint)),
            Cell::Flag(price.is_binding()),
            Cell::Exact(price.dropped.cost_cents as f64 / 100.0),
            Cell::Exact(price.dropped.rtt_ms),
            Cell::Exact(objective),
            unit.into(),
            price.loosened.as_ref().map_or(Cell::Empty, |(bound, _)| Cell::Text(context.bound(bound))),
            Cell::list(price.dropped.route.segments()),
        ]);
    }
    records
}

fn say_prices(document: &mut Document, context: &Context<'_>, prices: &ConstraintPrices) {
    document.heading("What each constraint costs: the best route without it");
    let mut table = Table::new(&["<without", "km", "RTT ms", "MUSD", "<over", "saves MUSD", "saves ms", "<binding"]);
    let saved = prices.each.iter().map(|price| &price.dropped);
    let decimals = decimals(saved.chain([&prices.without_any]).map(|saving| &saving.route));
    let mut add = |name: String, saving: &Saving, binding: &str| {
        let mut row = vec![name];
        row.extend(cells(saving, decimals));
        row.push(binding.to_owned());
        table.row(row);
    };
    for price in &prices.each {
        add(context.constraint(&price.constraint), &price.dropped, if price.is_binding() { "yes" } else { "no" });
        if let Some((bound, saving)) = &price.loosened {
            add(format!("  but with {}", context.bound(bound)), saving, "");
        }
    }
    if prices.each.len() > 1 {
        add("all of these".to_owned(), &prices.without_any, "");
    }
    document.table(table.without_empty_columns());
    document.say("So", vec![conclusion(context, prices)]);
    let needed = prices.each.iter().filter(|price| !price.dropped.needed.is_empty());
    let in_words = |price: &ConstraintPrice| {
        let ids: Vec<&str> = price.dropped.needed.iter().map(|(id, _)| id.as_str()).collect();
        format!("without {} it needs {}", context.constraint(&price.constraint), ids.join(", "))
    };
    document.say("Not usable yet", needed.map(in_words).collect());
}

fn cells(saving: &Saving, decimals: usize) -> [String; 6] {
    let route = &saving.route;
    let codes: Vec<&str> = route.countries.iter().map(|code| code.as_str()).collect();
    [
        whole_km(route.length),
        format!("{:.1}", route.rtt_ms()),
        musd_to(route.bill.total(), decimals),
        shortened(&codes.join(" "), 26),
        millions(saving.cost_cents),
        milliseconds(saving.rtt_ms),
    ]
}

/// A saving, MUSD, below 0 for a loss; `-` for nothing.
fn millions(cents: i64) -> String {
    let millions = cents as f64 / 1e8;
    let decimals = if millions.abs() < 10.0 { 2 } else { 1 };
    if cents == 0 { "-".to_owned() } else { tidy_zero(format!("{millions:.decimals$}")).replace('+', "") }
}

/// A saving, ms, below 0 for a loss; `-` for nothing.
fn milliseconds(ms: f64) -> String {
    if ms == 0.0 { "-".to_owned() } else { tidy_zero(format!("{ms:.1}")).replace('+', "") }
}

/// `avoiding Iran costs 6.40 MUSD and 3.2 ms; the bound on borders costs nothing.`
fn conclusion(context: &Context<'_>, prices: &ConstraintPrices) -> String {
    let (binding, idle): (Vec<_>, Vec<_>) = prices.each.iter().partition(|price| price.is_binding());
    let cost = |price: &&ConstraintPrice| {
        format!(
            "{} {}",
            in_words(context, &price.constraint),
            costs(prices.objective, &price.dropped, "costs", "saves")
        )
    };
    let mut parts: Vec<String> = binding.iter().map(cost).collect();
    let all = &prices.without_any;
    if prices.each.len() > 1 && prices.each.iter().all(|price| price.dropped.objective < all.objective) {
        parts.push(format!("together they {}", costs(prices.objective, all, "cost", "save")));
    }
    let names: Vec<String> = idle.iter().map(|price| in_words(context, &price.constraint)).collect();
    let (cost, alone) = if names.len() == 1 { ("costs", " by itself") } else { ("cost", " by themselves") };
    let alone = if binding.is_empty() && !parts.is_empty() { alone } else { "" };
    if !names.is_empty() {
        parts.push(format!("{} {cost} nothing{alone}", listed(&names)));
    }
    parts.join("; ") + "."
}

/// The least sums of money and time that show in the table, which rounds to 0.01 MUSD and 0.1 ms.
const SHOWN_MUSD: f64 = 0.005;
const SHOWN_MS: f64 = 0.05;

/// An amount of money without its sign: in dollars where millions would not show it.
fn money_in_words(cents: i64) -> String {
    let usd = Usd::from_cents(cents.saturating_abs());
    if usd.millions() < SHOWN_MUSD { format!("{} USD", dollars(usd.dollars())) } else { format!("{} MUSD", musd(usd)) }
}

/// An amount of time without its sign, to as many digits as show it.
fn time_in_words(ms: f64) -> String {
    let ms = ms.abs();
    if ms < SHOWN_MS { format!("{ms:.6} ms") } else { format!("{ms:.1} ms") }
}

/// `costs 6.40 MUSD and 3.2 ms`, what the routes are best at first; `costs 2.10 MUSD but saves 0.4 ms`.
fn costs(objective: Objective, saving: &Saving, costs: &str, saves: &str) -> String {
    let money = (saving.cost_cents as f64 / 1e8 / SHOWN_MUSD, money_in_words(saving.cost_cents));
    let time = (saving.rtt_ms / SHOWN_MS, time_in_words(saving.rtt_ms));
    let (figure, _) = in_objective_unit(objective, saving.objective);
    let (first, mut others) = match objective {
        Objective::Cost => (money.1, vec![time]),
        Objective::Latency => (time.1, vec![money]),
        Objective::Length | Objective::Missing => (format!("{figure:.0} km"), vec![money, time]),
        Objective::Risk => (format!("{figure:.3} of risk"), vec![money, time]),
        Objective::Availability => (format!("{:.2} % of availability", 100.0 * figure), vec![money, time]),
        Objective::Weighted(_) => (format!("{figure:.3} of the score"), vec![money, time]),
    };
    // What goes with it is told where it shows in the table.
    others.retain(|(steps, _)| steps.abs() >= 1.0);
    let (paid, saved): (Vec<_>, Vec<_>) = others.into_iter().partition(|(steps, _)| *steps > 0.0);
    let texts = |amounts: Vec<(f64, String)>| amounts.into_iter().map(|(_, text)| text);
    let paid: Vec<String> = std::iter::once(first).chain(texts(paid)).collect();
    let paid = format!("{costs} {}", listed(&paid));
    let saved: Vec<String> = texts(saved).collect();
    if saved.is_empty() { paid } else { format!("{paid} but {saves} {}", listed(&saved)) }
}

/// What a constraint asks for, as the subject of a sentence.
fn in_words(context: &Context<'_>, constraint: &Constraint) -> String {
    match constraint {
        Constraint::Bound(bound) => format!("the bound on {}", bounded_in_words(context, bound.of)),
        Constraint::Corridor(pattern) => format!("following {pattern}"),
        Constraint::InOrder => "keeping the order".to_owned(),
        Constraint::Via(_, name) => format!("passing {}", context.name_typed(name)),
        Constraint::AvoidNode(id) => format!("avoiding {}", context.name_typed(id.as_str())),
        Constraint::AvoidCountry(country) => format!("avoiding {}", context.country_name(*country)),
        Constraint::AvoidSegment(id) => format!("avoiding {id}"),
        Constraint::AvoidSystem(system) => format!("avoiding {system}"),
        Constraint::Media(_) => "the choice of media".to_owned(),
        Constraint::Owners(_) => "the choice of owners".to_owned(),
        Constraint::MinCapacity(least) => format!("asking for {} Gbps", least.get()),
        Constraint::StrictCapacity => "asking for enough capacity".to_owned(),
        Constraint::MinConfidence(least) => format!("asking for what is {least}"),
        Constraint::Statuses(statuses) => {
            let words: Vec<String> = statuses.iter().map(|status| status.as_str().replace('_', " ")).collect();
            format!("counting on what is {}", words.join(" or "))
        }
    }
}

fn bounded_in_words(context: &Context<'_>, bounded: Bounded) -> String {
    match bounded {
        Bounded::Of(Criterion::Latency) => "the round trip".to_owned(),
        Bounded::Of(Criterion::Cost) => "cost".to_owned(),
        Bounded::Of(Criterion::Length) => "length".to_owned(),
        Bounded::Of(Criterion::Unavailability) => "availability".to_owned(),
        Bounded::Of(Criterion::Crossings) => "borders".to_owned(),
        Bounded::Of(Criterion::Countries) => "countries".to_owned(),
        Bounded::Of(Criterion::TransitCountries) => "transit countries".to_owned(),
        Bounded::Share(ShareOf::Country(country)) if country.is_sea() => "the share at sea".to_owned(),
        Bounded::Share(ShareOf::Country(country)) => format!("the share in {}", context.country_name(country)),
        Bounded::Share(ShareOf::EachTransitCountry) => "each transit country's share".to_owned(),
    }
}
