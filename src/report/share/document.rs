//! The answer of `share` to be read: who bears what of a plan, by each rule, and who would do better alone.

use super::input::{ShareOutcome, ShareReport};
use super::words::{Words, conclusion, decimals, heading};
use crate::analysis::games::{Coalition, members};
use crate::analysis::{Rule, RuleShares, Share, ShareDemand, Standing};
use crate::metrics::cost::significant;
use crate::report::cell::musd_to;
use crate::report::context::Context;
use crate::report::document::{Document, Table, WIDTH};
use crate::report::ledger::{listed, shortened, whole_km};
use crate::report::option_name::OptionName;
use crate::request::End;
use crate::units::Usd;

/// With more countries than this the table shows only each group that matters; JSON and CSV have them all.
const MOST_IN_FULL: usize = 4;

/// From so many pairs of orders on, the standard error that they tell means something.
const ENOUGH_PAIRS: usize = 30;

pub(super) fn document(report: &ShareReport<'_>) -> Document {
    let words = report.words();
    let mut document = Document::default();
    let names: Vec<String> = (0..words.question.countries.len()).map(|player| words.country(player)).collect();
    document.title(format!("Sharing among {}", listed(&names)), words.context.in_words());
    match report.outcome {
        ShareOutcome::Unserved { demand, reason } => {
            let which = words.question.demands.get(demand).map(|own| words.demand(own)).unwrap_or_default();
            document.say("", vec![format!("There is no plan: demand {}, {which}, cannot be served.", demand + 1)]);
            document.say("Why", vec![reason.to_owned()]);
        }
        ShareOutcome::Shared(share) => say_share(&mut document, words, share),
    }
    document.say("Demands", report.assumed.map(str::to_owned).into_iter().collect());
    document
}

fn say_share(document: &mut Document, words: Words<'_, '_>, share: &Share) {
    let decimals = decimals(share);
    document.say("So", conclusion(words, share, decimals));
    document
        .heading("Who pays how much by which rule, in MUSD over the term; less than nothing is paid to the country");
    let table = rules(words, share, decimals);
    if table.width() <= WIDTH {
        document.table(table);
    } else {
        document.table(rules_by_country(words, share, decimals));
        document.heading("Does any group do better alone?");
        document.table(standings(words, share, decimals));
    }
    document.heading("What each group would pay on its own for what its members ask for");
    document.table(groups(words, share, decimals));
    document.heading("The plan: how each demand is served");
    document.table(routes(words, share, decimals));
    if !share.built.is_empty() {
        document.heading("Built once, and shared by the demands that go along it");
        document.table(built(words, share, decimals));
    }
    document
        .say("Rules", Rule::ALL.iter().map(|rule| format!("{}: {}", heading(*rule), rule_in_words(*rule))).collect());
    document.say("Computed", computed(words.context, share));
}

/// A country's share, with its standard error where it was estimated.
fn share_text(own: &RuleShares, player: usize, decimals: usize) -> String {
    let usd = own.shares.get(player).copied().unwrap_or_default();
    let error = own.standard_errors.as_ref().and_then(|errors| errors.get(player));
    musd_to(usd, decimals) + &error.map_or_else(String::new, |error| format!(" ±{:.decimals$}", error / 1e6))
}

/// Who does better alone, and by how many millions.
fn standing_texts(words: Words<'_, '_>, own: &RuleShares, decimals: usize) -> [String; 2] {
    match own.standing {
        Standing::InCore => ["no".to_owned(), String::new()],
        Standing::Blocked(blocking) => {
            let gain = Usd::from_cents(blocking.gain as i64).millions();
            [words.short_codes(blocking.coalition), format!("{gain:.*}", decimals.max(2))]
        }
        Standing::NotBlocked => ["none that was looked at".to_owned(), String::new()],
        Standing::Unknown => ["not known".to_owned(), String::new()],
    }
}

fn rules(words: Words<'_, '_>, share: &Share, decimals: usize) -> Table {
    let codes: Vec<String> = (0..share.question.countries.len()).map(|player| words.code(player)).collect();
    let mut headings = vec!["<rule"];
    headings.extend(codes.iter().map(String::as_str));
    headings.extend(["<does any group do better alone?", "by MUSD"]);
    let mut table = Table::new(&headings);
    for own in &share.rules {
        let shares = (0..codes.len()).map(|player| share_text(own, player, decimals));
        let mut row: Vec<String> = [heading(own.rule).to_owned()].into_iter().chain(shares).collect();
        row.extend(standing_texts(words, own, decimals));
        table.row(row);
    }
    table.without_empty_columns()
}

/// The same with a row a country, for so many that a row a rule would be too wide.
fn rules_by_country(words: Words<'_, '_>, share: &Share, decimals: usize) -> Table {
    let headings: Vec<&str> = ["<country"].into_iter().chain(share.rules.iter().map(|own| heading(own.rule))).collect();
    let mut table = Table::new(&headings);
    for player in 0..share.question.countries.len() {
        let shares = share.rules.iter().map(|own| share_text(own, player, decimals));
        table.row([words.code(player)].into_iter().chain(shares));
    }
    table
}

fn standings(words: Words<'_, '_>, share: &Share, decimals: usize) -> Table {
    let mut table = Table::new(&["<rule", "<who", "by MUSD"]);
    for own in &share.rules {
        let [who, gain] = standing_texts(words, own, decimals);
        table.row(vec![heading(own.rule).to_owned(), who, gain]);
    }
    table.without_empty_columns()
}

fn groups(words: Words<'_, '_>, share: &Share, decimals: usize) -> Table {
    let mut table = Table::new(&["<group", "MUSD", "each alone", "saves", "may be less by"]);
    let Some(alone) = share.alone() else { return table };
    let everybody = words.everybody();
    let blocking = |coalition: Coalition| {
        share.rules.iter().any(|own| matches!(own.standing, Standing::Blocked(found) if found.coalition == coalition))
    };
    for own in &share.coalitions {
        let matters = own.coalition.count_ones() == 1 || own.coalition == everybody || blocking(own.coalition);
        if share.question.countries.len() > MOST_IN_FULL && !matters {
            continue;
        }
        let apart: Usd = members(own.coalition).filter_map(|player| alone.get(player)).copied().sum();
        let together = own.coalition.count_ones() > 1;
        table.row(vec![
            words.short_codes(own.coalition),
            musd_to(own.cost, decimals),
            if together { musd_to(apart, decimals) } else { String::new() },
            if together { musd_to(apart - own.cost, decimals.max(2)) } else { String::new() },
            if own.gap > Usd::ZERO { musd_to(own.gap, decimals.max(2)) } else { String::new() },
        ]);
    }
    table.without_empty_columns()
}

fn routes(words: Words<'_, '_>, share: &Share, decimals: usize) -> Table {
    let mut table = Table::new(&["#", "<demand", "<asked by", "Gbps", "<route", "km", "RTT ms", "MUSD"]);
    for (i, (demand, served)) in share.question.demands.iter().zip(&share.served).enumerate() {
        let star = if served.builds.is_empty() { "" } else { " *" };
        table.row(vec![
            (i + 1).to_string(),
            shortened(&words.demand(demand), 32),
            words.code(demand.asked_by),
            significant(demand.gbps.get()),
            shortened(&served.route.countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(">"), 30) + star,
            whole_km(served.route.length),
            format!("{:.1}", served.route.rtt_ms()),
            musd_to(served.cost, decimals),
        ]);
    }
    table
}

fn built(words: Words<'_, '_>, share: &Share, decimals: usize) -> Table {
    let mut table = Table::new(&["<segment", "<from", "<to", "km", "MUSD", "<used by demands"]);
    for own in &share.built {
        let segment = words.context.network.find_segment(&own.segment);
        let end = |id| shortened(words.context.place_name(id), 20);
        table.row(vec![
            own.segment.to_string(),
            segment.map_or_else(String::new, |segment| end(&segment.row.from)),
            segment.map_or_else(String::new, |segment| end(&segment.row.to)),
            segment.map_or_else(String::new, |segment| whole_km(segment.length)),
            musd_to(own.cost, decimals),
            own.used_by.iter().map(|i| (i + 1).to_string()).collect::<Vec<_>>().join(", "),
        ]);
    }
    table
}

/// How the figures come about, and what they rest on.
fn computed(context: &Context<'_>, share: &Share) -> Vec<String> {
    let mut lines = vec![
        "A group pays no transit fee on its own ground, and may build only there and outside the corridor; cables that \
         exist are rented, and whoever is passed through is paid its fee."
            .to_owned(),
    ];
    if share.served.iter().any(|served| !served.builds.is_empty()) {
        lines.push("* goes along what is built; the MUSD beside it do not count that.".to_owned());
    }
    match (share.n_to_build, share.built.len()) {
        (0, _) => {}
        (1, 0) => lines.push("One segment could be built; it is not worth it for these demands.".to_owned()),
        (n, 0) => lines.push(format!("{n} segments could be built; none is worth it for these demands.")),
        (n, built) => {
            lines.push(format!("Of {n} segments that could be built, {built} are worth it for these demands."))
        }
    }
    if share.gap > Usd::ZERO || share.coalitions.iter().any(|own| own.gap > Usd::ZERO) {
        lines.push(
            "The search was stopped for too much work: some costs may be less, by what stands beside them.".to_owned(),
        );
    }
    let is_country = |own: &ShareDemand| [&own.from, &own.to].iter().any(|end| matches!(end, End::Country(_)));
    if share.question.demands.iter().any(is_country) {
        lines.push(
            "Where a country is an end, each demand begins or ends in that of its gateway cities that is cheapest for it \
             (the JSON names them); ways between these cities inside the country are in no figure."
                .to_owned(),
        );
    }
    if let Some(sampling) = share.question.sampling {
        lines.push(format!(
            "The Shapley value is the mean of {} pairs of orders of joining, drawn with seed {}; ± is one standard error.",
            sampling.pairs, sampling.seed
        ));
        if sampling.pairs < ENOUGH_PAIRS {
            lines.push(format!("With fewer than {ENOUGH_PAIRS} pairs the standard error itself is a rough guess."));
        }
    }
    let assumed = |leaves: &[crate::metrics::Leaf]| {
        leaves.iter().filter(|leaf| leaf.assumed).map(crate::metrics::Leaf::base).sum::<Usd>()
    };
    let sum: Usd = share.served.iter().map(|own| assumed(&own.leaves)).sum::<Usd>()
        + share.built.iter().map(|own| assumed(&own.leaves)).sum();
    let percent = 100.0 * sum.dollars() / share.total.dollars().max(0.01);
    lines.push(format!(
        "{percent:.0} % of the cost rests on prices or segments without a source; {} shows which.",
        context.name_of(OptionName::ExplainAnyRoute)
    ));
    lines
}

/// What a rule does.
const fn rule_in_words(rule: Rule) -> &'static str {
    match rule {
        Rule::Territory => "each cost to the country it falls due in, what lies outside to who asked",
        Rule::Equal => "the same for each",
        Rule::Length => "by km of the plan's fiber in the country (the idea of ITU-T D.1040)",
        Rule::Traffic => "by the Gbps that the country asks for",
        Rule::Benefit => "by what the country would pay alone",
        Rule::Shapley => "by what the country adds to the cost, averaged over all orders of joining",
        Rule::Nucleolus => "so that the worst-off group is as well off as can be, then the next",
    }
}
