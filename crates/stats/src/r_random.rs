//! R's own random numbers, so that data simulated in R can be rebuilt from their seed.
//!
//! `set.seed(n)` with R's default kinds: Mersenne Twister and normal variates
//! by inversion. Not for simulation: that is [`crate::rng`].

use crate::special::normal_quantile;

/// R's generator after `set.seed(seed)`.
///
/// # Source
/// Matsumoto & Nishimura 1998, ACM TOMACS 8:3–30; seed scrambling, `unif_rand`
/// and `norm_rand` as described in R's `?Random` and written in R's `RNG.c` and
/// `snorm.c` (default kinds since R 1.7.0).
///
/// # Example
/// ```
/// // set.seed(1); rnorm(1)
/// let z = stats::r_random::RRandom::set_seed(1).norm_rand();
/// assert!((z - -0.6264538107423322).abs() < 1e-9);
/// ```
#[derive(Clone, Debug)]
pub struct RRandom {
    state: [u32; NUM_WORDS],
    next: usize,
}

const NUM_WORDS: usize = 624;
const SHIFT: usize = 397;
/// R's constant for uniforms from 32 bits, a little below 2⁻³².
const UNIT: f64 = 2.328_306_436_538_696_3e-10;
/// R's guard against 0 and 1: half of 1/(2³² − 1).
const HALF_UNIT: f64 = 0.5 * 2.328_306_437_080_797e-10;
/// 2²⁷: one normal takes 27 bits from one uniform and the rest from a second.
const BIG: f64 = 134_217_728.0;

impl RRandom {
    /// The state after R's `set.seed(seed)`.
    #[must_use]
    pub fn set_seed(seed: u32) -> Self {
        let mut scrambled = seed;
        let mut scramble = || {
            scrambled = scrambled.wrapping_mul(69069).wrapping_add(1);
            scrambled
        };
        for _ in 0..50 {
            scramble();
        }
        scramble(); // R's first word is the position, which set.seed resets.
        Self { state: std::array::from_fn(|_| scramble()), next: NUM_WORDS }
    }

    /// R's `unif_rand()`: uniform on the open interval (0, 1).
    pub fn unif_rand(&mut self) -> f64 {
        let value = f64::from(self.next_word()) * UNIT;
        if value <= 0.0 {
            HALF_UNIT
        } else if 1.0 - value <= 0.0 {
            1.0 - HALF_UNIT
        } else {
            value
        }
    }

    /// R's `norm_rand()` of kind "Inversion": one variate of N(0, 1).
    pub fn norm_rand(&mut self) -> f64 {
        let coarse = (BIG * self.unif_rand()).floor();
        let u = coarse + self.unif_rand();
        normal_quantile(u / BIG)
    }

    /// R's `rnorm(n)`.
    pub fn rnorm(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.norm_rand()).collect()
    }

    fn next_word(&mut self) -> u32 {
        if self.next == NUM_WORDS {
            self.twist();
        }
        let mut word = self.state[self.next];
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    fn twist(&mut self) {
        for i in 0..NUM_WORDS {
            let mixed = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % NUM_WORDS] & 0x7fff_ffff);
            let odd = if mixed & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[i] = self.state[(i + SHIFT) % NUM_WORDS] ^ (mixed >> 1) ^ odd;
        }
        self.next = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four digits, as R prints them.
    #[track_caller]
    fn assert_printed(values: &[f64], printed: &[f64]) {
        assert_eq!(values.len(), printed.len());
        for (value, print) in values.iter().zip(printed) {
            assert!((value - print).abs() < 0.500_01e-4, "{value} is not printed as {print}");
        }
    }

    #[test]
    fn seed_1_gives_the_lectures_first_example() {
        // set.seed(1); 4 + rnorm(5)
        let y: Vec<f64> = RRandom::set_seed(1).rnorm(5).iter().map(|z| 4.0 + z).collect();
        assert_printed(&y, &[3.3735, 4.1836, 3.1644, 5.5953, 4.3295]);
    }

    #[test]
    fn seed_1_gives_the_known_uniforms_and_normals() {
        // set.seed(1); runif(3) and set.seed(42); rnorm(2), as widely printed in R's own examples.
        let mut random = RRandom::set_seed(1);
        for expected in [0.265_508_7, 0.372_123_9, 0.572_853_4] {
            assert!((random.unif_rand() - expected).abs() < 0.51e-7);
        }
        let mut random = RRandom::set_seed(42);
        for expected in [1.370_958_45, -0.564_698_17] {
            assert!((random.norm_rand() - expected).abs() < 0.51e-8);
        }
    }

    #[test]
    fn state_is_refilled_after_624_words() {
        // The recurrence of the 1998 paper, checked from outside on the raw state.
        let mut random = RRandom::set_seed(7);
        random.unif_rand();
        let before = random.state;
        for _ in 0..NUM_WORDS {
            random.unif_rand();
        }
        let mixed = (before[0] & 0x8000_0000) | (before[1] & 0x7fff_ffff);
        let odd = if mixed & 1 == 1 { 0x9908_b0df } else { 0 };
        assert_eq!(random.state[0], before[SHIFT] ^ (mixed >> 1) ^ odd);
    }

    #[test]
    fn seed_4_gives_the_lectures_schools() {
        // theta = 5 × the first four normals, then 40 for mu, then 40 for y, ten schools a region.
        let mut random = RRandom::set_seed(4);
        let theta: Vec<f64> = random.rnorm(4).iter().map(|z| 5.0 * z).collect();
        let mu: Vec<f64> = random.rnorm(40).iter().enumerate().map(|(i, z)| theta[i / 10] + z).collect();
        let y: Vec<f64> = random.rnorm(40).iter().zip(&mu).map(|(z, mu)| mu + z).collect();
        assert_printed(&theta, &[1.0838, -2.7125, 4.4557, 2.9799]);
        assert_printed(&mu, &MU);
        assert_printed(&y, &Y);
    }

    const MU: [f64; 40] = [
        2.7194, 1.7730, -0.1975, 0.8706, 2.9803, 2.8606, 1.6504, 1.0995, 1.4668, 1.0386, -2.6781, -2.5434,
        -1.5474, -2.7567, -2.8128, -2.9959, -1.1716, -2.5473, -1.4048, -1.4242, 5.0486, 4.1728, 5.7116,
        5.3656, 3.5277, 5.6959, 4.6092, 5.5077, 3.7015, 2.9735, 3.8410, 2.5754, 2.7525, 3.9140, 2.5140,
        2.3424, 4.3236, 3.1614, 4.2724, 1.2919,
    ];
    const Y: [f64; 40] = [
        1.8984, 0.9109, -0.0986, 0.4950, 3.7042, 1.0633, 0.9866, 0.4758, 1.3872, 1.4743, -0.7072, -3.1402,
        -2.0999, -2.0607, -2.9685, -1.6470, -2.2402, -1.4828, -2.7176, 0.6395, 5.1800, 3.9411, 5.3143,
        6.2550, 4.0539, 5.5246, 4.7679, 5.0220, 2.7426, 3.1541, 4.5628, 2.2058, 2.9900, 3.2481, 1.7172,
        2.2907, 5.6105, 2.9473, 3.6977, -0.1789,
    ];
}
