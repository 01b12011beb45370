//! The map and the race as rows of numbers, each row for itself: for programs on many cores.

use super::contenders::{CONTENDERS, Learning, Name};
use super::map::{Cell, Plan, Room, whole_cell};
use super::setting::{Inputs, Setting};
use crate::scenario::Scenario;

/// A map, row by row its cells, or a race, row by row its data sets.
///
/// Rows do not depend on each other or on the order in which they are asked for, and hold the same numbers
/// as the page's.
#[derive(Clone, Debug)]
pub struct Sweep {
    plan: Plan,
    base: Inputs,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Map,
    Race { setting: Box<Setting>, learning: Learning, num_data_sets: usize },
}

impl Sweep {
    /// What a scenario of the lab "When does Bayes win?" shows: its race if it shows the race, else its map;
    /// `None` for other labs.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Option<Self> {
        let values = scenario.values();
        if scenario.lab().meta().name.slug != super::META.name.slug {
            return None;
        }
        let base = Inputs::of(&values);
        let kind = if values.choice("view") == "race" {
            Kind::Race {
                setting: Box::new(base.setting()),
                learning: super::learning(&values),
                num_data_sets: values.whole("repeats"),
            }
        } else {
            Kind::Map
        };
        Some(Self { plan: Plan::of(&values), base, kind })
    }

    /// Number of rows: cells of the map, or data sets of the race and the one on screen, number 0.
    #[must_use]
    pub fn num_rows(&self) -> usize {
        match self.kind {
            Kind::Map => self.plan.grid * self.plan.grid,
            Kind::Race { num_data_sets, .. } => num_data_sets + 1,
        }
    }

    /// Names of the columns. The first one is the row's number, by which an interrupted sweep goes on.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        let names: Vec<&str> = match &self.kind {
            Kind::Map => {
                let (a, b) = (CONTENDERS[self.plan.pair.0].slug, CONTENDERS[self.plan.pair.1].slug);
                vec!["cell", self.plan.x.title(), self.plan.y.title(), a, b, "ratio", "monte_carlo_error"]
            }
            Kind::Race { .. } => {
                std::iter::once("data_set").chain(self.racing().map(|index| CONTENDERS[index].slug)).collect()
            }
        };
        names.into_iter().map(str::to_owned).collect()
    }

    /// Row `row`, as long as the columns; `None` where an estimator is not defined, or for the error of what
    /// is exact. A map has the risks of both estimators in the unit of the total squared error.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn row(&self, row: usize) -> Vec<Option<f64>> {
        assert!(row < self.num_rows(), "there is no row {row}");
        let number = Some(row as f64);
        match &self.kind {
            Kind::Map => {
                let inputs = self.plan.inputs(&self.base, row);
                let Cell { ratio, error, risks } = whole_cell(&self.plan, &self.base, row);
                let (x, y) = (self.plan.x.of(&inputs), self.plan.y.of(&inputs));
                vec![number, Some(x), Some(y), risks.0, risks.1, ratio, error]
            }
            Kind::Race { setting, learning, .. } => {
                let mut room = Room::new(setting, *learning);
                setting.data_into(row as u64, &mut room.normals, &mut room.data);
                let losses = room.scratch.losses(setting, &room.data);
                let of = |index: usize| Some(losses[index]).filter(|loss| loss.is_finite());
                std::iter::once(number).chain(self.racing().map(of)).collect()
            }
        }
    }

    fn racing(&self) -> impl Iterator<Item = usize> {
        let is_raced = matches!(self.kind, Kind::Race { learning: Learning::Raced, .. });
        (0..CONTENDERS.len()).filter(move |index| is_raced || CONTENDERS[*index].name != Name::LearnedBayes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Body, Extras};
    use plots::Figure;

    fn sweep(link: &str) -> (Scenario, Sweep) {
        let scenario = crate::link::parse(link).scenario;
        let sweep = Sweep::of(&scenario).unwrap();
        (scenario, sweep)
    }

    fn figure(scenario: &Scenario, id: &str) -> Figure {
        let mut run = scenario.start();
        let repeats_done = run.num_repeats();
        (0..repeats_done).for_each(|index| run.repeat(index));
        let panels = run.panels(&scenario.values(), &Extras { repeats_done, ..Extras::default() });
        match panels.into_iter().find(|panel| panel.id == id).unwrap().body {
            Body::Figure(figure) => figure,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn rows_are_the_cells_of_the_page() {
        for link in ["#/when?grid=10", "#/when?from=data&grid=10&cell_repeats=30"] {
            let (scenario, sweep) = sweep(link);
            let Figure::HeatMap(map) = figure(&scenario, "map") else { panic!("no map") };
            assert_eq!((sweep.num_rows(), sweep.columns().len()), (100, 7));
            for (row, cell) in map.cells.iter().enumerate() {
                let numbers = sweep.row(row);
                assert_eq!((numbers[5], numbers[6]), (cell.value, cell.error), "{link} {row}");
            }
        }
    }

    #[test]
    fn the_race_has_the_lectures_losses_and_its_own_repeats() {
        let (_, sweep) = sweep("#/when?view=race&repeats=5");
        assert_eq!((sweep.num_rows(), sweep.columns()[1].as_str()), (6, "mle"));
        let here = sweep.row(0);
        let index = |slug: &str| sweep.columns().iter().position(|name| name == slug).unwrap();
        for (slug, printed) in
            [("mle", 30.009), ("region-mean", 34.255), ("js", 20.346), ("pooled", 19.716), ("bayes", 18.571)]
        {
            assert!((here[index(slug)].unwrap() - printed).abs() < 6e-4, "{slug}");
        }
        assert!(!sweep.columns().contains(&"learned".to_owned()));
        assert_ne!(sweep.row(1), sweep.row(2));
        assert!(Sweep::of(&Scenario::default()).is_none());
    }
}
