//! What the tables of `gateway` have in common: their width, and the mark of a search that was stopped.

use crate::report::document::{Document, Table, WIDTH};

/// As many hubs stand side by side in one table.
const HUBS_ABREAST: usize = 5;

/// How long the names in a table may be, from the longest on.
const NAMES: [usize; 6] = [34, 28, 22, 18, 14, 10];

/// As many gateways and things leant on are shown; JSON has all.
pub(super) const MOST_ROWS: usize = 16;

/// The table with the longest names that fits the width; `make` is given how long they may be.
pub(super) fn fitted(make: impl Fn(usize) -> Table) -> Table {
    let fits = |most: &usize| make(*most).width() <= WIDTH;
    make(NAMES.into_iter().find(fits).unwrap_or(NAMES[NAMES.len() - 1]))
}

/// The hubs in tables of a readable width.
pub(super) fn abreast(n: usize) -> impl Iterator<Item = (std::ops::Range<usize>, &'static str)> {
    let start = move |i: usize| i * HUBS_ABREAST..((i + 1) * HUBS_ABREAST).min(n);
    (0..n.div_ceil(HUBS_ABREAST)).map(move |i| (start(i), if i == 0 { "" } else { ", continued" }))
}

/// Behind a figure whose search was stopped; what it means is said under the table.
const STOPPED: &str = "?";

const STOPPED_IN_WORDS: &str = "? the search was stopped for too much work: there may be a better way";

/// The mark of a figure whose search was stopped, if it was.
pub(super) fn stop_mark(is_stopped: bool) -> &'static str {
    if is_stopped { STOPPED } else { "" }
}

/// What the mark means, where it stands in the table above.
pub(super) fn say_stopped(document: &mut Document, stands_there: bool) {
    document.say("", if stands_there { vec![STOPPED_IN_WORDS.to_owned()] } else { Vec::new() });
}
