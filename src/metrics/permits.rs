//! How long the permits to build take, and when a route that is built can be in service at the earliest.

use crate::network::{CountryCode, Network, Segment, Tenure};
use crate::prices::{PriceBook, PriceFamily, PriceKey};

/// The permits that a route waits for.
#[derive(Debug, Clone, PartialEq)]
pub struct Permits {
    /// Months that the slowest of its countries takes: low, base and high, each the longest of all countries.
    pub months: [f64; 3],
    /// The country that takes longest at the base, the first on the way where several do.
    pub country: CountryCode,
    /// The price-book entry of that country.
    pub entry: PriceKey,
    /// Whether any of these months is without a source.
    pub is_assumed: bool,
}

impl Permits {
    /// The permits for what is built among some segments: those of every country that a land line lies in, and of both
    /// ends' countries of a sea line. `None` where nothing is built, or where the price book has no `permit.months` for
    /// any of these countries.
    ///
    /// # Complexity
    /// Linear in the pieces, times a look-up.
    pub(super) fn of<'a>(
        network: &Network,
        book: &PriceBook,
        segments: impl Iterator<Item = &'a Segment>,
    ) -> Option<Self> {
        let mut permits: Option<Self> = None;
        let mut known: Vec<CountryCode> = Vec::new();
        for segment in segments.filter(|segment| segment.tenure() == Tenure::Build) {
            let (from, to) = network.ends(segment);
            let ends = [from.country, to.country].into_iter().filter(|_| segment.row.medium.is_submarine());
            let asked = segment.pieces.iter().map(|piece| piece.country).chain(ends);
            for country in asked.filter(|country| !country.is_sea()) {
                if known.contains(&country) {
                    continue;
                }
                known.push(country);
                let Some((entry, price)) = book.optional_for_country(PriceFamily::PermitMonths, country) else {
                    continue;
                };
                let months = [price.low, price.base, price.high];
                let own = Self { months, country, entry, is_assumed: price.is_assumed() };
                permits = Some(match permits {
                    None => own,
                    Some(others) => others.and(own),
                });
            }
        }
        permits
    }

    /// Both of them.
    fn and(self, other: Self) -> Self {
        let months = std::array::from_fn(|i| self.months[i].max(other.months[i]));
        let is_assumed = self.is_assumed || other.is_assumed;
        let slower = if other.months[1] > self.months[1] { other } else { self };
        Self { months, is_assumed, ..slower }
    }

    /// The first month of service, from 1, and its year, if the permits are asked for at the start of a year and take as
    /// long as they do at the base.
    ///
    /// # Example
    /// ```
    /// use fiberplan::metrics::Permits;
    /// let permits = Permits {
    ///     months: [3.0, 9.0, 24.0],
    ///     country: "AF".parse()?,
    ///     entry: "permit.months.default".parse()?,
    ///     is_assumed: true,
    /// };
    /// assert_eq!(permits.service(2030), (2030, 10));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn service(&self, year: i32) -> (i64, u8) {
        // A book's numbers are from 0 to 1e12.
        let months = self.months[1].ceil() as i64;
        (i64::from(year) + months / 12, (months % 12) as u8 + 1)
    }
}
