//! Bounds on shares of the length that are kept by going farther: a share falls as the whole grows, with as much of it in
//! the bounded country as before. Such a route keeps to the letter of the bound, and hardly to what was meant by it.

use std::collections::BTreeSet;

use super::plan::Plan;
use crate::geodesy::distance_km;
use crate::metrics::Route;
use crate::network::{CountryCode, NodeId};
use crate::request::Request;
use crate::units::Length;

/// Going on counts as turning back where the way to the end grows by more than this, km, against the best route.
const TURN_KM: f64 = 100.0;

/// This share of the length in a country is hardly less than all of it.
const HARDLY_LESS: f64 = 0.9;

/// How a route that keeps to bounds on shares goes about it, against the best route without them.
#[derive(Debug, Clone, PartialEq)]
pub struct Detour {
    /// The best route without the bounds on shares: a shorter one.
    pub free: Route,
    /// The bounded countries in which the route has hardly less than that one, with its length there and that one's.
    pub hardly_less: Vec<(CountryCode, Length, Length)>,
    /// The countries that the route passes more often than once, and that one does not.
    pub twice: Vec<CountryCode>,
    /// A place on the way and a later one that lies farther from the end, each with its distance to the end, km.
    pub turn: Option<[(NodeId, f64); 2]>,
}

impl Plan<'_> {
    /// How the best route of a request keeps to its bounds on shares, if that is by going farther: it is longer than the
    /// best without them, and has hardly less in a bounded country, passes a country twice, or turns back. `None` if not.
    ///
    /// Complexity: one more search, without the bounds.
    #[must_use]
    pub fn detour(&self, request: &Request, route: &Route) -> Option<Detour> {
        if request.shares.is_empty() {
            return None;
        }
        let ends = (self.country(&request.from)?, self.country(&request.to)?);
        let (_, free) = self.best(&Request { shares: Vec::new(), k: 1, ..request.clone() })?;
        let breaks = |country: CountryCode, here: Length| {
            let share = request.share_of(country, ends);
            share.is_some_and(|share| !share.holds(here.metres(), free.length.metres()))
        };
        let broken: Vec<(CountryCode, Length)> = free
            .shares
            .iter()
            .map(|own| (own.country, own.length))
            .filter(|&(code, here)| breaks(code, here))
            .collect();
        if broken.is_empty() || route.length <= free.length {
            return None;
        }
        let here = |country| route.shares.iter().filter(|own| own.country == country).map(|own| own.length).sum();
        let in_them = broken.into_iter().map(|(country, before)| (country, here(country), before));
        let is_hardly_less = |now: Length, before: Length| now.km() >= HARDLY_LESS * before.km();
        let hardly_less: Vec<_> = in_them.filter(|(_, now, before)| is_hardly_less(*now, *before)).collect();
        let before = passed_twice(&free);
        let twice: Vec<CountryCode> = passed_twice(route).difference(&before).copied().collect();
        let turn = self.turn(route).filter(|turn| {
            let most = self.turn(&free).map_or(0.0, |other| other[1].1 - other[0].1);
            turn[1].1 - turn[0].1 > most + TURN_KM
        });
        let is_detour = !hardly_less.is_empty() || !twice.is_empty() || turn.is_some();
        is_detour.then_some(Detour { free, hardly_less, twice, turn })
    }

    /// The two places of a route, one after the other, between which the distance to its end grows the most.
    fn turn(&self, route: &Route) -> Option<[(NodeId, f64); 2]> {
        let point = |id: &NodeId| self.network().find_node(id).map(|node| node.point);
        let end = point(route.nodes.last()?)?;
        let mut nearest: Option<(&NodeId, f64)> = None;
        let mut most: Option<[(&NodeId, f64); 2]> = None;
        for id in &route.nodes {
            let km = distance_km(point(id)?, end);
            if let Some(near) = nearest
                && most.is_none_or(|[from, to]| km - near.1 > to.1 - from.1)
            {
                most = Some([near, (id, km)]);
            }
            if nearest.is_none_or(|(_, least)| km < least) {
                nearest = Some((id, km));
            }
        }
        most.map(|turn| turn.map(|(id, km)| (id.clone(), km)))
    }
}

fn passed_twice(route: &Route) -> BTreeSet<CountryCode> {
    let countries = &route.countries;
    let again = countries.iter().enumerate().filter(|(i, code)| countries[..*i].contains(code));
    again.map(|(_, code)| *code).collect()
}
