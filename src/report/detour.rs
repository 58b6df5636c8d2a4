//! What has to be said of a route that keeps to a bound on a share by going farther.

use super::context::Context;
use super::ledger::{listed, whole_km};
use super::option_name::OptionName;
use crate::analysis::Detour;
use crate::metrics::{Criterion, Route};
use crate::units::grouped;

/// The remark on a detour, in words.
#[must_use]
pub fn detour_in_words(context: &Context<'_>, route: &Route, detour: &Detour) -> String {
    let Detour { free, hardly_less, twice, turn } = detour;
    let place = |code: crate::network::CountryCode| {
        if code.is_sea() { "at sea".to_owned() } else { format!("in {}", context.country_name(code)) }
    };
    let hardly_less = hardly_less.iter().map(|&(code, now, before)| {
        let (now, before) = (whole_km(now), whole_km(before));
        if now == before {
            return format!("it has {now} km {}, as many as that one", place(code));
        }
        format!("it has {now} km {}, that one {before}", place(code))
    });
    let twice: Vec<String> = twice.iter().map(|&code| context.country_name(code)).collect();
    let twice = Some(format!("it passes {} more than once", listed(&twice))).filter(|_| !twice.is_empty());
    let turn = turn.as_ref().map(|[(near, from), (far, to)]| {
        let km = |km: f64| grouped(km.round() as i64);
        let (near, far) = (context.place_name(near), context.place_name(far));
        format!("it turns back, from {near}, {} km from its end, to {far}, {} km from it", km(*from), km(*to))
    });
    let told: Vec<String> = hardly_less.chain(twice).chain(turn).collect();
    format!(
        "The bound on a share is kept by going farther: the route has {} km, the best without the bound {} km; {}. \
         {} keeps it short.",
        whole_km(route.length),
        whole_km(free.length),
        told.join("; "),
        context.name_of(OptionName::Bound(Criterion::Length))
    )
}
