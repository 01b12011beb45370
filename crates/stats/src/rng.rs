//! Random streams that are the same in every browser and every year.
//!
//! One named generator, xoshiro256++ (Blackman & Vigna 2021, ACM TOMS 47:1–32),
//! and our own normal variates, since `rand_distr` promises no fixed values and
//! takes its logarithms from the platform. Everything here is pinned by
//! stability tests: a change breaks every link that was ever shared.

use std::sync::LazyLock;

use rand::{Rng, SeedableRng};

/// The generator of every random number of the project: xoshiro256++.
pub type SimRng = rand_xoshiro::Xoshiro256PlusPlus;

/// Stream `index` for one `purpose` of one `seed`.
///
/// Streams of different (seed, purpose, index) are independent for all
/// practical uses: the three are mixed into 64 bits by SplitMix64's finalizer,
/// then expanded to 256 bits of state by the generator's own `seed_from_u64`.
///
/// - `purpose`: what the numbers are for, such as `"chain"`; part of the seed,
///   so that a new use never shifts the numbers of an old one.
#[must_use]
pub fn stream(seed: u64, purpose: &str, index: u64) -> SimRng {
    let purpose = purpose.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3) // FNV-1a
    });
    SimRng::seed_from_u64(mix(mix(mix(seed) ^ purpose).wrapping_add(index)))
}

/// SplitMix64's output function (Steele, Lea & Flood 2014).
fn mix(state: u64) -> u64 {
    let z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// One variate of the uniform distribution on [0, 1), a multiple of 2⁻⁵³.
pub fn uniform(rng: &mut impl Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 * TWO_POW_MINUS_53
}

/// One variate of N(0, 1), by the ziggurat of Marsaglia & Tsang (2000, J. Stat.
/// Softw. 5(8)) with 256 layers and, as Doornik (2005) advises, a layer index
/// and a position from separate bits of one 64-bit number.
pub fn standard_normal(rng: &mut impl Rng) -> f64 {
    let bits = rng.next_u64();
    let (x, inside) = ZIGGURAT.first_try(bits);
    if inside { x } else { ZIGGURAT.further_tries(bits, rng) }
}

/// Fills `out` with independent variates of N(0, 1); the same numbers as
/// [`standard_normal`] called `out.len()` times.
pub fn fill_standard_normal(rng: &mut impl Rng, mut out: &mut [f64]) {
    let ziggurat = &*ZIGGURAT;
    while let Some((i, bits)) = ziggurat.fill_first_tries(rng, out) {
        out[i] = ziggurat.further_tries(bits, rng);
        out = &mut out[i + 1..];
    }
}

const TWO_POW_MINUS_53: f64 = 1.0 / (1u64 << 53) as f64;
const NUM_LAYERS: usize = 256;
/// Where the tail begins, and the area of each layer, for 256 layers (Marsaglia & Tsang 2000, table in § 2).
const TAIL_START: f64 = 3.654_152_885_361_009;
const LAYER_AREA: f64 = 0.004_928_673_233_974_655;

/// Layers from 0, which holds the tail, upwards.
struct Ziggurat {
    /// What the first try needs, side by side.
    inner: [Inner; NUM_LAYERS],
    /// Heights exp(−x²/2) at the layers' outer edges.
    f: [f64; NUM_LAYERS + 1],
}

/// The inner part of a layer, which lies below the density as a whole.
#[derive(Clone, Copy)]
struct Inner {
    /// The layer's outer edge times 2⁻⁵²: what one unit of a position is worth.
    unit: f64,
    /// The outer edge of the layer above.
    edge: f64,
}

static ZIGGURAT: LazyLock<Ziggurat> = LazyLock::new(Ziggurat::new);

impl Ziggurat {
    fn new() -> Self {
        let density = |x: f64| libm::exp(-0.5 * x * x);
        let mut x = [0.0; NUM_LAYERS + 1];
        x[0] = LAYER_AREA / density(TAIL_START);
        x[1] = TAIL_START;
        for i in 2..NUM_LAYERS {
            x[i] = libm::sqrt(-2.0 * libm::log(LAYER_AREA / x[i - 1] + density(x[i - 1])));
        }
        let inner = std::array::from_fn(|layer| Inner {
            unit: x[layer] * (2.0 * TWO_POW_MINUS_53),
            edge: x[layer + 1],
        });
        Self { inner, f: x.map(density) }
    }

    /// Fills `out` up to the first try that fails; gives its index and its bits.
    ///
    /// A loop that calls nothing keeps the generator in registers: a third less time
    /// per exact draw.
    #[inline]
    fn fill_first_tries(&self, rng: &mut impl Rng, out: &mut [f64]) -> Option<(usize, u64)> {
        let mut failed = None;
        let mut fill = |(i, slot): (usize, &mut f64)| {
            let bits = rng.next_u64();
            let (x, inside) = self.first_try(bits);
            *slot = x;
            if !inside {
                failed = Some((i, bits));
            }
            inside
        };
        // Four in a row save a tenth: browsers look for interruptions at every turn of a loop.
        let (fours, rest) = out.as_chunks_mut::<4>();
        let num_fours = fours.len();
        let all_inside = fours.iter_mut().enumerate().all(|(i, [a, b, c, d])| {
            fill((4 * i, a)) && fill((4 * i + 1, b)) && fill((4 * i + 2, c)) && fill((4 * i + 3, d))
        });
        if all_inside {
            rest.iter_mut().enumerate().all(|(i, slot)| fill((4 * num_fours + i, slot)));
        }
        failed
    }

    /// The variate that `bits` stand for, and whether it lies within the inner part of
    /// its layer, as 98.8 % do: then it is taken.
    #[inline]
    fn first_try(&self, bits: u64) -> (f64, bool) {
        let Inner { unit, edge } = self.inner[(bits & 0xff) as usize];
        // The upper 53 bits less 2⁵²: a signed number, which one instruction converts.
        let position = (bits ^ (1 << 63)).cast_signed() >> 11;
        let x = position as f64 * unit;
        (x, x.abs() < edge)
    }

    /// The variate that comes of `bits` whose first try failed.
    #[cold]
    #[inline(never)]
    fn further_tries(&self, mut bits: u64, rng: &mut impl Rng) -> f64 {
        loop {
            let layer = (bits & 0xff) as usize;
            let (x, inside) = self.first_try(bits);
            if inside {
                return x;
            }
            if layer == 0 {
                return tail(rng, x < 0.0);
            }
            let height = self.f[layer] + (self.f[layer + 1] - self.f[layer]) * uniform(rng);
            if height < libm::exp(-0.5 * x * x) {
                return x;
            }
            bits = rng.next_u64();
        }
    }
}

/// A variate beyond `TAIL_START` on one side (Marsaglia 1964).
fn tail(rng: &mut impl Rng, negative: bool) -> f64 {
    loop {
        let x = libm::log(1.0 - uniform(rng)) / TAIL_START;
        let y = libm::log(1.0 - uniform(rng));
        if -2.0 * y >= x * x {
            return if negative { x - TAIL_START } else { TAIL_START - x };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_never_change() {
        let mut rng = stream(1973, "test", 0);
        let first: Vec<u64> = (0..3).map(|_| rng.next_u64()).collect();
        let normals: Vec<u64> = (0..4).map(|_| standard_normal(&mut rng).to_bits()).collect();
        assert_eq!(first, PINNED_WORDS, "words {first:?}");
        assert_eq!(normals, PINNED_NORMALS, "normals {normals:?}");
    }

    const PINNED_WORDS: [u64; 3] =
        [15_864_726_176_243_058_715, 8_430_087_095_645_698_168, 7_423_652_082_349_788_124];
    const PINNED_NORMALS: [u64; 4] = [
        13_823_166_517_845_180_222,
        4_594_908_494_404_615_401,
        13_829_807_992_158_477_807,
        4_606_811_710_291_187_964,
    ];

    #[test]
    fn streams_differ_by_seed_purpose_and_index() {
        let first = |seed, purpose, index| stream(seed, purpose, index).next_u64();
        let all = [first(1, "a", 0), first(2, "a", 0), first(1, "b", 0), first(1, "a", 1)];
        for (i, a) in all.iter().enumerate() {
            assert!(all[i + 1..].iter().all(|b| a != b));
        }
    }

    #[test]
    fn filling_gives_the_same_numbers_as_single_draws() {
        let mut filled = [0.0; 9];
        fill_standard_normal(&mut stream(3, "test", 0), &mut filled);
        let mut rng = stream(3, "test", 0);
        assert_eq!(filled, std::array::from_fn(|_| standard_normal(&mut rng)));
    }

    /// Kolmogorov–Smirnov on 10⁶ variates; a right sampler fails for one seed in a million.
    #[test]
    fn normals_have_the_normal_distribution() {
        const NUM_VARIATES: usize = 1_000_000;
        // √(−ln(α/2)/2) at α = 10⁻⁶, the asymptotic critical value of √n D.
        const CRITICAL: f64 = 2.693_4;
        let mut z = vec![0.0; NUM_VARIATES];
        fill_standard_normal(&mut stream(11, "test", 0), &mut z);
        z.sort_unstable_by(f64::total_cmp);
        let n = NUM_VARIATES as f64;
        let distance = z.iter().enumerate().fold(0.0, |worst: f64, (i, &z)| {
            let p = crate::special::normal_cdf(z);
            worst.max(p - i as f64 / n).max((i + 1) as f64 / n - p)
        });
        assert!(distance * n.sqrt() < CRITICAL, "distance {distance}");
    }

    /// Counts beyond ten bounds, on either side of the start of the tail, each within
    /// 5 standard errors; a right sampler fails for about one seed in 10⁵.
    #[test]
    fn normals_have_the_normal_tails() {
        const NUM_VARIATES: usize = 5_000_000;
        const BOUNDS: [f64; 5] = [2.5, 3.3, 3.654_152_885_361_009, 4.0, 4.4];
        let mut rng = stream(12, "test", 0);
        let (mut above, mut below) = ([0.0; 5], [0.0; 5]);
        for _ in 0..NUM_VARIATES {
            let z = standard_normal(&mut rng);
            for (i, bound) in BOUNDS.iter().enumerate() {
                above[i] += f64::from(u8::from(z > *bound));
                below[i] += f64::from(u8::from(z < -bound));
            }
        }
        for (i, bound) in BOUNDS.iter().enumerate() {
            let expected = NUM_VARIATES as f64 * crate::special::normal_survival(*bound);
            for count in [above[i], below[i]] {
                assert!(
                    (count - expected).abs() < 5.0 * expected.sqrt(),
                    "{count} beyond {bound}, not {expected}"
                );
            }
        }
    }
}
