//! A route's money over time: what is paid and what is earned in each year, and what that is worth.
//!
//! The costs are the leaves of the route's [`Bill`], unrolled: what is paid once stands where it is paid, and what is paid
//! yearly in every year of service. Everything is in whole cents, so that each sum of a row is the sum of its cells, each
//! total that of its column, and the present values of the costs sum to the bill to the cent. Which route, and how it is
//! found, is not decided here.

mod draws;
mod outlay;
mod schedule;
mod terms;

pub use draws::{CashFlowModel, CashFlowSpread, DrawnWorth, WORTH_PERCENTILES, WorthFigure, WorthPercentiles};
pub use outlay::{Origin, Outlay, OutlayCents, Outlays, Repairs};
pub use terms::{CashFlowError, CashFlowTerms, Sales, Setting, years_of_waiting};

use schedule::{MAX_CENTS, payments, rounded_in_step};

use crate::metrics::Demand;
use crate::metrics::finance::{
    FinanceError, InternalRate, annuity_factor, discount_factor, internal_rate, levelised_cost, net_present_value,
    nominal_rate, payback_year,
};
use crate::units::{Usd, split_whole};

/// Mbit/s in a Gbit/s, and months in a year.
const MBPS_MONTHS: f64 = 1000.0 * 12.0;

/// One moment of a cash flow: t = 0, or the end of year t. Sums are whole cents of the money told in, of the price book's
/// year where nothing else is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CashYear {
    /// Years since the start of the scenario's year.
    pub t: u32,
    /// The year of service that ends here, from 1; `None` before service.
    pub service_year: Option<u32>,
    /// What is paid.
    pub costs: OutlayCents,
    /// Capacity sold, Gbit/s.
    pub sold_gbps: f64,
    /// Price of a Mbit/s for a month.
    pub price: f64,
    /// What is earned.
    pub income: i64,
    /// What 1 paid here is worth at t = 0.
    pub discount: f64,
    /// Present values of the costs.
    pub present_costs: OutlayCents,
    /// Present value of the income.
    pub present_income: i64,
    /// All that was earned less all that was paid, up to here.
    pub running: i64,
    /// The same in present values.
    pub present_running: i64,
    /// Costs and income in the money of the day, where an inflation is given.
    pub nominal: Option<Nominal>,
}

/// A year's sums in the money of the day, in whole cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nominal {
    /// What is paid.
    pub cost: i64,
    /// What is earned.
    pub income: i64,
}

impl CashYear {
    /// All that is paid.
    #[must_use]
    pub fn cost(&self) -> i64 {
        self.costs.total()
    }

    /// What is earned less what is paid.
    #[must_use]
    pub fn net(&self) -> i64 {
        self.income - self.cost()
    }

    /// The costs' present value.
    #[must_use]
    pub fn present_cost(&self) -> i64 {
        self.present_costs.total()
    }

    /// The present value of what is earned less what is paid.
    #[must_use]
    pub fn present_net(&self) -> i64 {
        self.present_income - self.present_cost()
    }
}

/// What a cash flow is worth, in one kind of money.
#[derive(Debug, Clone, PartialEq)]
pub struct Worth {
    /// The discount rate, as a fraction a year.
    pub rate: f64,
    /// Net present value.
    pub npv: f64,
    /// Internal rates of return.
    pub irr: InternalRate,
    /// The year by whose end it is paid back for good; `None` if never.
    pub payback: Option<u32>,
    /// The same of present values.
    pub discounted_payback: Option<u32>,
    /// The equal payment at the end of each year of service that all costs amount to.
    pub annuity: f64,
    /// The one price per Mbit/s and month through all years that just pays the costs; `None` if nothing is sold.
    pub levelised: Option<f64>,
}

/// A route's cash flow.
#[derive(Debug, Clone, PartialEq)]
pub struct CashFlow {
    /// The years, from t = 0.
    pub years: Vec<CashYear>,
    /// What was unrolled.
    pub outlays: Outlays,
    /// For what.
    pub demand: Demand,
    /// On which terms.
    pub terms: CashFlowTerms,
    /// What it is worth in money of one year.
    pub real: Worth,
    /// What it is worth in the money of the day, where an inflation is given.
    pub nominal: Option<Worth>,
    /// The price per Mbit/s and month in the first year of service at which the net present value is zero, all prices after
    /// it falling as said; `None` if nothing is ever sold for anything.
    pub break_even: Option<f64>,
}

impl CashFlow {
    /// Unrolls the sums of a bill for a demand.
    ///
    /// Time begins with the scenario's year. After w years of waiting and n of building service begins at t = w + n: n parts
    /// of the build cost are paid at the beginning of each year of building, what else is paid once at the beginning of
    /// service, as is all of it without years of building, and what is paid or earned yearly at the end of each year of
    /// service. With neither, service begins at t = 0, as in the bill, and the present values of the costs sum to it.
    ///
    /// # Errors
    /// If a setting is out of its range, the term is no year, or a sum of a year is beyond 1e13.
    ///
    /// # Complexity
    /// Linear in the years, but for the internal rate of return.
    ///
    /// # Example
    /// ```
    /// use fiberplan::analysis::{CashFlow, CashFlowTerms, Outlays, Sales};
    /// use fiberplan::metrics::{Bill, Demand, Factor, Leaf, Term};
    /// use fiberplan::units::{Gbps, Usd};
    ///
    /// // 100,000 at once, and 1 Gbps sold at 5 a Mbps and month for two years: 60,000 a year.
    /// let factors = vec![Factor::quantity("a cable", 100_000.0, "USD")];
    /// let bill = Bill::of(&[Leaf::new(Term::Capex, "TM".parse().expect("a code"), factors)]);
    /// let sales = Sales { price: 5.0, aged_years: 0, decline: 0.0, start_share: 1.0, growth: 0.0 };
    /// let terms = CashFlowTerms { sales, rate: 0.1, wait_years: 0, build_years: 0, inflation: None, exchange: 1.0 };
    /// let outlays = Outlays::of(&bill, Usd::ZERO);
    /// let flow = CashFlow::new(&outlays, Demand { gbps: Gbps::new(1.0)?, term_years: 2 }, &terms)?;
    /// let net: Vec<i64> = flow.years.iter().map(|year| year.net()).collect();
    /// assert_eq!(net, [-10_000_000, 6_000_000, 6_000_000]);
    /// // -100,000 + 60,000 / 1.1 + 60,000 / 1.21 = 4,132.23
    /// assert!((flow.real.npv - 4132.23).abs() < 0.01);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(outlays: &Outlays, demand: Demand, terms: &CashFlowTerms) -> Result<Self, CashFlowError> {
        terms.check()?;
        if demand.term_years == 0 {
            return Err(CashFlowError::NoTerm);
        }
        let mut years = empty_years(demand, terms)?;
        for outlay in Outlay::ALL {
            enter_costs(&mut years, outlay, outlays.sum(outlay), demand.term_years, terms)?;
        }
        enter_income(&mut years)?;
        add_up(&mut years, terms.inflation)?;
        let flow = Self {
            real: worth(&years, terms, demand.term_years, None)?,
            nominal: terms.inflation.map(|own| worth(&years, terms, demand.term_years, Some(own))).transpose()?,
            break_even: None,
            years,
            outlays: *outlays,
            demand,
            terms: *terms,
        };
        let per_price = flow.worth_of_price();
        let cost = flow.years.iter().map(CashYear::present_cost).sum::<i64>() as f64 / 100.0;
        Ok(Self { break_even: (per_price > 0.0).then(|| cost / per_price), ..flow })
    }

    /// The same with other years of waiting before it is built.
    ///
    /// # Errors
    /// As [`CashFlow::new`].
    pub fn waiting(&self, wait_years: u32) -> Result<Self, CashFlowError> {
        Self::new(&self.outlays, self.demand, &CashFlowTerms { wait_years, ..self.terms })
    }

    /// The real net present value at another price in the first year of service, in the money told in, all else alike.
    #[must_use]
    pub fn npv_at(&self, price: f64) -> f64 {
        price * self.worth_of_price() - self.years.iter().map(CashYear::present_cost).sum::<i64>() as f64 / 100.0
    }

    /// The present value of all income for each 1 of the price in the first year of service.
    fn worth_of_price(&self) -> f64 {
        let sold = |year: &CashYear| {
            let level = year.service_year.map_or(0.0, |service| self.terms.sales.price_level(service));
            year.sold_gbps * MBPS_MONTHS * level * year.discount
        };
        self.years.iter().map(sold).sum()
    }
}

/// The years without sums.
fn empty_years(demand: Demand, terms: &CashFlowTerms) -> Result<Vec<CashYear>, CashFlowError> {
    let factor = discount_factor(terms.rate).map_err(too_large)?;
    let mut discount = 1.0;
    let year = |t: u32| {
        let service_year = t.checked_sub(terms.service_start()).filter(|own| *own > 0);
        let sold = service_year.map_or(0.0, |own| demand.gbps.get() * terms.sales.share_sold(own));
        let price = service_year.map_or(0.0, |own| terms.sales.first_price() * terms.sales.price_level(own));
        let year = CashYear {
            t,
            service_year,
            costs: OutlayCents::default(),
            sold_gbps: sold,
            price: price / terms.exchange,
            income: 0,
            discount,
            present_costs: OutlayCents::default(),
            present_income: 0,
            running: 0,
            present_running: 0,
            nominal: None,
        };
        discount *= factor;
        year
    };
    Ok((0..=terms.service_start().saturating_add(demand.term_years)).map(year).collect())
}

/// Enters an outlay: its payments, and their present values, which sum to the bill's discounted to t = 0.
fn enter_costs(
    years: &mut [CashYear],
    outlay: Outlay,
    sum: Usd,
    term_years: u32,
    terms: &CashFlowTerms,
) -> Result<(), CashFlowError> {
    let present = in_cents(sum.cents() as f64 / terms.exchange)?;
    let (wait, start) = (terms.wait_years as usize, terms.service_start() as usize);
    if outlay.is_yearly() {
        let annuity = annuity_factor(terms.rate, term_years).map_err(too_large)?;
        let paid = payments(present, terms.rate, annuity, term_years);
        for (year, paid) in years.iter_mut().skip(start + 1).zip(paid) {
            year.costs[outlay] = in_cents(paid)?;
        }
    } else if outlay == Outlay::Build && terms.build_years > 0 {
        let parts = split_whole(present, &vec![1; terms.build_years as usize]);
        for (year, part) in years.iter_mut().skip(wait).zip(parts) {
            year.costs[outlay] = part;
        }
    } else if let Some(year) = years.get_mut(start) {
        year.costs[outlay] = present;
    }
    let worth: Vec<f64> = years.iter().map(|year| year.costs[outlay] as f64 * year.discount).collect();
    // Without any years before service the bill is of this very moment.
    let rounded = rounded_in_step(&worth, (start == 0).then_some(present));
    for (year, rounded) in years.iter_mut().zip(rounded) {
        year.present_costs[outlay] = rounded;
    }
    Ok(())
}

fn enter_income(years: &mut [CashYear]) -> Result<(), CashFlowError> {
    for year in years.iter_mut() {
        year.income = in_cents(year.sold_gbps * MBPS_MONTHS * year.price * 100.0)?;
    }
    let worth: Vec<f64> = years.iter().map(|year| year.income as f64 * year.discount).collect();
    for (year, rounded) in years.iter_mut().zip(rounded_in_step(&worth, None)) {
        year.present_income = rounded;
    }
    Ok(())
}

/// Enters the running sums, and the money of the day.
fn add_up(years: &mut [CashYear], inflation: Option<f64>) -> Result<(), CashFlowError> {
    let (mut running, mut present, mut level) = (0, 0, 1.0);
    for year in years {
        running += year.net();
        present += year.present_net();
        (year.running, year.present_running) = (running, present);
        if let Some(inflation) = inflation {
            let cost = in_cents(year.cost() as f64 * level)?;
            year.nominal = Some(Nominal { cost, income: in_cents(year.income as f64 * level)? });
            level *= 1.0 + inflation;
        }
    }
    Ok(())
}

/// What the years are worth, in money of one year or in that of the day.
fn worth(
    years: &[CashYear],
    terms: &CashFlowTerms,
    term_years: u32,
    inflation: Option<f64>,
) -> Result<Worth, CashFlowError> {
    let told = |year: &CashYear| year.nominal.filter(|_| inflation.is_some());
    let in_money = |cents: i64| cents as f64 / 100.0;
    let costs: Vec<f64> = years.iter().map(|y| in_money(told(y).map_or_else(|| y.cost(), |own| own.cost))).collect();
    let cents: Vec<f64> =
        years.iter().map(|y| told(y).map_or_else(|| y.net(), |own| own.income - own.cost) as f64).collect();
    let rate = nominal_rate(terms.rate, inflation.unwrap_or(0.0)).map_err(too_large)?;
    let cost = net_present_value(rate, &costs).map_err(too_large)?;
    let present: Vec<f64> = years.iter().map(|year| year.present_net() as f64).collect();
    let year = |found: Result<Option<usize>, FinanceError>| {
        Ok(found.map_err(too_large)?.and_then(|year| u32::try_from(year).ok()))
    };
    let sold: Vec<f64> = years.iter().map(|year| year.sold_gbps * MBPS_MONTHS).collect();
    // Equal payments begin with service: what is spent before bears interest up to there.
    let until_service = net_present_value(rate, &unit_at(terms.service_start())).map_err(too_large)?;
    let annuity = annuity_factor(rate, term_years).map_err(too_large)? * until_service;
    Ok(Worth {
        rate,
        npv: match inflation {
            None => years.last().map_or(0.0, |year| in_money(year.present_running)),
            Some(_) => net_present_value(rate, &cents).map_err(too_large)? / 100.0,
        },
        irr: internal_rate(&cents).map_err(too_large)?,
        payback: year(payback_year(&cents))?,
        // Inflation moves a flow and its rate alike: present values are the same in either money.
        discounted_payback: year(payback_year(&present))?,
        annuity: if annuity > 0.0 { cost / annuity } else { return Err(CashFlowError::TooLarge) },
        levelised: levelised_cost(rate, &costs, &sold).ok(),
    })
}

/// 1 at the end of year t, nothing before.
fn unit_at(t: u32) -> Vec<f64> {
    (0..=t).map(|year| if year == t { 1.0 } else { 0.0 }).collect()
}

fn in_cents(cents: f64) -> Result<i64, CashFlowError> {
    if cents.abs() <= MAX_CENTS { Ok(cents.round() as i64) } else { Err(CashFlowError::TooLarge) }
}

/// Flows and rates are checked before they are computed with: what is left to go wrong is their size.
fn too_large(_: FinanceError) -> CashFlowError {
    CashFlowError::TooLarge
}
