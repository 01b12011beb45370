//! Measurements of the classics, as they were published.

/// First 45 at bats of 1970: hits, and average and number of at bats in the rest of the season
/// (Efron & Morris 1975, JASA 70:311–319, table 1).
pub(super) const PLAYERS: [(&str, f64, f64); 18] = [
    ("Clemente", 18.0, 0.346),
    ("F. Robinson", 17.0, 0.298),
    ("F. Howard", 16.0, 0.276),
    ("Johnstone", 15.0, 0.222),
    ("Berry", 14.0, 0.273),
    ("Spencer", 14.0, 0.270),
    ("Kessinger", 13.0, 0.263),
    ("L. Alvarado", 12.0, 0.210),
    ("Santo", 11.0, 0.269),
    ("Swoboda", 11.0, 0.230),
    ("Unser", 10.0, 0.264),
    ("Williams", 10.0, 0.256),
    ("Scott", 10.0, 0.303),
    ("Petrocelli", 10.0, 0.264),
    ("E. Rodriguez", 10.0, 0.226),
    ("Campaneris", 9.0, 0.285),
    ("Munson", 8.0, 0.316),
    ("Alvis", 7.0, 0.200),
];
pub(super) const AT_BATS: f64 = 45.0;

/// Rats with a tumor and rats in each of 70 earlier control groups, and last the current one
/// (Tarone 1982, Biometrics 38:215–220; Gelman et al., Bayesian Data Analysis, table 5.1).
pub(super) const RATS: [(f64, f64); 71] = {
    const TUMORS: [u8; 71] = [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 5, 2,
        5, 3, 2, 7, 7, 3, 3, 2, 9, 10, 4, 4, 4, 4, 4, 4, 4, 10, 4, 4, 4, 5, 11, 12, 5, 5, 6, 5, 6, 6, 6, 6,
        16, 15, 15, 9, 4,
    ];
    const GROUPS: [u8; 71] = [
        20, 20, 20, 20, 20, 20, 20, 19, 19, 19, 19, 18, 18, 17, 20, 20, 20, 20, 19, 19, 18, 18, 25, 24, 23,
        20, 20, 20, 20, 20, 20, 10, 49, 19, 46, 27, 17, 49, 47, 20, 20, 13, 48, 50, 20, 20, 20, 20, 20, 20,
        20, 48, 19, 19, 19, 22, 46, 49, 20, 20, 23, 19, 22, 20, 20, 20, 52, 46, 47, 24, 14,
    ];
    let mut rats = [(0.0, 0.0); 71];
    let mut i = 0;
    while i < 71 {
        rats[i] = (TUMORS[i] as f64, GROUPS[i] as f64);
        i += 1;
    }
    rats
};

/// Toxoplasmosis in 36 cities of El Salvador: standardized rate and its standard error, after Efron & Morris
/// 1975, JASA 70:311–319, table 3.
///
/// These numbers and the two that were printed of them were typed from memory, without the paper at hand. What
/// speaks for them: the empirical Bayes variance of the true rates, 0.0122, and its standard error, 0.0041,
/// come out as printed. A single rate may still differ from print.
pub(super) const CITIES: [(f64, f64); 36] = [
    (0.293, 0.304),
    (0.214, 0.039),
    (0.185, 0.047),
    (0.152, 0.115),
    (0.139, 0.081),
    (0.128, 0.061),
    (0.113, 0.061),
    (0.098, 0.087),
    (0.093, 0.049),
    (0.079, 0.041),
    (0.063, 0.071),
    (0.052, 0.048),
    (0.035, 0.056),
    (0.027, 0.040),
    (0.024, 0.049),
    (0.024, 0.039),
    (0.014, 0.043),
    (0.004, 0.085),
    (-0.016, 0.128),
    (-0.028, 0.091),
    (-0.034, 0.073),
    (-0.040, 0.049),
    (-0.055, 0.058),
    (-0.083, 0.070),
    (-0.098, 0.068),
    (-0.100, 0.049),
    (-0.112, 0.059),
    (-0.138, 0.063),
    (-0.156, 0.077),
    (-0.169, 0.073),
    (-0.241, 0.106),
    (-0.294, 0.179),
    (-0.296, 0.064),
    (-0.324, 0.152),
    (-0.397, 0.158),
    (-0.665, 0.216),
];
