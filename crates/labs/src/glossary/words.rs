//! The words of the field and what they mean.

use super::{Entry, entry};

/// All words.
pub const GLOSSARY: &[Entry] = &[
    entry(
        &["shrinkage", "shrink", "shrinks"],
        "Moving an estimate from the measurement toward a center. The share of the way is B: 0 leaves the measurement, 1 leaves only the center.",
    ),
    entry(
        &["partial pooling"],
        "Between each for itself and all as one: every unit is drawn toward the mean of its group, the less precisely it is measured the further.",
    ),
    entry(&["complete pooling"], "All units of a group get one estimate: the mean of the group."),
    entry(&["no pooling"], "Every unit is estimated from its own measurement alone."),
    entry(&["pooling", "pooled"], "Letting units of a group lend each other what was measured."),
    entry(
        &["MLE", "maximum likelihood"],
        "Maximum likelihood estimate: the value under which the data are most probable. Here it is the measurement itself.",
    ),
    entry(
        &["James–Stein", "James and Stein"],
        "An estimator that reads off the data how much to shrink. With three or more means it has a smaller expected total squared error than the measurements, whatever the truth.",
    ),
    entry(
        &["positive part", "positive parts"],
        "James–Stein that never shrinks beyond the center: a factor below 0 is taken as 0. Always at least as good.",
    ),
    entry(&["empirical Bayes"], "Bayes’ rule with a prior whose variance is estimated from the same data."),
    entry(
        &["Bayes"],
        "The mean of the posterior: what to expect of the truth after the measurement, given the prior.",
    ),
    entry(&["prior"], "What is taken to be plausible before the measurement, as a distribution."),
    entry(
        &["posterior"],
        "What is plausible after the measurement, as a distribution: prior times likelihood, scaled to area 1.",
    ),
    entry(&["likelihood"], "How probable the data are, as a function of the unknown value."),
    entry(
        &["R-hat"],
        "Compares the spread between the chains with that within them. Near 1 they have found the same distribution; above 1.01 they have not.",
    ),
    entry(
        &["ESS", "effective sample size", "bulk ESS", "tail ESS"],
        "Effective sample size: how many independent draws would be worth as much as these, which hang together.",
    ),
    entry(
        &["divergence", "divergences", "divergent"],
        "A step of the sampler whose energy went wrong by far: it met a curve sharper than its step. The draws then miss a part of the posterior.",
    ),
    entry(
        &["funnel"],
        "A posterior that gets narrow where an SD is near 0: a sampler with one step size is too bold in its neck and too slow in its mouth.",
    ),
    entry(
        &["non-centered"],
        "Sampling how many SDs a unit is off its center, not where it is. It straightens the funnel where data are few.",
    ),
    entry(&["centered"], "Sampling the values of the units themselves. Best where the data are many."),
    entry(
        &["risk", "risks"],
        "Expected squared error: the loss averaged over all data sets of the same kind.",
    ),
    entry(&["RMSE"], "Root mean squared error: the typical error, in the unit of the data."),
    entry(
        &["squared error", "total squared error"],
        "The distance from estimate to truth, squared; in total summed over all units.",
    ),
    entry(
        &["coverage"],
        "How often an interval holds the truth. One of 95 % should do so in 95 of 100 data sets.",
    ),
    entry(
        &["standard error", "standard errors"],
        "SD of a measurement about its truth: how far it may be off by chance.",
    ),
    entry(&["NUTS"], "No-U-turn sampler: follows the slope of the posterior in long curves. Stan’s own."),
    entry(&["Gibbs"], "A sampler that draws each variable in turn, given all others."),
    entry(&["Metropolis"], "A sampler that proposes a random step and takes it if the posterior allows."),
    entry(&["warmup"], "The iterations in which a sampler finds its place and its step size; not kept."),
    entry(&["leapfrog steps", "leapfrog step"], "The small steps of which a curve of the sampler is made."),
    entry(
        &["half-Cauchy"],
        "A prior of an SD: most near 0, and a tail so heavy that large values stay possible.",
    ),
    entry(&["half-normal"], "A prior of an SD: the positive half of a normal distribution."),
    entry(&["oracle"], "The best choice of who knows the truth: a bound, not an estimator."),
    entry(&["region mean", "group mean"], "The mean of all units of a region, used for each of them."),
    entry(&["grand mean"], "The mean of all units."),
    entry(&["naive 0", "naive zero", "naive guess 0"], "The guess 0 for every unit, whatever was measured."),
    entry(
        &["limited translation"],
        "Shrinking, but never further than a given distance: insurance for a unit that is not like the others.",
    ),
];
