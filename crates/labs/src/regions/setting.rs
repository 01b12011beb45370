//! The values of the controls as the models take them.

use mcmc::{
    CollapsedChain, ExactChain, GibbsChain, Init, MetropolisChain, MetropolisSettings, NutsChain,
    NutsSettings, Sampler,
};
use models::{
    Hierarchy, HierarchyDensity, Parameterization, RegionData, RegionModel, RegionNormals, RegionPosterior,
    RegionScales, Scale, ScalePosterior, ScalePrior, ScaleProposal, realize_with_noise,
};
use stats::order::ranking;

use super::{LECTURE_SEED, words};
use crate::control::Values;
use crate::fit::FitError;

/// Design, noise, the SDs that make the data, and what the model knows of them.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) seed: u64,
    pub(crate) sizes: Vec<usize>,
    /// Variance of each school's mean, σ²/m_i, length n.
    pub(crate) noise_var: Vec<f64>,
    /// V_μ that makes the data.
    pub(crate) school_var: f64,
    /// V_θ that makes the data.
    pub(crate) region_var: f64,
    /// σ_μ in the model.
    pub(crate) school_sd: Scale,
    /// σ_θ in the model.
    pub(crate) region_sd: Scale,
    /// Whether the data are simulated, so that the truth is known.
    pub(crate) is_simulated: bool,
}

impl Setting {
    pub(crate) fn of(values: &Values) -> Self {
        let square = |key| values.number(key) * values.number(key);
        let seed = values.whole("seed") as u64;
        let (school_var, region_var) = (square("sd_mu"), square("sd_theta"));
        let scale = |knowledge, prior, sd| match values.choice(knowledge) {
            "half-normal" => Scale::Learned(ScalePrior::HalfNormal { scale: values.number(prior) }),
            "half-cauchy" => Scale::Learned(ScalePrior::HalfCauchy { scale: values.number(prior) }),
            _ => Scale::Known(values.number(sd)),
        };
        let (school_sd, region_sd) =
            (scale("scale_mu", "prior_mu", "sd_mu"), scale("scale_theta", "prior_theta", "sd_theta"));
        let is_simulated = values.choice("data") == "simulated";
        let (sizes, noise_var) = if is_simulated {
            let sizes = values.sizes("sizes").to_vec();
            let noise_var = noise_vars(values, &sizes);
            (sizes, noise_var)
        } else {
            let eight = Hierarchy::eight_schools();
            (eight.sizes().to_vec(), eight.noise_var().to_vec())
        };
        Self { seed, sizes, noise_var, school_var, region_var, school_sd, region_sd, is_simulated }
    }

    /// The model with these values for schools that someone has measured, so that nothing is simulated.
    ///
    /// - `noise_var`: V_i of every school, region by region; `None` for σ²/m_i of these values.
    ///
    /// The data come from elsewhere too: [`data`](Self::data) has others.
    pub(crate) fn of_measured(values: &Values, sizes: &[usize], noise_var: Option<Vec<f64>>) -> Self {
        let noise_var = noise_var.unwrap_or_else(|| noise_vars(values, sizes));
        Self { sizes: sizes.to_vec(), noise_var, is_simulated: false, ..Self::of(values) }
    }

    /// Standard normals of data set `replicate`; 0 is the one on screen.
    pub(super) fn normals(&self, replicate: u64) -> RegionNormals {
        if self.seed == LECTURE_SEED && replicate == 0 {
            RegionNormals::lecture(&self.sizes)
        } else {
            RegionNormals::random(self.seed, replicate, &self.sizes)
        }
    }

    /// The data on screen; those of the eight schools have no truth.
    pub(crate) fn data(&self) -> RegionData {
        if !self.is_simulated {
            let y = Hierarchy::eight_schools().y().to_vec();
            return RegionData { theta: Vec::new(), mu: Vec::new(), y };
        }
        let mut data = RegionData::default();
        self.realize_into(&self.normals(0), &mut data);
        data
    }

    /// The data that `normals` make.
    pub(super) fn realize_into(&self, normals: &RegionNormals, data: &mut RegionData) {
        realize_with_noise(normals, &self.sizes, &self.noise_var, self.school_var, self.region_var, data);
    }

    /// Model and data.
    pub(crate) fn hierarchy(&self, data: &RegionData) -> Hierarchy {
        Hierarchy::new(&data.y, &self.noise_var, &self.sizes, self.school_sd, self.region_sd)
            .unwrap_or_else(|_| unreachable!("the controls keep sizes, variances and priors in range"))
    }

    /// The three variances, where all schools have the same noise and nothing is learned about the SDs.
    pub(crate) fn equal_scales(&self) -> Option<RegionScales> {
        let noise_var = *self.noise_var.first()?;
        self.noise_var.iter().all(|var| *var == noise_var).then_some(RegionScales {
            noise_var,
            school_var: self.school_var,
            region_var: self.region_var,
        })
    }

    /// Whether the model learns an SD.
    pub(crate) fn is_learned(&self) -> bool {
        self.school_sd.is_learned() || self.region_sd.is_learned()
    }

    /// The posterior with the SDs that made the data known.
    pub(crate) fn posterior_with_known(
        &self,
        y: &[f64],
        school_var: f64,
        region_var: f64,
    ) -> RegionPosterior {
        RegionPosterior::with_noise(y, &self.noise_var, &self.sizes, school_var, region_var)
            .unwrap_or_else(|_| unreachable!("the controls keep sizes and variances in range"))
    }

    /// Region of school `i`.
    pub(super) fn region_of(&self, school: usize) -> usize {
        let mut last = 0;
        self.sizes
            .iter()
            .take_while(|size| {
                last += **size;
                last <= school
            })
            .count()
    }

    /// Schools of each region in the order in which they are drawn: by their measurement at
    /// equal scales, so that no slider ever changes the order.
    pub(super) fn order(&self, data: &RegionData) -> Vec<Vec<usize>> {
        let height: Vec<f64> = if self.is_simulated {
            let normals = self.normals(0);
            normals.mu.iter().zip(&normals.noise).map(|(mu, noise)| mu + noise).collect()
        } else {
            data.y.clone()
        };
        let mut next = 0;
        let mut of_region = |size: usize| {
            let first = next;
            next += size;
            ranking(&height[first..next]).into_iter().map(|school| first + school).collect::<Vec<_>>()
        };
        self.sizes.iter().map(|size| of_region(*size)).collect()
    }

    /// Chain `chain` of the sampler that `values` choose, on the data on screen.
    pub(super) fn sampler(&self, values: &Values, chain: usize) -> Box<dyn Sampler> {
        self.sampler_of(&self.hierarchy(&self.data()), values, chain)
            .unwrap_or_else(|_| unreachable!("the controls keep the density finite near 0"))
    }

    /// Chain `chain` of the sampler that `values` choose.
    ///
    /// - `hierarchy`: model and data, of this setting.
    ///
    /// Fails where the data are so far out that the density cannot be computed.
    pub(crate) fn sampler_of(
        &self,
        hierarchy: &Hierarchy,
        values: &Values,
        chain: usize,
    ) -> Result<Box<dyn Sampler>, FitError> {
        let rng = mcmc::chain_stream(self.seed, chain as u64);
        let (num_warmup, num_draws) = (values.whole("warmup"), values.whole("draws"));
        let settings = NutsSettings {
            num_warmup,
            num_draws,
            target_accept: values.number("accept"),
            ..NutsSettings::default()
        };
        let density = |parameterization| HierarchyDensity::new(hierarchy, parameterization);
        Ok(match values.choice("sampler") {
            "exact" if self.is_learned() => {
                let proposal = ScaleProposal::new(&ScalePosterior::new(hierarchy));
                Box::new(CollapsedChain::new(proposal, rng))
            }
            "exact" => Box::new(ExactChain::new(self.known_posterior(hierarchy.y()), rng)),
            "nuts-nc" => {
                let model = density(Parameterization::NonCentered)?;
                Box::new(NutsChain::new(model, settings, rng, Init::Uniform)?)
            }
            "nuts-nc-schools" => {
                let model = density(Parameterization::NonCenteredSchools)?;
                Box::new(NutsChain::new(model, settings, rng, Init::Uniform)?)
            }
            "gibbs" => Box::new(GibbsChain::new(hierarchy, num_warmup, rng, Init::Uniform)?),
            "metropolis" => {
                let settings = MetropolisSettings { num_warmup, num_draws, ..MetropolisSettings::default() };
                let model = density(Parameterization::Centered)?;
                Box::new(MetropolisChain::new(model, settings, rng, Init::Uniform)?)
            }
            _ => match self.equal_scales().filter(|_| !self.is_learned()) {
                // The same density, and the fastest way to it.
                Some(scales) => {
                    let model = RegionModel::new(hierarchy.y(), &self.sizes, scales)?;
                    Box::new(NutsChain::new(model, settings, rng, Init::Uniform)?)
                }
                None => {
                    let model = density(Parameterization::Centered)?;
                    Box::new(NutsChain::new(model, settings, rng, Init::Uniform)?)
                }
            },
        })
    }

    /// The posterior where nothing is learned about the SDs.
    pub(crate) fn known_posterior(&self, y: &[f64]) -> RegionPosterior {
        // One noise variance: as exact as it ever was, to the last digit.
        match self.equal_scales() {
            Some(scales) => RegionPosterior::new(y, &self.sizes, scales)
                .unwrap_or_else(|_| unreachable!("the controls keep sizes and variances in range")),
            None => self.posterior_with_known(y, self.school_var, self.region_var),
        }
    }
}

/// σ²/m_i of every school.
pub(super) fn noise_vars(values: &Values, sizes: &[usize]) -> Vec<f64> {
    let sigma = values.number("sigma");
    counts(values.sizes("m"), sizes).into_iter().map(|count| sigma * sigma / count as f64).collect()
}

/// Observations of every school. Given are one for all, one for each region or one for each school;
/// what is missing is as the last one given.
fn counts(given: &[usize], sizes: &[usize]) -> Vec<usize> {
    let num_schools = sizes.iter().sum();
    let nth = |i: usize| given.get(i).or(given.last()).copied().unwrap_or(1);
    if given.len() <= sizes.len() {
        (0..).zip(sizes).flat_map(|(k, size)| std::iter::repeat_n(nth(k), *size)).collect()
    } else {
        (0..num_schools).map(nth).collect()
    }
}

/// The sampler's name beside those of the others.
pub(super) fn sampler_name(values: &Values) -> &'static str {
    let is_learned = ["scale_mu", "scale_theta"].iter().any(|key| values.choice(key) != "known");
    match values.choice("sampler") {
        "nuts-nc" => words::sampler::NON_CENTERED,
        "nuts-nc-schools" => words::sampler::NON_CENTERED_SCHOOLS,
        "gibbs" => words::sampler::GIBBS,
        "metropolis" => words::sampler::METROPOLIS,
        "exact" if is_learned => words::sampler::COLLAPSED_DRAWS,
        "exact" => words::sampler::EXACT_DRAWS,
        _ => words::sampler::CENTERED,
    }
}
