//! How sure the figures are, as JSON and CSV.

use serde_json::{Value, json};

use super::context::Context;
use super::csv_rows::cells_text;
use super::uncertainty::DrawnName;
use super::uncertainty_words::{conclusion, method};
use crate::analysis::{Contest, FigureSpread, Gap, PERCENTILES, Swing};

/// The `uncertainty` of an answer.
pub(super) fn spread_json(context: &Context<'_>, names: &[DrawnName], contest: &Contest) -> Value {
    let spread = &contest.spread;
    let routes = names.iter().zip(&spread.routes).enumerate().map(|(i, (name, route))| {
        let mut own = json!({
            "list": name.list,
            "rank": name.rank,
            "figures": figures_json(&route.figures),
            "share_cheapest": route.wins,
            "share_cheapest_of_side": contest.wins_of_side[i],
            "share_below_base": route.below_base,
            "mean_regret_usd": route.mean_regret_usd,
            "regret_p90_usd": route.regret_p90_usd,
            "most_regret_usd": route.most_regret_usd,
        });
        if name.list == "unlisted" {
            let way = &contest.routes[i];
            own["of"] = json!(if contest.sides[i] == 0 { "routes" } else { "bypass" });
            own["segments"] = json!(way.segments().map(ToString::to_string).collect::<Vec<_>>());
            own["countries"] = json!(way.countries.iter().map(ToString::to_string).collect::<Vec<_>>());
            own["way"] = json!(super::ledger::way(context, way));
        }
        own
    });
    let which = |route: usize| json!({"list": names[route].list, "rank": names[route].rank});
    let swings = |swings: &[Swing]| swings.iter().map(swing_json).collect::<Vec<_>>();
    let against = contest.rival.as_ref().map(|(rival, tornado)| {
        json!({"over": which(*rival), "lead_usd": -tornado.base_usd, "difference_usd": tornado.base_usd,
            "swings": swings(&tornado.swings)})
    });
    json!({
        "samples": spread.sampling.samples(),
        "seed": spread.sampling.seed(),
        "distribution": "triangular",
        "prices": spread.n_prices,
        "families": spread.n_families,
        "routes": routes.collect::<Vec<_>>(),
        "share_cheaper": spread.cheaper,
        "share_open": contest.open,
        "against_ways_round": contest.gap.as_ref().map(gap_json),
        "tornado": {
            "route": which(contest.best),
            "total_usd": contest.tornado.base_usd,
            "swings": swings(&contest.tornado.swings),
            "lead": against,
        },
        "so": conclusion(names, contest),
        "notes": method(contest),
    })
}

/// Each figure at base prices and at the percentiles.
pub(super) fn figures_json(figures: &[FigureSpread]) -> Value {
    let each = figures.iter().map(|(kind, base, percentiles)| {
        let mut values = percentiles_json(percentiles);
        values["base"] = json!(base);
        (kind.as_str().to_owned(), values)
    });
    Value::Object(each.collect())
}

/// Two choices against each other.
pub(super) fn gap_json(gap: &Gap) -> Value {
    json!({
        "base_usd": gap.base_usd,
        "difference_usd": percentiles_json(&gap.percentiles_usd),
        "share_cheaper": gap.first_is_cheaper,
        "share_dearer": gap.second_is_cheaper,
    })
}

fn percentiles_json(values: &[f64; 5]) -> Value {
    let each = PERCENTILES.iter().zip(values).map(|(percentile, value)| (format!("p{percentile}"), json!(value)));
    Value::Object(each.collect())
}

/// What one price does.
pub(super) fn swing_json(swing: &Swing) -> Value {
    let [low, base, high] = swing.values;
    json!({
        "price": swing.price, "low": low, "base": base, "high": high,
        "at_low_usd": swing.low_usd, "at_high_usd": swing.high_usd,
    })
}

/// One row a figure of a route.
pub(super) fn spread_csv(names: &[DrawnName], contest: &Contest) -> String {
    let mut head = vec!["list".to_owned(), "rank".to_owned(), "figure".to_owned(), "base".to_owned()];
    head.extend(PERCENTILES.iter().map(|percentile| format!("p{percentile}")));
    let mut lines = vec![head];
    for ((name, route), wins) in names.iter().zip(&contest.spread.routes).zip(&contest.wins_of_side) {
        let mut line = |figure: &str, values: &[f64]| {
            let mut cells = vec![name.list.to_owned(), name.rank.to_string(), figure.to_owned()];
            cells.extend(values.iter().map(ToString::to_string));
            cells.resize(4 + PERCENTILES.len(), String::new());
            lines.push(cells);
        };
        for (kind, base, percentiles) in &route.figures {
            line(kind.as_str(), &[&[*base], percentiles.as_slice()].concat());
        }
        line("share_cheapest", &[route.wins]);
        line("share_cheapest_of_side", &[*wins]);
        line("share_below_base", &[route.below_base]);
        line("mean_regret_usd", &[route.mean_regret_usd]);
        line("regret_p90_usd", &[route.regret_p90_usd]);
        line("most_regret_usd", &[route.most_regret_usd]);
    }
    cells_text(&lines)
}
