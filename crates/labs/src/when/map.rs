//! The map: the ratio of two risks over two variables, filled coarse to fine.
//!
//! Exact where both risks have a closed form; else simulated, all cells with the same random numbers.

use models::{RegionData, RegionNormals};
use plots::HeatCell;

use super::contenders::{CONTENDERS, Learning, Name, Scratch};
use super::moments::{Moments, Simulated};
use super::setting::{Inputs, Setting};
use super::variables::Variable;
use crate::control::Values;

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    pub(crate) x: Variable,
    pub(crate) y: Variable,
    /// Cells in a row and in a column.
    pub(crate) grid: usize,
    /// Whose risk is divided by whose.
    pub(crate) pair: (usize, usize),
    pub(crate) source: Source,
    /// Simulated data sets in each cell.
    pub(crate) per_cell: u32,
}

/// Where the numbers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Formulas where both estimators have one, else data sets.
    Formulas,
    /// Data sets in every cell.
    DataSets,
}

impl Plan {
    pub(crate) fn of(values: &Values) -> Self {
        let index = |key| {
            let slug = values.choice(key);
            CONTENDERS.iter().position(|contender| contender.slug == slug).unwrap_or(0)
        };
        let x = Variable::named(values.choice("x"));
        let y = match Variable::named(values.choice("y")) {
            same if same == x && x == Variable::RegionVar => Variable::Ratio,
            same if same == x => Variable::RegionVar,
            other => other,
        };
        Self {
            x,
            y,
            grid: match values.choice("grid") {
                "10" => 10,
                "20" => 20,
                _ => 40,
            },
            pair: (index("a"), index("b")),
            source: if values.choice("from") == "data" { Source::DataSets } else { Source::Formulas },
            per_cell: u32::try_from(values.whole("cell_repeats")).unwrap_or(u32::MAX),
        }
    }

    /// The inputs of cell `cell`, counted row by row from the lower left.
    pub(crate) fn inputs(&self, base: &Inputs, cell: usize) -> Inputs {
        let (x, y) = (self.x.cell_values(self.grid), self.y.cell_values(self.grid));
        self.at(base, x[cell % self.grid], y[cell / self.grid])
    }

    fn at(&self, base: &Inputs, x: f64, y: f64) -> Inputs {
        let mut inputs = base.clone();
        let mut pairs = [(self.x, x), (self.y, y)];
        if pairs[0].0 == Variable::Ratio {
            pairs.swap(0, 1);
        }
        pairs.into_iter().for_each(|(variable, value)| variable.apply(&mut inputs, value));
        inputs
    }

    /// Whether someone learns the SDs.
    fn learning(&self) -> Learning {
        let is_learned = |contender: usize| CONTENDERS[contender].name == Name::LearnedBayes;
        if is_learned(self.pair.0) || is_learned(self.pair.1) { Learning::Raced } else { Learning::Left }
    }
}

/// The numbers of one cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cell {
    /// Ratio of the two risks.
    pub(crate) ratio: Option<f64>,
    /// Its Monte Carlo error; `None` where it is exact.
    pub(crate) error: Option<f64>,
    /// Risk of each of the two, per data set.
    pub(crate) risks: (Option<f64>, Option<f64>),
}

/// The numbers of a cell from formulas, or `None` where one is missing.
pub(crate) fn exact_cell(plan: &Plan, setting: &Setting) -> Option<Cell> {
    if plan.source == Source::DataSets {
        return None;
    }
    let risk = |contender: usize| CONTENDERS[contender].expected(setting);
    let (a, b) = (risk(plan.pair.0)?, risk(plan.pair.1)?);
    Some(Cell { ratio: Some(a / b).filter(|r| r.is_finite()), error: None, risks: (Some(a), Some(b)) })
}

/// Adds the data sets `replicates` of `setting` to `moments`.
pub(crate) fn simulate(
    setting: &Setting,
    replicates: std::ops::Range<u32>,
    pair: (usize, usize),
    room: &mut Room,
    moments: &mut Moments,
) {
    for replicate in replicates {
        setting.data_into(u64::from(replicate) + 1, &mut room.normals, &mut room.data);
        let losses = room.scratch.losses(setting, &room.data);
        moments.push(&losses, pair);
    }
}

/// What is used again from data set to data set.
pub(crate) struct Room {
    pub(crate) scratch: Scratch,
    pub(crate) normals: RegionNormals,
    pub(crate) data: RegionData,
}

impl Room {
    pub(crate) fn new(setting: &Setting, learning: Learning) -> Self {
        Self {
            scratch: Scratch::new(setting, learning),
            normals: RegionNormals::default(),
            data: RegionData::default(),
        }
    }
}

/// The numbers of a cell from its data sets.
pub(crate) fn simulated_cell(plan: &Plan, moments: &Moments) -> Cell {
    let ratio = moments.ratio(plan.pair);
    let mean = |contender: usize| moments.mean(contender).map(|Simulated { mean, .. }| mean);
    Cell {
        ratio: ratio.map(|ratio| ratio.mean),
        error: ratio.map(|ratio| ratio.error),
        risks: (mean(plan.pair.0), mean(plan.pair.1)),
    }
}

/// All of one cell at once: what the command line asks for.
pub(crate) fn whole_cell(plan: &Plan, base: &Inputs, cell: usize) -> Cell {
    let setting = plan.inputs(base, cell).setting();
    exact_cell(plan, &setting).unwrap_or_else(|| {
        let mut moments = Moments::default();
        simulate(
            &setting,
            0..plan.per_cell,
            plan.pair,
            &mut Room::new(&setting, plan.learning()),
            &mut moments,
        );
        simulated_cell(plan, &moments)
    })
}

/// A piece of work: some data sets of a cell.
#[derive(Clone, Copy, Debug)]
struct Task {
    cell: usize,
    /// Side of the block of cells that show this one until they have numbers of their own.
    stride: usize,
    from: u32,
    to: u32,
}

/// School-losses that a piece of work may cost: about a quarter of a millisecond.
const PIECE: usize = 2000;
/// Blocks of this side come first: 5 × 5 of them are a picture.
const COARSEST: usize = 8;

/// The map so far.
pub(crate) struct Map {
    pub(crate) plan: Plan,
    base: Inputs,
    xs: Vec<f64>,
    ys: Vec<f64>,
    tasks: Vec<Task>,
    done: usize,
    cells: Vec<Option<Cell>>,
    shown: Vec<HeatCell>,
    /// Side of the finest blocks that are all known.
    stride: Option<usize>,
    /// The cell under way.
    current: Option<(usize, Setting, Room, Moments)>,
}

impl Map {
    pub(crate) fn new(plan: Plan, base: Inputs) -> Self {
        let grid = plan.grid;
        let (xs, ys) = (plan.x.cell_values(grid), plan.y.cell_values(grid));
        let inputs = |cell: usize| plan.at(&base, xs[cell % grid], ys[cell / grid]);
        // What decides it is the shape of the truth and who is compared: the same in all cells.
        let middle = grid * grid / 2 + grid / 2;
        let is_exact = exact_cell(&plan, &inputs(middle).setting()).is_some();
        let mut tasks = Vec::new();
        let mut is_taken = vec![false; grid * grid];
        let mut stride = COARSEST.min(grid);
        while stride > 0 {
            let anchors = (0..grid).step_by(stride);
            for cell in anchors.flat_map(|j| (0..grid).step_by(stride).map(move |i| j * grid + i)) {
                if std::mem::replace(&mut is_taken[cell], true) {
                    continue;
                }
                let (last, piece) = if is_exact {
                    (1, 1)
                } else {
                    let Inputs { num_regions, region_size, .. } = inputs(cell);
                    let piece = (PIECE / (num_regions * region_size)).clamp(1, 50);
                    (plan.per_cell.max(1), u32::try_from(piece).expect("at most 50"))
                };
                let starts = (0..last).step_by(piece as usize);
                tasks.extend(starts.map(|from| Task { cell, stride, from, to: last.min(from + piece) }));
            }
            stride /= 2;
        }
        let num_cells = grid * grid;
        Self {
            plan,
            base,
            xs,
            ys,
            tasks,
            done: 0,
            cells: vec![None; num_cells],
            shown: vec![HeatCell::default(); num_cells],
            stride: None,
            current: None,
        }
    }

    /// Pieces of work that are left.
    pub(crate) fn num_tasks(&self) -> usize {
        self.tasks.len() - self.done
    }

    /// Whether every cell has the numbers that it would have in `other`: what the map runs over does not
    /// count, for every cell has its own.
    pub(crate) fn has_numbers_of(&self, other: &Self) -> bool {
        let last = self.cells.len() - 1;
        self.plan == other.plan && [0, last].into_iter().all(|cell| self.inputs(cell) == other.inputs(cell))
    }

    /// The inputs of cell `cell`.
    pub(crate) fn inputs(&self, cell: usize) -> Inputs {
        let grid = self.plan.grid;
        self.plan.at(&self.base, self.xs[cell % grid], self.ys[cell / grid])
    }

    /// Does the next piece of work.
    pub(crate) fn step(&mut self) {
        let Some(task) = self.tasks.get(self.done).copied() else { return };
        self.done += 1;
        if let Some(cell) = self.work(task) {
            self.show(task, cell);
        }
        if self.tasks.get(self.done).is_none_or(|next| next.stride < task.stride) {
            self.stride = Some(task.stride);
        }
    }

    /// The cell's numbers, if this piece of work completes them.
    fn work(&mut self, task: Task) -> Option<Cell> {
        if self.current.as_ref().is_none_or(|current| current.0 != task.cell) {
            let setting = self.inputs(task.cell).setting();
            if let Some(cell) = exact_cell(&self.plan, &setting) {
                return Some(cell);
            }
            let room = Room::new(&setting, self.plan.learning());
            self.current = Some((task.cell, setting, room, Moments::default()));
        }
        let (_, setting, room, moments) = self.current.as_mut()?;
        simulate(setting, task.from..task.to.min(self.plan.per_cell), self.plan.pair, room, moments);
        (task.to >= self.plan.per_cell).then(|| simulated_cell(&self.plan, moments))
    }

    fn show(&mut self, task: Task, cell: Cell) {
        let grid = self.plan.grid;
        let (i, j) = (task.cell % grid, task.cell / grid);
        let color = HeatCell { value: cell.ratio, error: cell.error };
        for j in j..(j + task.stride).min(grid) {
            for i in i..(i + task.stride).min(grid) {
                if self.cells[j * grid + i].is_none() {
                    self.shown[j * grid + i] = color;
                }
            }
        }
        self.cells[task.cell] = Some(cell);
    }

    /// The colors: cells without numbers of their own show those of their block.
    pub(crate) fn shown(&self) -> &[HeatCell] {
        &self.shown
    }

    /// Numbers of a cell, once it has its own.
    pub(crate) fn cell(&self, cell: usize) -> Option<&Cell> {
        self.cells.get(cell)?.as_ref()
    }

    /// Side of the finest blocks that are all known; `None` before the first picture is whole.
    pub(crate) fn stride(&self) -> Option<usize> {
        self.stride
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(link: &str) -> (Plan, Inputs) {
        let parsed = crate::link::parse(link);
        assert_eq!(parsed.notices, []);
        let values = parsed.scenario.values();
        (Plan::of(&values), Inputs::of(&values))
    }

    fn finished(link: &str) -> Map {
        let (plan, base) = plan(link);
        let mut map = Map::new(plan, base);
        while map.num_tasks() > 0 {
            map.step();
        }
        map
    }

    #[test]
    fn a_map_serves_again_where_only_the_place_on_it_is_another() {
        let map = |link: &str| {
            let (plan, base) = plan(link);
            Map::new(plan, base)
        };
        let filled = map("#/when?grid=10&from=data");
        for same in
            ["#/when?grid=10&from=data&v_mu=4", "#/when?grid=10&from=data&size=20&v_mu=0.3&repeats=10"]
        {
            assert!(filled.has_numbers_of(&map(same)), "{same}");
        }
        for other in
            ["grid=20", "v_theta=1", "seed=5", "m=2", "shape=t3", "a=js-plus", "x=k", "limit=2", "k=5"]
        {
            assert!(!filled.has_numbers_of(&map(&format!("#/when?grid=10&from=data&{other}"))), "{other}");
        }
    }

    #[test]
    fn the_lectures_cell_has_its_ratio() {
        // Schools per region 4, 5, …: the seventh column is 10. Full Bayes over James–Stein in region.
        let (plan, base) = plan("#/when");
        let mut inputs = plan.at(&base, 10.0, 1.0);
        assert_eq!((inputs.region_size, inputs.school_var), (10, 1.0));
        let cell = exact_cell(&plan, &inputs.setting()).unwrap();
        assert!((cell.ratio.unwrap() - 21.984_126_984 / 26.0).abs() < 1e-9, "{cell:?}");
        // The ratio is set after the observations, on which it depends.
        let plan = Plan { x: Variable::Ratio, y: Variable::NumObs, ..plan };
        inputs = plan.at(&base, 2.0, 4.0);
        assert_eq!((inputs.num_obs, inputs.school_var), (4, 0.5));
    }

    #[test]
    fn coarse_pictures_come_first_and_whole() {
        let (plan, base) = plan("#/when");
        let mut map = Map::new(plan, base);
        assert_eq!(map.num_tasks(), 1600);
        (0..25).for_each(|_| map.step());
        assert_eq!(map.stride(), Some(8));
        assert!(map.shown().iter().all(|cell| cell.value.is_some()), "five by five blocks cover all");
        assert_eq!((0..1600).filter(|cell| map.cell(*cell).is_some()).count(), 25);
        let coarse = map.shown()[0];
        (25..100).for_each(|_| map.step());
        assert_eq!((map.stride(), map.shown()[0]), (Some(4), coarse));
        (100..1600).for_each(|_| map.step());
        assert_eq!(map.stride(), Some(1));
        assert!((0..1600).all(|cell| map.cell(cell).is_some_and(|cell| cell.error.is_none())));
        map.step(); // Nothing is left to do.
    }

    /// Every cell within 4.5 Monte Carlo errors of its formula: 100 of them, dependent since they share
    /// their random numbers. Sizes from 8 on: in smaller regions plain James–Stein has no finite variance.
    #[test]
    fn data_sets_agree_with_the_formulas() {
        let link = "#/when?a=js-plus&b=mle&x=v-theta&y=ratio&grid=10&cell_repeats=400&belief=own";
        for pair in ["a=js-plus&b=mle", "a=bayes&b=js", "a=limited&b=pooled", "a=known&b=bayes-ignoring"] {
            let link = link.replace("a=js-plus&b=mle", pair);
            let exact = finished(&link);
            let simulated = finished(&format!("{link}&from=data"));
            let mut sum_sq = 0.0;
            for cell in 0..100 {
                let (exact, simulated) = (exact.cell(cell).unwrap(), simulated.cell(cell).unwrap());
                let z = (simulated.ratio.unwrap() - exact.ratio.unwrap()) / simulated.error.unwrap();
                assert!(exact.error.is_none() && z.abs() < 4.5, "{pair} {cell}: {simulated:?} {exact:?}");
                sum_sq += z * z;
            }
            assert!(sum_sq > 1.0, "they are two different things");
        }
    }

    #[test]
    fn a_cell_of_its_own_is_the_same_as_in_the_map() {
        let link = "#/when?shape=t3&grid=10&cell_repeats=60&a=js&b=pooled";
        let map = finished(link);
        let (plan, base) = plan(link);
        for cell in [0, 37, 99] {
            assert_eq!(map.cell(cell), Some(&whole_cell(&plan, &base, cell)));
        }
        assert!(map.cell(0).unwrap().error.is_some());
    }
}
