//! What searches add up and compare.

/// A weight that is never negative and can be added up and compared: a sum of money in cents, a delay in femtoseconds.
///
/// Addition saturates at [`Distance::INFINITE`], which no path weighs, so that nothing wraps round into a bargain.
pub trait Distance: Copy + Ord {
    /// No distance.
    const ZERO: Self;
    /// No way.
    const INFINITE: Self;
    /// The sum, at most [`Distance::INFINITE`].
    #[must_use]
    fn plus(self, other: Self) -> Self;
    /// A whole number by which queues sort roughly: it adds up as the distance does and never falls as the distance
    /// grows. What has none is sorted by comparison alone.
    #[must_use]
    fn leading(self) -> u64 {
        0
    }
}

impl Distance for u32 {
    const ZERO: Self = 0;
    const INFINITE: Self = Self::MAX;
    fn plus(self, other: Self) -> Self {
        self.saturating_add(other)
    }
    fn leading(self) -> u64 {
        u64::from(self)
    }
}

impl Distance for u64 {
    const ZERO: Self = 0;
    const INFINITE: Self = Self::MAX;
    fn plus(self, other: Self) -> Self {
        self.saturating_add(other)
    }
    fn leading(self) -> u64 {
        self
    }
}

impl Distance for u128 {
    const ZERO: Self = 0;
    const INFINITE: Self = Self::MAX;
    fn plus(self, other: Self) -> Self {
        self.saturating_add(other)
    }
}
