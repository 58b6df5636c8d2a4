//! How long the light takes.
//!
//! One-way latency = length x n_g / c + the delays of the devices passed, where n_g is the group index of standard
//! single-mode fiber (ITU-T G.652) at 1550 nm and c the speed of light in vacuum: 4.897 us per km. Device delays are
//! entries of the price book. The round trip is twice the one-way latency. *Stretch* compares with light in glass along
//! the geodesic between the ends, so 1 is what no cable can beat.

use crate::units::{Latency, Length};

/// Group index of G.652 fiber at 1550 nm (4.897 us/km; see `docs/METHOD.md` for the source).
pub const GROUP_INDEX: f64 = 1.4682;

/// Speed of light in vacuum, km/s (exact, SI).
pub const SPEED_OF_LIGHT_KM_PER_S: f64 = 299_792.458;

/// Distance between amplifiers, km.
pub const AMPLIFIER_SPACING_KM: f64 = 80.0;

/// The light's one-way time through that much glass.
///
/// ```
/// use fiberplan::{metrics::latency::glass, units::Length};
/// let ms = glass(Length::from_km(1000.0)?).ms();
/// assert!((ms - 1000.0 * 1.4682 / 299_792.458 * 1000.0).abs() < 1e-9);
/// # Ok::<(), fiberplan::units::OutOfRange>(())
/// ```
#[must_use]
pub fn glass(length: Length) -> Latency {
    let fs_per_metre = GROUP_INDEX / SPEED_OF_LIGHT_KM_PER_S * 1e12;
    Latency::from_femtoseconds((length.metres() as f64 * fs_per_metre).round() as u64)
}

/// Milliseconds of light in glass over that many kilometres.
#[must_use]
pub fn glass_ms(km: f64) -> f64 {
    km * GROUP_INDEX / SPEED_OF_LIGHT_KM_PER_S * 1000.0
}

/// Amplifier huts along a segment: one each 80 km, none at its ends.
///
/// ```
/// use fiberplan::{metrics::latency::amplifiers, units::Length};
/// assert_eq!(amplifiers(Length::from_km(80.0)?), 0);
/// assert_eq!(amplifiers(Length::from_km(80.1)?), 1);
/// # Ok::<(), fiberplan::units::OutOfRange>(())
/// ```
#[must_use]
pub fn amplifiers(length: Length) -> u64 {
    ((length.km() / AMPLIFIER_SPACING_KM).ceil() as u64).saturating_sub(1)
}
