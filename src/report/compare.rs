//! The answer of `compare`: scenarios side by side.

use super::answer::{CompareAnswer, RouteJson};
use super::cell::Cell;
use super::compare_uncertainty::{Outlooks, outlooks_records, say_outlooks};
use super::context::Context;
use super::document::{Document, Table};
use super::features::{FeatureCollection, feature_collection, fields};
use super::ledger::{musd, shortened, up_percent, way, whole_km};
use super::option_name::OptionName;
use super::question_words::terms_in_words;
use super::records::Records;
use super::rendering::Report;
use crate::network::CountryCode;
use crate::request::Objective;
use crate::scenario::{Compared, Comparison, Figure, InputChange, Question, Scenario};
use crate::units::separated;

/// Groups of input changes of one scenario that are listed; the rest is counted.
const MOST_INPUTS: usize = 12;

/// Ids of one such group that are named.
const MOST_IDS: usize = 4;

/// Scenarios side by side, and over draws of the prices if there are any, which as CSV are all of it.
#[derive(Debug, Clone, Copy)]
pub struct CompareReport<'a> {
    /// What the answer of the first scenario rests on.
    pub context: &'a Context<'a>,
    /// The scenarios of the comparison.
    pub scenarios: &'a [&'a Scenario],
    /// The comparison.
    pub comparison: &'a Comparison,
    /// Its draws.
    pub outlooks: Option<&'a Outlooks>,
    /// The name of a map that was drawn.
    pub map_note: Option<&'a str>,
}

impl Report for CompareReport<'_> {
    type Answer = CompareAnswer;

    fn answer(&self) -> CompareAnswer {
        CompareAnswer::of(self.context, (self.scenarios, self.comparison), self.outlooks)
    }

    fn document(&self) -> Document {
        let Self { context, scenarios, comparison, outlooks, map_note } = *self;
        let mut document = document(context, scenarios, comparison, map_note);
        if let Some(outlooks) = outlooks {
            say_outlooks(&mut document, context, (scenarios, comparison), outlooks);
        }
        document
    }

    fn records(&self) -> Records {
        let comparison = self.comparison;
        self.outlooks.map_or_else(|| difference_records(comparison), |outlooks| outlooks_records(comparison, outlooks))
    }

    fn features(&self) -> FeatureCollection {
        let mut all = FeatureCollection::default();
        for (scenario, compared) in self.scenarios.iter().zip(&self.comparison.scenarios) {
            let context = Context { network: &scenario.network, ..self.context.clone() };
            let routes = (1..).zip(compared.routes()).map(|(rank, route)| {
                let mut fields = fields(&RouteJson::whole(&context, route, rank));
                fields.insert("scenario".to_owned(), compared.name.clone().into());
                (fields, route)
            });
            let part = feature_collection(&context, routes.collect());
            all.features.extend(part.features);
            all.query = part.query;
        }
        all
    }
}

/// The figures that are not those of the first scenario.
fn difference_records(comparison: &Comparison) -> Records {
    let head = ["scenario", "question", "rank", "country", "figure", "unit", "base", "other", "absolute", "percent"];
    let mut records = Records::new(head);
    for compared in &comparison.scenarios {
        for figure in compared.figures.iter().filter(|figure| figure.differs()) {
            records.row([
                compared.name.as_str().into(),
                Cell::Count(figure.question as u64),
                Cell::Count(figure.rank as u64),
                figure.country.map_or(Cell::Empty, |country| country.as_str().into()),
                figure.name.into(),
                figure.unit.into(),
                Cell::exact(figure.base),
                Cell::exact(figure.other),
                Cell::exact(figure.absolute()),
                Cell::exact(figure.percent()),
            ]);
        }
    }
    records
}

fn document(
    context: &Context<'_>,
    scenarios: &[&Scenario],
    comparison: &Comparison,
    map_note: Option<&str>,
) -> Document {
    let mut document = Document::default();
    let names: Vec<&str> = comparison.scenarios.iter().map(|compared| compared.name.as_str()).collect();
    document.title(names.join(" | "), context.in_words());
    for (i, question) in comparison.questions.iter().enumerate() {
        document.heading(asked(context, question));
        document.table(overview(comparison, i));
    }
    for (i, (scenario, compared)) in scenarios.iter().zip(&comparison.scenarios).enumerate() {
        let own = Context { network: &scenario.network, ..context.clone() };
        document.heading(match &scenario.about {
            Some(about) => format!("{}: {about}", compared.name),
            None => compared.name.clone(),
        });
        for (j, (question, answer)) in comparison.questions.iter().zip(&compared.answers).enumerate() {
            let same = i > 0 && answer.routes.first() == comparison.scenarios[0].answers[j].routes.first();
            let said = match (answer.routes.first(), &answer.obstacle) {
                (Some(_), _) if same => continue,
                (Some(best), _) => way(&own, best),
                (None, Some(obstacle)) => {
                    format!("there is no route {}.", terms_in_words(own.network, &obstacle.terms))
                }
                (None, None) => continue,
            };
            document.say(&asked(context, question), vec![said]);
        }
        document.say("Goes in otherwise", inputs(context, &compared.inputs));
        let mut any = false;
        for (j, question) in comparison.questions.iter().enumerate() {
            let differing = differences(compared.figures.iter().filter(|figure| figure.question == j));
            if !differing.is_empty() {
                any = true;
                document.heading(format!("{} in {} against {}", asked(context, question), compared.name, names[0]));
                document.table(differing);
            }
        }
        if i > 0 && !any {
            document.say("Comes out otherwise", vec!["nothing".to_owned()]);
        }
    }
    if let Some(map) = map_note {
        document.say("Map", vec![map.to_owned()]);
    }
    document
}

/// What the best route by an objective is called.
pub(super) fn superlative(objective: Objective) -> &'static str {
    match objective {
        Objective::Cost => "Cheapest",
        Objective::Latency => "Fastest",
        Objective::Length => "Shortest",
        Objective::Risk => "Safest",
        Objective::Availability => "Most available",
        Objective::Weighted(_) => "Best by shares",
        Objective::Missing => "Nearest to hand",
    }
}

pub(super) fn asked(context: &Context<'_>, question: &Question) -> String {
    let (from, to) = (context.name_typed(&question.from), context.name_typed(&question.to));
    format!("{from} > {to}, {}", superlative(question.objective).to_lowercase())
}

/// The best route of each scenario, against the first's.
fn overview(comparison: &Comparison, question: usize) -> Table {
    let mut table =
        Table::new(&["<scenario", "<countries", "km", "RTT ms", "MUSD", "USD/Mbps/mo", "up %", "ms +/-", "MUSD +/-"]);
    let best =
        |compared: &'_ Compared| compared.answers.get(question).and_then(|answer| answer.routes.first()).cloned();
    let base = comparison.scenarios.first().and_then(best);
    for (i, compared) in comparison.scenarios.iter().enumerate() {
        let Some(route) = best(compared) else {
            let mut cells = vec![compared.name.clone(), "no route".to_owned()];
            cells.resize(9, String::new());
            table.row(cells);
            continue;
        };
        let codes: Vec<&str> = route.countries.iter().map(|code| code.as_str()).collect();
        let against = base.as_ref().filter(|_| i > 0).map(|base| {
            let usd = route.bill.total().millions() - base.bill.total().millions();
            (signed(route.rtt_ms() - base.rtt_ms(), 1), separated(&signed(usd, 1)))
        });
        let (ms, usd) = against.unwrap_or_default();
        table.row(vec![
            compared.name.clone(),
            shortened(&codes.join(" "), 36),
            whole_km(route.length),
            format!("{:.1}", route.rtt_ms()),
            musd(route.bill.total()),
            format!("{:.2}", route.usd_per_mbps_month),
            up_percent(route.availability),
            ms,
            usd,
        ]);
    }
    table
}

/// The input changes, those of one kind with the same values together.
fn inputs(context: &Context<'_>, changes: &[InputChange]) -> Vec<String> {
    let mut groups: Vec<(&InputChange, Vec<&str>)> = Vec::new();
    for change in changes {
        let alike = |(first, _): &&mut (&InputChange, Vec<&str>)| {
            (first.kind, &first.field, &first.old, &first.new) == (change.kind, &change.field, &change.old, &change.new)
        };
        match groups.iter_mut().find(alike) {
            Some((_, ids)) => ids.push(&change.id),
            None => groups.push((change, vec![&change.id])),
        }
    }
    let mut lines: Vec<String> = groups.iter().take(MOST_INPUTS).map(|(first, ids)| input_line(first, ids)).collect();
    if groups.len() > MOST_INPUTS {
        lines.push(format!(
            "and {} more ({} lists all)",
            groups.len() - MOST_INPUTS,
            context.name_of(OptionName::Json)
        ));
    }
    lines
}

fn input_line(change: &InputChange, ids: &[&str]) -> String {
    let value = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
    let what = match (change.field.as_str(), change.old.is_empty(), change.new.is_empty()) {
        ("", true, false) if change.new == "there" => "added".to_owned(),
        ("", false, true) if change.old == "there" => "removed".to_owned(),
        ("", ..) => format!("{} -> {}", value(&change.old), value(&change.new)),
        (field, ..) => format!("{field} {} -> {}", value(&change.old), value(&change.new)),
    };
    let shown: Vec<&str> = ids.iter().take(MOST_IDS).copied().collect();
    let more = if ids.len() > MOST_IDS { format!(" and {} more", ids.len() - MOST_IDS) } else { String::new() };
    format!("{} {}{more}: {what}", change.kind, shown.join(", "))
}

/// Rank, country, and the figures for length, latency and cost.
type DifferenceRow<'a> = (usize, Option<CountryCode>, [Option<&'a Figure>; 3]);

/// The figures of one question that differ, a row for the route and one for each country.
fn differences<'a>(figures: impl Iterator<Item = &'a Figure>) -> Table {
    let mut table = Table::new(&["<", "km", "here", "+/-", "ms", "here", "+/-", "MUSD", "here", "+/-", "%"]);
    let mut rows: Vec<DifferenceRow<'_>> = Vec::new();
    for figure in figures {
        let column = match (figure.name, figure.country) {
            ("length", _) => 0,
            ("rtt", None) | ("latency", Some(_)) => 1,
            ("cost", _) => 2,
            _ => continue,
        };
        let key = (figure.rank, figure.country);
        match rows.iter_mut().find(|row| (row.0, row.1) == key) {
            Some(row) => row.2[column] = Some(figure),
            None => {
                let mut cells = [None; 3];
                cells[column] = Some(figure);
                rows.push((key.0, key.1, cells));
            }
        }
    }
    let differs = |figure: &Option<&Figure>| figure.is_some_and(|figure| figure.absolute() != Some(0.0));
    for (rank, country, cells) in rows.iter().filter(|row| row.2.iter().any(differs)) {
        let rank = if *rank > 1 { format!(" #{rank}") } else { String::new() };
        let mut row = vec![country.map_or_else(|| "route, RTT".to_owned(), |code| code.to_string()) + &rank];
        for (figure, (scale, decimals)) in cells.iter().zip([(1.0, 0), (1.0, 2), (1e6, 2)]) {
            let number = |value: Option<f64>, plus: bool| match value {
                Some(value) if plus => separated(&signed(value / scale, decimals)),
                Some(value) => separated(&format!("{:.decimals$}", value / scale)),
                None => "none".to_owned(),
            };
            row.push(number(figure.and_then(|figure| figure.base), false));
            row.push(number(figure.and_then(|figure| figure.other), false));
            row.push(number(figure.and_then(Figure::absolute), true));
        }
        row.push(cells[2].and_then(Figure::percent).map_or_else(String::new, |percent| signed(percent, 1)));
        table.row(row);
    }
    table
}

/// A difference with its sign; what rounds to nothing is `+0.0`, of whichever sign it is.
fn signed(value: f64, decimals: usize) -> String {
    let is_nothing = value.abs() < 0.5 * 0.1_f64.powi(decimals as i32);
    format!("{:+.decimals$}", if is_nothing { 0.0 } else { value })
}

#[cfg(test)]
mod tests {
    use super::signed;

    #[test]
    fn a_difference_of_nothing_has_no_minus() {
        assert_eq!([-0.04, 0.04, -0.06, 1.25].map(|value| signed(value, 1)), ["+0.0", "+0.0", "-0.1", "+1.2"]);
    }
}
