//! MRLocus, second step: the slope from effects on expression to effects on a trait, and the scatter about it.
//!
//! Both effects of a cluster are measured with error and integrated out; what is left is a posterior in two
//! dimensions, (α, σ), on a grid.

mod controls;
mod figures;
mod programs;
mod words;

use models::mr_slope::{ClusterPopulation, Clusters, SlopeError, SlopeModel, SlopePrior};
use models::mr_slope_posterior::SlopePosterior;
use plots::Role;

use self::controls::CONTROLS;
use crate::control::{Control, Move, Notice, Value, Values, moved};
use crate::lab::{Compute, Extras, Lab, LabName, Legend, Meta, Panel, Preset, Run, Settings};
use crate::own::Own;
use crate::prose;

/// The lab.
#[derive(Debug)]
pub(crate) struct MrLocus;

/// Most clusters of the reader's own for which the grid is drawn while one watches.
const MAX_CLUSTERS: usize = 500;

/// The panel whose clusters can be dragged.
const DRAGGED: &str = "line";

pub(crate) const NAME: LabName =
    LabName { slug: "mrlocus", title: words::TITLE, summary: words::SUMMARY, is_in_menu: true };

static META: Meta = Meta {
    name: NAME,
    formulas: &[
        r"\hat\beta^A_j \sim \mathrm{N}(\beta^A_j, (\mathrm{se}^A_j)^2)",
        r"\hat\beta^B_j \sim \mathrm{N}(\beta^B_j, (\mathrm{se}^B_j)^2)",
        r"\beta^B_j \sim \mathrm{N}(\alpha \beta^A_j, \sigma^2)",
        r"\alpha \sim \mathrm{N}(\mu_\alpha, s_\alpha^2), \quad \sigma \sim \mathrm{N}^+(0, s_\sigma^2)",
    ],
    legend: &[
        Legend { role: Role::Mle, label: words::legend::MEASURED },
        Legend { role: Role::Bayes, label: words::legend::POSTERIOR },
        Legend { role: Role::Truth, label: words::legend::TRUTH },
    ],
    sources: &[words::SOURCE],
    presets: &[
        Preset { label: words::preset::SIX, link: "#/mrlocus" },
        Preset { label: words::preset::IGNORED, link: "#/mrlocus?errors=ignored&se_a=0.3" },
        Preset { label: words::preset::LARGE, link: "#/mrlocus?se_a=0.3" },
        Preset { label: words::preset::TWO, link: "#/mrlocus?clusters=2" },
        Preset { label: words::preset::ALIKE, link: "#/mrlocus?least=0.8&largest=0.8" },
        Preset { label: words::preset::OFF_THE_LINE, link: "#/mrlocus?moved=3&up=0.6" },
        Preset { label: words::preset::OWN, link: "#/mrlocus?set=own" },
    ],
};

/// Clusters with what is known of them.
struct Named {
    clusters: Clusters,
    /// Empty if they are numbered.
    names: Vec<String>,
    /// True effects, where they are known.
    truth: Option<Vec<(f64, f64)>>,
    /// The estimated effects as they were before any was moved.
    unmoved: Vec<(f64, f64)>,
}

/// The clusters that `values` name, some of them moved.
fn clusters(values: &Values) -> Named {
    let (mut clusters, names, truth) = if controls::is_simulated(values) {
        let ends = (values.number("least"), values.number("largest"));
        let population = ClusterPopulation {
            num_clusters: values.whole("clusters"),
            slope: values.number("slope"),
            dispersion: values.number("dispersion"),
            range: (ends.0.min(ends.1), ends.0.max(ends.1)),
            se: (values.number("se_a"), values.number("se_b")),
        };
        let (clusters, truth) = population.simulate(values.whole("seed") as u64);
        (clusters, Vec::new(), Some(truth))
    } else {
        let own = values.table("own");
        (of_own(own), own.names.clone(), None)
    };
    let num = clusters.len();
    let unmoved = clusters.a.iter().copied().zip(clusters.b.iter().copied()).collect();
    for Move { unit, by } in values.moves("moves").iter().filter(|moved| (moved.unit as usize) < num) {
        clusters.a[*unit as usize] += by.0;
        clusters.b[*unit as usize] += by.1;
    }
    if num > 0 {
        let moved = values.whole("moved").clamp(1, num) - 1;
        clusters.a[moved] += values.number("across");
        clusters.b[moved] += values.number("up");
    }
    Named { clusters, names, truth, unmoved }
}

pub(crate) fn of_own(own: &Own) -> Clusters {
    Clusters {
        a: own.value.clone(),
        se_a: own.se.clone(),
        b: own.other_value.clone(),
        se_b: own.other_se.clone(),
    }
}

fn fit(clusters: &Clusters, values: &Values) -> Result<(SlopeModel, SlopePosterior), SlopeError> {
    let mut clusters = clusters.clone();
    let prior = SlopePrior::of(&clusters)?;
    if values.choice("errors") == "ignored" {
        clusters.se_a.fill(0.0);
    }
    let model = SlopeModel::new(clusters, prior);
    let posterior = SlopePosterior::new(&model)?;
    Ok((model, posterior))
}

impl Settings for MrLocus {
    fn controls(&self) -> &'static [Control] {
        &CONTROLS
    }
}

impl Lab for MrLocus {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn heading(&self, values: &Values) -> (String, String) {
        let num = match controls::is_simulated(values) {
            true => values.whole("clusters"),
            false => values.table("own").len(),
        };
        let heading = match controls::is_simulated(values) {
            true => words::heading::simulated(num),
            false => words::heading::own(num),
        };
        (heading, words::heading::LEAD.to_owned())
    }

    fn notices(&self, values: &Values) -> Vec<Notice> {
        if controls::is_simulated(values) || values.table("own").is_empty() {
            return Vec::new();
        }
        let num = values.table("own").len();
        if num > MAX_CLUSTERS {
            return vec![Notice::new("own", words::too_many(num, MAX_CLUSTERS))];
        }
        Vec::new()
    }

    fn drag(&self, values: &Values, panel: &str, unit: u32, by: (f64, f64)) -> Vec<(&'static str, Value)> {
        if panel != DRAGGED {
            return Vec::new();
        }
        vec![("moves", Value::Moves(moved(values.moves("moves"), unit, by)))]
    }
}

impl Compute for MrLocus {
    fn start(&self, values: &Values) -> Box<dyn Run> {
        match MrLocusRun::of(values) {
            Ok(run) => Box::new(run),
            Err(no_data) => Box::new(no_data),
        }
    }
}

struct MrLocusRun {
    clusters: Clusters,
    names: Vec<String>,
    /// True effects, where they are known.
    truth: Option<Vec<(f64, f64)>>,
    /// The estimated effects as they were before any was moved.
    unmoved: Vec<(f64, f64)>,
    model: SlopeModel,
    posterior: SlopePosterior,
}

impl MrLocusRun {
    fn of(values: &Values) -> Result<Self, NoData> {
        let Named { clusters, names, truth, unmoved } = clusters(values);
        if clusters.len() > MAX_CLUSTERS {
            return Err(NoData { problem: None });
        }
        match fit(&clusters, values) {
            Ok((model, posterior)) => Ok(Self { clusters, names, truth, unmoved, model, posterior }),
            Err(error) => Err(NoData { problem: Some(error.to_string()) }),
        }
    }
}

impl Run for MrLocusRun {
    fn panels(&self, values: &Values, _: &Extras) -> Vec<Panel> {
        let is_shown = self.truth.is_some() && values.choice(words::legend::TRUTH) == "shown";
        let truth = is_shown.then(|| (values.number("slope"), values.number("dispersion")));
        let mut panels = vec![
            self.line(truth.map(|truth| truth.0), values.choice("prior_lines") == "shown"),
            self.contours(truth),
            self.slope(truth.map(|truth| truth.0)),
            self.dispersion(truth.map(|truth| truth.1)),
            self.table(is_shown),
        ];
        panels.extend(text());
        panels
    }
}

/// Nothing to analyze.
struct NoData {
    /// Why what was given cannot be analyzed.
    problem: Option<String>,
}

impl Run for NoData {
    fn notices(&self, values: &Values) -> Vec<Notice> {
        prose::problem(self.problem.as_deref(), values)
    }

    fn panels(&self, values: &Values, _: &Extras) -> Vec<Panel> {
        let mut panels = vec![prose::invitation(words::INVITATION, values.table("own").len(), 2)];
        panels.extend(text());
        panels
    }
}

fn text() -> [Panel; 3] {
    [prose::four_lines(words::MODEL), prose::questions(words::QUESTIONS), prose::left_out(words::LEFT_OUT)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link;

    fn run(link: &str) -> (Named, SlopePosterior) {
        let parsed = link::parse(link);
        assert_eq!(parsed.notices, []);
        let values = parsed.scenario.values();
        let named = clusters(&values);
        let (_, posterior) = fit(&named.clusters, &values).unwrap();
        (named, posterior)
    }

    /// True slope 0.5, effects from 0.3 to 1.2 of mean square 0.63 and errors of variance 0.16: least squares
    /// tends to 0.5 · 0.63/0.79 = 0.4. With a wide prior of the effects the model stays close to it; what it
    /// does not do is to take the errors for dispersion.
    #[test]
    fn ignored_errors_are_taken_for_dispersion() {
        const NUM: usize = 40;
        let mean = |errors: &str| {
            let links = (0..NUM).map(|seed| {
                format!("#/mrlocus?errors={errors}&se_a=0.4&clusters=10&dispersion=0.02&seed={seed}")
            });
            let (mut slope, mut least, mut sigma) = (0.0, 0.0, 0.0);
            for link in links {
                let (named, posterior) = run(&link);
                slope += posterior.alpha.mean / NUM as f64;
                least += named.clusters.least_squares() / NUM as f64;
                sigma += posterior.sigma.mean / NUM as f64;
            }
            (slope, least, sigma)
        };
        let (used, ignored) = (mean("used"), mean("ignored"));
        // Data sets have an SD of 0.13: 0.06 is three standard errors.
        assert!((ignored.1 - 0.4).abs() < 0.06 && (ignored.0 - ignored.1).abs() < 0.02, "{ignored:?}");
        assert!(used.0 > ignored.0 && used.2 < 0.7 * ignored.2, "{used:?} {ignored:?}");
    }

    #[test]
    fn a_moved_cluster_is_the_only_one_that_moves() {
        let (before, first) = run("#/mrlocus");
        let (after, second) = run("#/mrlocus?moved=3&up=0.6&across=-0.1");
        for j in 0..6 {
            let (up, across) = if j == 2 { (0.6, -0.1) } else { (0.0, 0.0) };
            assert!((after.clusters.b[j] - before.clusters.b[j] - up).abs() < 1e-12);
            assert!((after.clusters.a[j] - before.clusters.a[j] - across).abs() < 1e-12);
        }
        assert!(second.sigma.mean > 1.5 * first.sigma.mean);
    }

    #[test]
    fn own_clusters_are_taken_as_they_are_or_refused_in_words() {
        let (named, _) =
            run("#/mrlocus?set=own&own=name,beta_hat_a,beta_hat_b,se_a,se_b;x,1,0.4,0.1,0.2;y,2,1,0.1,0.2");
        assert_eq!((named.clusters.a, named.names), (vec![1.0, 2.0], vec!["x".to_owned(), "y".to_owned()]));
        let flat =
            link::parse("#/mrlocus?set=own&own=beta_hat_a,beta_hat_b,se_a,se_b;1,0,1,1;2,0,1,1").scenario;
        let notices = MrLocus.start(&flat.values()).notices(&flat.values());
        assert!(notices.len() == 1 && notices[0].message.contains("have no width"), "{notices:?}");
    }
}
