//! What many draws come to, in sentences.

use super::uncertainty::{DrawnName, millions, percent};
use crate::analysis::{Contest, Gap, Percentiles, PriceSampling, Rival, RouteSpread, Spread};
use crate::prices::PriceKey;
use crate::units::grouped;

/// A base figure is far from the middle of its draws where fewer of a hundred than this, or all but these, are below it.
const FAR_FROM_MIDDLE: f64 = 0.25;
/// In so many draws, or in all but so many, a choice is as good as always the cheaper one.
const AS_GOOD_AS_NEVER: f64 = 0.01;

/// How the draws were made.
pub(super) fn draws_in_words(sampling: PriceSampling, n_prices: usize, n_families: usize) -> String {
    format!(
        "{} draws (seed {}) of {n_prices} prices, each from the triangular distribution between its low and its high value \
         with the base as the mode; prices of one family ({n_families} of them) are high or low together.",
        grouped(i64::from(sampling.samples())),
        sampling.seed(),
    )
}

/// What a reader has to know of the draws.
pub(super) fn method(contest: &Contest) -> Vec<String> {
    let Spread { sampling, n_prices, n_families, .. } = contest.spread;
    let mut lines = vec![draws_in_words(sampling, n_prices, n_families)];
    let n = contest.routes.len() - contest.n_listed;
    let some = if n == 1 { "1 route" } else { &format!("{} routes", grouped(n as i64)) };
    lines.push(match contest.open {
        None => "The routes are those listed, which are not chosen by cost: cheaper ones were not looked for.".to_owned(),
        Some(0.0) if n == 0 => {
            "Each draw was solved anew: no route outside the list is cheaper than the list in any draw.".to_owned()
        }
        Some(0.0) => format!("Each draw was solved anew: {some} outside the list (U) won some draw and entered it."),
        Some(open) => format!(
            "Draws were solved anew, and {some} outside the list (U) entered it; in {} % of the draws that was too much work, \
             and a cheaper one may exist.",
            percent(open)
        ),
    });
    if contest.gap.is_some() && contest.open.is_some() {
        lines.push(
            "Routes marked * need segments that are not there yet: for those no others were looked for.".to_owned(),
        );
    }
    lines
}

/// Where the base figure of the best route lies among its draws, if far from the middle.
pub(super) fn base_place(names: &[DrawnName], contest: &Contest) -> Vec<String> {
    let route = &contest.spread.routes[contest.best];
    let name = format!("The base cost of route {}", names[contest.best].short());
    place_in_words(&name, route.below_base).into_iter().collect()
}

/// Where a base figure lies among its draws, if far from the middle.
pub(super) fn place_in_words(what: &str, below: f64) -> Option<String> {
    let place = (below * 100.0).round();
    let is_far = !(FAR_FROM_MIDDLE..=1.0 - FAR_FROM_MIDDLE).contains(&below);
    is_far.then(|| {
        format!(
            "{what} lies at P{place} of its own draws, because the ranges of prices reach further to one side of the \
             base price than to the other."
        )
    })
}

/// The answer in a sentence or two.
pub(super) fn conclusion(names: &[DrawnName], contest: &Contest) -> String {
    let best = &names[contest.best];
    let route = &contest.spread.routes[contest.best];
    let range = eight_of_ten(route);
    let what_moves = |rival: &DrawnName, price: PriceKey| {
        format!(" What decides between {} and {} most is the price {price}.", best.short(), rival.short())
    };
    let decides = match &contest.rival {
        Some(Rival { route, tornado }) => {
            tornado.swings.first().map_or_else(String::new, |swing| what_moves(&names[*route], swing.price))
        }
        None => String::new(),
    };
    match &contest.gap {
        Some(gap) => format!("{}; its cheapest usable route costs {range}.{decides}", against_ways_round(gap)),
        None if contest.routes.len() > 1 && contest.open.is_some() => {
            let wins = contest.wins_of_side[contest.best];
            if wins > 1.0 - AS_GOOD_AS_NEVER {
                let how = in_which(1.0 - wins);
                return format!("route {} costs {range}, and is the cheapest, {how}.", best.short());
            }
            let stays = format!("it stays the cheapest of all in {} % of the draws", percent(wins));
            let regret = if route.regret_p90_usd > 0.0 {
                let most = millions(route.regret_p90_usd);
                format!(", and in nine of ten costs at most {most} MUSD more than the cheapest")
            } else {
                String::new()
            };
            format!("route {} costs {range}; {stays}{regret}.{decides}", best.short())
        }
        None if contest.open == Some(0.0) => {
            format!("the route costs {range}, and stays the cheapest of all in every draw.")
        }
        None => format!("route {} costs {range}.{decides}", best.short()),
    }
}

/// `19.3 to 42.4 MUSD in eight of ten draws`.
pub(super) fn eight_of_ten(route: &RouteSpread) -> String {
    let Some(total) = route.figures.first() else { return String::new() };
    format!("{} to {} MUSD in eight of ten draws", millions(total.percentiles.p10), millions(total.percentiles.p90))
}

/// The corridor against the ways round it.
pub(super) fn against_ways_round(gap: &Gap) -> String {
    let Percentiles { p10: low, p90: high, .. } = gap.percentiles_usd;
    if gap.first_is_cheaper < AS_GOOD_AS_NEVER {
        let by = format!("{} to {} MUSD", millions(low), millions(high));
        let which = in_which(gap.first_is_cheaper);
        return format!("the corridor is dearer than the best way round, {which}: by {by} in eight of ten draws");
    }
    if gap.second_is_cheaper < AS_GOOD_AS_NEVER {
        let by = format!("{} to {} MUSD", millions(-high), millions(-low));
        let which = in_which(gap.second_is_cheaper);
        return format!("the corridor is cheaper than any way round, {which}: by {by} in eight of ten draws");
    }
    let between = |usd: f64| {
        let side = if usd < 0.0 { "cheaper" } else { "dearer" };
        format!("{} MUSD {side}", millions(usd.abs()))
    };
    format!(
        "the corridor is cheaper than every way round in {} % of the draws: from {} to {} in eight of ten",
        percent(gap.first_is_cheaper),
        between(low),
        between(high)
    )
}

/// How often the other one wins nevertheless.
fn in_which(share: f64) -> String {
    if share == 0.0 {
        "in every draw, in which prices of one family are high or low together".to_owned()
    } else {
        format!("but for {} % of the draws", percent(share))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_figures_far_from_the_middle_are_told() {
        assert_eq!(place_in_words("It", 0.5), None);
        let low = place_in_words("It", 0.104).expect("a place");
        assert_eq!(
            low,
            "It lies at P10 of its own draws, because the ranges of prices reach further to one side of the base price than to \
             the other."
        );
        assert!(place_in_words("It", 0.9).expect("a place").contains("P90"));
    }

    #[test]
    fn a_gap_is_told_by_who_wins() {
        let gap = |low: f64, high: f64, first: f64| Gap {
            base_usd: 0.0,
            percentiles_usd: [low, low, 0.0, high, high].into(),
            first_is_cheaper: first,
            second_is_cheaper: 1.0 - first,
        };
        let said = |own: Gap| against_ways_round(&own);
        assert!(said(gap(7e6, 19e6, 0.0)).contains("dearer than the best way round, in every draw"));
        assert!(said(gap(-19e6, -7e6, 1.0)).contains("by 7.00 to 19.0 MUSD"));
        assert!(
            said(gap(-2e6, 7e6, 0.3)).contains("in 30.0 % of the draws: from 2.00 MUSD cheaper to 7.00 MUSD dearer")
        );
    }
}
