//! One transition of the no-U-turn sampler with multinomial sampling.
//!
//! Hoffman & Gelman (2014) introduced the sampler; the multinomial choice within
//! trajectories and the generalized U-turn criterion are those of Betancourt
//! (2017), appendix A; the two further checks across the seam of two subtrees are
//! Stan's (since 2.21). Same algorithm as Stan's `base_nuts`, laid out to touch
//! memory little:
//!
//! - States live in a pool and are written once; a subtree holds indices, and bits
//!   tell which states some subtree still needs.
//! - A subtree is built leaf by leaf; after leaf number j as many finished
//!   subtrees are joined as j has trailing zero bits, so there is no recursion.
//! - Subtrees live in a stack and are joined where they are: copying one that was
//!   just written cost a sixth of a leapfrog step.
//! - A subtree remembers the inner products of its end momenta with its summed
//!   momentum; a join then needs six new ones, taken in one pass. A join of two
//!   leaves needs one, which its leapfrog step has taken already, and a join of two
//!   pairs three more.
//! - Weights exp(H₀ − H) are summed as they are, with a common factor taken out
//!   in the rare case of overflow, so that no logarithm is needed.

use models::LogDensity;
use stats::pair::{LANES, Pair};
use stats::{SimRng, fill_standard_normal, uniform};

use crate::samplers::leapfrog::{State, leapfrog};

/// Energy error beyond which a trajectory counts as divergent; Stan's default, no unit.
pub const DIVERGENCE_THRESHOLD: f64 = 1000.0;

/// Largest exponent of a weight before the common factor is raised.
const MAX_LOG_WEIGHT: f64 = 600.0;

/// What one transition did.
pub(crate) struct Outcome {
    pub(crate) accept_stat: f64,
    pub(crate) tree_depth: u32,
    pub(crate) num_leapfrog: u32,
    pub(crate) divergent: bool,
}

/// One end of a subtree.
#[derive(Clone, Copy, Debug)]
struct End {
    /// Its state's place in the pool.
    state: usize,
    /// Its squared momentum.
    square: f64,
    /// Its momentum times the momenta summed over the subtree.
    dot_sum: f64,
}

impl End {
    const NONE: Self = Self { state: 0, square: 0.0, dot_sum: 0.0 };
}

/// 2^depth adjacent states of a trajectory, in the order in which they were made.
#[derive(Clone, Debug)]
struct Subtree {
    begin: End,
    end: End,
    /// The first momentum times that of the state before.
    with_previous: f64,
    /// The state chosen so far.
    proposal: usize,
    /// Σ exp(H₀ − H), up to the common factor.
    weight: f64,
    /// The momenta of all states, summed; not kept for one or two, whose ends have it.
    momentum_sum: Vec<f64>,
}

/// The pools and counters of a transition; nothing here outlives one, but the current state.
#[derive(Clone, Debug)]
pub(crate) struct Trajectory {
    dim: usize,
    states: Vec<State>,
    /// Which states begin a subtree, end one, or are proposed by one; one bit each.
    begins: u64,
    ends: u64,
    proposals: u64,
    /// First the whole trajectory so far, then finished subtrees that wait for their other half.
    stack: Vec<Subtree>,
    /// How much of the stack is in use.
    num_subtrees: usize,
    current: usize,
    initial_energy: f64,
    /// Logarithm of the factor taken out of all weights.
    log_factor: f64,
    accept_sum: f64,
    num_leapfrog: u32,
    divergent: bool,
    /// The steps of the last transition, where someone wants to see them.
    recorded: Option<Vec<Step>>,
}

/// One leapfrog step of a transition that was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Where it leads, unconstrained.
    pub position: Vec<f64>,
    /// The doubling that it belongs to: 0, 1, ….
    pub doubling: u32,
    /// Whether it goes forward in time, else backward.
    pub forward: bool,
    /// Whether its energy error is past [`DIVERGENCE_THRESHOLD`].
    pub diverged: bool,
}

impl Trajectory {
    pub(crate) fn new(dim: usize, max_tree_depth: u32) -> Self {
        let levels = max_tree_depth as usize;
        // The whole and one waiting subtree per level below have two ends and a proposal each;
        // one state is under way. Of 20 levels, each has a bit.
        let num_states = 3 * levels + 1;
        let subtree = Subtree {
            begin: End::NONE,
            end: End::NONE,
            with_previous: 0.0,
            proposal: 0,
            weight: 0.0,
            momentum_sum: vec![0.0; dim.next_multiple_of(LANES)],
        };
        Self {
            dim,
            states: vec![State::new(dim); num_states],
            begins: 0,
            ends: 0,
            proposals: 0,
            stack: vec![subtree; levels + 1],
            num_subtrees: 0,
            current: 0,
            initial_energy: 0.0,
            log_factor: 0.0,
            accept_sum: 0.0,
            num_leapfrog: 0,
            divergent: false,
            recorded: None,
        }
    }

    pub(crate) fn current(&self) -> &State {
        &self.states[self.current]
    }

    /// The current state, to be given a position; its log density and gradient must then be set too.
    pub(crate) fn current_mut(&mut self) -> &mut State {
        &mut self.states[self.current]
    }

    /// Energy lost, H₀ − H, by one leapfrog step from the current position with a fresh momentum.
    pub(crate) fn trial_energy_loss(
        &mut self,
        model: &dyn LogDensity,
        scale: &[f64],
        step_size: f64,
        rng: &mut SimRng,
    ) -> f64 {
        let energy = self.refresh_momentum(rng).energy;
        let trial = usize::from(self.current == 0);
        let [from, to] = self.states.get_disjoint_mut([self.current, trial]).expect("two states");
        leapfrog(model, scale, step_size, from, to);
        energy - to.energy
    }

    /// Moves the current state by one NUTS transition.
    pub(crate) fn transition(
        &mut self,
        model: &dyn LogDensity,
        scale: &[f64],
        step_size: f64,
        max_tree_depth: u32,
        rng: &mut SimRng,
    ) -> Outcome {
        let Start { square, energy } = self.refresh_momentum(rng);
        self.reset(energy);
        if let Some(recorded) = &mut self.recorded {
            recorded.clear();
        }
        self.push_leaf(self.current, square, 0.0, 1.0);

        let mut forward = true;
        let mut tree_depth = 0;
        while tree_depth < max_tree_depth {
            if (uniform(rng) > 0.5) != forward {
                forward = !forward;
                self.turn_round();
            }
            let step = if forward { step_size } else { -step_size };
            let first = self.num_recorded();
            let is_whole = self.push_subtree(model, scale, step, tree_depth, rng);
            self.label_recorded(first, tree_depth, forward);
            if !is_whole {
                break;
            }
            let [whole, new_half] = [self.stack[0].weight, self.stack[1].weight];
            // Biased progressive sampling prefers the new half (Betancourt 2017, A.3.2).
            let takes_new = new_half >= whole || uniform(rng) * whole < new_half;
            let turns = self.join_last_two(tree_depth, takes_new);
            tree_depth += 1;
            if turns {
                break;
            }
        }
        self.current = self.stack[0].proposal;
        Outcome {
            accept_stat: self.accept_sum / f64::from(self.num_leapfrog.max(1)),
            tree_depth,
            num_leapfrog: self.num_leapfrog,
            divergent: self.divergent,
        }
    }

    /// Continues the trajectory by a subtree of 2^`depth` states; not if it diverges or turns within.
    fn push_subtree(
        &mut self,
        model: &dyn LogDensity,
        scale: &[f64],
        step: f64,
        depth: u32,
        rng: &mut SimRng,
    ) -> bool {
        let mut from = self.stack[0].end.state;
        for leaf in 1u32..=1 << depth {
            let Some(state) = self.push_next(model, scale, step, from) else { return false };
            from = state;
            for depth in 0..leaf.trailing_zeros() {
                let [left, right] = [2, 1].map(|back| self.stack[self.num_subtrees - back].weight);
                let takes_right = uniform(rng) * (left + right) < right;
                if self.join_last_two(depth, takes_right) {
                    return false;
                }
            }
        }
        true
    }

    /// Pushes the state one leapfrog step after state `from`; none if it diverges.
    fn push_next(&mut self, model: &dyn LogDensity, scale: &[f64], step: f64, from: usize) -> Option<usize> {
        let state = self.free_state();
        let [old, new] = self.states.get_disjoint_mut([from, state]).expect("a free state is not in use");
        let products = leapfrog(model, scale, step, old, new);
        let energy_loss = self.initial_energy - new.energy;
        self.num_leapfrog += 1;
        if let Some(recorded) = &mut self.recorded {
            let diverged = !(-DIVERGENCE_THRESHOLD..f64::INFINITY).contains(&energy_loss);
            let position = new.position[..self.dim].to_vec();
            recorded.push(Step { position, doubling: 0, forward: true, diverged });
        }
        // NaN, from a log density or an overflow, is not within and diverges as well.
        if !(-DIVERGENCE_THRESHOLD..f64::INFINITY).contains(&energy_loss) {
            self.divergent = true;
            return None;
        }
        let weight = self.weight(energy_loss);
        self.push_leaf(state, products.square, products.with_old, weight);
        Some(state)
    }

    /// Keeps the steps of every transition from now on until the next one.
    pub(crate) fn record(&mut self) {
        self.recorded = Some(Vec::new());
    }

    /// The steps of the last transition; empty unless they are recorded.
    pub(crate) fn recorded(&self) -> &[Step] {
        self.recorded.as_deref().unwrap_or_default()
    }

    fn num_recorded(&self) -> usize {
        self.recorded.as_ref().map_or(0, Vec::len)
    }

    fn label_recorded(&mut self, first: usize, doubling: u32, forward: bool) {
        for step in self.recorded.iter_mut().flatten().skip(first) {
            (step.doubling, step.forward) = (doubling, forward);
        }
    }

    /// The first state that no subtree needs.
    fn free_state(&self) -> usize {
        (self.begins | self.ends | self.proposals).trailing_ones() as usize
    }

    fn push_leaf(&mut self, state: usize, square: f64, with_previous: f64, weight: f64) {
        let end = End { state, square, dot_sum: square };
        let leaf = &mut self.stack[self.num_subtrees];
        leaf.begin = end;
        leaf.end = end;
        leaf.with_previous = with_previous;
        leaf.proposal = state;
        leaf.weight = weight;
        self.num_subtrees += 1;
        self.begins |= 1 << state;
        self.ends |= 1 << state;
        self.proposals |= 1 << state;
    }

    /// Lets the whole trajectory be continued at its other end.
    fn turn_round(&mut self) {
        let whole = &mut self.stack[0];
        std::mem::swap(&mut whole.begin, &mut whole.end);
        let exchanged = (1 << whole.begin.state) ^ (1 << whole.end.state);
        self.begins ^= exchanged;
        self.ends ^= exchanged;
    }

    /// Joins the last two subtrees, of 2^`depth` states each; the answer is whether the
    /// trajectory turns within them.
    fn join_last_two(&mut self, depth: u32, takes_right: bool) -> bool {
        self.num_subtrees -= 1;
        let [left, right] = self
            .stack
            .get_disjoint_mut([self.num_subtrees - 1, self.num_subtrees])
            .expect("a left half waits for every right one");
        let (begin_right, end_left, seam_turns);
        if depth == 0 {
            begin_right = right.with_previous;
            end_left = right.with_previous;
            seam_turns = false; // Both checks are the main one.
        } else {
            let momenta = [left.begin, left.end, right.begin, right.end]
                .map(|end| &self.states[end.state].momentum[..]);
            let dots = if depth == 1 {
                let dots = join_pairs(momenta, &mut left.momentum_sum);
                JoinDots::of_pairs(dots.map(Pair::sum), right.with_previous)
            } else {
                let dots = join_sums(momenta, &mut left.momentum_sum, &right.momentum_sum);
                JoinDots::of_sums(dots.map(Pair::sum))
            };
            begin_right = dots.left_begin_right_sum;
            end_left = dots.right_end_left_sum;
            // The left half with the first state of the right one, and the other way round.
            seam_turns = !(left.begin.dot_sum + dots.left_begin_right_begin > 0.0
                && right.begin.square + dots.right_begin_left_sum > 0.0
                && left.end.square + dots.left_end_right_sum > 0.0
                && right.end.dot_sum + dots.right_end_left_end > 0.0);
        }
        self.ends &= !(1 << left.end.state);
        self.begins &= !(1 << right.begin.state);
        let (proposal, rejected) =
            if takes_right { (right.proposal, left.proposal) } else { (left.proposal, right.proposal) };
        self.proposals &= !(1 << rejected);
        left.begin.dot_sum += begin_right;
        left.end = End { dot_sum: right.end.dot_sum + end_left, ..right.end };
        left.proposal = proposal;
        left.weight += right.weight;
        seam_turns || !(left.begin.dot_sum > 0.0 && left.end.dot_sum > 0.0)
    }

    /// exp(`energy_loss`) up to the common factor; adds to the acceptance statistic.
    fn weight(&mut self, energy_loss: f64) -> f64 {
        if self.log_factor == 0.0 && energy_loss <= MAX_LOG_WEIGHT {
            let weight = libm::exp(energy_loss);
            self.accept_sum += if weight < 1.0 { weight } else { 1.0 };
            return weight;
        }
        self.accept_sum += libm::exp(energy_loss.min(0.0));
        if energy_loss - self.log_factor > MAX_LOG_WEIGHT {
            let shrink = libm::exp(self.log_factor - energy_loss);
            self.log_factor = energy_loss;
            for subtree in &mut self.stack[..self.num_subtrees] {
                subtree.weight *= shrink;
            }
        }
        libm::exp(energy_loss - self.log_factor)
    }

    /// Draws a momentum for the current state.
    fn refresh_momentum(&mut self, rng: &mut SimRng) -> Start {
        let state = &mut self.states[self.current];
        fill_standard_normal(rng, &mut state.momentum[..self.dim]);
        let mut square = Pair::splat(0.0);
        for pair in state.momentum.as_chunks::<LANES>().0 {
            let p = Pair::new(*pair);
            square = square + p * p;
        }
        let square = square.sum();
        state.energy = 0.5 * square - state.log_density;
        Start { square, energy: state.energy }
    }

    /// Frees all states; the current one is to be pushed first.
    fn reset(&mut self, initial_energy: f64) {
        self.begins = 0;
        self.ends = 0;
        self.proposals = 0;
        self.num_subtrees = 0;
        self.initial_energy = initial_energy;
        self.log_factor = 0.0;
        self.accept_sum = 0.0;
        self.num_leapfrog = 0;
        self.divergent = false;
    }
}

/// The start of a trajectory.
struct Start {
    /// Its squared momentum.
    square: f64,
    energy: f64,
}

/// Inner products of end momenta and momentum sums of two halves.
struct JoinDots {
    left_begin_right_sum: f64,
    left_begin_right_begin: f64,
    left_end_right_sum: f64,
    right_begin_left_sum: f64,
    right_end_left_sum: f64,
    right_end_left_end: f64,
}

impl JoinDots {
    /// From the products that [`join_pairs`] takes, and that of the inner two momenta.
    fn of_pairs([outer, begins, ends]: [f64; 3], inner: f64) -> Self {
        Self {
            left_begin_right_sum: begins + outer,
            left_begin_right_begin: begins,
            left_end_right_sum: inner + ends,
            right_begin_left_sum: begins + inner,
            right_end_left_sum: outer + ends,
            right_end_left_end: ends,
        }
    }

    /// From the products that [`join_sums`] takes.
    fn of_sums(dots: [f64; 6]) -> Self {
        let [a, b, c, d, e, f] = dots;
        Self {
            left_begin_right_sum: a,
            left_begin_right_begin: b,
            left_end_right_sum: c,
            right_begin_left_sum: d,
            right_end_left_sum: e,
            right_end_left_end: f,
        }
    }
}

/// Writes the sum of four momenta into `sum`; gives the lanes of the products of the
/// first and the last, the first and the third, the second and the last.
///
/// Not inlined, like [`join_sums`], so that lanes and not products are paired: see `leapfrog`.
#[inline(never)]
fn join_pairs(momenta: [&[f64]; 4], sum: &mut [f64]) -> [Pair; 3] {
    let sum = sum.as_chunks_mut::<LANES>().0;
    let num_chunks = sum.len();
    let [a, b, c, d] = momenta.map(|v| &v.as_chunks::<LANES>().0[..num_chunks]);
    let mut dots = [Pair::splat(0.0); 3];
    for i in 0..num_chunks {
        let [a, b, c, d] = [a[i], b[i], c[i], d[i]].map(Pair::new);
        sum[i] = ((a + b) + (c + d)).lanes();
        for (dot, product) in dots.iter_mut().zip([a * d, a * c, b * d]) {
            *dot = *dot + product;
        }
    }
    dots
}

/// Adds `right_sum` to `left_sum`; gives the lanes of the products, which are with the
/// sums before, in the order of [`JoinDots`].
///
/// Six sums keep the adders busy with one register each.
///
/// - `ends`: momenta at the left half's begin and end, then at the right half's.
#[inline(never)]
fn join_sums(ends: [&[f64]; 4], left_sum: &mut [f64], right_sum: &[f64]) -> [Pair; 6] {
    let left_sum = left_sum.as_chunks_mut::<LANES>().0;
    let num_pairs = left_sum.len();
    let [left_begin, left_end, right_begin, right_end, right_sum] =
        [ends[0], ends[1], ends[2], ends[3], right_sum].map(|v| &v.as_chunks::<LANES>().0[..num_pairs]);
    let mut dots = [Pair::splat(0.0); 6];
    for i in 0..num_pairs {
        let [lb, le, rb, re] = [left_begin[i], left_end[i], right_begin[i], right_end[i]].map(Pair::new);
        let (l, r) = (Pair::new(left_sum[i]), Pair::new(right_sum[i]));
        left_sum[i] = (l + r).lanes();
        for (dot, product) in dots.iter_mut().zip([lb * r, lb * rb, le * r, rb * l, re * l, re * le]) {
            *dot = *dot + product;
        }
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::*;
    use stats::standard_normal;

    const DIM: usize = 5;

    fn dot(a: &[f64], b: &[f64]) -> f64 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    }

    fn sum(momenta: &[Vec<f64>]) -> Vec<f64> {
        (0..DIM).map(|i| momenta.iter().map(|p| p[i]).sum()).collect()
    }

    /// Betancourt's criterion: an end moves against the summed momentum.
    fn turns(momenta: &[Vec<f64>]) -> bool {
        let sum = sum(momenta);
        dot(&momenta[0], &sum) <= 0.0 || dot(&momenta[momenta.len() - 1], &sum) <= 0.0
    }

    fn push(trajectory: &mut Trajectory, momentum: &[f64], with_previous: f64) {
        let state = trajectory.free_state();
        trajectory.states[state].momentum[..DIM].copy_from_slice(momentum);
        trajectory.push_leaf(state, dot(momentum, momentum), with_previous, 1.0);
    }

    #[test]
    fn joins_follow_the_definition_of_a_u_turn() {
        let mut rng = stats::stream(1, "test", 0);
        let (mut num_turns, mut num_seam_turns) = (0, 0);
        for _ in 0..300 {
            // A momentum that turns at some rate, seen with noise: joins of every kind.
            let rate = 3.0 * uniform(&mut rng);
            let momenta: Vec<Vec<f64>> = (0..8)
                .map(|j| {
                    let turned = [libm::cos(rate * f64::from(j)), libm::sin(rate * f64::from(j)), 0.3];
                    (0..DIM).map(|i| turned[i % 3] + 0.2 * standard_normal(&mut rng)).collect()
                })
                .collect();
            let mut trajectory = Trajectory::new(DIM, 5);
            trajectory.reset(0.0);
            for leaf in 1..=8_usize {
                let with_previous = if leaf == 1 { 0.0 } else { dot(&momenta[leaf - 1], &momenta[leaf - 2]) };
                push(&mut trajectory, &momenta[leaf - 1], with_previous);
                for depth in 0..leaf.trailing_zeros() {
                    let size = 1 << depth;
                    let all = &momenta[leaf - 2 * size..leaf];
                    let turned = trajectory.join_last_two(depth, uniform(&mut rng) < 0.5);
                    let seam_turns = turns(&all[..=size]) || turns(&all[size - 1..]);
                    assert_eq!(turned, turns(all) || seam_turns, "{all:?}");
                    num_turns += u32::from(turned);
                    num_seam_turns += u32::from(seam_turns && !turns(all));
                    let (joined, sum) = (&trajectory.stack[trajectory.num_subtrees - 1], sum(all));
                    assert!((joined.begin.dot_sum - dot(&all[0], &sum)).abs() < 1e-10);
                    assert!((joined.end.dot_sum - dot(&all[all.len() - 1], &sum)).abs() < 1e-10);
                }
            }
            let whole = &trajectory.stack[0];
            for (a, b) in whole.momentum_sum.iter().zip(sum(&momenta)) {
                assert!((a - b).abs() < 1e-12);
            }
            assert_eq!((trajectory.num_subtrees, whole.weight), (1, 8.0));
            // Only the ends and the proposal are still held.
            assert_eq!(trajectory.states[whole.begin.state].momentum[..DIM], momenta[0]);
            assert_eq!(trajectory.states[whole.end.state].momentum[..DIM], momenta[7]);
            let held = [trajectory.begins, trajectory.ends, trajectory.proposals];
            assert_eq!(held, [whole.begin.state, whole.end.state, whole.proposal].map(|state| 1 << state));
            trajectory.turn_round();
            assert_eq!([trajectory.begins, trajectory.ends], [held[1], held[0]]);
        }
        assert!((300..1800).contains(&num_turns) && num_seam_turns > 20, "{num_turns} {num_seam_turns}");
    }

    #[test]
    fn the_deepest_tree_has_a_bit_for_every_state() {
        assert!(Trajectory::new(1, 20).states.len() <= u64::BITS as usize);
    }

    #[test]
    fn a_raised_common_factor_leaves_ratios_alone() {
        let mut trajectory = Trajectory::new(DIM, 3);
        trajectory.reset(0.0);
        let weight = trajectory.weight(590.0);
        trajectory.push_leaf(0, 1.0, 0.0, weight);
        let later = trajectory.weight(700.0);
        assert!((libm::log(later / trajectory.stack[0].weight) - 110.0).abs() < 1e-9);
        let smaller = trajectory.weight(650.0);
        assert!((libm::log(later / smaller) - 50.0).abs() < 1e-9);
        assert_eq!(trajectory.accept_sum, 3.0);
    }
}
