//! The words of `share`: names of countries and groups, and the conclusion.

use crate::analysis::games::{Coalition, members};
use crate::analysis::{Rule, RuleShares, Share, ShareDemand, ShareQuestion, Standing};
use crate::report::cell::musd_to;
use crate::report::context::Context;
use crate::report::ledger::listed;
use crate::units::Usd;

/// Groups of more countries than this are told in a table by who is not in them.
const MOST_NAMED: u32 = 12;

/// How things are called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'w, 'a> {
    pub(crate) context: &'w Context<'a>,
    pub(crate) question: &'w ShareQuestion,
}

impl Words<'_, '_> {
    pub(crate) fn country(&self, player: usize) -> String {
        self.question.countries.get(player).map_or_else(String::new, |&code| self.context.country_name(code))
    }

    pub(crate) fn code(&self, player: usize) -> String {
        self.question.countries.get(player).map_or_else(String::new, ToString::to_string)
    }

    pub(crate) fn codes(&self, coalition: Coalition) -> String {
        members(coalition).map(|player| self.code(player)).collect::<Vec<_>>().join("+")
    }

    /// The same for a table: a group of many by who is not in it, and one that is long either way by how many it has.
    pub(crate) fn short_codes(&self, coalition: Coalition) -> String {
        let others = self.everybody() & !coalition;
        let (n, n_others) = (coalition.count_ones(), others.count_ones());
        match (n > MOST_NAMED, n_others) {
            (false, _) => self.codes(coalition),
            (true, 0) => format!("all {n}"),
            (true, 1..=MOST_NAMED) => format!("all but {}", self.codes(others)),
            (true, _) => {
                let first: Vec<String> = members(coalition).take(3).map(|player| self.code(player)).collect();
                format!("{}+{} others", first.join("+"), n - 3)
            }
        }
    }

    pub(crate) fn names(&self, coalition: Coalition) -> String {
        listed(&members(coalition).map(|player| self.country(player)).collect::<Vec<_>>())
    }

    pub(crate) fn everybody(&self) -> Coalition {
        self.question.countries.iter().zip(0..).fold(0, |all, (_, player)| all | 1 << player)
    }

    pub(crate) fn demand(&self, demand: &ShareDemand) -> String {
        format!("{} to {}", self.context.end_name(&demand.from), self.context.end_name(&demand.to))
    }
}

/// How many decimals of a million tell the sums apart.
pub(crate) fn decimals(share: &Share) -> usize {
    if share.total.millions() < 10.0 { 2 } else { 1 }
}

/// The answer in a few sentences.
pub(crate) fn conclusion(words: Words<'_, '_>, share: &Share, decimals: usize) -> Vec<String> {
    let n = share.question.demands.len();
    let demands = if n == 1 { "this demand".to_owned() } else { format!("these {n} demands") };
    let total = format!(
        "together {} pay {} MUSD for {demands}",
        words.names(words.everybody()),
        musd_to(share.total, decimals)
    );
    let mut lines = Vec::new();
    match (share.saving(), share.stuck) {
        (Some(saving), _) => {
            let percent = 100.0 * saving.dollars() / (saving + share.total).dollars().max(0.01);
            let saved = if saving > Usd::ZERO {
                format!("{} MUSD ({percent:.0} %) less than if each went alone", musd_to(saving, decimals.max(2)))
            } else {
                "as much as if each went alone".to_owned()
            };
            lines.push(format!("{total}, {saved}."));
            lines.extend(forgone_in_words(words, share, saving, decimals.max(2)));
        }
        (None, Some(stuck)) => {
            let demand = share.question.demands.get(stuck.demand).map(|own| words.demand(own)).unwrap_or_default();
            let plural = if stuck.coalition.count_ones() == 1 { "has" } else { "have" };
            lines.push(format!("{total}."));
            lines.push(format!(
                "{} on {} own {plural} no route for {demand}, so that nobody can say what working together saves: the rules \
                 that ask for it are left out.",
                words.names(stuck.coalition),
                if stuck.coalition.count_ones() == 1 { "its" } else { "their" },
            ));
        }
        (None, None) => lines.push(format!("{total}.")),
    }
    lines.extend(standing_in_words(share));
    if let Some(shapley) = share.by(Rule::Shapley) {
        lines.push(format!("By the Shapley value {}.", listed(&payments(words, shapley, decimals))));
    }
    lines
}

/// How much of the saving is no more than fees that the countries do not take of each other.
fn forgone_in_words(words: Words<'_, '_>, share: &Share, saving: Usd, decimals: usize) -> Option<String> {
    let fees: Usd = share.forgone.iter().copied().sum();
    if fees <= Usd::ZERO {
        return None;
    }
    let takers = share.forgone.iter().enumerate().filter(|(_, fee)| **fee > Usd::ZERO);
    let each: Vec<String> =
        takers.map(|(player, fee)| format!("{} {}", words.country(player), musd_to(*fee, decimals))).collect();
    let part = if fees >= saving {
        "All of that is".to_owned()
    } else {
        format!("Of that, {} MUSD are", musd_to(fees, decimals))
    };
    Some(format!(
        "{part} transit fees that they would take of each other going alone: what one saves so, another forgoes, in \
         MUSD: {}. What a group pays is compared below, not what it would earn.",
        listed(&each)
    ))
}

/// Which rules no group would leave.
fn standing_in_words(share: &Share) -> Option<String> {
    let kept = |own: &&RuleShares| matches!(own.standing, Standing::InCore | Standing::NotBlocked);
    let held: Vec<String> = share.rules.iter().filter(kept).map(|own| heading(own.rule).to_owned()).collect();
    match (share.core_is_empty, held.is_empty()) {
        (Some(true), _) => Some(
            "There is no split that every group would keep to: whatever the rule, some do better alone.".to_owned(),
        ),
        (Some(false), true) => Some("Under each of these rules some group would do better alone.".to_owned()),
        (Some(false), false) => Some(format!("No group would do better alone if they share by: {}.", held.join(", "))),
        (None, false) => Some(format!("None of the groups looked at would do better alone by: {}.", held.join(", "))),
        (None, true) => None,
    }
}

/// What each country pays, in words.
fn payments(words: Words<'_, '_>, own: &RuleShares, decimals: usize) -> Vec<String> {
    let one = |(player, &share): (usize, &Usd)| {
        let (name, sum) = (words.country(player), musd_to(share, decimals));
        match share.cmp(&Usd::ZERO) {
            std::cmp::Ordering::Less => format!("{name} is paid {} MUSD", musd_to(Usd::ZERO - share, decimals)),
            std::cmp::Ordering::Equal => format!("{name} pays nothing"),
            std::cmp::Ordering::Greater => format!("{name} pays {sum} MUSD"),
        }
    };
    own.shares.iter().enumerate().map(one).collect()
}

pub(crate) const fn heading(rule: Rule) -> &'static str {
    match rule {
        Rule::Shapley => "Shapley value",
        Rule::Territory | Rule::Equal | Rule::Length | Rule::Traffic | Rule::Benefit | Rule::Nucleolus => rule.as_str(),
    }
}
