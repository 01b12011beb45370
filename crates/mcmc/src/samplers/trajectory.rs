//! One transition of the no-U-turn sampler with multinomial sampling.
//!
//! Hoffman & Gelman (2014) introduced the sampler; the multinomial choice within
//! trajectories and the generalized U-turn criterion are those of Betancourt
//! (2017), appendix A; the two further checks across the seam of two subtrees are
//! Stan's (since 2.21). Same algorithm as Stan's `base_nuts`, laid out to touch
//! memory little:
//!
//! - States live in a pool and are written once; a subtree holds indices.
//! - A subtree is built leaf by leaf; after leaf number j as many finished
//!   subtrees are joined as j has trailing zero bits, so there is no recursion.
//! - A subtree remembers the inner products of its end momenta with its summed
//!   momentum; a join then needs six new ones, taken in one pass, and a join of
//!   two leaves needs one, which its leapfrog step has taken already.
//! - Weights exp(H₀ − H) are summed as they are, with a common factor taken out
//!   in the rare case of overflow, so that no logarithm is needed.

use models::LogDensity;
use stats::{SimRng, fill_standard_normal, uniform};

use crate::samplers::leapfrog::{LANES, State, leapfrog};

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

/// Adjacent states of a trajectory, in the order in which they were made.
#[derive(Clone, Copy, Debug)]
struct Subtree {
    begin: End,
    end: End,
    /// The state chosen so far.
    proposal: usize,
    /// Σ exp(H₀ − H), up to the common factor.
    weight: f64,
    momentum_sum: MomentumSum,
}

/// Where the momenta of a subtree's states, summed, are found.
#[derive(Clone, Copy, Debug)]
enum MomentumSum {
    /// A single state: its own momentum. `with_previous` is its inner product with
    /// the momentum of the state before.
    Leaf { with_previous: f64 },
    /// A place in the pool of sums.
    Pooled(usize),
}

/// The pools and counters of a transition; nothing here outlives one, but the current state.
#[derive(Clone, Debug)]
pub(crate) struct Trajectory {
    dim: usize,
    states: Vec<State>,
    /// How many subtree ends and proposals refer to each state.
    num_uses: Vec<u32>,
    free_states: Vec<usize>,
    sums: Vec<Vec<f64>>,
    free_sums: Vec<usize>,
    /// Finished subtrees that wait for their other half.
    waiting: Vec<Subtree>,
    current: usize,
    whole: Option<Subtree>,
    initial_energy: f64,
    /// Logarithm of the factor taken out of all weights.
    log_factor: f64,
    accept_sum: f64,
    num_leapfrog: u32,
    divergent: bool,
}

impl Trajectory {
    pub(crate) fn new(dim: usize, max_tree_depth: u32) -> Self {
        let levels = max_tree_depth as usize + 2;
        // Every level may have one subtree waiting, with two ends and a proposal; one state is under way.
        let num_states = 3 * levels + 2;
        let sum = vec![0.0; dim.next_multiple_of(LANES)];
        Self {
            dim,
            states: vec![State::new(dim); num_states],
            num_uses: vec![0; num_states],
            free_states: Vec::with_capacity(num_states),
            sums: vec![sum; levels + 1],
            free_sums: Vec::with_capacity(levels + 1),
            waiting: Vec::with_capacity(levels),
            current: 0,
            whole: None,
            initial_energy: 0.0,
            log_factor: 0.0,
            accept_sum: 0.0,
            num_leapfrog: 0,
            divergent: false,
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
    pub(crate) fn trial_energy_loss<M: LogDensity>(
        &mut self,
        model: &M,
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
    pub(crate) fn transition<M: LogDensity>(
        &mut self,
        model: &M,
        scale: &[f64],
        step_size: f64,
        max_tree_depth: u32,
        rng: &mut SimRng,
    ) -> Outcome {
        let Start { square, energy } = self.refresh_momentum(rng);
        self.reset(energy);
        let end = End { state: self.current, square, dot_sum: square };
        let mut whole = Subtree {
            begin: end,
            end,
            proposal: self.current,
            weight: 1.0,
            momentum_sum: MomentumSum::Leaf { with_previous: 0.0 },
        };
        self.num_uses[self.current] = 3;

        let mut forward = true;
        let mut tree_depth = 0;
        while tree_depth < max_tree_depth {
            if (uniform(rng) > 0.5) != forward {
                forward = !forward;
                std::mem::swap(&mut whole.begin, &mut whole.end);
            }
            let step = if forward { step_size } else { -step_size };
            self.whole = Some(whole);
            let subtree = self.subtree(model, scale, step, tree_depth, whole.end.state, rng);
            whole = self.whole.take().unwrap_or(whole);
            let Some(subtree) = subtree else { break };
            tree_depth += 1;
            // Biased progressive sampling prefers the new half (Betancourt 2017, A.3.2).
            let takes_new = subtree.weight >= whole.weight || uniform(rng) * whole.weight < subtree.weight;
            let (joined, turns) = self.join(whole, subtree, takes_new);
            whole = joined;
            if turns {
                break;
            }
        }
        self.current = whole.proposal;
        Outcome {
            accept_stat: self.accept_sum / f64::from(self.num_leapfrog.max(1)),
            tree_depth,
            num_leapfrog: self.num_leapfrog,
            divergent: self.divergent,
        }
    }

    /// A subtree of 2^`depth` states beyond state `from`; none if it diverges or turns within.
    fn subtree<M: LogDensity>(
        &mut self,
        model: &M,
        scale: &[f64],
        step: f64,
        depth: u32,
        mut from: usize,
        rng: &mut SimRng,
    ) -> Option<Subtree> {
        for leaf in 1u32..=1 << depth {
            let mut subtree = self.leaf(model, scale, step, from)?;
            from = subtree.end.state;
            for _ in 0..leaf.trailing_zeros() {
                let left = self.waiting.pop().expect("a left half waits for every right one");
                let takes_right = uniform(rng) * (left.weight + subtree.weight) < subtree.weight;
                let (joined, turns) = self.join(left, subtree, takes_right);
                if turns {
                    return None;
                }
                subtree = joined;
            }
            self.waiting.push(subtree);
        }
        self.waiting.pop()
    }

    /// The state one leapfrog step after state `from`; none if it diverges.
    fn leaf<M: LogDensity>(&mut self, model: &M, scale: &[f64], step: f64, from: usize) -> Option<Subtree> {
        let state = self.free_states.pop().expect("the pool holds what a tree of this depth can use");
        let [old, new] = self.states.get_disjoint_mut([from, state]).expect("a free state is not in use");
        let products = leapfrog(model, scale, step, old, new);
        let energy_loss = self.initial_energy - new.energy;
        self.num_leapfrog += 1;
        // NaN, from a log density or an overflow, is not within and diverges as well.
        if !(-DIVERGENCE_THRESHOLD..f64::INFINITY).contains(&energy_loss) {
            self.divergent = true;
            return None;
        }
        let weight = self.weight(energy_loss);
        self.num_uses[state] = 3;
        let end = End { state, square: products.square, dot_sum: products.square };
        let momentum_sum = MomentumSum::Leaf { with_previous: products.with_old };
        Some(Subtree { begin: end, end, proposal: state, weight, momentum_sum })
    }

    /// Joins two halves; the second answer is whether the trajectory turns within them.
    fn join(&mut self, left: Subtree, right: Subtree, takes_right: bool) -> (Subtree, bool) {
        let (begin_right, end_left, seam_turns, momentum_sum);
        match (left.momentum_sum, right.momentum_sum) {
            (MomentumSum::Pooled(left_sum), MomentumSum::Pooled(right_sum)) => {
                let [sum, other] =
                    self.sums.get_disjoint_mut([left_sum, right_sum]).expect("halves have their own sums");
                let momentum = |end: End| &self.states[end.state].momentum[..];
                let dots = join_sums(
                    [momentum(left.begin), momentum(left.end), momentum(right.begin), momentum(right.end)],
                    sum,
                    other,
                );
                begin_right = dots.left_begin_right_sum;
                end_left = dots.right_end_left_sum;
                // The left half with the first state of the right one, and the other way round.
                seam_turns = !(left.begin.dot_sum + dots.left_begin_right_begin > 0.0
                    && right.begin.square + dots.right_begin_left_sum > 0.0
                    && left.end.square + dots.left_end_right_sum > 0.0
                    && right.end.dot_sum + dots.right_end_left_end > 0.0);
                self.free_sums.push(right_sum);
                momentum_sum = left_sum;
            }
            (_, MomentumSum::Leaf { with_previous }) => {
                begin_right = with_previous;
                end_left = with_previous;
                seam_turns = false; // Both checks are the main one.
                momentum_sum = self.free_sums.pop().expect("one sum per level");
                let left_momentum = &self.states[left.end.state].momentum;
                let right_momentum = &self.states[right.begin.state].momentum;
                for ((sum, l), r) in self.sums[momentum_sum].iter_mut().zip(left_momentum).zip(right_momentum)
                {
                    *sum = l + r;
                }
            }
            (MomentumSum::Leaf { .. }, MomentumSum::Pooled(_)) => unreachable!("halves are of one size"),
        }
        let begin = End { dot_sum: left.begin.dot_sum + begin_right, ..left.begin };
        let end = End { dot_sum: right.end.dot_sum + end_left, ..right.end };
        let turns = seam_turns || !(begin.dot_sum > 0.0 && end.dot_sum > 0.0);
        let (proposal, rejected) =
            if takes_right { (right.proposal, left.proposal) } else { (left.proposal, right.proposal) };
        for state in [left.end.state, right.begin.state, rejected] {
            self.release(state);
        }
        let weight = left.weight + right.weight;
        let momentum_sum = MomentumSum::Pooled(momentum_sum);
        (Subtree { begin, end, proposal, weight, momentum_sum }, turns)
    }

    fn release(&mut self, state: usize) {
        self.num_uses[state] -= 1;
        if self.num_uses[state] == 0 {
            self.free_states.push(state);
        }
    }

    /// exp(`energy_loss`) up to the common factor; adds to the acceptance statistic.
    fn weight(&mut self, energy_loss: f64) -> f64 {
        if self.log_factor == 0.0 && energy_loss <= MAX_LOG_WEIGHT {
            let weight = libm::exp(energy_loss);
            self.accept_sum += weight.min(1.0);
            return weight;
        }
        self.accept_sum += libm::exp(energy_loss.min(0.0));
        if energy_loss - self.log_factor > MAX_LOG_WEIGHT {
            let shrink = libm::exp(self.log_factor - energy_loss);
            self.log_factor = energy_loss;
            for subtree in self.waiting.iter_mut().chain(&mut self.whole) {
                subtree.weight *= shrink;
            }
        }
        libm::exp(energy_loss - self.log_factor)
    }

    /// Draws a momentum for the current state.
    fn refresh_momentum(&mut self, rng: &mut SimRng) -> Start {
        let state = &mut self.states[self.current];
        fill_standard_normal(rng, &mut state.momentum[..self.dim]);
        let mut square = [0.0; LANES];
        for pair in state.momentum.as_chunks::<LANES>().0 {
            for lane in 0..LANES {
                square[lane] += pair[lane] * pair[lane];
            }
        }
        let square = square[0] + square[1];
        state.energy = 0.5 * square - state.log_density;
        Start { square, energy: state.energy }
    }

    /// Frees all states but the current one, and all sums.
    fn reset(&mut self, initial_energy: f64) {
        self.num_uses.fill(0);
        self.free_states.clear();
        self.free_states.extend((0..self.states.len()).rev().filter(|&state| state != self.current));
        self.free_sums.clear();
        self.free_sums.extend((0..self.sums.len()).rev());
        self.waiting.clear();
        self.whole = None;
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

/// Adds `right_sum` to `left_sum`; the products are with the sums before.
///
/// - `ends`: momenta at the left half's begin and end, then at the right half's.
fn join_sums(ends: [&[f64]; 4], left_sum: &mut [f64], right_sum: &[f64]) -> JoinDots {
    let left_sum = left_sum.as_chunks_mut::<LANES>().0;
    let len = left_sum.len();
    let [left_begin, left_end, right_begin, right_end, right_sum] =
        [ends[0], ends[1], ends[2], ends[3], right_sum].map(|v| &v.as_chunks::<LANES>().0[..len]);
    let mut dots = [[0.0; LANES]; 6];
    for i in 0..len {
        for lane in 0..LANES {
            let (l, r) = (left_sum[i][lane], right_sum[i][lane]);
            let (lb, le) = (left_begin[i][lane], left_end[i][lane]);
            let (rb, re) = (right_begin[i][lane], right_end[i][lane]);
            left_sum[i][lane] = l + r;
            dots[0][lane] += lb * r;
            dots[1][lane] += lb * rb;
            dots[2][lane] += le * r;
            dots[3][lane] += rb * l;
            dots[4][lane] += re * l;
            dots[5][lane] += re * le;
        }
    }
    let [a, b, c, d, e, f] = dots.map(|lanes| lanes[0] + lanes[1]);
    JoinDots {
        left_begin_right_sum: a,
        left_begin_right_begin: b,
        left_end_right_sum: c,
        right_begin_left_sum: d,
        right_end_left_sum: e,
        right_end_left_end: f,
    }
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

    /// A trajectory that holds these momenta as leaves.
    fn leaves(momenta: &[Vec<f64>]) -> (Trajectory, Vec<Subtree>) {
        let mut trajectory = Trajectory::new(DIM, 5);
        trajectory.reset(0.0);
        let mut leaves = Vec::new();
        for (j, momentum) in momenta.iter().enumerate() {
            let state = trajectory.free_states.pop().unwrap();
            trajectory.states[state].momentum[..DIM].copy_from_slice(momentum);
            trajectory.num_uses[state] = 3;
            let square = dot(momentum, momentum);
            let with_previous = if j == 0 { 0.0 } else { dot(momentum, &momenta[j - 1]) };
            let end = End { state, square, dot_sum: square };
            let momentum_sum = MomentumSum::Leaf { with_previous };
            leaves.push(Subtree { begin: end, end, proposal: state, weight: 1.0, momentum_sum });
        }
        (trajectory, leaves)
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
            let (mut trajectory, mut level) = leaves(&momenta);
            let mut size = 1;
            while level.len() > 1 {
                let halves = std::mem::take(&mut level);
                for (j, pair) in halves.chunks(2).enumerate() {
                    let first = 2 * size * j;
                    let all = &momenta[first..first + 2 * size];
                    let (joined, turned) = trajectory.join(pair[0], pair[1], false);
                    let seam_turns = turns(&all[..=size]) || turns(&all[size - 1..]);
                    assert_eq!(turned, turns(all) || seam_turns, "{all:?}");
                    num_turns += u32::from(turned);
                    num_seam_turns += u32::from(seam_turns && !turns(all));
                    let sum = sum(all);
                    assert!((joined.begin.dot_sum - dot(&all[0], &sum)).abs() < 1e-10);
                    assert!((joined.end.dot_sum - dot(&all[all.len() - 1], &sum)).abs() < 1e-10);
                    level.push(joined);
                }
                size *= 2;
            }
            let MomentumSum::Pooled(pooled) = level[0].momentum_sum else { panic!("eight states") };
            for (a, b) in trajectory.sums[pooled].iter().zip(sum(&momenta)) {
                assert!((a - b).abs() < 1e-12);
            }
            // Only the ends and the proposal are still held.
            assert_eq!(trajectory.num_uses.iter().sum::<u32>(), 3);
        }
        assert!((300..1800).contains(&num_turns) && num_seam_turns > 20, "{num_turns} {num_seam_turns}");
    }

    #[test]
    fn a_raised_common_factor_leaves_ratios_alone() {
        let mut trajectory = Trajectory::new(1, 3);
        trajectory.reset(0.0);
        let (_, mut subtrees) = leaves(&[vec![1.0; DIM]]);
        subtrees[0].weight = trajectory.weight(590.0);
        trajectory.waiting.push(subtrees[0]);
        let later = trajectory.weight(700.0);
        assert!((libm::log(later / trajectory.waiting[0].weight) - 110.0).abs() < 1e-9);
        let smaller = trajectory.weight(650.0);
        assert!((libm::log(later / smaller) - 50.0).abs() < 1e-9);
        assert_eq!(trajectory.accept_sum, 3.0);
    }
}
