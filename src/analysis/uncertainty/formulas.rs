//! Leaves of bills and pieces of cable as formulas over drawn prices, each kept once, computed for one draw or a block.

use std::collections::BTreeMap;

use super::draws::{DrawnPrice, Ranks};
use crate::metrics::availability::risk;
use crate::metrics::cost::whole_cents;
use crate::metrics::finance::annuity_factor;
use crate::metrics::{FactorKind, Leaf};
use crate::network::Segment;
use crate::prices::{Price, PriceBook, PriceFamily, PriceKey};
use crate::units::Length;

/// The most dollars that are rounded without asking [`whole_cents`].
const PLAIN_USD: f64 = 1e13;

/// A factor of a leaf.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Factor {
    Number(f64),
    /// A price, by its number.
    Price(u32),
    /// The present value of 1 a year over the term.
    Years,
}

/// The smallest part of a bill: factors in the order in which the bill multiplies them, so that the product is the same to
/// the last bit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Product(Vec<Factor>);

/// -ln(availability) of a length of cable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Piece {
    length: Length,
    failure: u32,
    repair: u32,
}

/// Formulas and the prices in them.
#[derive(Debug, Clone)]
pub(super) struct Formulas {
    pub prices: Vec<DrawnPrice>,
    /// The number of the discount rate.
    pub rate: u32,
    pub leaves: Vec<Product>,
    pub pieces: Vec<Piece>,
    term_years: u32,
}

/// The values of formulas in some draws: those of one formula side by side.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// How many draws.
    pub n: usize,
    /// Prices; one that no chosen formula needs has no values.
    prices: Vec<Vec<f64>>,
    pub years: Vec<f64>,
    leaves: Vec<Vec<i64>>,
    pieces: Vec<Vec<u64>>,
    room: Vec<f64>,
}

/// Which formulas are wanted.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    prices: Vec<bool>,
    leaves: Vec<bool>,
    pieces: Vec<bool>,
}

/// Formulas in the making, the same number for the same one.
pub(super) struct Builder<'a> {
    book: &'a PriceBook,
    formulas: Formulas,
    price_numbers: BTreeMap<PriceKey, u32>,
    leaf_numbers: BTreeMap<Vec<(u64, Option<u32>)>, u32>,
    piece_numbers: BTreeMap<Piece, u32>,
}

impl Product {
    /// The product in whole cents, by the values of prices and that of a year's payment.
    pub fn cents(&self, mut price: impl FnMut(u32) -> f64, years: f64) -> i64 {
        let value = |factor: &Factor| match *factor {
            Factor::Number(number) => number,
            Factor::Price(number) => price(number),
            Factor::Years => years,
        };
        rounded(self.0.iter().map(value).product())
    }

    /// The number in it, and what else: products of one shape are in proportion to their numbers. Only the order in which
    /// they are multiplied is lost.
    pub fn shape(&self) -> (f64, Vec<Option<u32>>) {
        let number = self.0.iter().map(|factor| if let Factor::Number(number) = factor { *number } else { 1.0 });
        let others = self.0.iter().filter_map(|factor| match factor {
            Factor::Number(_) => None,
            Factor::Price(price) => Some(Some(*price)),
            Factor::Years => Some(None),
        });
        (number.product(), others.collect())
    }

    /// The prices in it.
    pub fn prices(&self) -> impl Iterator<Item = u32> {
        self.0.iter().filter_map(|factor| match factor {
            Factor::Price(number) => Some(*number),
            Factor::Number(_) | Factor::Years => None,
        })
    }

    fn fill(&self, values: &[Vec<f64>], years: &[f64], room: &mut [f64], cents: &mut Vec<i64>) {
        room.fill(1.0);
        for factor in &self.0 {
            let column = match *factor {
                Factor::Number(number) => {
                    room.iter_mut().for_each(|dollars| *dollars *= number);
                    continue;
                }
                Factor::Price(number) => values[number as usize].as_slice(),
                Factor::Years => years,
            };
            room.iter_mut().zip(column).for_each(|(dollars, value)| *dollars *= value);
        }
        cents.clear();
        cents.extend(room.iter().map(|&dollars| rounded(dollars)));
    }
}

/// As [`whole_cents`], without a call for the numbers that sums of money are.
fn rounded(dollars: f64) -> i64 {
    if (0.0..=PLAIN_USD).contains(&dollars) {
        let cents = dollars * 100.0;
        let whole = cents as i64;
        whole + i64::from(cents - whole as f64 >= 0.5)
    } else {
        whole_cents(dollars).cents()
    }
}

impl Formulas {
    /// The present value of 1 a year over the term, at a discount rate.
    pub fn years_at(&self, rate: f64) -> f64 {
        annuity_factor(rate, self.term_years).expect("a price book's rate is a number from 0")
    }

    /// The rank families of the prices.
    pub fn families(&self) -> Vec<u32> {
        let mut families: Vec<u32> = self.prices.iter().map(|price| price.family).collect();
        families.sort_unstable();
        families.dedup();
        families
    }

    /// These leaves and pieces, and the prices in them.
    pub fn chosen(&self, leaves: impl Iterator<Item = u32>, pieces: impl Iterator<Item = u32>) -> Chosen {
        let mut chosen = Chosen {
            prices: vec![false; self.prices.len()],
            leaves: vec![false; self.leaves.len()],
            pieces: vec![false; self.pieces.len()],
        };
        chosen.prices[self.rate as usize] = true;
        for leaf in leaves {
            chosen.leaves[leaf as usize] = true;
            self.leaves[leaf as usize].prices().for_each(|price| chosen.prices[price as usize] = true);
        }
        for number in pieces {
            chosen.pieces[number as usize] = true;
            let Piece { failure, repair, .. } = self.pieces[number as usize];
            chosen.prices[failure as usize] = true;
            chosen.prices[repair as usize] = true;
        }
        chosen
    }
}

impl Block {
    /// The prices of some draws, from the first of them on.
    pub fn draw(&mut self, formulas: &Formulas, chosen: &Chosen, ranks: &Ranks, draws: std::ops::Range<usize>) {
        self.n = draws.len();
        self.prices.resize(formulas.prices.len(), Vec::new());
        for ((values, price), wanted) in self.prices.iter_mut().zip(&formulas.prices).zip(&chosen.prices) {
            values.clear();
            if *wanted {
                values.extend(ranks.of(price.family)[draws.clone()].iter().map(|&rank| price.at_rank(rank)));
            }
        }
        self.compute(formulas, chosen);
    }

    /// One draw with these values.
    pub fn at(&mut self, formulas: &Formulas, chosen: &Chosen, values: &[f64]) {
        self.n = 1;
        self.prices = values.iter().map(|&value| vec![value]).collect();
        self.compute(formulas, chosen);
    }

    fn compute(&mut self, formulas: &Formulas, chosen: &Chosen) {
        let Self { n, prices, years, leaves, pieces, room } = self;
        years.clear();
        years.extend(prices[formulas.rate as usize].iter().map(|&rate| formulas.years_at(rate)));
        room.resize(*n, 0.0);
        leaves.resize(formulas.leaves.len(), Vec::new());
        for ((cents, leaf), _) in leaves.iter_mut().zip(&formulas.leaves).zip(&chosen.leaves).filter(|own| *own.1) {
            leaf.fill(prices, years, room, cents);
        }
        pieces.resize(formulas.pieces.len(), Vec::new());
        for ((risks, piece), _) in pieces.iter_mut().zip(&formulas.pieces).zip(&chosen.pieces).filter(|own| *own.1) {
            let [failures, repairs] = [piece.failure, piece.repair].map(|price| &prices[price as usize]);
            risks.clear();
            risks.extend(failures.iter().zip(repairs).map(|(&failure, &repair)| risk(piece.length, failure, repair)));
        }
    }

    /// The cents of a leaf, draw by draw.
    pub fn leaf(&self, leaf: u32) -> &[i64] {
        &self.leaves[leaf as usize]
    }

    /// The risk of a piece, draw by draw.
    pub fn piece(&self, piece: u32) -> &[u64] {
        &self.pieces[piece as usize]
    }
}

impl<'a> Builder<'a> {
    pub fn new(book: &'a PriceBook, term_years: u32) -> Self {
        let formulas = Formulas { prices: Vec::new(), rate: 0, leaves: Vec::new(), pieces: Vec::new(), term_years };
        let mut builder = Self {
            book,
            formulas,
            price_numbers: BTreeMap::new(),
            leaf_numbers: BTreeMap::new(),
            piece_numbers: BTreeMap::new(),
        };
        builder.formulas.rate = builder.price(book.get(PriceFamily::Finance, "discount_rate"));
        builder
    }

    pub fn finish(self) -> Formulas {
        self.formulas
    }

    fn price(&mut self, (key, price): (PriceKey, &Price)) -> u32 {
        if let Some(&number) = self.price_numbers.get(&key) {
            return number;
        }
        let number = self.formulas.prices.len() as u32;
        self.formulas.prices.push(DrawnPrice::new((key, price)));
        self.price_numbers.insert(key, number);
        number
    }

    /// The number of a leaf.
    pub fn leaf(&mut self, leaf: &Leaf) -> u32 {
        let book = self.book;
        let mut factors: Vec<Factor> = Vec::with_capacity(leaf.factors.len());
        for factor in leaf.factors.iter() {
            let next = match factor.kind {
                FactorKind::Price(key, _) => match book.find(key) {
                    Some(price) => Factor::Price(self.price((key, price))),
                    None => Factor::Number(factor.values[1]),
                },
                FactorKind::YearsPaid => Factor::Years,
                FactorKind::Quantity(_) => Factor::Number(factor.values[1]),
            };
            match (factors.as_mut_slice(), next) {
                ([Factor::Number(first)], Factor::Number(number)) => *first *= number,
                (_, next) => factors.push(next),
            }
        }
        let key = factors.iter().map(|factor| match *factor {
            Factor::Number(number) => (number.to_bits(), None),
            Factor::Price(number) => (0, Some(number)),
            Factor::Years => (1, None),
        });
        let key = key.collect();
        let next = self.formulas.leaves.len() as u32;
        let number = *self.leaf_numbers.entry(key).or_insert(next);
        if number == next {
            self.formulas.leaves.push(Product(factors));
        }
        number
    }

    /// The pieces of a segment, as the tariff computes its risk.
    pub fn pieces(&mut self, segment: &Segment) -> Vec<u32> {
        let medium = segment.row.medium;
        let (failure, repair) = (PriceFamily::Failure(medium), PriceFamily::Repair(medium));
        let book = self.book;
        let mut numbers = Vec::with_capacity(segment.pieces.len());
        for piece in &segment.pieces {
            let failure = self.price(book.for_country(failure, piece.country));
            let repair = self.price(book.for_country(repair, piece.country));
            let piece = Piece { length: piece.length, failure, repair };
            let next = self.formulas.pieces.len() as u32;
            let number = *self.piece_numbers.entry(piece).or_insert(next);
            if number == next {
                self.formulas.pieces.push(piece);
            }
            numbers.push(number);
        }
        numbers
    }
}
