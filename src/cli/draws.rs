//! Draws of the prices for the routes of an answer, and their charts.

use std::path::Path;

use super::Failure;
use super::args::DrawArgs;
use super::output::Targets;
use super::threads::workers;
use crate::analysis::{Contest, Plan, PriceSampling, Side, outlooks};
use crate::formats::check_writable;
use crate::metrics::Route;
use crate::picture::chart::ChartSheet;
use crate::report::charts::{outlook_charts, uncertainty_charts};
use crate::report::{Context, DrawnAnswer, Outlooks};
use crate::request::Request;
use crate::scenario::{Comparison, Scenario};

/// What was asked for, checked before any work is done.
#[derive(Debug)]
pub(super) struct Draws<'a> {
    sampling: PriceSampling,
    args: &'a DrawArgs,
}

impl<'a> Draws<'a> {
    /// The draws asked for; `None` without `--samples`. A place for the chart is looked after in any case.
    pub(super) fn of(args: &'a DrawArgs) -> Result<Option<Self>, Failure> {
        if let Some(chart) = &args.chart {
            if !Targets::is_picture(chart) {
                let text = format!("--chart {}: a chart is a .png or .svg file", chart.display());
                return Err(Failure::usage(text, "as in --chart out/chart.png"));
            }
            check_writable(chart)?;
        }
        let Some(samples) = args.samples else { return Ok(None) };
        let sampling = PriceSampling::new(samples, args.seed.unwrap_or(1))
            .map_err(|error| Failure::usage(format!("--samples: {error}"), "10000 is enough for most questions"))?;
        Ok(Some(Self { sampling, args }))
    }

    /// Draws, and writes the charts if they were asked for. `None` without a route.
    pub(super) fn run(
        &self,
        targets: &Targets<'_>,
        (plan, request): (&Plan<'_>, &Request),
        context: &Context<'_>,
        drawn: DrawnAnswer<'_>,
    ) -> Result<Option<Contest>, Failure> {
        let sides: Vec<(Request, Vec<Route>, usize)> = match drawn {
            DrawnAnswer::Routes(routes) => vec![(request.clone(), routes.to_vec(), routes.len())],
            DrawnAnswer::Transit(transit, ..) => transit.sides(request).to_vec(),
        };
        let sides: Vec<Side<'_>> =
            sides.iter().map(|(request, routes, n_usable)| Side { request, routes, n_usable: *n_usable }).collect();
        let contest = plan.contest(&sides, self.sampling, &workers(self.args.threads)?);
        if let (Some(path), Some(contest)) = (&self.args.chart, &contest) {
            write(path, targets, uncertainty_charts(context, &drawn.names(context, contest), contest, targets.size))?;
        }
        Ok(contest)
    }

    /// The same for every scenario of a comparison and every question.
    pub(super) fn compare(
        &self,
        targets: &Targets<'_>,
        context: &Context<'_>,
        (scenarios, comparison, requests): (&[&Scenario], &Comparison, &[Vec<Request>]),
    ) -> Result<Outlooks, Failure> {
        let workers = workers(self.args.threads)?;
        let plans: Vec<Plan<'_>> = scenarios.iter().map(|scenario| scenario.plan()).collect();
        let of_question = |question: usize| {
            let sides = plans.iter().zip(requests).zip(&comparison.scenarios).map(|((plan, requests), compared)| {
                let routes = compared.answers[question].routes.as_slice();
                (plan, Side { request: &requests[question], routes, n_usable: routes.len() })
            });
            outlooks(&sides.collect::<Vec<_>>(), self.sampling, &workers)
        };
        let questions = (0..comparison.questions.len()).map(of_question).collect();
        let outlooks = Outlooks { sampling: self.sampling, questions };
        if let Some(path) = &self.args.chart {
            write(path, targets, outlook_charts(context, comparison, &outlooks, targets.size))?;
        }
        Ok(outlooks)
    }
}

/// The charts of an answer whose prices are not drawn, if any were asked for.
pub(super) fn chart_of_costs(
    args: &DrawArgs,
    targets: &Targets<'_>,
    charts: impl FnOnce() -> ChartSheet,
) -> Result<(), Failure> {
    match &args.chart {
        Some(path) if args.samples.is_none() => write(path, targets, charts()),
        _ => Ok(()),
    }
}

fn write(path: &Path, targets: &Targets<'_>, charts: ChartSheet) -> Result<(), Failure> {
    targets.draw(path, &charts.into())?;
    targets.tell(path);
    Ok(())
}
