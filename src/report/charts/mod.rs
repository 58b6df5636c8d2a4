//! Answers as charts, one file a command: the figures and words of a report go onto a [`ChartSheet`] to be drawn.
//!
//! [`ChartSheet`]: crate::picture::chart::ChartSheet

mod bars;
mod cash_flow;
mod ceiling;
mod compare;
mod costs;
mod share;
mod uncertainty;

pub use cash_flow::cash_flow_chart;
pub use ceiling::ceiling_sheet;
pub use compare::outlook_charts;
pub use costs::{compared_costs_chart, costs_chart};
pub use share::share_sheet;
pub use uncertainty::uncertainty_charts;
