//! What answers have in common: the way in words, the ledger, the hops, differences, and what was assumed.

use super::answer::{assumed_cost, assumed_km};
use super::assumption_words::assumptions_in_words;
pub(crate) use super::cell::{musd_to, tidy_zero, up_percent, whole_km};
use super::context::Context;
use super::document::{Document, Table, WIDTH};
use super::option_name::OptionName;
use crate::metrics::cost::significant;
use crate::metrics::{Bill, Route, Term};
use crate::network::{CountryCode, NodeKind};
use crate::units::{Length, Usd, separated};

/// The places of a route by name, ` | ` at each border, landings that it only touches in brackets. Junctions have no
/// name worth telling and are left out.
///
/// `Mary - Serhetabat | Torghundi - Herat`
pub(crate) fn way(context: &Context<'_>, route: &Route) -> String {
    let network = context.network;
    let Some(first) = route.nodes.first() else { return String::new() };
    let mut last_name = context.place_name(first).to_owned();
    let mut text = last_name.clone();
    let mut at_sea_from = network.find_node(first).map(|node| node.country);
    let mut border = false;
    for (i, hop) in route.hops.iter().enumerate() {
        let Some(node) = network.find_node(&hop.to) else { continue };
        let by_sea = is_sea(&hop.pieces);
        let goes_on_by_sea = route.hops.get(i + 1).is_some_and(|next| is_sea(&next.pieces));
        let touched = by_sea && goes_on_by_sea;
        for country in foreign_between(&hop.pieces) {
            text += &format!(" | ({})", context.country_name(country));
            border = true;
        }
        if !by_sea {
            border |= hop.pieces.len() > 1;
            at_sea_from = Some(node.country);
        } else if !touched {
            border |= at_sea_from != Some(node.country);
            at_sea_from = Some(node.country);
        }
        let name = node.short_name();
        let is_end = i + 1 == route.hops.len();
        // A town and its landing station or exchange often share a name: one mention is enough.
        let told = !border && name == last_name;
        if told || (node.kind == NodeKind::Junction && !is_end) {
            continue;
        }
        text += if border { " | " } else { " - " };
        text += &if touched { format!("({name})") } else { name.to_owned() };
        name.clone_into(&mut last_name);
        border = false;
    }
    text
}

fn is_sea(pieces: &[(CountryCode, Length)]) -> bool {
    pieces.iter().all(|(country, _)| country.is_sea())
}

/// The countries that a hop passes through between its ends' own.
fn foreign_between(pieces: &[(CountryCode, Length)]) -> impl Iterator<Item = CountryCode> + '_ {
    pieces.iter().skip(1).take(pieces.len().saturating_sub(2)).map(|piece| piece.0)
}

/// Millions of dollars to two decimals below ten, else one; `-` for nothing.
pub(crate) fn musd(sum: Usd) -> String {
    musd_to(sum, if sum.millions().abs() < 9.995 { 2 } else { 1 })
}

/// How many decimals a column of millions gets so that its largest sum shows about three digits.
pub(crate) fn decimals<'a>(routes: impl Iterator<Item = &'a Route>) -> usize {
    let most = routes.map(|route| route.bill.total().millions().abs()).fold(0.0, f64::max);
    if most < 10.0 { 2 } else { 1 }
}

/// RTT and cost of a route against another's: `+1.8 ms`, `+2.7 MUSD`.
pub(crate) fn against(route: &Route, base: &Route) -> [String; 2] {
    let ms = tidy_zero(format!("{:+.1}", route.rtt_ms() - base.rtt_ms()));
    let usd = (route.bill.total() - base.bill.total()).millions();
    let decimals = if usd.abs() < 1.0 { 2 } else { 1 };
    let usd = separated(&tidy_zero(format!("{usd:+.decimals$}")));
    [format!("{ms} ms"), format!("{usd} MUSD")]
}

/// The cells that every ranking ends with: km, RTT, cost, availability, and the differences against another route.
pub(crate) fn figure_cells(route: &Route, base: Option<&Route>, decimals: usize) -> [String; 6] {
    let [ms, usd] = base.map_or_else(Default::default, |base| against(route, base));
    [
        whole_km(route.length),
        format!("{:.1}", route.rtt_ms()),
        musd_to(route.bill.total(), decimals),
        up_percent(route.availability),
        ms,
        usd,
    ]
}

/// The ledger: what each country carries and is paid.
pub(crate) fn ledger(route: &Route) -> Table {
    let mut headings = vec!["<", "km", "share", "ms"];
    headings.extend(Term::ALL.iter().map(|term| term.heading()));
    headings.push("MUSD");
    let mut table = Table::new(&headings);
    // One decimal more than in a ranking: the small terms are to be seen.
    let decimals = decimals([route].into_iter()) + 1;
    let mut add = |name: String, length: Length, ms: f64, bill: &Bill| {
        let share = 100.0 * length.metres() as f64 / (route.length.metres() as f64).max(1.0);
        let mut row = vec![name, whole_km(length), format!("{share:.0} %"), format!("{ms:.1}")];
        row.extend(Term::ALL.iter().map(|&term| musd_to(bill.term(term), decimals)));
        row.push(musd_to(bill.total(), decimals));
        table.row(row);
    };
    for share in &route.shares {
        let name = if share.country.is_sea() { "sea".to_owned() } else { share.country.to_string() };
        add(name, share.length, share.latency.ms(), &share.bill);
    }
    add("total".to_owned(), route.length, route.latency().ms(), &route.bill);
    table.without_empty_columns()
}

/// How long a system's and a place's name may be among the segments, from the longest on.
const HOP_NAMES: [(usize, usize); 5] = [(24, 20), (20, 18), (16, 16), (13, 14), (10, 12)];

/// The segments in travel order; names are cut as far as the width asks, ids are not.
pub(crate) fn hops(context: &Context<'_>, route: &Route) -> Table {
    let mut tables = HOP_NAMES.into_iter().map(|most| hops_with(context, route, most));
    tables.find(|table| table.width() <= WIDTH).unwrap_or_else(|| hops_with(context, route, HOP_NAMES[4]))
}

fn hops_with(context: &Context<'_>, route: &Route, (system_most, place_most): (usize, usize)) -> Table {
    let mut table = Table::new(&["#", "<segment", "<system", "<from", "<to", "km", "ms", "MUSD"]);
    let decimals = decimals([route].into_iter()) + 1;
    for (i, hop) in route.hops.iter().enumerate() {
        let system = context.network.find_segment(&hop.segment).and_then(|s| s.row.system.as_deref()).unwrap_or("");
        table.row(vec![
            (i + 1).to_string(),
            hop.segment.to_string(),
            shortened(system, system_most),
            shortened(context.place_name(&hop.from), place_most),
            shortened(context.place_name(&hop.to), place_most),
            whole_km(hop.length),
            format!("{:.2}", hop.latency.ms()),
            musd_to(hop.cost(), decimals),
        ]);
    }
    table.without_empty_columns()
}

/// The text with a capital at its head.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// `a, b and c`
pub(crate) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// A name cut to `most` characters.
pub(crate) fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let cut: String = name.chars().take(most.saturating_sub(2)).collect();
    format!("{}..", cut.trim_end())
}

/// The cost range of a route, MUSD: `24.1-40.2`.
pub(crate) fn range(route: &Route, decimals: usize) -> String {
    format!("{}-{}", musd_to(route.bill.low, decimals), musd_to(route.bill.high, decimals))
}

/// What was assumed, and where to ask for more.
pub(crate) fn say_assumed(document: &mut Document, context: &Context<'_>, route: &Route, map_note: Option<&str>) {
    let mut first = format!(
        "{:.0} % of the km, {:.0} % of the cost. {} shows each figure's origin.",
        assumed_km(route) * 100.0,
        assumed_cost(route) * 100.0,
        context.name_of(OptionName::Explain)
    );
    if let Some(note) = map_note {
        first += &format!("   {note}");
    }
    let mut lines = vec![first];
    let permits = permits_in_words(context, route);
    lines.extend(assumptions_in_words(route).into_iter().chain(permits).map(|told| format!("- {told}")));
    document.say("Assumed", lines);
}

/// How long the permits to build take and when service can begin; nothing where nothing is built.
pub(crate) fn permits_in_words(context: &Context<'_>, route: &Route) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let permits = route.permits.as_ref()?;
    let [low, base, high] = permits.months.map(significant);
    let (year, month) = permits.service(context.year);
    let month = MONTHS.get(usize::from(month.saturating_sub(1)))?;
    let assumed = if permits.is_assumed { ", assumed" } else { "" };
    Some(format!(
        "the permits to build take {base} months ({low} to {high}{assumed}), by {} in {}: asked for at the start of {}, they \
         let service begin in {month} {year} at the earliest",
        permits.entry,
        context.country_name(permits.country),
        context.year
    ))
}
