//! What arcs weigh in a draw, or at the low corner of a box of draws: reckoned when first asked for.

use super::draws::Ranks;
use super::formulas::Formulas;

/// A corner lies so much below the least value of its draws that no rounding lifts it above one.
const BELOW: f64 = 1.0 - 1e-9;

/// Every arc as the leaves that its weight is the sum of.
#[derive(Debug)]
pub(super) struct ArcFormulas {
    pub formulas: Formulas,
    /// By arc: where its leaves begin; one more at the end.
    pub first: Vec<u32>,
    pub leaves: Vec<u32>,
    /// By leaf: the families of its prices, one bit for each in the order of `families`; the last bit is the rate's.
    pub mask: Vec<u64>,
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
        let of_leaf = |leaf: &super::formulas::Product| {
            let prices = leaf.prices().map(|price| bit(formulas.prices[price as usize].family));
            prices.fold(if leaf.is_yearly() { bit(rate) } else { 0 }, |mask, own| mask | own)
        };
        let mask = formulas.leaves.iter().map(of_leaf).collect();
        Self { formulas, first, leaves, mask, families }
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
        let by_family = vec![0.0; crate::prices::all_families().count()];
        let (prices, leaves) = (vec![(0, 0.0); prices.len()], vec![(0, 0); leaves.len()]);
        Self { arcs, stamp: 0, by_family, years: 0.0, scale: 1.0, prices, leaves }
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

    /// The cents of a leaf.
    pub fn leaf(&mut self, leaf: u32) -> i64 {
        let Self { arcs, stamp, by_family, years, scale, prices, leaves } = self;
        let own = &mut leaves[leaf as usize];
        if own.0 != *stamp {
            let price = |number: u32| {
                let own = &mut prices[number as usize];
                if own.0 != *stamp {
                    let price = &arcs.formulas.prices[number as usize];
                    *own = (*stamp, *scale * price.at_rank(by_family[price.family as usize]));
                }
                own.1
            };
            *own = (*stamp, arcs.formulas.leaves[leaf as usize].cents(price, *years));
        }
        own.1
    }

    /// The weight of an arc.
    pub fn arc(&mut self, arc: u32) -> u64 {
        let arcs = self.arcs;
        arcs.of(arc).iter().fold(0, |sum, &leaf| sum.saturating_add(self.leaf(leaf).max(0) as u64))
    }

    /// The weight of some arcs together.
    pub fn path(&mut self, path: &[u32]) -> u64 {
        path.iter().fold(0, |sum, &arc| sum.saturating_add(self.arc(arc)))
    }
}
