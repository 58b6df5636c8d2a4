//! The sums of a cash flow over its years.

use crate::analysis::{CashFlow, OutlayCents};

/// The sums of the columns, in cents.
pub(super) struct Sums {
    pub(super) costs: OutlayCents,
    pub(super) income: i64,
}

impl Sums {
    /// The sums of what is paid and earned.
    pub(super) fn paid(flow: &CashFlow) -> Self {
        let years = || flow.years.iter();
        Self { costs: years().map(|year| year.costs).sum(), income: years().map(|year| year.income).sum() }
    }

    /// The sums of the present values.
    pub(super) fn present(flow: &CashFlow) -> Self {
        let years = || flow.years.iter();
        Self {
            costs: years().map(|year| year.present_costs).sum(),
            income: years().map(|year| year.present_income).sum(),
        }
    }

    pub(super) fn cost(&self) -> i64 {
        self.costs.total()
    }
}
