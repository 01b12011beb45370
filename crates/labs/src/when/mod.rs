//! When does Bayes win? The closed answers, made something that can be explored and believed.
//!
//! The model is that of the schools in regions, with variances that are known or, wrongly, believed.
//! A map of two risks over two variables, the race at one place of it, risks along one variable, and
//! intervals that hold their word or not. Everything exact stands beside data sets that show it.

mod contenders;
mod controls;
mod curves;
mod gain;
mod map;
mod map_panels;
mod moments;
mod race;
mod schools;
mod setting;
mod sweep;
mod variables;

use std::any::Any;

use models::{RegionData, RegionNormals};
use plots::Role;

use crate::control::{Control, Notice, Value, Values};
use crate::lab::{Body, Extras, Lab, Legend, Meta, Needs, Panel, Place, Preset, Run, Span};
use crate::words::data_sets;
use contenders::{CONTENDERS, Learning, Name};
use curves::{RiskCurves, Who};
use map::{Map, Plan};
use race::Race;
use schools::Schools;
use setting::{Inputs, Setting};
pub use sweep::Sweep;
use variables::Variable;

/// The lab.
#[derive(Debug)]
pub(crate) struct When;

static META: Meta = Meta {
    slug: "when",
    title: "When does Bayes win?",
    summary: "Where Bayes beats simpler estimators, by how much, and when it loses.",
    formulas: &[
        r"y_i \sim \mathrm{N}(\mu_i, V_y),\quad V_y = \tfrac{1}{m}",
        r"\mu_i \sim \mathrm{N}(\theta_{k(i)}, V_\mu)",
        r"\theta_k \sim \mathrm{N}(0, V_\theta)",
    ],
    legend: &[
        Legend { role: Role::Mle, label: "MLE y" },
        Legend { role: Role::Bayes, label: "Bayes" },
        Legend { role: Role::JamesStein, label: "James–Stein" },
        Legend { role: Role::RegionMean, label: "region mean" },
        Legend { role: Role::Zero, label: "naive 0" },
    ],
    sources: &[
        "Efron & Morris 1973, JASA 68:117–130 (exact average risks)",
        "Efron & Morris 1971, JASA 66:807–815; 1972, JASA 67:130–139 (limited translation)",
        "Stein 1981, Annals of Statistics 9:1135–1151 (unbiased estimate of risk)",
        "Morris 1983, JASA 78:47–65 (intervals)",
        "Lindley & Smith 1972, JRSS B 34:1–41 (the hierarchical model)",
    ],
    presets: &[
        Preset { label: "The lecture’s schools", link: "#/when" },
        Preset { label: "Small, noisy, alike regions", link: "#/when?k=8&size=5&v_mu=0.25&v_theta=0.5" },
        Preset {
            label: "Bayes loses: variance assumed too small",
            link: "#/when?view=race&v_mu=4&belief=own&a_mu=0.5",
        },
        Preset {
            label: "Bayes loses: prior mean wrong",
            link: "#/when?view=race&v_theta=0.25&mean=3&belief=own&a_mu=1&a_theta=0.25",
        },
        Preset {
            label: "One outlying school: Clemente",
            link: "#/when?view=curves&over=distance&k=1&size=18&v_mu=0.1&outlying=school",
        },
        Preset {
            label: "One outlying region",
            link: "#/when?view=race&k=8&size=5&v_theta=0.25&outlying=region&distance=8",
        },
        Preset { label: "Heavy tails", link: "#/when?view=race&shape=t3" },
        Preset { label: "Two clusters", link: "#/when?view=race&v_mu=4&shape=clusters" },
        Preset {
            label: "Two regions, SDs learned",
            link: "#/when?view=race&k=2&size=4&v_theta=0.1&learned=raced",
        },
        Preset {
            label: "A so small that 0 beats James–Stein",
            link: "#/when?view=race&k=1&size=50&v_mu=0.1&v_theta=0.001",
        },
        Preset { label: "Intervals that do not hold", link: "#/when?view=coverage&size=5&v_mu=0.25" },
        Preset { label: "Formulas against data sets", link: "#/when?from=data&grid=20" },
    ],
};

impl Lab for When {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn controls(&self) -> &'static [Control] {
        &controls::CONTROLS
    }

    fn heading(&self, values: &Values) -> (String, String) {
        let (title, sentence) = match values.choice("view") {
            "race" => (
                "The race: this data set, and the next thousand".to_owned(),
                "An estimator can lose a round and win the race. Press a button to draw new data sets; the exact average is the dashed line.",
            ),
            "curves" => (
                "Who gains, and who pays".to_owned(),
                "Risk of every estimator as one thing changes: formulas as lines, data sets as dots. What is good for all may be bad for one.",
            ),
            "coverage" => (
                "Does the interval hold its word?".to_owned(),
                "The same schools measured again and again: how often each one’s interval holds its truth, on average and at worst.",
            ),
            _ => {
                let plan = Plan::of(values);
                let (a, b) = (CONTENDERS[plan.pair.0].phrase, CONTENDERS[plan.pair.1].phrase);
                (
                    format!("When does {} beat {}?", without_article(a), without_article(b)),
                    "When regions are small, noisy, or alike. Point anywhere on the map to read the risks there; click to run the race at that spot.",
                )
            }
        };
        (title, sentence.to_owned())
    }

    fn notices(&self, values: &Values) -> Vec<Notice> {
        let mut notices = Vec::new();
        let setting = Inputs::of(values).setting();
        let smallest = setting.sizes.iter().copied().min().unwrap_or(0);
        let mut say = |key: &str, message: &str| notices.push(Notice::new(key, message));
        if smallest < 4 {
            say(
                "size",
                "James–Stein inside a region is not defined for fewer than 4 schools: it leaves them as they are, and Morris’s intervals leave them out.",
            );
        } else if smallest < 6 {
            say(
                "size",
                "With 4 or 5 schools in a region, plain James–Stein has losses of infinite variance: its simulated averages settle slowly. The positive part does not.",
            );
        }
        let (n, num_regions) = (setting.num_schools(), setting.sizes.len());
        if n < num_regions + 3 {
            say("size", "Pooled empirical Bayes needs at least 3 schools more than regions; it is left out.");
        }
        if values.choice("view") == "map" {
            if values.choice("x") == values.choice("y") {
                say("y", "The map needs two different variables; another one runs up.");
            }
            if values.choice("a") == values.choice("b") {
                say("b", "The same estimator twice: the ratio is 1 everywhere.");
            }
            if [values.choice("a"), values.choice("b")].contains(&"learned") {
                say(
                    "a",
                    "Bayes that learns the SDs has no closed form and is slow: the map takes its time. Fewer cells, or fewer data sets in each, are quicker.",
                );
            }
        }
        notices
    }

    fn start(&self, values: &Values) -> Box<dyn Run> {
        Box::new(WhenRun::new(values))
    }

    fn start_after(&self, values: &Values, last: Box<dyn Run>) -> Box<dyn Run> {
        let mut run = WhenRun::new(values);
        if let Ok(last) = (last as Box<dyn Any>).downcast::<WhenRun>() {
            run.keep_map(*last);
        }
        Box::new(run)
    }

    fn pick(&self, values: &Values, panel: &str, unit: u32) -> Vec<(&'static str, Value)> {
        if panel != "map" || values.choice("view") != "map" {
            return Vec::new();
        }
        let (plan, base) = (Plan::of(values), Inputs::of(values));
        let cell = unit as usize;
        if cell >= plan.grid * plan.grid {
            return Vec::new();
        }
        let inputs = plan.inputs(&base, cell);
        [plan.x, plan.y].into_iter().filter_map(|variable| variable.control(&inputs)).collect()
    }
}

impl WhenRun {
    fn new(values: &Values) -> Self {
        let inputs = Inputs::of(values);
        let setting = inputs.setting();
        let (mut normals, mut data) = (RegionNormals::default(), RegionData::default());
        setting.data_into(0, &mut normals, &mut data);
        let learning = learning(values);
        let per_dot = u32::try_from(values.whole("cell_repeats")).expect("bounded by the control");
        let level = 0.01 * values.number("level");
        let stage = match values.choice("view") {
            "race" => Stage::Race(Race::new(&setting, &data, learning)),
            "curves" => {
                let variable = Variable::named(values.choice("over"));
                Stage::Curves(
                    Box::new(RiskCurves::new(variable, inputs.clone(), per_dot, learning)),
                    Schools::new(&setting, &data.mu, level),
                )
            }
            "coverage" => Stage::Coverage(Schools::new(&setting, &data.mu, level)),
            _ => Stage::Map(
                Race::new(&setting, &data, learning),
                Box::new(Map::new(Plan::of(values), inputs.clone())),
            ),
        };
        let num_pieces = match &stage {
            Stage::Map(_, map) => map.num_tasks(),
            Stage::Curves(curves, _) => curves.num_tasks(),
            Stage::Race(_) | Stage::Coverage(_) => 0,
        };
        Self {
            inputs,
            setting,
            truth: data.mu.clone(),
            stage,
            num_repeats: values.whole("repeats").try_into().expect("bounded by the control"),
            num_pieces,
            normals,
            data,
        }
    }

    /// Takes the map of `last`, as far as it is filled, if this one is to have the same numbers.
    fn keep_map(&mut self, last: Self) {
        if let (Stage::Map(_, map), Stage::Map(_, filled)) = (&mut self.stage, last.stage)
            && filled.has_numbers_of(map)
        {
            *map = filled;
            self.num_pieces = map.num_tasks();
        }
    }
}

fn learning(values: &Values) -> Learning {
    match values.choice("learned") {
        "raced" => Learning::Raced,
        _ => Learning::Left,
    }
}

fn without_article(phrase: &str) -> &str {
    phrase.strip_prefix("the naive ").unwrap_or(phrase)
}

/// What is on screen.
enum Stage {
    Map(Race, Box<Map>),
    Race(Race),
    Curves(Box<RiskCurves>, Schools),
    Coverage(Schools),
}

struct WhenRun {
    inputs: Inputs,
    setting: Setting,
    /// Of the schools on screen.
    truth: Vec<f64>,
    stage: Stage,
    /// Data sets that were asked for; the pieces of the map or the curves follow them.
    num_repeats: u32,
    num_pieces: usize,
    normals: RegionNormals,
    data: RegionData,
}

impl Run for WhenRun {
    fn num_repeats(&self) -> u32 {
        self.num_repeats + u32::try_from(self.num_pieces).expect("at most some hundred thousand pieces")
    }

    fn repeat(&mut self, index: u32) {
        let Self { setting, normals, data, .. } = self;
        // Data set 0 is the one on screen.
        let replicate = u64::from(index) + 1;
        match &mut self.stage {
            Stage::Map(race, _) | Stage::Race(race) if index < self.num_repeats => {
                race.add(setting, replicate, normals, data);
            }
            Stage::Curves(_, schools) | Stage::Coverage(schools) if index < self.num_repeats => {
                schools.add(setting, replicate, normals, data);
            }
            Stage::Map(_, map) => map.step(),
            Stage::Curves(curves, _) => curves.step(),
            Stage::Race(_) | Stage::Coverage(_) => {}
        }
    }

    fn panels(&self, values: &Values, extras: &Extras) -> Vec<Panel> {
        let repeats = extras.repeats_done.min(self.num_repeats);
        let setting = &self.setting;
        match &self.stage {
            Stage::Map(race, map) => vec![
                map_panels::panel(map, &self.inputs),
                gain::panel(race, setting, Place::Main),
                running_panel(race, map.plan.pair, repeats),
                map_panels::place(map, &self.inputs, race, extras),
            ],
            Stage::Race(race) => {
                let main: Vec<usize> = CONTENDERS
                    .iter()
                    .filter(|contender| {
                        contender.is_main
                            && contender.role != Role::Zero
                            && contender.name != Name::RegionMean
                    })
                    .map(contenders::Contender::index)
                    .collect();
                vec![
                    race.ranking(repeats, setting.num_schools()),
                    Panel {
                        place: Place::Side,
                        subtitle: vec![Span::plain(format!(
                            "Mean of the total squared error over {}; dashed: exact.",
                            data_sets(repeats)
                        ))],
                        ..running(race.running(&main, repeats))
                    },
                    curves::threshold(&self.inputs),
                    gain::panel(race, setting, Place::Side),
                    race.table(repeats),
                ]
            }
            Stage::Curves(curves, schools) => {
                let who = if values.choice("who") == "all" { Who::All } else { Who::Main };
                vec![
                    curves.panel(who),
                    curves.worst(),
                    schools.risks(setting, &self.truth),
                    curves::threshold(&self.inputs),
                ]
            }
            Stage::Coverage(schools) => vec![
                schools.coverage(setting, &self.truth),
                schools.table(setting, &self.truth),
                Panel { place: Place::Side, ..schools.risks(setting, &self.truth) },
                curves::threshold(&self.inputs),
            ],
        }
    }
}

/// The two of the map, racing here.
fn running_panel(race: &Race, pair: (usize, usize), repeats: u32) -> Panel {
    let who = if pair.0 == pair.1 { vec![pair.0] } else { vec![pair.0, pair.1] };
    Panel {
        title: "The race at this spot".to_owned(),
        subtitle: vec![Span::plain(format!("Over {}; dashed: exact.", data_sets(repeats)))],
        remark: race.verdict(pair.0, pair.1, repeats),
        ..running(race.running(&who, repeats))
    }
}

fn running(figure: plots::Figure) -> Panel {
    Panel {
        id: "running".to_owned(),
        title: "Averages on their way".to_owned(),
        subtitle: Vec::new(),
        place: Place::Side,
        is_lead: false,
        needs: Needs::Repeats,
        body: Body::Figure(figure),
        remark: Vec::new(),
    }
}

const _: () = assert!(Name::Zero as usize + 1 == contenders::NUM_CONTENDERS);
