//! What maps and curves run over.

use plots::{Axis, Scale};

use super::setting::{Belief, Inputs, Outlying};
use super::words::variable::{self, short};
use stats::decimal::significant;

use crate::control::Value;

/// A variable of a map or a curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variable {
    RegionSize,
    NumRegions,
    /// V_μ/V_y.
    Ratio,
    RegionVar,
    NumObs,
    Imbalance,
    /// V_μ that Bayes takes for true.
    Assumed,
    Distance,
    Limit,
}

/// Variables of the map, as options of a choice.
pub(crate) const OF_MAP: &[(&str, &str)] = &[
    ("size", variable::REGION_SIZE),
    ("k", short::NUM_REGIONS),
    ("ratio", short::RATIO),
    ("v-theta", short::REGION_VAR),
    ("m", short::NUM_OBS),
    ("imbalance", short::IMBALANCE),
];

/// Variables of the curves, as options of a choice.
pub(crate) const OF_CURVES: &[(&str, &str)] = &[
    ("ratio", short::RATIO),
    ("size", variable::REGION_SIZE),
    ("k", short::NUM_REGIONS),
    ("v-theta", short::REGION_VAR),
    ("m", short::NUM_OBS),
    ("imbalance", short::IMBALANCE),
    ("assumed", short::ASSUMED),
    ("distance", short::DISTANCE),
    ("limit", short::LIMIT),
];

impl Variable {
    /// The variable of a link's option.
    pub(crate) fn named(slug: &str) -> Self {
        match slug {
            "size" => Self::RegionSize,
            "k" => Self::NumRegions,
            "v-theta" => Self::RegionVar,
            "m" => Self::NumObs,
            "imbalance" => Self::Imbalance,
            "assumed" => Self::Assumed,
            "distance" => Self::Distance,
            "limit" => Self::Limit,
            _ => Self::Ratio,
        }
    }

    /// Name on an axis.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::RegionSize => variable::REGION_SIZE,
            Self::NumRegions => variable::NUM_REGIONS,
            Self::Ratio => variable::RATIO,
            Self::RegionVar => variable::REGION_VAR,
            Self::NumObs => variable::NUM_OBS,
            Self::Imbalance => variable::IMBALANCE,
            Self::Assumed => variable::ASSUMED,
            Self::Distance => variable::DISTANCE,
            Self::Limit => variable::LIMIT,
        }
    }

    /// Ends of the axis, and whether it is logarithmic.
    fn range(self) -> (f64, f64, Scale) {
        match self {
            Self::RegionSize => (4.0, 44.0, Scale::Linear),
            Self::NumRegions | Self::NumObs => (1.0, 41.0, Scale::Linear),
            Self::Ratio => (0.05, 20.0, Scale::Log),
            Self::RegionVar => (0.05, 50.0, Scale::Log),
            Self::Imbalance => (1.0, 20.0, Scale::Log),
            Self::Assumed => (0.02, 20.0, Scale::Log),
            Self::Distance => (0.0, 10.0, Scale::Linear),
            Self::Limit => (0.0, 3.0, Scale::Linear),
        }
    }

    fn is_whole(self) -> bool {
        matches!(self, Self::RegionSize | Self::NumRegions | Self::NumObs)
    }

    /// Values in the middle of `count` cells; counts stand at the first whole number of their cell.
    pub(crate) fn cell_values(self, count: usize) -> Vec<f64> {
        let (min, max, scale) = self.range();
        let middle = |i: usize| (i as f64 + 0.5) / count as f64;
        (0..count)
            .map(|i| match scale {
                _ if self.is_whole() => min + ((max - min) * i as f64 / count as f64).floor(),
                Scale::Linear => round(min + (max - min) * middle(i)),
                Scale::Log => round(min * libm::pow(max / min, middle(i))),
            })
            .collect()
    }

    /// The axis of `count` cells, from edge to edge.
    pub(crate) fn cell_axis(self, count: usize) -> Axis {
        let (min, max, scale) = self.range();
        // A cell of counts 4, 5, 6, 7 is named by its 4, which then stands in its middle.
        let shift = if self.is_whole() { 0.5 * (max - min) / count as f64 } else { 0.0 };
        Axis { min: min - shift, max: max - shift, title: self.title().to_owned(), scale }
    }

    /// Corners of a curve, both ends among them.
    pub(crate) fn curve_values(self, count: usize) -> Vec<f64> {
        let (min, max, scale) = self.range();
        let share = |i: usize| i as f64 / (count - 1) as f64;
        let mut values: Vec<f64> = (0..count)
            .map(|i| match scale {
                _ if self.is_whole() => min + ((max - 1.0 - min) * share(i)).round(),
                Scale::Linear => min + (max - min) * share(i),
                Scale::Log => min * libm::pow(max / min, share(i)),
            })
            .collect();
        values.dedup();
        values
    }

    /// The axis of a curve.
    pub(crate) fn curve_axis(self) -> Axis {
        let (min, max, scale) = self.range();
        let max = if self.is_whole() { max - 1.0 } else { max };
        Axis { min, max, title: self.title().to_owned(), scale }
    }

    /// Sets the variable. A ratio is set last: it depends on the observations.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "ranges are small and positive"
    )]
    pub(crate) fn apply(self, inputs: &mut Inputs, value: f64) {
        match self {
            Self::RegionSize => inputs.region_size = value as usize,
            Self::NumRegions => inputs.num_regions = value as usize,
            Self::Ratio => inputs.school_var = value * inputs.noise_var(),
            Self::RegionVar => inputs.region_var = value,
            Self::NumObs => inputs.num_obs = value as usize,
            Self::Imbalance => inputs.imbalance = value,
            Self::Assumed => {
                let (region_var, mean) = match inputs.belief {
                    Belief::Right => (inputs.region_var, inputs.mean),
                    Belief::Own { region_var, mean, .. } => (region_var, mean),
                };
                inputs.belief = Belief::Own { school_var: value, region_var, mean };
            }
            Self::Distance => {
                if inputs.outlying == Outlying::Nobody {
                    inputs.outlying = Outlying::School;
                }
                inputs.distance = value;
            }
            Self::Limit => inputs.limit = value,
        }
    }

    /// Its value now.
    pub(crate) fn of(self, inputs: &Inputs) -> f64 {
        match self {
            Self::RegionSize => inputs.region_size as f64,
            Self::NumRegions => inputs.num_regions as f64,
            Self::Ratio => inputs.school_var / inputs.noise_var(),
            Self::RegionVar => inputs.region_var,
            Self::NumObs => inputs.num_obs as f64,
            Self::Imbalance => inputs.imbalance,
            Self::Assumed => match inputs.belief {
                Belief::Right => inputs.school_var,
                Belief::Own { school_var, .. } => school_var,
            },
            Self::Distance => {
                if inputs.outlying == Outlying::Nobody {
                    0.0
                } else {
                    inputs.distance
                }
            }
            Self::Limit => inputs.limit,
        }
    }

    /// The control that holds it, and the control's value in `inputs`; `None` for what no map runs over.
    pub(crate) fn control(self, inputs: &Inputs) -> Option<(&'static str, Value)> {
        let (key, value) = match self {
            Self::RegionSize => ("size", inputs.region_size as f64),
            Self::NumRegions => ("k", inputs.num_regions as f64),
            Self::Ratio => ("v_mu", inputs.school_var),
            Self::RegionVar => ("v_theta", inputs.region_var),
            Self::NumObs => ("m", inputs.num_obs as f64),
            Self::Imbalance => ("imbalance", inputs.imbalance),
            Self::Assumed | Self::Distance | Self::Limit => return None,
        };
        Some((key, Value::Number(round(value))))
    }
}

/// Three significant digits: a link and a reader need no more.
fn round(value: f64) -> f64 {
    significant(value, 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_their_values() {
        for (slug, _) in OF_MAP {
            let variable = Variable::named(slug);
            for count in [10, 20, 40] {
                let (values, axis) = (variable.cell_values(count), variable.cell_axis(count));
                assert!(values.len() == count && values.windows(2).all(|pair| pair[0] < pair[1]), "{slug}");
                for (i, value) in values.iter().enumerate() {
                    let share = match axis.scale {
                        Scale::Linear => (value - axis.min) / (axis.max - axis.min),
                        Scale::Log => (value / axis.min).ln() / (axis.max / axis.min).ln(),
                    };
                    let cell = share * count as f64 - i as f64;
                    assert!((cell - 0.5).abs() < 0.2, "{slug}: {value} stands at {cell} of its cell");
                }
            }
            let curve = variable.curve_values(41);
            assert!(curve.windows(2).all(|pair| pair[0] < pair[1]), "{slug}");
        }
    }
}
