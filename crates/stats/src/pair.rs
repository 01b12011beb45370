//! Two numbers that are computed with at once, in one 128-bit register.
//!
//! Natively compilers find such pairs by themselves; in WebAssembly they leave many loops one number at a
//! time, or pair two sums instead of two neighbors in memory (measured: up to 1.8 times as slow). Each
//! lane's arithmetic is that of single numbers, bit for bit.

/// Numbers in one register.
pub const LANES: usize = 2;

/// Two numbers that are computed with at once.
///
/// ```
/// use stats::pair::Pair;
///
/// let [low, high] = (Pair::new([1.0, 2.0]) * Pair::splat(3.0)).lanes();
/// assert_eq!((low, high), (3.0, 6.0));
/// ```
#[derive(Clone, Copy)]
pub struct Pair(register::Register);

impl Pair {
    /// A pair of these numbers.
    #[must_use]
    #[inline]
    pub fn new(lanes: [f64; LANES]) -> Self {
        Self(register::load(lanes))
    }

    /// A pair of twice the same number.
    #[must_use]
    #[inline]
    pub fn splat(number: f64) -> Self {
        Self::new([number; LANES])
    }

    /// The two numbers.
    #[must_use]
    #[inline]
    pub fn lanes(self) -> [f64; LANES] {
        register::store(self.0)
    }

    /// Their sum.
    #[must_use]
    #[inline]
    pub fn sum(self) -> f64 {
        let [first, second] = self.lanes();
        first + second
    }
}

impl std::ops::Add for Pair {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        Self(register::add(self.0, other.0))
    }
}

impl std::ops::Sub for Pair {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        Self(register::sub(self.0, other.0))
    }
}

impl std::ops::Mul for Pair {
    type Output = Self;

    #[inline]
    fn mul(self, other: Self) -> Self {
        Self(register::mul(self.0, other.0))
    }
}

/// WebAssembly's own registers.
#[cfg(target_feature = "simd128")]
mod register {
    use std::arch::wasm32::{f64x2, f64x2_extract_lane};
    pub(super) use std::arch::wasm32::{
        f64x2_add as add, f64x2_mul as mul, f64x2_sub as sub, v128 as Register,
    };

    #[inline]
    pub(super) fn load([first, second]: [f64; 2]) -> Register {
        f64x2(first, second)
    }

    #[inline]
    pub(super) fn store(register: Register) -> [f64; 2] {
        [f64x2_extract_lane::<0>(register), f64x2_extract_lane::<1>(register)]
    }
}

/// What compilers turn into registers elsewhere.
#[cfg(not(target_feature = "simd128"))]
mod register {
    pub(super) type Register = [f64; 2];

    pub(super) fn load(lanes: [f64; 2]) -> Register {
        lanes
    }

    pub(super) fn store(register: Register) -> [f64; 2] {
        register
    }

    pub(super) fn add(a: Register, b: Register) -> Register {
        [a[0] + b[0], a[1] + b[1]]
    }

    pub(super) fn sub(a: Register, b: Register) -> Register {
        [a[0] - b[0], a[1] - b[1]]
    }

    pub(super) fn mul(a: Register, b: Register) -> Register {
        [a[0] * b[0], a[1] * b[1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_compute_as_single_numbers_do() {
        let (a, b) = ([0.1, -1e300], [1.0 / 3.0, 7e9]);
        let [sum, difference, product] =
            [Pair::new(a) + Pair::new(b), Pair::new(a) - Pair::new(b), Pair::new(a) * Pair::new(b)]
                .map(Pair::lanes);
        for lane in 0..LANES {
            assert_eq!(sum[lane].to_bits(), (a[lane] + b[lane]).to_bits());
            assert_eq!(difference[lane].to_bits(), (a[lane] - b[lane]).to_bits());
            assert_eq!(product[lane].to_bits(), (a[lane] * b[lane]).to_bits());
        }
        assert_eq!(Pair::new(a).sum().to_bits(), (a[0] + a[1]).to_bits());
        assert_eq!(Pair::splat(0.3).lanes(), [0.3; LANES]);
    }
}
