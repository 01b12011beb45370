//! One trajectory of NUTS over two parameters, step by step.

use std::cell::RefCell;

use mcmc::{Init, NutsChain, NutsSettings, Sampler, Transition};
use models::{Parameterization, TwoParameters};
use plots::{Axis, Contour, Figure, Grid, Trajectory, TrajectoryStep, mass_contours};

use super::exact::Exact;
use super::words::trajectory::Facts;
use super::{RegionsRun, words};
use crate::control::Values;
use crate::lab::{Body, Needs, Panel, Place, Span};
use crate::number;

/// Deepest tree of the picture: 31 steps are as many as one can follow.
pub(super) const MAX_DEPTH: u32 = 5;
/// Most steps of one trajectory.
pub(super) const MAX_STEPS: u32 = (1 << MAX_DEPTH) - 1;
/// Most transitions that can be gone through.
pub(super) const MAX_TRANSITIONS: u32 = 60;
/// Nodes of the grid behind the contours, in each direction.
const NODES: usize = 81;
/// Shares of the probability that the contours hold, the outermost first.
const MASSES: [f64; 3] = [0.95, 0.8, 0.5];

impl RegionsRun {
    /// NUTS on the close-up's school and the SD of schools, or its region's mean where that is known.
    pub(super) fn trajectory(&self, school: usize, values: &Values, is_shown: bool) -> Panel {
        let hierarchy = self.setting.hierarchy(&self.data);
        let parameterization = match values.choice("sampler") {
            "nuts-nc" => Parameterization::NonCentered,
            "nuts-nc-schools" => Parameterization::NonCenteredSchools,
            _ => Parameterization::Centered,
        };
        let is_centered = !parameterization.has_non_centered_schools();
        let held_sd = match (&self.exact, self.setting.region_sd.known()) {
            (_, Some(sd)) => sd,
            (Exact::Learned(posterior), None) => posterior.region_sd_mean,
            (Exact::Known(_), None) => self.setting.region_var.sqrt(),
        };
        let density = TwoParameters::new(&hierarchy, school, held_sd, parameterization);
        let is_funnel = self.setting.school_sd.is_learned();
        let (x, y) = self.frame(school, &density, is_centered, is_funnel);
        let contours = self.contours.of((school, is_centered), || {
            let grid = Grid::of(&x, &y, (NODES, NODES), |first, second| density.log_density(first, second));
            mass_contours(&grid, &MASSES)
        });
        let walk = self.walk(&density, values, is_funnel);
        let shown = values.whole("leap").min(walk.steps.len());
        let is_whole = shown == walk.steps.len();
        let truth = (is_shown && is_centered).then(|| {
            let second = if is_funnel {
                0.5 * libm::log(self.setting.school_var)
            } else {
                self.data.theta[self.setting.region_of(school)]
            };
            (self.data.mu[school], second)
        });
        let figure = Trajectory {
            x,
            y,
            contours,
            start: walk.start,
            steps: walk.steps[..shown].to_vec(),
            chosen: is_whole.then_some(walk.end),
            draws: walk.draws,
            truth,
        };
        let Transition { tree_depth, accept_stat, divergent, .. } = walk.transition;
        let facts = Facts {
            step_size: values.number("eps"),
            num_steps: walk.steps.len(),
            tree_depth,
            acceptance: accept_stat,
            divergent,
            held_sd: self.setting.region_sd.is_learned().then_some(held_sd),
        };
        Panel {
            id: "trajectory".to_owned(),
            title: words::trajectory::title(school),
            subtitle: words::trajectory::subtitle(&facts),
            place: Place::Main,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Trajectory(figure)),
            remark: vec![Span::plain(words::trajectory::REMARK)],
        }
    }

    /// Axes that hold nearly all of the density.
    fn frame(
        &self,
        school: usize,
        density: &TwoParameters,
        is_centered: bool,
        is_funnel: bool,
    ) -> (Axis, Axis) {
        let k = self.setting.region_of(school);
        let (second, sds) = if is_funnel {
            // Variable of the school SD: the first one after all truths.
            let marginal = &self.scales[0];
            let (low, high) = (marginal.quantiles[0], marginal.quantiles[4]);
            let ends = (libm::log(low) - 0.7, libm::log(high) + 0.5);
            (ends, [low, marginal.quantiles[2], high])
        } else {
            let (mean, sd) = (self.exact.theta_mean()[k], self.exact.theta_sd()[k]);
            let sd_mu = self.setting.school_var.sqrt();
            ((mean - 3.4 * sd, mean + 3.4 * sd), [sd_mu; 3])
        };
        let ends = if is_funnel || is_centered {
            let reach = |sd: f64| {
                let (mean, var) = density.school_given(sd);
                [mean - 3.2 * var.sqrt(), mean + 3.2 * var.sqrt()]
            };
            let ends = sds.map(reach);
            let low = ends.iter().map(|end| end[0]).fold(f64::INFINITY, f64::min);
            let high = ends.iter().map(|end| end[1]).fold(f64::NEG_INFINITY, f64::max);
            (low, high)
        } else {
            let (mean, var) = density.school_given(sds[0]);
            (mean - 3.4 * var.sqrt(), mean + 3.4 * var.sqrt())
        };
        let name = number::subscript(school + 1);
        let first_title =
            if is_centered { format!("μ{name}") } else { format!("z{name} = (μ{name} − θ)/σμ") };
        let second_title = if is_funnel {
            words::trajectory::LOG_SCHOOL_SD.to_owned()
        } else {
            format!("θ{}", number::subscript(k + 1))
        };
        (Axis::linear(ends.0, ends.1, first_title), Axis::linear(second.0, second.1, second_title))
    }

    /// Transitions from the middle of the density up to the one that is asked for.
    fn walk(&self, density: &TwoParameters, values: &Values, is_funnel: bool) -> Walk {
        let second = if is_funnel {
            libm::log(self.scales[0].quantiles[2])
        } else {
            density.theta_given(self.setting.school_var.sqrt()).0
        };
        let school_sd = if is_funnel { libm::exp(second) } else { self.setting.school_var.sqrt() };
        let middle = [density.school_given(school_sd).0, second];
        let settings = NutsSettings { num_warmup: 0, max_tree_depth: MAX_DEPTH, ..NutsSettings::default() };
        let rng = stats::stream(self.setting.seed, "trajectory", 0);
        let mut chain = NutsChain::new(density, settings, rng, Init::At(&middle))
            .unwrap_or_else(|_| unreachable!("the density is finite in its middle"));
        chain.set_step_size(values.number("eps"));
        chain.record_trajectories();
        let point = |position: &[f64]| (position[0], position[1]);
        let mut draws = vec![point(chain.draw())];
        let mut transition = chain.step();
        for _ in 1..values.whole("transition") {
            draws.push(point(chain.draw()));
            transition = chain.step();
        }
        let start = draws.pop().unwrap_or((middle[0], middle[1]));
        let steps = chain.trajectory().iter().map(|step| TrajectoryStep {
            at: point(&step.position),
            doubling: step.doubling,
            forward: step.forward,
            diverged: step.diverged,
        });
        // What overflows has no place on paper; the step before it tells where it went.
        let steps = steps.filter(|step| step.at.0.is_finite() && step.at.1.is_finite()).collect();
        Walk { start, steps, end: point(chain.draw()), draws, transition }
    }
}

/// The contours last drawn. Of all that a run can be asked to show, they depend on the school and on
/// whether it is centered; draws, steps and repeats leave them alone.
#[derive(Default)]
pub(super) struct KeptContours(RefCell<Option<(Seen, Vec<Contour>)>>);

/// A school, and whether it is centered.
type Seen = (usize, bool);

impl KeptContours {
    /// The contours of this school and centering, made by `make` unless they are those last drawn.
    fn of(&self, key: Seen, make: impl FnOnce() -> Vec<Contour>) -> Vec<Contour> {
        match &mut *self.0.borrow_mut() {
            Some((kept, contours)) if *kept == key => contours.clone(),
            kept => kept.insert((key, make())).1.clone(),
        }
    }
}

/// One transition, and the draws before it.
struct Walk {
    start: (f64, f64),
    steps: Vec<TrajectoryStep>,
    end: (f64, f64),
    draws: Vec<(f64, f64)>,
    transition: Transition,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contours_are_made_once_for_each_school_and_centering() {
        let kept = KeptContours::default();
        let contour = |mass| vec![Contour { mass, lines: Vec::new() }];
        assert_eq!(kept.of((3, true), || contour(1.0)), contour(1.0));
        assert_eq!(kept.of((3, true), || panic!("made again")), contour(1.0));
        assert_eq!(kept.of((4, true), || contour(2.0)), contour(2.0));
        assert_eq!(kept.of((4, false), || contour(3.0)), contour(3.0));
        assert_eq!(kept.of((3, true), || contour(4.0)), contour(4.0));
    }
}
