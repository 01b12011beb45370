//! Of controls and presets.

/// Settings worth seeing.
pub(crate) mod preset {
    pub(crate) const LECTURE: &str = "The lecture’s schools";
    pub(crate) const ALIKE: &str = "Small, noisy, alike regions";
    pub(crate) const VARIANCE_TOO_SMALL: &str = "Bayes loses: variance assumed too small";
    pub(crate) const MEAN_WRONG: &str = "Bayes loses: prior mean wrong";
    pub(crate) const OUTLYING_SCHOOL: &str = "One outlying school: Clemente";
    pub(crate) const OUTLYING_REGION: &str = "One outlying region";
    pub(crate) const HEAVY_TAILS: &str = "Heavy tails";
    pub(crate) const TWO_CLUSTERS: &str = "Two clusters";
    pub(crate) const TWO_REGIONS: &str = "Two regions, SDs learned";
    pub(crate) const ZERO_WINS: &str = "A so small that 0 beats James–Stein";
    pub(crate) const INTERVALS: &str = "Intervals that do not hold";
    pub(crate) const FORMULAS_AND_DATA: &str = "Formulas against data sets";
}

/// Headings of groups of controls.
pub(crate) mod group {
    pub(crate) const MAP: &str = "The map";
    pub(crate) const CURVES: &str = "The curves";
    pub(crate) const INTERVALS: &str = "The intervals";
    pub(crate) const DESIGN: &str = "Schools and regions";
    pub(crate) const TRUTH: &str = "The truth";
    pub(crate) const BELIEF: &str = "What Bayes believes";
    pub(crate) const DATA: &str = "Data sets";
}

/// Controls by their keys.
pub(crate) mod control {
    pub(crate) const VIEW: &str = "Show";
    pub(crate) const A: &str = "Risk of";
    pub(crate) const B: &str = "over";
    pub(crate) const X: &str = "Across";
    pub(crate) const Y: &str = "Up";
    pub(crate) const FROM: &str = "Computed from";
    pub(crate) const GRID: &str = "Cells in a row";
    pub(crate) const OVER: &str = "Risk against";
    pub(crate) const WHO: &str = "Lines of";
    pub(crate) const LEVEL: &str = "Level in per cent";
    pub(crate) const K: &str = "Regions";
    pub(crate) const SIZE: &str = "Schools in a region";
    pub(crate) const IMBALANCE: &str = "Largest over smallest region";
    pub(crate) const M: &str = "Observations of a school";
    pub(crate) const V_MU: &str = "School variance";
    pub(crate) const V_THETA: &str = "Region variance";
    pub(crate) const MEAN: &str = "Mean of all";
    pub(crate) const SHAPE: &str = "Schools are";
    pub(crate) const OUTLYING: &str = "Who lies off";
    pub(crate) const DISTANCE: &str = "How far";
    pub(crate) const BELIEF: &str = "Variances and mean";
    pub(crate) const ASSUMED: &str = "Assumed";
    pub(crate) const A_MEAN: &str = "Assumed mean of all";
    pub(crate) const LIMIT: &str = "Limit";
    pub(crate) const REPEATS: &str = "New data sets";
    pub(crate) const CELL_REPEATS: &str = "Data sets in each cell or dot";
    pub(crate) const LEARNED: &str = "Bayes, SDs learned";
}

/// Sentences below controls.
pub(crate) mod help {
    pub(crate) const FROM: &str = "Formulas are exact; data sets show that they are right.";
    pub(crate) const M: &str = "The noise variance is 1/m.";
    pub(crate) const DISTANCE: &str = "In noise SDs.";
    pub(crate) const LIMIT: &str = "No estimate moves further, in noise SDs.";
    pub(crate) const MEASURED_AGAIN: &str = "The same schools, measured again.";
}

/// Options of choices.
pub(crate) mod option {
    pub(crate) const MAP: &str = "map";
    pub(crate) const RACE: &str = "race";
    pub(crate) const CURVES: &str = "curves";
    pub(crate) const COVERAGE: &str = "coverage";
    pub(crate) const FORMULAS: &str = "formulas";
    pub(crate) const DATA_SETS: &str = "data sets";
    pub(crate) const MAIN: &str = "the main ones";
    pub(crate) const ALL: &str = "all";
    pub(crate) const NORMAL: &str = "normal";
    pub(crate) const HEAVY_TAILED: &str = "heavy-tailed";
    pub(crate) const TWO_CLUSTERS: &str = "two clusters";
    pub(crate) const NOBODY: &str = "nobody";
    pub(crate) const A_SCHOOL: &str = "a school";
    pub(crate) const A_REGION: &str = "a region";
    pub(crate) const AS_IN_TRUTH: &str = "as in truth";
    pub(crate) const ITS_OWN: &str = "its own";
    pub(crate) const LEFT_OUT: &str = "left out";
    pub(crate) const RACES: &str = "races (slow)";
}
