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
mod programs;
mod race;
mod schools;
mod setting;
mod sweep;
mod variables;
mod words;

use std::any::Any;

use models::{RegionData, RegionNormals};
use plots::Role;

use crate::control::{Control, Notice, Value, Values};
use crate::lab::{
    Body, Compute, Extras, Lab, LabName, Legend, Meta, Needs, Panel, Place, Preset, Run, Settings,
};
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

pub(crate) const NAME: LabName =
    LabName { slug: "when", title: words::TITLE, summary: words::SUMMARY, is_in_menu: true };

static META: Meta = Meta {
    name: NAME,
    formulas: &[
        r"y_i \sim \mathrm{N}(\mu_i, V_y),\quad V_y = \tfrac{1}{m}",
        r"\mu_i \sim \mathrm{N}(\theta_{k(i)}, V_\mu)",
        r"\theta_k \sim \mathrm{N}(0, V_\theta)",
    ],
    legend: &[
        Legend { role: Role::Mle, label: words::MLE_Y },
        Legend { role: Role::Bayes, label: words::BAYES },
        Legend { role: Role::JamesStein, label: words::JAMES_STEIN },
        Legend { role: Role::RegionMean, label: words::REGION_MEAN },
        Legend { role: Role::Zero, label: words::NAIVE_0 },
    ],
    sources: words::SOURCES,
    presets: &[
        Preset { label: words::preset::LECTURE, link: "#/when" },
        Preset { label: words::preset::ALIKE, link: "#/when?k=8&size=5&v_mu=0.25&v_theta=0.5" },
        Preset {
            label: words::preset::VARIANCE_TOO_SMALL,
            link: "#/when?view=race&v_mu=4&prior=own&a_mu=0.5",
        },
        Preset {
            label: words::preset::MEAN_WRONG,
            link: "#/when?view=race&v_theta=0.25&mean=3&prior=own&a_mu=1&a_theta=0.25",
        },
        Preset {
            label: words::preset::OUTLYING_SCHOOL,
            link: "#/when?view=curves&over=distance&k=1&size=18&v_mu=0.1&out=school",
        },
        Preset {
            label: words::preset::OUTLYING_REGION,
            link: "#/when?view=race&k=8&size=5&v_theta=0.25&out=region&distance=8",
        },
        Preset { label: words::preset::HEAVY_TAILS, link: "#/when?view=race&shape=t3" },
        Preset { label: words::preset::TWO_CLUSTERS, link: "#/when?view=race&v_mu=4&shape=clusters" },
        Preset {
            label: words::preset::TWO_REGIONS,
            link: "#/when?view=race&k=2&size=4&v_theta=0.1&learned=raced",
        },
        Preset {
            label: words::preset::ZERO_WINS,
            link: "#/when?view=race&k=1&size=50&v_mu=0.1&v_theta=0.001",
        },
        Preset { label: words::preset::INTERVALS, link: "#/when?view=coverage&size=5&v_mu=0.25" },
        Preset { label: words::preset::FORMULAS_AND_DATA, link: "#/when?from=data&grid=20" },
    ],
};

impl Settings for When {
    fn controls(&self) -> &'static [Control] {
        &controls::CONTROLS
    }
}

impl Lab for When {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn heading(&self, values: &Values) -> (String, String) {
        match values.choice("view") {
            "race" => words::heading::race(),
            "curves" => words::heading::curves(),
            "coverage" => words::heading::coverage(),
            _ => {
                let plan = Plan::of(values);
                words::heading::map(CONTENDERS[plan.pair.0].phrase, CONTENDERS[plan.pair.1].phrase)
            }
        }
    }

    fn notices(&self, values: &Values) -> Vec<Notice> {
        let mut notices = Vec::new();
        let setting = Inputs::of(values).setting();
        let smallest = setting.sizes.iter().copied().min().unwrap_or(0);
        let mut say = |key: &str, message: &str| notices.push(Notice::new(key, message));
        if smallest < 4 {
            say("size", words::notice::TOO_SMALL);
        } else if smallest < 6 {
            say("size", words::notice::INFINITE_VARIANCE);
        }
        let (n, num_regions) = (setting.num_schools(), setting.sizes.len());
        if n < num_regions + 3 {
            say("size", words::notice::TOO_FEW_TO_POOL);
        }
        if values.choice("view") == "map" {
            if values.choice("x") == values.choice("y") {
                say("y", words::notice::SAME_VARIABLE);
            }
            if values.choice("a") == values.choice("b") {
                say("b", words::notice::SAME_ESTIMATOR);
            }
            if [values.choice("a"), values.choice("b")].contains(&"learned") {
                say("a", words::notice::SLOW);
            }
        }
        notices
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

impl Compute for When {
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
                        subtitle: words::running::subtitle(repeats),
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
        title: words::running::TITLE_AT_THIS_SPOT.to_owned(),
        subtitle: words::running::subtitle_at_this_spot(repeats),
        remark: race.verdict(pair.0, pair.1, repeats),
        ..running(race.running(&who, repeats))
    }
}

fn running(figure: plots::Figure) -> Panel {
    Panel {
        id: "running".to_owned(),
        title: words::running::TITLE.to_owned(),
        subtitle: Vec::new(),
        place: Place::Side,
        is_lead: false,
        needs: Needs::Repeats,
        body: Body::Figure(figure),
        remark: Vec::new(),
    }
}

const _: () = assert!(Name::Zero as usize + 1 == contenders::NUM_CONTENDERS);
