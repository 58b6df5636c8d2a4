//! The answer of `share` as CSV.

use super::csv_rows::{cells_text, number};
use super::share::{ShareOutcome, Words};
use crate::analysis::Standing;

/// One row a share: rule, country, money; then what each group pays, with `group` in place of a rule.
pub(super) fn csv(words: Words<'_, '_>, outcome: ShareOutcome<'_>) -> String {
    let head =
        ["kind", "rule", "who", "usd", "standard_error_usd", "in_core", "blocked_by", "gain_usd", "gap_usd", "reason"];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    let mut add = |cells: [String; 10]| lines.push(cells.to_vec());
    let empty = String::new;
    match outcome {
        ShareOutcome::Unserved { demand, reason } => {
            let which = words.question.demands.get(demand).map(|own| words.demand(own)).unwrap_or_default();
            add([
                "unserved".to_owned(),
                empty(),
                which,
                empty(),
                empty(),
                empty(),
                empty(),
                empty(),
                empty(),
                reason.to_owned(),
            ]);
        }
        ShareOutcome::Shared(share) => {
            for own in &share.rules {
                let standing = standing_cells(words, own.standing);
                for (player, usd) in own.shares.iter().enumerate() {
                    let error = own.standard_errors.as_ref().and_then(|errors| errors.get(player));
                    let rule = own.rule.as_str().to_owned();
                    let error = error.map_or_else(String::new, |error| number(*error));
                    let (usd, gap) = (number(usd.dollars()), empty());
                    let [in_core, blocked_by, gain] = standing.clone();
                    add([
                        "share".to_owned(),
                        rule,
                        words.code(player),
                        usd,
                        error,
                        in_core,
                        blocked_by,
                        gain,
                        gap,
                        empty(),
                    ]);
                }
            }
            for own in &share.coalitions {
                let (usd, gap) = (number(own.cost.dollars()), number(own.gap.dollars()));
                let group = words.codes(own.coalition);
                add(["group".to_owned(), empty(), group, usd, empty(), empty(), empty(), empty(), gap, empty()]);
            }
        }
    }
    cells_text(&lines)
}

/// Whether a split lies in the core, who blocks it, and what these gain.
fn standing_cells(words: Words<'_, '_>, standing: Standing) -> [String; 3] {
    match standing {
        Standing::InCore => ["true".to_owned(), String::new(), String::new()],
        Standing::Blocked(found) => ["false".to_owned(), words.codes(found.coalition), number(found.gain / 100.0)],
        Standing::NotBlocked | Standing::Unknown => [String::new(), String::new(), String::new()],
    }
}
