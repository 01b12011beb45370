//! The programs to take away: Bayes as it is believed, on the data set on screen.

use estimators::ShrinkageRule;
use estimators::regions::full_bayes_about_rules;
use models::{RegionData, RegionNormals};

use super::When;
use super::contenders::{CONTENDERS, Learning, Name};
use super::race::Race;
use super::setting::{Belief, Inputs};
use crate::code::{Center, Check, Code, Form, Knowledge, NormalModel, SamplerSettings};
use crate::control::Values;
use crate::lab::Programs;

impl Programs for When {
    /// With losses and exact averages to check against.
    fn programs(&self, values: &Values) -> Option<Code> {
        let inputs = Inputs::of(values);
        let setting = inputs.setting();
        let (mut normals, mut data) = (RegionNormals::default(), RegionData::default());
        setting.data_into(0, &mut normals, &mut data);
        let race = Race::new(&setting, &data, Learning::Left);
        let mut rules = vec![ShrinkageRule::UNPOOLED; setting.sizes.len()];
        full_bayes_about_rules(&data.y, &setting.sizes, setting.believed, setting.believed_mean, &mut rules)
            .unwrap_or_else(|_| unreachable!("the controls keep sizes and variances in range"));
        let first = rules[0].estimate(data.y[0]);
        let (mle, bayes) = (Name::Mle as usize, Name::FullBayes as usize);
        let mut checks = vec![
            Check::element("mu", 0, first, 3),
            Check::expression("total squared error of the MLE", "loss(y)", race.here[mle], 2),
            Check::expression("total squared error of full Bayes", "loss(mu)", race.here[bayes], 2),
        ];
        let is_believed_right = inputs.belief == Belief::Right
            && setting.centers.iter().all(|center| *center == setting.believed_mean);
        if let Some(exact) = CONTENDERS[bayes].expected(&setting).filter(|_| is_believed_right) {
            checks.push(Check {
                what: "average total squared error of full Bayes, exact".to_owned(),
                value: exact,
                decimals: 2,
                stan: None,
                python: "sum(s**2 for s in mu_sd)".to_owned(),
                r: "sum(mu_sd^2)".to_owned(),
            });
        }
        let believed = setting.believed;
        let model = NormalModel {
            stem: format!("when_seed-{}", setting.seed),
            words: ("school", "region"),
            noise_var: vec![setting.scales.noise_var; data.y.len()],
            y: data.y,
            sizes: setting.sizes.clone(),
            truth: Some(data.mu),
            center: Center::Groups {
                mean: setting.believed_mean,
                sd: Knowledge::Known(believed.region_var.sqrt()),
            },
            unit_sd: Knowledge::Known(believed.school_var.sqrt()),
            form: Form::Centered,
            sampler: SamplerSettings::of_seed(setting.seed),
            extras: Vec::new(),
            checks,
        };
        Some(model.code())
    }
}
