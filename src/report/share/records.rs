//! The answer of `share` as rows: one a share, then one for the cost of each group.

use super::input::{ShareOutcome, ShareReport};
use super::words::Words;
use crate::analysis::{Share, Standing};
use crate::report::cell::Cell;
use crate::report::records::Records;

const HEAD: [&str; 10] =
    ["kind", "rule", "who", "usd", "standard_error_usd", "in_core", "blocked_by", "gain_usd", "gap_usd", "reason"];

pub(super) fn records(report: &ShareReport<'_>) -> Records {
    let words = report.words();
    let mut records = Records::new(HEAD);
    match report.outcome {
        ShareOutcome::Unserved { demand, reason } => {
            let which = report.question.demands.get(demand).map(|demand| words.demand(demand)).unwrap_or_default();
            let mut cells = HEAD.map(|_| Cell::Empty);
            cells[0] = "unserved".into();
            cells[2] = which.into();
            cells[9] = reason.into();
            records.row(cells);
        }
        ShareOutcome::Shared(share) => add_shares(&mut records, words, share),
    }
    records
}

fn add_shares(records: &mut Records, words: Words<'_, '_>, share: &Share) {
    for rule in &share.rules {
        for (player, usd) in rule.shares.iter().enumerate() {
            let error = rule.standard_errors.as_ref().and_then(|errors| errors.get(player)).copied();
            let mut cells: Vec<Cell> = vec![
                "share".into(),
                rule.rule.as_str().into(),
                words.code(player).into(),
                Cell::Exact(usd.dollars()),
                Cell::exact(error),
            ];
            cells.extend(standing(words, rule.standing));
            records.row(cells);
        }
    }
    for group in &share.coalitions {
        let mut cells = HEAD.map(|_| Cell::Empty);
        cells[0] = "group".into();
        cells[2] = words.codes(group.coalition).into();
        cells[3] = Cell::Exact(group.cost.dollars());
        cells[8] = Cell::Exact(group.gap.dollars());
        records.row(cells);
    }
}

/// Whether a split lies in the core, the group that blocks it, and what that gains.
fn standing(words: Words<'_, '_>, standing: Standing) -> [Cell; 3] {
    match standing {
        Standing::InCore => [Cell::Flag(true), Cell::Empty, Cell::Empty],
        Standing::Blocked(found) => {
            [Cell::Flag(false), words.codes(found.coalition).into(), Cell::Exact(found.gain / 100.0)]
        }
        Standing::NotBlocked | Standing::Unknown => [Cell::Empty, Cell::Empty, Cell::Empty],
    }
}
