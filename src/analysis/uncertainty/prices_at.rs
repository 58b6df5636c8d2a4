//! What arcs weigh in a draw, or at the low corner of a box of draws: computed when first asked for.

use std::collections::BTreeMap;

use super::draws::Ranks;
use super::formulas::Formulas;
use crate::prices::PriceFamily;

/// A corner lies so much below the least value of its draws that no rounding lifts it above one.
const BELOW: f64 = 1.0 - 1e-9;

/// No leaf is rounded by more than half a cent, and no product comes out otherwise by more than that for its order.
const ROUNDED_CENTS: f64 = 1.0;

/// A leaf is worth no more than this in a bill.
const MOST_CENTS: f64 = 1e15;

/// Every arc as the leaves that its weight is the sum of. Leaves that differ in their numbers only are of one shape: an arc
/// weighs about so many of each shape, which is quickly computed, and never less than that less its rounding.
#[derive(Debug)]
pub(super) struct ArcFormulas {
    pub formulas: Formulas,
    /// By arc: where its leaves begin; one more at the end.
    pub first: Vec<u32>,
    pub leaves: Vec<u32>,
    /// By arc: where its parts begin; one more at the end.
    first_part: Vec<u32>,
    /// Shape, and dollars for each unit of it.
    parts: Vec<(u32, f64)>,
    /// By arc: what rounding may take away, cents.
    rounding: Vec<f64>,
    /// By shape: prices, and years where there is none.
    shapes: Vec<Vec<Option<u32>>>,
    /// By shape: the families of its prices, one bit for each in the order of `families`; the last bit is the rate's.
    mask: Vec<u64>,
    /// The rank families, that of the discount rate last.
    pub families: Vec<u32>,
}

/// The least and the greatest rank of each family, in the order of [`ArcFormulas::families`].
pub(super) type Span = Vec<(f64, f64)>;

/// Weights at one spot at a time.
#[derive(Debug)]
pub(super) struct Weighing<'f> {
    arcs: &'f ArcFormulas,
    stamp: u32,
    /// By family: the rank.
    by_family: Vec<f64>,
    years: f64,
    scale: f64,
    prices: Vec<(u32, f64)>,
    leaves: Vec<(u32, i64)>,
    shapes: Vec<(u32, f64)>,
}

impl ArcFormulas {
    pub fn new(formulas: Formulas, first: Vec<u32>, leaves: Vec<u32>) -> Self {
        let rate = formulas.prices[formulas.rate as usize].family;
        let mut families: Vec<u32> = formulas.families().into_iter().filter(|&family| family != rate).collect();
        families.push(rate);
        let bit = |family: u32| {
            let place = families.iter().position(|&own| own == family).unwrap_or(0);
            // More families than bits share the last one, which only makes a box look wider than it is.
            1_u64 << place.min(62)
        };
        let mut numbers: BTreeMap<Vec<Option<u32>>, u32> = BTreeMap::new();
        let of_leaf: Vec<(u32, f64)> = formulas
            .leaves
            .iter()
            .map(|leaf| {
                let (number, shape) = leaf.shape();
                let next = numbers.len() as u32;
                (*numbers.entry(shape).or_insert(next), number)
            })
            .collect();
        let mut shapes = vec![Vec::new(); numbers.len()];
        numbers.into_iter().for_each(|(shape, number)| shapes[number as usize] = shape);
        let family = |factor: &Option<u32>| factor.map_or(rate, |price| formulas.prices[price as usize].family);
        let mask = shapes.iter().map(|shape| shape.iter().fold(0, |mask, own| mask | bit(family(own)))).collect();
        let (mut first_part, mut parts, mut rounding) = (vec![0], Vec::new(), Vec::new());
        for arc in first.windows(2) {
            let own = &leaves[arc[0] as usize..arc[1] as usize];
            let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
            own.iter().map(|&leaf| of_leaf[leaf as usize]).for_each(|(shape, n)| *sums.entry(shape).or_default() += n);
            parts.extend(sums);
            first_part.push(parts.len() as u32);
            rounding.push(own.len() as f64 * ROUNDED_CENTS);
        }
        Self { formulas, first, leaves, first_part, parts, rounding, shapes, mask, families }
    }

    /// The leaves of an arc.
    pub fn of(&self, arc: u32) -> &[u32] {
        &self.leaves[self.first[arc as usize] as usize..self.first[arc as usize + 1] as usize]
    }

    /// The least and the greatest rank of each family in some draws.
    pub fn span(&self, ranks: &Ranks, draws: &[u32]) -> Span {
        let of_family = |&family: &u32| {
            let all = ranks.of(family);
            let each = draws.iter().map(|&draw| all[draw as usize]);
            each.fold((1.0_f64, 0.0_f64), |(least, most), rank| (least.min(rank), most.max(rank)))
        };
        self.families.iter().map(of_family).collect()
    }
}

impl<'f> Weighing<'f> {
    pub fn new(arcs: &'f ArcFormulas) -> Self {
        let Formulas { prices, leaves, .. } = &arcs.formulas;
        let by_family = vec![0.0; PriceFamily::ALL.len()];
        Self {
            arcs,
            stamp: 0,
            by_family,
            years: 0.0,
            scale: 1.0,
            prices: vec![(0, 0.0); prices.len()],
            leaves: vec![(0, 0); leaves.len()],
            shapes: vec![(0, 0.0); arcs.shapes.len()],
        }
    }

    /// In a draw.
    pub fn at_draw(&mut self, ranks: &Ranks, draw: u32) {
        for &family in &self.arcs.families {
            self.by_family[family as usize] = ranks.of(family)[draw as usize];
        }
        self.begin(1.0);
    }

    /// Where nothing weighs more than in any draw within a span: every price at its least, the discount rate at its greatest.
    /// One family may be lifted to the other end.
    pub fn at_corner(&mut self, span: &Span, lifted: Option<usize>) {
        let rate = span.len() - 1;
        for (i, (&family, &(least, most))) in self.arcs.families.iter().zip(span).enumerate() {
            let low = (i == rate) == (lifted == Some(i));
            self.by_family[family as usize] = if low { least } else { most };
        }
        self.begin(BELOW);
    }

    fn begin(&mut self, scale: f64) {
        let formulas = &self.arcs.formulas;
        let rate = &formulas.prices[formulas.rate as usize];
        self.years = scale * formulas.years_at(rate.at_rank(self.by_family[rate.family as usize]));
        self.scale = scale;
        self.stamp += 1;
    }

    /// The value of a price.
    fn price(&mut self, number: u32) -> f64 {
        let own = &mut self.prices[number as usize];
        if own.0 != self.stamp {
            let price = &self.arcs.formulas.prices[number as usize];
            *own = (self.stamp, self.scale * price.at_rank(self.by_family[price.family as usize]));
        }
        own.1
    }

    /// The cents of a leaf.
    fn leaf(&mut self, leaf: u32) -> i64 {
        if self.leaves[leaf as usize].0 != self.stamp {
            let (arcs, years) = (self.arcs, self.years);
            let cents = arcs.formulas.leaves[leaf as usize].cents(|price| self.price(price), years);
            self.leaves[leaf as usize] = (self.stamp, cents);
        }
        self.leaves[leaf as usize].1
    }

    /// The dollars of a unit of a shape.
    fn shape(&mut self, shape: u32) -> f64 {
        if self.shapes[shape as usize].0 != self.stamp {
            let (arcs, years) = (self.arcs, self.years);
            let factors = arcs.shapes[shape as usize].iter();
            let dollars = factors.map(|factor| factor.map_or(years, |price| self.price(price))).product();
            self.shapes[shape as usize] = (self.stamp, dollars);
        }
        self.shapes[shape as usize].1
    }

    /// What an arc weighs at least: no more than [`Weighing::arc`], and hardly less.
    pub fn arc_at_least(&mut self, arc: u32) -> u64 {
        let arcs = self.arcs;
        let parts = arcs.first_part[arc as usize] as usize..arcs.first_part[arc as usize + 1] as usize;
        let dollars: f64 = arcs.parts[parts].iter().map(|&(shape, number)| number * self.shape(shape)).sum();
        // A part of a part in 10^12 is more than floats lose, and what is capped in the bill is capped here.
        let cents = (dollars * 100.0).min(MOST_CENTS) * (1.0 - 1e-12) - arcs.rounding[arc as usize];
        // A negative number becomes 0.
        cents as u64
    }

    /// What the shapes with any price of a family add to some arcs, cents.
    pub fn of_family(&mut self, path: &[u32], place: usize) -> f64 {
        let arcs = self.arcs;
        let mut sum = 0.0;
        for &arc in path {
            let parts = arcs.first_part[arc as usize] as usize..arcs.first_part[arc as usize + 1] as usize;
            for &(shape, number) in &arcs.parts[parts] {
                if arcs.mask[shape as usize] & 1 << place.min(62) != 0 {
                    sum += number * self.shape(shape);
                }
            }
        }
        sum
    }

    /// The weight of an arc, to the cent.
    pub fn arc(&mut self, arc: u32) -> u64 {
        let arcs = self.arcs;
        arcs.of(arc).iter().fold(0, |sum, &leaf| sum.saturating_add(self.leaf(leaf).max(0) as u64))
    }

    /// The weight of some arcs together, to the cent.
    pub fn path(&mut self, path: &[u32]) -> u64 {
        path.iter().fold(0, |sum, &arc| sum.saturating_add(self.arc(arc)))
    }
}
