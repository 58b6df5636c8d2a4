//! How big things are on a sheet of a given size.
//!
//! A poster is looked at from further away than a thumbnail, but not in proportion: text grows slower than the sheet
//! above 1,530 px (the geometric mean of 1800x1300) and shrinks slower below, down to what can still be read. So a
//! poster has room for more labels and a thumbnail for fewer.

/// Side of the square with the area of the sheet that everything is tuned for.
const REFERENCE_PX: f64 = 1530.0;
/// How fast things grow above the reference.
const GROWTH_ABOVE: f64 = 0.88;
/// How fast things shrink below it.
const SHRINK_BELOW: f64 = 0.52;
/// No text is set smaller than this, pixels.
const SMALLEST_TEXT_PX: f64 = 7.5;

/// Width and height of a picture, pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureSize {
    /// Width, pixels.
    pub width_px: u32,
    /// Height, pixels.
    pub height_px: u32,
}

impl PictureSize {
    /// A size of that width and height in pixels.
    #[must_use]
    pub const fn new(width_px: u32, height_px: u32) -> Self {
        Self { width_px, height_px }
    }
}

/// Sizes in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sizes {
    /// What one pixel of the reference sheet is here.
    pub unit: f64,
}

impl Sizes {
    /// The sizes for a sheet, pixels.
    pub fn of(width_px: u32, height_px: u32) -> Self {
        let side = (f64::from(width_px) * f64::from(height_px)).sqrt();
        let ratio = side / REFERENCE_PX;
        Self { unit: ratio.powf(if ratio > 1.0 { GROWTH_ABOVE } else { SHRINK_BELOW }) }
    }

    /// The same with everything finer or stronger by a factor.
    pub fn scaled(self, factor: f64) -> Self {
        Self { unit: self.unit * factor }
    }

    /// A length given for the reference sheet.
    pub fn px(self, reference: f64) -> f64 {
        reference * self.unit
    }

    /// Width of the ring of paper that covers what spills over the edge of a map; kept free around each, pixels.
    pub fn ring(self) -> f64 {
        self.px(14.0).max(20.0)
    }

    /// A size of text given for the reference sheet.
    pub fn text(self, reference: f64) -> f64 {
        self.px(reference).max(SMALLEST_TEXT_PX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_grows_slower_than_the_sheet() {
        assert!((Sizes::of(1530, 1530).unit - 1.0).abs() < 1e-12);
        let thumbnail = Sizes::of(600, 433).text(13.0);
        let poster = Sizes::of(8000, 5778).text(13.0);
        assert!((SMALLEST_TEXT_PX..13.0).contains(&thumbnail), "{thumbnail}");
        assert!(poster > 13.0 * 2.0 && poster < 13.0 * 4.44, "{poster}");
    }
}
