//! The coefficients with their names: simulated, or the reader's own.

use mcmc::{Init, NutsChain, NutsSettings, Sampler, chain_stream};
use models::binding_counts::{BindingData, BindingPopulation};
use models::binding_tree::{Coefficients, TreeDensity, TreeError, TreeScales};
use stats::order::ranking;

use super::words;
use super::words::simulated::{CELL_TYPES, FEATURES};
use crate::control::Values;
use crate::own::Own;

/// SD of the half-normal prior of every SD of the tree.
pub(crate) const PRIOR_SD: f64 = 1.0;
/// Iterations of each chain, and those before them in which it adapts.
pub(crate) const NUM_DRAWS: usize = 1000;
pub(crate) const NUM_WARMUP: usize = 500;
/// Mean acceptance: short steps, since an SD may come near 0.
const TARGET_ACCEPT: f64 = 0.9;

/// Coefficients and the names of their places in the tree.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    pub(crate) features: Vec<String>,
    pub(crate) cell_types: Vec<String>,
    /// In the order of the coefficients: cell type by cell type.
    pub(crate) experiments: Vec<String>,
    pub(crate) coefficients: Coefficients,
    /// β̂ and its standard error, J × K; ∞ where there is none.
    pub(crate) beta: Vec<f64>,
    pub(crate) se: Vec<f64>,
    /// What they were made of, where it is known.
    pub(crate) truth: Option<(BindingData, TreeScales)>,
}

impl Tree {
    /// The tree that `values` name.
    ///
    /// # Errors
    /// That of the coefficients, if there are none.
    pub(crate) fn of(values: &Values) -> Result<Self, TreeError> {
        if values.choice("set") == "own" {
            return Self::own(values.table("own"));
        }
        let num_types = values.whole("types");
        let given = values.sizes("reps");
        let last = given.last().copied().unwrap_or(1);
        let experiments: Vec<usize> = (0..num_types).map(|c| given.get(c).copied().unwrap_or(last)).collect();
        let mut cell_type_sd = vec![values.number("sd_type"); num_types];
        cell_type_sd[num_types - 1] = values.number("sd_deviant");
        let scales = TreeScales {
            all_sd: values.number("sd_all"),
            cell_type_sd,
            experiment_sd: values.number("sd_exp"),
        };
        let population = BindingPopulation {
            num_features: values.whole("features"),
            experiments: experiments.clone(),
            num_sites: values.whole("sites"),
            scales: scales.clone(),
        };
        let data = population.simulate(values.whole("seed") as u64);
        let coefficients = Coefficients::new(&data.beta, &data.se, &population.cell_type())?;
        let names = experiments.iter().enumerate().flat_map(|(c, count)| {
            (1..=*count).map(move |number| words::simulated::experiment(CELL_TYPES[c], number))
        });
        Ok(Self {
            features: FEATURES[..population.num_features].iter().map(|&name| name.to_owned()).collect(),
            cell_types: CELL_TYPES[..num_types].iter().map(|&name| name.to_owned()).collect(),
            experiments: names.collect(),
            coefficients,
            beta: data.beta.clone(),
            se: data.se.clone(),
            truth: Some((data, scales)),
        })
    }

    /// The tree of the reader's own coefficients: features, cell types and, within these, experiments in the
    /// order in which they first appear.
    ///
    /// # Errors
    /// Any [`TreeError`].
    pub(crate) fn own(own: &Own) -> Result<Self, TreeError> {
        let distinct = |names: &[String]| {
            let mut found: Vec<String> = Vec::new();
            names.iter().for_each(|name| {
                if !found.contains(name) {
                    found.push(name.clone());
                }
            });
            found
        };
        let place =
            |names: &[String], name: &String| names.iter().position(|found| found == name).unwrap_or(0);
        let (features, cell_types) = (distinct(&own.names), distinct(&own.groups));
        let given = distinct(&own.experiments);
        let type_of: Vec<usize> = given
            .iter()
            .map(|experiment| place(&cell_types, &own.groups[place(&own.experiments, experiment)]))
            .collect();
        let order = ranking(&type_of.iter().map(|place| *place as f64).collect::<Vec<_>>());
        let cell_type: Vec<usize> = order.iter().map(|i| type_of[*i]).collect();
        let experiments: Vec<String> = order.iter().map(|i| given[*i].clone()).collect();
        let num = experiments.len();
        let (mut beta, mut se) = (vec![0.0; features.len() * num], vec![f64::INFINITY; features.len() * num]);
        for i in 0..own.len() {
            let cell = place(&features, &own.names[i]) * num + place(&experiments, &own.experiments[i]);
            (beta[cell], se[cell]) = (own.value[i], own.se[i]);
        }
        let coefficients = Coefficients::new(&beta, &se, &cell_type)?;
        Ok(Self { features, cell_types, experiments, coefficients, beta, se, truth: None })
    }

    /// Names of the SDs as Stan writes them, in the order of a draw.
    pub(crate) fn variables(&self) -> Vec<String> {
        let mut names = vec!["sigma_lambda".to_owned()];
        names.extend(mcmc::variable_names(&[("sigma_nu", self.cell_types.len())]));
        names.push("sigma_beta".to_owned());
        names
    }

    /// Chain `chain` of the posterior of the SDs.
    ///
    /// # Errors
    /// That of the sampler, on coefficients so far out that their density cannot be computed.
    pub(crate) fn sampler(&self, seed: u64, chain: usize) -> Result<Box<dyn Sampler>, mcmc::ChainError> {
        let settings = NutsSettings {
            num_warmup: NUM_WARMUP,
            num_draws: NUM_DRAWS,
            target_accept: TARGET_ACCEPT,
            ..NutsSettings::default()
        };
        let density = TreeDensity::new(self.coefficients.clone(), PRIOR_SD);
        let rng = chain_stream(seed, chain as u64);
        Ok(Box::new(NutsChain::new(density, settings, rng, Init::Uniform)?))
    }
}
