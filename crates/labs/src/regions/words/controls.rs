//! Of controls and presets.

/// Settings worth seeing.
pub(crate) mod preset {
    pub(crate) const LECTURE: &str = "The lecture’s schools";
    pub(crate) const UNEQUAL: &str = "Some regions with few schools";
    pub(crate) const NOISY: &str = "One noisy region";
    pub(crate) const ALONE: &str = "A region of one school";
    pub(crate) const LEARNED: &str = "Both SDs learned";
    pub(crate) const EIGHT: &str = "Eight schools";
    pub(crate) const LARGE: &str = "100 regions, 2,000 schools";
    pub(crate) const FUNNEL: &str = "The funnel";
}

/// Headings of groups of controls.
pub(crate) mod group {
    pub(crate) const LEARNING: &str = "What the model knows";
    pub(crate) const SAMPLER: &str = "Sampler";
    pub(crate) const PATH: &str = "One trajectory";
    pub(crate) const SETTINGS: &str = "Sampler settings";
}

/// Controls by their keys.
pub(crate) mod control {
    pub(crate) const SIZES: &str = "Schools in each";
    pub(crate) const GROUPS: &str = "Regions";
    pub(crate) const GROUP: &str = "region";
    pub(crate) const REGION_SD: &str = "Region SD";
    pub(crate) const SCHOOL_SD: &str = "School SD";
    pub(crate) const NOISE_SD: &str = "Noise SD";
    pub(crate) const M: &str = "Observations per school";
    pub(crate) const PRIOR_SCALE: &str = "Scale of its prior";
    pub(crate) const REPEATS: &str = "New classes of schools";
    pub(crate) const SAMPLER: &str = "Sampler";
    pub(crate) const PACE: &str = "Pace";
    pub(crate) const SPEED: &str = "Iterations a second";
    pub(crate) const DETAILS: &str = "Diagnostics";
    pub(crate) const WARMUP: &str = "Warmup iterations";
    pub(crate) const DRAWS: &str = "Draws in each chain";
    pub(crate) const ACCEPT: &str = "Target acceptance";
    pub(crate) const TRACED: &str = "Trace and ranks of";
    pub(crate) const TRACE: &str = "Trace of region";
    pub(crate) const TRANSITION: &str = "Transition";
    pub(crate) const EPS: &str = "Step size";
    pub(crate) const LEAP: &str = "Leapfrog steps shown";
}

/// Sentences below controls.
pub(crate) mod help {
    pub(crate) const REGION_SD: &str =
        "The lecture’s N(0, 5) means SD 5 here, though its A in N(0, A) was a variance.";
    pub(crate) const REGION_SD_OF_EIGHT: &str =
        "One region: here the prior SD, around 0, of the mean that the eight schools share.";
    pub(crate) const M: &str = "One number for all, one for each region, or one for each school: 1,1,20,5.";
    pub(crate) const LEARNING: &str =
        "Known: the sliders say. Learned: from the data and a prior, so that regions share what they show.";
    pub(crate) const ACCEPT: &str = "Nearer to 1: smaller steps, fewer divergences.";
}

/// Options of choices.
pub(crate) mod option {
    pub(crate) const SIMULATED: &str = "simulated";
    pub(crate) const EIGHT: &str = "eight schools, 1981";
    pub(crate) const KNOWN: &str = "known";
    pub(crate) const HALF_NORMAL: &str = "half-normal";
    pub(crate) const HALF_CAUCHY: &str = "half-Cauchy";
    pub(crate) const FAST: &str = "fast";
    pub(crate) const LIVE: &str = "watch it";
    pub(crate) const ONE_LINE: &str = "one line";
    pub(crate) const ALL: &str = "all";
    pub(crate) const TRAJECTORY: &str = "one trajectory";
    pub(crate) const THETA: &str = "a region mean";
    pub(crate) const SCHOOL_SD: &str = "the school SD";
    pub(crate) const REGION_SD: &str = "the region SD";
}

/// Names of samplers, and what helps when their trajectories diverge.
pub(crate) mod sampler {
    pub(crate) const NUTS: &str = "NUTS";
    pub(crate) const NON_CENTERED: &str = "NUTS, non-centered";
    pub(crate) const NON_CENTERED_SCHOOLS: &str = "NUTS, non-centered schools";
    pub(crate) const GIBBS: &str = "Gibbs";
    pub(crate) const METROPOLIS: &str = "Metropolis";
    pub(crate) const EXACT: &str = "exact";

    // Beside the cost of the others.
    pub(crate) const CENTERED: &str = "NUTS, centered";
    pub(crate) const COLLAPSED_DRAWS: &str = "Collapsed draws";
    pub(crate) const EXACT_DRAWS: &str = "Exact draws";
    pub(crate) const CURE_OF_CENTERED: &str = "Take the non-centered NUTS or exact draws";
    pub(crate) const CURE: &str = "Raise the target acceptance or take exact draws";
}
