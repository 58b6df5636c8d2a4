//! Boxes in pixels, y downwards.

/// A point in pixels.
pub(crate) type Px = (f64, f64);

/// A box in pixels with its sides along the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Rect {
    /// A box from its upper left corner and its size.
    pub fn from_size(left: f64, top: f64, width: f64, height: f64) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// A square box about a point.
    pub fn around(center: (f64, f64), half: f64) -> Self {
        Self { left: center.0 - half, top: center.1 - half, right: center.0 + half, bottom: center.1 + half }
    }

    /// Width, pixels.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height, pixels.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The point in the middle.
    pub fn center(&self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    /// The box with each side moved outwards by `by` (inwards if negative).
    pub fn grown(&self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// Whether the two boxes share more than an edge.
    pub fn intersects(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether `other` lies wholly inside.
    pub fn contains_rect(&self, other: &Self) -> bool {
        self.left <= other.left && self.top <= other.top && other.right <= self.right && other.bottom <= self.bottom
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(&self, point: (f64, f64)) -> bool {
        self.left <= point.0 && point.0 <= self.right && self.top <= point.1 && point.1 <= self.bottom
    }

    /// The box of some points; `None` without any.
    pub(crate) fn of_points(points: &[Px]) -> Option<Self> {
        let &(x, y) = points.first()?;
        let start = Self { left: x, top: y, right: x, bottom: y };
        Some(points.iter().fold(start, |bounds, &(x, y)| Self {
            left: bounds.left.min(x),
            top: bounds.top.min(y),
            right: bounds.right.max(x),
            bottom: bounds.bottom.max(y),
        }))
    }
}
