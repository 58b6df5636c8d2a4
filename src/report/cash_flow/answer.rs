//! The answer of `cashflow` as a value; each sum to the cent.

use super::input::{CashFlowCase, CashFlowReport, PriceRange};
use super::sums::Sums;
use super::words::service_years;
use crate::analysis::{
    CashFlowSpread, CashFlowTerms, CashYear, Origin, Outlay, OutlayCents, Repairs, Worth, WorthFigure, WorthPercentiles,
};
use crate::metrics::finance::InternalRate;
use crate::report::answer::cash_flow::{
    CashFlowJson, CashFlowTermsJson, CashSums, CashYearJson, DrawnFigure, DrawnFigures, OutlaySums, RepairsJson,
    ServiceCause, ServiceStart, WorthJson, WorthSpread,
};
use crate::report::answer::{CashFlowAnswer, Query, RouteJson};
use crate::report::context::Context;

pub(super) fn answer(report: &CashFlowReport<'_>) -> CashFlowAnswer {
    let CashFlowReport { context, ref case } = *report;
    CashFlowAnswer {
        query: Query::of(context),
        routes: [RouteJson::whole(context, case.route, 1)],
        stopped: context.is_stopped,
        cash_flow: cash_flow(context, case),
    }
}

fn cash_flow(context: &Context<'_>, case: &CashFlowCase<'_>) -> CashFlowJson {
    let CashFlowCase { flow, computed, .. } = *case;
    let CashFlowTerms { sales, exchange, .. } = computed.terms;
    let npv_at = |price: f64| flow.npv_at(sales.aged(price) / exchange);
    CashFlowJson {
        currency: computed.currency.clone(),
        price_year: context.price_year,
        exchange,
        start_year: context.year,
        terms: terms(&computed.terms),
        service: service(context, case),
        repairs: computed.repairs.as_ref().map(repairs),
        years: flow.years.iter().map(year).collect(),
        total: sums(&Sums::paid(flow)),
        present: sums(&Sums::present(flow)),
        real: worth(&flow.real),
        nominal: flow.nominal.as_ref().map(worth),
        break_even_price: flow.break_even,
        npv_at_low_price: computed.price_range.map(|PriceRange { low, .. }| npv_at(low)),
        npv_at_high_price: computed.price_range.map(|PriceRange { high, .. }| npv_at(high)),
        sources: computed.origins.iter().cloned().map(|Origin { entry, source }| (entry.to_string(), source)).collect(),
        uncertainty: case.spread.map(|drawn| spread(&flow.real, drawn)),
    }
}

fn terms(terms: &CashFlowTerms) -> CashFlowTermsJson {
    let CashFlowTerms { sales, rate, wait_years, build_years, inflation, exchange } = *terms;
    CashFlowTermsJson {
        price_per_mbps_month: sales.first_price() / exchange,
        price_decline: sales.decline,
        start_share: sales.start_share,
        growth: sales.growth,
        discount_rate: rate,
        wait_years,
        build_years,
        inflation,
    }
}

/// The begin of service and its cause; the years at the low and the high months of the permits.
fn service(context: &Context<'_>, case: &CashFlowCase<'_>) -> ServiceStart {
    let terms = &case.flow.terms;
    let permits = case.route.permits.as_ref();
    ServiceStart {
        year: i64::from(context.year) + i64::from(terms.service_start()),
        set_by: match (case.computed.service_year, permits) {
            (Some(_), _) => ServiceCause::ServiceYear,
            (None, Some(_)) => ServiceCause::Permits,
            (None, None) => ServiceCause::Start,
        },
        permit_months: permits.map(|permits| permits.months.into()),
        permit_country: permits.map(|permits| permits.country.to_string()),
        permit_entry: permits.map(|permits| permits.entry.to_string()),
        year_low_base_high: permits.map(|permits| service_years(context, permits, terms.build_years).into()),
    }
}

fn repairs(repairs: &Repairs) -> RepairsJson {
    RepairsJson {
        failures_per_year: repairs.failures,
        usd_per_year: repairs.per_year.dollars(),
        usd: repairs.present.dollars(),
    }
}

fn in_money(cents: i64) -> f64 {
    cents as f64 / 100.0
}

fn outlays(cents: &OutlayCents) -> OutlaySums {
    let sum = |outlay: Outlay| in_money(cents[outlay]);
    OutlaySums {
        capex: sum(Outlay::Build),
        opex: sum(Outlay::Operate),
        repair: sum(Outlay::Repair),
        lease: sum(Outlay::Lease),
        transit: sum(Outlay::Transit),
        crossing: sum(Outlay::Crossing),
        equipment: sum(Outlay::Equipment),
    }
}

fn sums(sums: &Sums) -> CashSums {
    CashSums {
        costs: outlays(&sums.costs),
        cost: in_money(sums.cost()),
        income: in_money(sums.income),
        net: in_money(sums.income - sums.cost()),
    }
}

fn year(year: &CashYear) -> CashYearJson {
    CashYearJson {
        year: year.t,
        service_year: year.service_year,
        costs: outlays(&year.costs),
        cost: in_money(year.cost()),
        income: in_money(year.income),
        net: in_money(year.net()),
        running: in_money(year.running),
        present_cost: in_money(year.present_cost()),
        present_income: in_money(year.present_income),
        present_net: in_money(year.present_net()),
        present_running: in_money(year.present_running),
        nominal_cost: year.nominal.map(|nominal| in_money(nominal.cost)),
        nominal_income: year.nominal.map(|nominal| in_money(nominal.income)),
        nominal_net: year.nominal.map(|nominal| in_money(nominal.income - nominal.cost)),
        sold_gbps: year.sold_gbps,
        price_per_mbps_month: year.price,
        discount_factor: year.discount,
    }
}

fn worth(worth: &Worth) -> WorthJson {
    WorthJson {
        discount_rate: worth.rate,
        npv: worth.npv,
        irr: match &worth.irr {
            InternalRate::One(rate) => Some(*rate),
            InternalRate::None | InternalRate::Several(_) | InternalRate::Any => None,
        },
        irr_all: worth.irr.rates().to_vec(),
        payback_year: worth.payback,
        discounted_payback_year: worth.discounted_payback,
        annuity: worth.annuity,
        levelised_per_mbps_month: worth.levelised,
    }
}

fn spread(base: &Worth, spread: &CashFlowSpread) -> WorthSpread {
    let figure = |figure: WorthFigure| {
        let WorthPercentiles { p10, p50, p90 } = spread.at_percentiles(figure);
        DrawnFigure { base: figure.of(base), p10, p50, p90 }
    };
    WorthSpread {
        samples: spread.sampling.samples(),
        seed: spread.sampling.seed(),
        n_prices: spread.n_prices,
        share_npv_above_zero: spread.worth_it,
        figures: DrawnFigures {
            npv: figure(WorthFigure::Npv),
            irr: figure(WorthFigure::Irr),
            payback_year: figure(WorthFigure::Payback),
            discounted_payback_year: figure(WorthFigure::DiscountedPayback),
            levelised_per_mbps_month: figure(WorthFigure::Levelised),
        },
    }
}
