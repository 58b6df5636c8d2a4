//! A place on the earth as longitude and latitude, checked once when it is made.
//!
//! Everything in [`super`] takes these; a [`LonLat`] is always finite and in range, so nothing below checks again.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A point in degrees on WGS 84: longitude in [-180, 180], latitude in [-90, 90], both finite.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Degrees", into = "Degrees")]
pub struct LonLat {
    lon: f64,
    lat: f64,
}

/// Why a pair of numbers is not a place on the earth.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum PointError {
    /// The longitude is not a number or out of range.
    #[error("expected a longitude from -180 to 180 degrees, found {found}")]
    Longitude {
        /// The value as given, degrees.
        found: f64,
    },
    /// The latitude is not a number or out of range.
    #[error("expected a latitude from -90 to 90 degrees, found {found}")]
    Latitude {
        /// The value as given, degrees.
        found: f64,
    },
}

/// A longitude and a latitude as they stand in a file, unchecked.
#[derive(Serialize, Deserialize)]
struct Degrees {
    lon: f64,
    lat: f64,
}

impl LonLat {
    /// A point from degrees east and degrees north.
    ///
    /// # Errors
    /// A value that is not finite or not in range; longitude is checked first.
    ///
    /// # Example
    /// ```
    /// use fiberplan_network::geodesy::{LonLat, PointError};
    /// assert_eq!(LonLat::new(66.45, 30.92).map(LonLat::lon), Ok(66.45));
    /// assert_eq!(LonLat::new(0.0, 91.0), Err(PointError::Latitude { found: 91.0 }));
    /// ```
    pub fn new(lon: f64, lat: f64) -> Result<Self, PointError> {
        // A NaN lies in no range.
        if !(-180.0..=180.0).contains(&lon) {
            return Err(PointError::Longitude { found: lon });
        }
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PointError::Latitude { found: lat });
        }
        Ok(Self { lon, lat })
    }

    /// Degrees east of Greenwich, in [-180, 180].
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Degrees north of the equator, in [-90, 90].
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// A point from values that arithmetic may have carried just out of range: the longitude is wrapped, the latitude
    /// clamped. Both must be finite.
    pub(super) fn wrapped(lon: f64, lat: f64) -> Self {
        Self { lon: wrap_longitude(lon), lat: lat.clamp(-90.0, 90.0) }
    }
}

/// The longitude or difference of longitudes in [-180, 180] that is the same place as `lon`, degrees.
pub(super) fn wrap_longitude(lon: f64) -> f64 {
    if (-180.0..=180.0).contains(&lon) { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }
}

impl TryFrom<Degrees> for LonLat {
    type Error = PointError;

    fn try_from(raw: Degrees) -> Result<Self, PointError> {
        Self::new(raw.lon, raw.lat)
    }
}

impl From<LonLat> for Degrees {
    fn from(point: LonLat) -> Self {
        Self { lon: point.lon, lat: point.lat }
    }
}
