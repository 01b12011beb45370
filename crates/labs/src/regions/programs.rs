//! The programs to take away.

use super::{Regions, RegionsRun};
use crate::code::{Center, Check, Code, Form, NormalModel, SamplerSettings};
use crate::control::Values;
use crate::lab::Programs;

impl Programs for Regions {
    fn programs(&self, values: &Values) -> Option<Code> {
        Some(RegionsRun::new(values).programs(values))
    }
}

impl RegionsRun {
    /// Model and data on screen, with the exact posterior to check against.
    fn programs(&self, values: &Values) -> Code {
        let setting = &self.setting;
        let is_shown = setting.is_simulated && values.choice("truth") == "shown";
        let (num_regions, num_schools) = (self.num_regions(), self.data.y.len());
        let mut checks = vec![
            Check::element("theta", 0, self.exact.theta_mean()[0], 3),
            Check::element("mu", 0, self.exact.mu_mean()[0], 3),
        ];
        let learned = [("sigma_mu", setting.school_sd), ("sigma_theta", setting.region_sd)];
        let learned = learned.into_iter().filter(|(_, scale)| scale.is_learned()).map(|(name, _)| name);
        let found = learned.enumerate().filter_map(|(i, name)| {
            let (mean, sd) = self.exact.moments(num_regions + num_schools + i)?;
            // With a half-Cauchy prior and few regions no sample and no grid gets hold of the mean.
            (sd.is_finite() && sd < mean).then(|| Check::scalar(name, mean, 2))
        });
        checks.extend(found);
        let stem = if setting.is_simulated {
            format!("regions_seed-{}", setting.seed)
        } else {
            "regions_eight-schools".to_owned()
        };
        let model = NormalModel {
            stem,
            words: ("school", "region"),
            y: self.data.y.clone(),
            noise_var: setting.noise_var.clone(),
            sizes: setting.sizes.clone(),
            truth: is_shown.then(|| self.data.mu.clone()),
            center: Center::Groups { mean: 0.0, sd: setting.region_sd.into() },
            unit_sd: setting.school_sd.into(),
            form: match values.choice("sampler") {
                "nuts-nc" => Form::NonCentered,
                "nuts-nc-schools" => Form::NonCenteredUnits,
                _ => Form::Centered,
            },
            sampler: SamplerSettings {
                seed: setting.seed,
                num_warmup: values.whole("warmup"),
                num_draws: values.whole("draws"),
                target_accept: values.number("accept"),
            },
            extras: Vec::new(),
            checks,
        };
        model.code()
    }
}
