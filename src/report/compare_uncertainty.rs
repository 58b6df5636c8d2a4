//! How sure a comparison is: each scenario's figures over the same draws, which one is the cheapest, and what drives the
//! difference.

use super::cell::Cell;
use super::compare::asked;
use super::context::Context;
use super::document::{Document, Table};
use super::ledger::{listed, way};
use super::records::Records;
use super::uncertainty::{drawn, drawn_head, figures, millions, percent, signed_millions, swings};
use super::uncertainty_words::{draws_in_words, place_in_words};
use crate::analysis::{AgainstFirst, Outlook, Percentiles, PriceSampling};
use crate::scenario::{Comparison, Scenario};

/// Routes of one scenario that are told, each the cheapest in some draws.
const MOST_TAKEN: usize = 3;

/// What draws of the prices say of a comparison: by question and scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlooks {
    /// The draws.
    pub sampling: PriceSampling,
    /// The outlooks of all scenarios, by question; `None` for one that has no route.
    pub questions: Vec<Vec<Option<Outlook>>>,
}

/// The scenarios that have a route, with their names.
pub(super) type NamedOutlooks<'a> = Vec<(&'a str, &'a Outlook)>;

pub(super) fn named<'a>(comparison: &'a Comparison, outlooks: &'a [Option<Outlook>]) -> NamedOutlooks<'a> {
    let names = comparison.scenarios.iter().map(|compared| compared.name.as_str());
    names.zip(outlooks).filter_map(|(name, outlook)| Some((name, outlook.as_ref()?))).collect()
}

pub(super) fn say_outlooks(
    document: &mut Document,
    context: &Context<'_>,
    (scenarios, comparison): (&[&Scenario], &Comparison),
    outlooks: &Outlooks,
) {
    for (question, own) in comparison.questions.iter().zip(&outlooks.questions) {
        let asked = asked(context, question);
        let cases = named(comparison, own);
        let Some((first, _)) = cases.first() else { continue };
        document.heading(format!("How sure, {asked}: MUSD over the term when every price is drawn from its range"));
        document.table(costs(&cases));
        document.say("Draws", method(&cases, outlooks.sampling));
        if cases.len() > 1 {
            document.heading(format!("Against {first} in the same draws, MUSD: below zero, it is the cheaper"));
            document.table(gaps(&cases));
        }
        let with_network = scenarios.iter().zip(own).filter(|(_, outlook)| outlook.is_some());
        for ((name, outlook), (scenario, _)) in cases.iter().zip(with_network) {
            if *name != cases[0].0 && (&outlook.figures, &outlook.taken) == (&cases[0].1.figures, &cases[0].1.taken) {
                document.say("", vec![format!("{name}: the same routes and figures as {first} in every draw.")]);
                continue;
            }
            let own = Context { network: &scenario.network, ..context.clone() };
            document.heading(format!("Every figure of {name}, {asked}"));
            document.table(figures(&outlook.figures));
            document.say("Takes", taken(&own, outlook));
            let place = place_in_words(&format!("The base cost of {name}"), outlook.below_base);
            document.say("", place.into_iter().collect());
        }
        for (name, outlook) in &cases {
            let Some(against) = outlook.against_first.as_ref().filter(|own| !own.tornado.swings.is_empty()) else {
                continue;
            };
            document.heading(format!(
                "What drives {name} - {first}, {asked} (base {} MUSD): below zero, {name} is the cheaper",
                signed_millions(against.gap.base_usd)
            ));
            document.table(swings(&against.tornado.swings));
        }
        document.say("So", conclusion(&cases).into_iter().collect());
    }
}

pub(super) fn method(cases: &NamedOutlooks<'_>, sampling: PriceSampling) -> Vec<String> {
    let most = |read: fn(&Outlook) -> usize| cases.iter().map(|(_, outlook)| read(outlook)).max().unwrap_or(0);
    let mut lines = vec![
        draws_in_words(sampling, most(|own| own.n_prices), most(|own| own.n_families)),
        "A price of one name is at the same place of its range in every scenario.".to_owned(),
    ];
    let open = cases.iter().filter_map(|(_, outlook)| outlook.open).reduce(f64::max);
    lines.push(match open {
        None => "The routes are not chosen by cost, and are the same in every draw.".to_owned(),
        Some(0.0) => "Each draw was solved anew: every scenario takes its cheapest route of all.".to_owned(),
        Some(open) => format!(
            "Each draw was solved anew; in up to {} % of the draws that was too much work, and a cheaper route may exist.",
            percent(open)
        ),
    });
    lines
}

fn costs(cases: &NamedOutlooks<'_>) -> Table {
    let mut table = Table::new(&[
        "<scenario",
        "base",
        "P5",
        "P10",
        "P50",
        "P90",
        "P95",
        "cheapest %",
        "mean regret",
        "P90 regret",
        "most regret",
    ]);
    for (name, outlook) in cases {
        let mut cells = vec![(*name).to_owned()];
        if let Some(total) = outlook.figures.first() {
            cells.push(millions(total.base));
            cells.extend(total.percentiles.in_order().map(millions));
        }
        cells.push(percent(outlook.wins));
        cells.extend([outlook.mean_regret_usd, outlook.regret_p90_usd, outlook.most_regret_usd].map(millions));
        table.row(cells);
    }
    table
}

fn gaps(cases: &NamedOutlooks<'_>) -> Table {
    let mut table = Table::new(&["<scenario", "base", "P5", "P10", "P50", "P90", "P95", "cheaper %", "dearer %"]);
    for (name, gap) in cases.iter().filter_map(|(name, own)| Some((name, &own.against_first.as_ref()?.gap))) {
        let mut cells = vec![(*name).to_owned(), signed_millions(gap.base_usd)];
        cells.extend(gap.percentiles_usd.in_order().map(signed_millions));
        cells.extend([percent(gap.first_is_cheaper), percent(gap.second_is_cheaper)]);
        table.row(cells);
    }
    table
}

fn taken(context: &Context<'_>, outlook: &Outlook) -> Vec<String> {
    if let [only] = outlook.taken.as_slice() {
        return vec![format!("in every draw {}", way(context, &only.route))];
    }
    let ways: Vec<String> = outlook.taken.iter().map(|taken| way(context, &taken.route)).collect();
    let each = outlook.taken.iter().enumerate().take(MOST_TAKEN);
    let mut lines: Vec<String> =
        each.map(|(i, taken)| format!("in {} % {}{}", percent(taken.share), ways[i], by(i, &ways, outlook))).collect();
    let n = outlook.taken.len().saturating_sub(MOST_TAKEN);
    if n > 0 {
        let rest: f64 = outlook.taken.iter().skip(MOST_TAKEN).map(|taken| taken.share).sum();
        let others = if n == 1 { "another one".to_owned() } else { format!("one of {n} others") };
        lines.push(format!("in {} % {others}", percent(rest)));
    }
    lines
}

/// The segments that tell a route from others over the same places.
fn by(i: usize, ways: &[String], outlook: &Outlook) -> String {
    let alike: Vec<_> =
        (0..ways.len()).filter(|&j| j != i && ways[j] == ways[i]).map(|j| &outlook.taken[j].route).collect();
    let own = outlook.taken[i].route.segments();
    let own: Vec<&str> = own
        .filter(|id| alike.iter().any(|other| other.segments().all(|theirs| theirs != *id)))
        .map(|id| id.as_str())
        .collect();
    if own.is_empty() { String::new() } else { format!(", by {}", own.join(", ")) }
}

/// Which choice is the cheapest how often, and which is never far from it.
pub(super) fn conclusion(cases: &NamedOutlooks<'_>) -> Option<String> {
    let (first, _) = cases.first().filter(|_| cases.len() > 1)?;
    if cases.iter().all(|(_, outlook)| outlook.wins == 1.0) {
        return Some("no draw tells the scenarios apart: they cost the same in all of them.".to_owned());
    }
    let best_wins = cases.iter().map(|(_, own)| own.wins).fold(0.0, f64::max);
    let often: Vec<String> =
        cases.iter().filter(|(_, own)| own.wins == best_wins).map(|(name, _)| (*name).to_owned()).collect();
    let verb = if often.len() > 1 { "are" } else { "is" };
    let how =
        if best_wins == 1.0 { "in every draw".to_owned() } else { format!("in {} % of the draws", percent(best_wins)) };
    let mut said = format!("{} {verb} the cheapest {how}", listed(&often));
    let against: Vec<String> = cases
        .iter()
        .filter_map(|(name, own)| {
            let Percentiles { p10: low, p90: high, .. } = own.against_first.as_ref()?.gap.percentiles_usd;
            Some(format!("{name} - {first} lies between {} and {} MUSD", signed_millions(low), signed_millions(high)))
        })
        .collect();
    said += &format!("; in eight of ten draws {}.", listed(&against));
    let safest = cases.iter().min_by(|a, b| a.1.regret_p90_usd.total_cmp(&b.1.regret_p90_usd))?;
    said += &if safest.1.most_regret_usd == 0.0 {
        format!(" With {} nothing is ever lost.", safest.0)
    } else {
        format!(
            " Never far from the best is {}: in nine of ten draws it costs at most {} MUSD more than the cheapest, and never \
             more than {}.",
            safest.0,
            millions(safest.1.regret_p90_usd),
            millions(safest.1.most_regret_usd)
        )
    };
    Some(said)
}

/// One row a figure of a scenario.
pub(super) fn outlooks_records(comparison: &Comparison, outlooks: &Outlooks) -> Records {
    let mut records =
        Records::new(["question", "scenario", "figure"].map(str::to_owned).into_iter().chain(drawn_head()));
    for (question, cases) in outlooks.questions.iter().enumerate() {
        for (name, outlook) in named(comparison, cases) {
            let mut row = |figure: &str, values: &[f64]| {
                let first = [Cell::Count(question as u64), name.into(), figure.into()];
                records.row(first.into_iter().chain(values.iter().map(|value| Cell::Exact(*value))));
            };
            outlook
                .figures
                .iter()
                .for_each(|figure| row(figure.kind.as_str(), &drawn(figure.base, figure.percentiles)));
            row("share_cheapest", &[outlook.wins]);
            row("share_below_base", &[outlook.below_base]);
            row("mean_regret_usd", &[outlook.mean_regret_usd]);
            row("regret_p90_usd", &[outlook.regret_p90_usd]);
            row("most_regret_usd", &[outlook.most_regret_usd]);
            if let Some(AgainstFirst { gap, .. }) = &outlook.against_first {
                row("difference_usd", &drawn(gap.base_usd, gap.percentiles_usd));
                row("share_cheaper", &[gap.first_is_cheaper]);
                row("share_dearer", &[gap.second_is_cheaper]);
            }
        }
    }
    records
}
