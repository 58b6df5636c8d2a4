//! Prices turned into the smallest parts of a bill, for one demand between two countries.

use super::availability::risk;
use super::cost::{Factor, Leaf, Term};
use super::finance::annuity_factor;
use super::journey::{Passed, PassedBy};
use super::latency::{amplifiers, glass};
use crate::network::{CountryCode, Network, Node, Piece, Segment, Tenure};
use crate::prices::{Price, PriceBook, PriceFamily};
use crate::units::{Gbps, Latency, split_whole};

/// What is to be carried, and for how long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    /// Capacity.
    pub gbps: Gbps,
    /// Whole years, at least one.
    pub term_years: u32,
}

/// Prices seen by one demand between two countries.
#[derive(Debug, Clone)]
pub struct Tariff<'a> {
    book: &'a PriceBook,
    demand: Demand,
    ends: (CountryCode, CountryCode),
    years_paid: f64,
    year: Option<i32>,
}

impl<'a> Tariff<'a> {
    /// The tariff of a demand between the two end countries, which pay no transit fee to themselves.
    #[must_use]
    pub fn new(book: &'a PriceBook, demand: Demand, ends: (CountryCode, CountryCode)) -> Self {
        let years_paid = annuity_factor(discount_rate(book), demand.term_years);
        let years_paid = years_paid.expect("a price book's rate is a number from 0");
        Self { book, demand, ends, years_paid, year: None }
    }

    /// The same in a year: from when it is being built on, what a segment is laid along with makes it cheaper. Without a year
    /// nothing is.
    #[must_use]
    pub fn in_year(self, year: i32) -> Self {
        Self { year: Some(year), ..self }
    }

    /// The same between two other countries.
    pub(super) fn between(&self, ends: (CountryCode, CountryCode)) -> Self {
        Self { ends, ..self.clone() }
    }

    /// The demand.
    #[must_use]
    pub fn demand(&self) -> Demand {
        self.demand
    }

    /// The prices.
    #[must_use]
    pub fn book(&self) -> &'a PriceBook {
        self.book
    }

    /// The two end countries.
    #[must_use]
    pub fn ends(&self) -> (CountryCode, CountryCode) {
        self.ends
    }

    /// The yearly payment, at each year's end over the term, that a sum at t = 0 is worth: rate r over n years is
    /// r / (1 - (1 + r)^-n) of it.
    #[must_use]
    pub fn capital_recovery_factor(&self) -> f64 {
        1.0 / self.years_paid
    }

    /// What a segment costs in itself: rent, or building, huts, landings, operation and wayleaves; and the upgrade where
    /// its capacity is below the demand.
    #[must_use]
    pub fn segment_leaves(&self, network: &Network, segment: &Segment) -> Vec<Leaf> {
        let mut leaves = match segment.tenure() {
            Tenure::Lease => self.lease_leaves(segment),
            Tenure::Build => [self.build_leaves(network, segment), self.wayleave_leaves(segment)].concat(),
        };
        if let Some(capacity) = segment.row.capacity.filter(|c| c.get() < self.demand.gbps.get()) {
            let lacking = self.demand.gbps.get() - capacity.get();
            for piece in &segment.pieces {
                let factors = vec![
                    Factor::quantity("capacity lacking", lacking, "Gbps"),
                    Factor::quantity("share of the segment", piece.length.km() / segment.length.km(), "1"),
                    Factor::price(self.book.get(PriceFamily::Equipment, "upgrade")),
                ];
                leaves.push(Leaf::new(Term::Equipment, piece.country, factors));
            }
        }
        for leaf in &mut leaves {
            leaf.assumed |= segment.is_assumed();
        }
        leaves
    }

    fn lease_leaves(&self, segment: &Segment) -> Vec<Leaf> {
        let family = PriceFamily::Lease(segment.row.medium);
        let leaf = |piece: &Piece| {
            let factors = vec![
                self.capacity(),
                km(piece),
                Factor::price(self.book.for_country(family, piece.country)),
                self.yearly(),
            ];
            Leaf::new(Term::Lease, piece.country, factors)
        };
        segment.pieces.iter().map(leaf).collect()
    }

    fn build_leaves(&self, network: &Network, segment: &Segment) -> Vec<Leaf> {
        let submarine = segment.row.medium.is_submarine();
        let side = if submarine { "submarine" } else { "land" };
        let mut capex: Vec<(CountryCode, Vec<Factor>)> = Vec::new();
        let huts = amplifiers(segment.length) as f64;
        for piece in &segment.pieces {
            let multiplier = Factor::price(self.book.for_country(PriceFamily::BuildMultiplier, piece.country));
            let price = Factor::price(self.book.build(segment.row.medium, segment.row.terrain));
            let laid_with = self.year.filter(|_| !submarine).and_then(|year| segment.laid_with_in(year));
            let factor = laid_with.and_then(|laid_with| self.book.codeployment(laid_with)).map(Factor::price);
            let cable = [km(piece), price].into_iter().chain(factor).chain([multiplier.clone()]);
            capex.push((piece.country, cable.collect()));
            if huts > 0.0 {
                let share = piece.length.km() / segment.length.km();
                let hut = Factor::price(self.book.get(PriceFamily::Hut, side));
                let count = Factor::quantity("huts", huts * share, "1");
                capex.push((piece.country, vec![count, hut, multiplier]));
            }
        }
        if submarine {
            let (from, to) = network.ends(segment);
            for end in [from, to] {
                let multiplier = Factor::price(self.book.for_country(PriceFamily::BuildMultiplier, end.country));
                let landing = Factor::price(self.book.get(PriceFamily::Landing, "station"));
                capex.push((end.country, vec![Factor::quantity("landing", 1.0, "1"), landing, multiplier]));
            }
        }
        let operation = Factor::price(self.book.get(PriceFamily::Operation, side));
        let mut leaves = Vec::with_capacity(capex.len() * 2);
        for (country, factors) in capex {
            let yearly = [factors.clone(), vec![operation.clone(), self.yearly()]].concat();
            leaves.push(Leaf::new(Term::Capex, country, factors));
            leaves.push(Leaf::new(Term::Opex, country, yearly));
        }
        leaves
    }

    /// The wayleaves of what is built on land: a fee for each metre, once or yearly, where the price book knows one. They
    /// are paid for the ground: the country's cost level and the yearly share for operation do not enter.
    fn wayleave_leaves(&self, segment: &Segment) -> Vec<Leaf> {
        let mut leaves = Vec::new();
        if segment.row.medium.is_submarine() {
            return leaves;
        }
        for piece in segment.pieces.iter().filter(|piece| !piece.country.is_sea()) {
            let metres = Factor::quantity("", piece.length.metres() as f64, "m");
            let fee = |family| self.book.optional_for_country(family, piece.country).map(Factor::price);
            if let Some(price) = fee(PriceFamily::WayleaveOnce) {
                leaves.push(Leaf::new(Term::Capex, piece.country, vec![metres.clone(), price]));
            }
            if let Some(price) = fee(PriceFamily::WayleaveYearly) {
                leaves.push(Leaf::new(Term::Opex, piece.country, vec![metres, price, self.yearly()]));
            }
        }
        leaves
    }

    /// The transit fees by distance that a segment's pieces pay in countries that are neither end's.
    #[must_use]
    pub fn transit_leaves(&self, segment: &Segment) -> Vec<Leaf> {
        let foreign = |piece: &&Piece| !piece.country.is_sea() && !self.is_end(piece.country);
        let leaf = |piece: &Piece| {
            let price = Factor::price(self.book.for_country(PriceFamily::TransitPerKm, piece.country));
            let mut leaf =
                Leaf::new(Term::Transit, piece.country, vec![self.capacity(), km(piece), price, self.yearly()]);
            leaf.assumed |= segment.is_assumed();
            leaf
        };
        segment.pieces.iter().filter(foreign).map(leaf).collect()
    }

    /// What passing from one country into another costs: the border charge, half to each side, and the transit fee on
    /// entering a country that is neither end's.
    #[must_use]
    pub fn passage_leaves(&self, passed: &Passed) -> Vec<Leaf> {
        let mut leaves = vec![self.charge_leaf(passed.by, passed.from), self.charge_leaf(passed.by, passed.to)];
        if !self.is_end(passed.to) {
            leaves.push(self.entering_leaf(passed.to));
        }
        leaves
    }

    /// Half the charge for passing a border, due in one of its two countries.
    #[must_use]
    pub fn charge_leaf(&self, by: PassedBy, country: CountryCode) -> Leaf {
        let key = match by {
            PassedBy::Land { .. } => "land",
            PassedBy::Sea => "sea",
        };
        let factors = vec![
            Factor::quantity("half each side", 0.5, "1"),
            Factor::price(self.book.get(PriceFamily::Crossing, key)),
        ];
        Leaf::new(Term::Crossing, country, factors)
    }

    /// The transit fee on entering a country that is neither end's.
    #[must_use]
    pub fn entering_leaf(&self, country: CountryCode) -> Leaf {
        let price = Factor::price(self.book.for_country(PriceFamily::TransitPassage, country));
        Leaf::new(Term::Transit, country, vec![self.capacity(), price, self.yearly()])
    }

    /// The device at a place that the route passes through.
    #[must_use]
    pub fn device_leaf(&self, node: &Node) -> Leaf {
        let price = Factor::price(self.book.device(PriceFamily::EquipmentDevice, node.kind));
        Leaf::new(Term::Equipment, node.country, vec![self.hundreds(), price])
    }

    /// Half a pair of terminals, at one end of the route.
    #[must_use]
    pub fn terminal_leaf(&self, country: CountryCode) -> Leaf {
        let half = Factor::quantity("half a pair", 0.5, "1");
        let price = Factor::price(self.book.get(PriceFamily::Equipment, "terminal_pair"));
        Leaf::new(Term::Equipment, country, vec![self.hundreds(), half, price])
    }

    /// One-way delay in the glass of each piece of a segment, and in its amplifiers.
    #[must_use]
    pub fn segment_delays(&self, segment: &Segment) -> Vec<(CountryCode, Latency, Latency)> {
        let total = delay(self.book.get(PriceFamily::Delay, "amplifier").1).femtoseconds() * amplifiers(segment.length);
        let shares: Vec<u64> = segment.pieces.iter().map(|piece| piece.length.metres()).collect();
        let parts = split_whole(total.min(i64::MAX as u64) as i64, &shares);
        let piece_delay = |(piece, part): (&Piece, i64)| {
            (piece.country, glass(piece.length), Latency::from_femtoseconds(part.max(0) as u64))
        };
        segment.pieces.iter().zip(parts).map(piece_delay).collect()
    }

    /// One-way delay of the device at a place that the route passes through.
    #[must_use]
    pub fn device_delay(&self, node: &Node) -> Latency {
        delay(self.book.device(PriceFamily::DelayDevice, node.kind).1)
    }

    /// One-way delay of one terminal.
    #[must_use]
    pub fn terminal_delay(&self) -> Latency {
        delay(self.book.get(PriceFamily::Delay, "terminal").1)
    }

    /// -ln(availability) of a segment, in risk units.
    #[must_use]
    pub fn segment_risk(&self, segment: &Segment) -> u64 {
        let medium = segment.row.medium;
        let (failure, repair) = (PriceFamily::Failure(medium), PriceFamily::Repair(medium));
        let piece_risk = |piece: &Piece| {
            let failures = self.book.for_country(failure, piece.country).1.base;
            risk(piece.length, failures, self.book.for_country(repair, piece.country).1.base)
        };
        segment.pieces.iter().map(piece_risk).sum()
    }

    /// The friction of entering a country, in risk units: it shapes the choice, never the bill.
    #[must_use]
    pub fn friction(&self, country: CountryCode) -> u64 {
        (self.book.for_country(PriceFamily::Friction, country).1.base * super::availability::RISK_UNITS).round() as u64
    }

    fn is_end(&self, country: CountryCode) -> bool {
        country == self.ends.0 || country == self.ends.1
    }

    fn capacity(&self) -> Factor {
        Factor::quantity("", self.demand.gbps.get(), "Gbps")
    }

    fn hundreds(&self) -> Factor {
        Factor::quantity("100 Gbps waves", (self.demand.gbps.get() / 100.0).ceil(), "1")
    }

    fn yearly(&self) -> Factor {
        Factor::years_paid(self.years_paid)
    }
}

/// The real discount rate of a price book.
#[must_use]
pub fn discount_rate(book: &PriceBook) -> f64 {
    book.get(PriceFamily::Finance, "discount_rate").1.base
}

fn km(piece: &Piece) -> Factor {
    Factor::quantity("", piece.length.km(), "km")
}

fn delay(price: &Price) -> Latency {
    Latency::from_us(price.base).unwrap_or(Latency::ZERO)
}
