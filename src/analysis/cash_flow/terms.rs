//! How the capacity of a route is sold, and in what money its cash flow is told.

use std::fmt;

use crate::metrics::cost::significant;

/// How the capacity is sold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sales {
    /// Price of a Mbit/s for a month, in the price book's money.
    pub price: f64,
    /// Years from that price to the first year of service, in which it falls too; 0 for the price of that year itself.
    pub aged_years: u32,
    /// By which share the price is less each year than in the year before, in money of one year.
    pub decline: f64,
    /// Share of the capacity that is sold in the first year of service.
    pub start_share: f64,
    /// By which share more is sold each year than in the year before, until all is sold.
    pub growth: f64,
}

/// What a cash flow depends on beside the bill and the demand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CashFlowTerms {
    /// How the capacity is sold.
    pub sales: Sales,
    /// Real discount rate, as a fraction a year.
    pub rate: f64,
    /// Years before building, or service where nothing is built, begins: for the permits, or as long as is asked for.
    pub wait_years: u32,
    /// Years of building before service begins, over which the build cost is spread evenly; 0 for none.
    pub build_years: u32,
    /// Inflation, as a fraction a year, for the same in nominal money; `None` for real money alone.
    pub inflation: Option<f64>,
    /// The price book's money for one unit of the money told in.
    pub exchange: f64,
}

/// What can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// [`Sales::price`]
    Price,
    /// [`Sales::decline`]
    PriceDecline,
    /// [`Sales::start_share`]
    StartShare,
    /// [`Sales::growth`]
    Growth,
    /// [`CashFlowTerms::rate`]
    DiscountRate,
    /// [`CashFlowTerms::wait_years`]
    WaitYears,
    /// [`CashFlowTerms::build_years`]
    BuildYears,
    /// [`CashFlowTerms::inflation`]
    Inflation,
    /// [`CashFlowTerms::exchange`]
    Exchange,
}

impl Setting {
    /// Its name, as of an option.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::PriceDecline => "price-decline",
            Self::StartShare => "start-share",
            Self::Growth => "growth",
            Self::DiscountRate => "discount-rate",
            Self::WaitYears => "service-year",
            Self::BuildYears => "build-years",
            Self::Inflation => "inflation",
            Self::Exchange => "exchange",
        }
    }

    /// What is accepted, in words.
    #[must_use]
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Price => "a price from 0 to 1000000 USD per Mbps and month",
            Self::PriceDecline => "a share from 0% to 100%",
            Self::StartShare => "a share above 0% and at most 100%",
            Self::Growth => "a growth from 0% to 1000%",
            Self::DiscountRate => "a rate from 0% to 1000%",
            Self::WaitYears => "at most 50 years before building begins",
            Self::BuildYears => "0 to 50 years",
            Self::Inflation => "a rate from -50% to 100%",
            Self::Exchange => "a rate of exchange from 1e-9 to 1e9",
        }
    }

    /// Whether a number is accepted; NaN never is.
    fn accepts(self, number: f64) -> bool {
        match self {
            Self::Price => (0.0..=1e6).contains(&number),
            Self::PriceDecline => (0.0..=1.0).contains(&number),
            Self::StartShare => number > 0.0 && number <= 1.0,
            Self::Growth | Self::DiscountRate => (0.0..=10.0).contains(&number),
            Self::WaitYears | Self::BuildYears => (0.0..=50.0).contains(&number),
            Self::Inflation => (-0.5..=1.0).contains(&number),
            Self::Exchange => (1e-9..=1e9).contains(&number),
        }
    }

    /// A number as it is set: shares in per cent.
    #[must_use]
    pub fn shown(self, number: f64) -> String {
        match self {
            Self::Price | Self::WaitYears | Self::BuildYears | Self::Exchange => significant(number),
            Self::PriceDecline | Self::StartShare | Self::Growth | Self::DiscountRate | Self::Inflation => {
                format!("{}%", significant(number * 100.0))
            }
        }
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why there is no cash flow.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CashFlowError {
    /// A setting is out of its range.
    #[error("{what}: expected {}, found {}", what.expected(), what.shown(*found))]
    OutOfRange {
        /// Which.
        what: Setting,
        /// What was given; a share as a fraction.
        found: f64,
    },
    /// The capacity is bought for no time.
    #[error("expected a term of at least one year, found none")]
    NoTerm,
    /// A sum is beyond what is computed with to the cent.
    #[error("the sums of a year are beyond 1e13")]
    TooLarge,
}

impl CashFlowTerms {
    /// When service begins, years after the start of the scenario's year.
    #[must_use]
    pub const fn service_start(&self) -> u32 {
        self.wait_years.saturating_add(self.build_years)
    }

    /// Sets one of them, unchecked: years in whole ones.
    pub(super) fn set(&mut self, what: Setting, value: f64) {
        match what {
            Setting::Price => self.sales.price = value,
            Setting::PriceDecline => self.sales.decline = value,
            Setting::StartShare => self.sales.start_share = value,
            Setting::Growth => self.sales.growth = value,
            Setting::DiscountRate => self.rate = value,
            Setting::WaitYears => self.wait_years = value as u32,
            Setting::BuildYears => self.build_years = value as u32,
            Setting::Inflation => self.inflation = Some(value),
            Setting::Exchange => self.exchange = value,
        }
    }

    /// Checks every setting.
    ///
    /// # Errors
    /// If one is out of its range, or not a number.
    pub fn check(&self) -> Result<(), CashFlowError> {
        let settings = [
            (Setting::Price, self.sales.price),
            (Setting::PriceDecline, self.sales.decline),
            (Setting::StartShare, self.sales.start_share),
            (Setting::Growth, self.sales.growth),
            (Setting::DiscountRate, self.rate),
            (Setting::WaitYears, f64::from(self.wait_years)),
            (Setting::BuildYears, f64::from(self.build_years)),
            (Setting::Inflation, self.inflation.unwrap_or(0.0)),
            (Setting::Exchange, self.exchange),
        ];
        let wrong = settings.into_iter().find(|(what, number)| !what.accepts(*number));
        wrong.map_or(Ok(()), |(what, found)| Err(CashFlowError::OutOfRange { what, found }))
    }
}

/// The whole years that so many months of waiting for permits put service off: a year of service begins with a calendar
/// year, so what is granted within a year serves from the next.
///
/// # Example
/// ```
/// use fiberplan::analysis::years_of_waiting;
/// assert_eq!([0.0, 3.0, 12.0, 12.5, 24.0].map(years_of_waiting), [0, 1, 1, 2, 2]);
/// ```
#[must_use]
pub fn years_of_waiting(months: f64) -> u32 {
    // A price book's numbers are from 0 to 1e12, which is still a number of years.
    (months / 12.0).ceil().clamp(0.0, f64::from(u32::MAX)) as u32
}

impl Sales {
    /// Share of the capacity that is sold in a year of service, from 1.
    #[must_use]
    pub fn share_sold(&self, service_year: u32) -> f64 {
        let grown = self.start_share * (1.0 + self.growth).powf(f64::from(service_year.saturating_sub(1)));
        grown.min(1.0)
    }

    /// The price in the first year of service.
    #[must_use]
    pub fn first_price(&self) -> f64 {
        self.aged(self.price)
    }

    /// What another price of the same year has come to by the first year of service.
    #[must_use]
    pub fn aged(&self, price: f64) -> f64 {
        price * (1.0 - self.decline).powf(f64::from(self.aged_years))
    }

    /// The price in a year of service, from 1, over that of the first.
    #[must_use]
    pub fn price_level(&self, service_year: u32) -> f64 {
        (1.0 - self.decline).powf(f64::from(service_year.saturating_sub(1)))
    }
}
