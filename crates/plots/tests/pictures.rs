//! Golden pictures, and what must hold for every picture.
//!
//! `UPDATE_PICTURES=1 cargo test -p plots --test pictures` rewrites
//! `tests/pictures/*.svg`. Look at a picture before committing it.

#![expect(clippy::cast_possible_truncation, reason = "sizes and counts of samples are small")]

mod samples;

use plots::*;
use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::style::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::path::Path;

const WIDE: f64 = 640.0;
const NARROW: f64 = 320.0;

fn view(theme: Theme) -> View {
    View { theme, highlight: None }
}

fn highlighting(unit: u32) -> View {
    View { theme: Theme::LIGHT, highlight: Some(unit) }
}

/// Name, figure, width in CSS pixels, view.
fn pictures() -> Vec<(&'static str, Figure, f64, View)> {
    let light = view(Theme::LIGHT);
    let dark = view(Theme::DARK);
    let present = view(Theme::DARK.scaled(Theme::PRESENT_SCALE));
    vec![
        ("slopegraph", samples::slopegraph(50), WIDE, highlighting(16)),
        ("slopegraph_narrow", samples::slopegraph(50), NARROW, light),
        ("slopegraph_narrow_dark", samples::slopegraph(50), NARROW, dark),
        ("slopegraph_groups_dark", samples::slopegraph_groups(), WIDE, dark),
        ("slopegraph_200", samples::slopegraph(200), WIDE, light),
        ("parabola", samples::parabola(), 360.0, light),
        ("parabola_narrow_dark", samples::parabola(), NARROW, dark),
        ("densities", samples::densities(), WIDE, light),
        ("densities_narrow", samples::densities(), NARROW, light),
        ("race", samples::race(), 400.0, light),
        ("race_present", samples::race(), 1000.0, present),
        ("ranking_ridges", samples::ranking(true), WIDE, light),
        ("ranking_ridges_narrow_dark", samples::ranking(true), NARROW, dark),
        ("ranking_bars", samples::ranking(false), 400.0, light),
        ("ranking_bars_narrow", samples::ranking(false), NARROW, light),
        ("box_plots", samples::box_plots(), WIDE, light),
        ("box_plots_narrow_dark", samples::box_plots(), NARROW, dark),
        ("forest", samples::forest(&[10; 4]), WIDE, light),
        ("forest_highlight", samples::forest(&[10; 4]), WIDE, highlighting(12)),
        ("forest_narrow", samples::forest(&[10; 4]), NARROW, light),
        ("forest_narrow_dark", samples::forest(&[10; 4]), NARROW, dark),
        ("forest_present", samples::forest(&[10; 4]), 1250.0, present),
        ("forest_large", samples::forest(&[60; 12]), WIDE, light),
        ("forest_uneven", samples::forest(&[1, 60, 1, 4, 1, 30, 1, 1, 2, 1, 1, 1]), WIDE, light),
        ("forest_singles", samples::forest(&[1; 12]), WIDE, light),
        ("forest_print", samples::forest(&[3, 5]), WIDE, view(Theme::PRINT)),
        ("ridges", samples::ridges(4), 400.0, light),
        ("ridges_12_narrow_dark", samples::ridges(12), NARROW, dark),
        ("scatter", samples::scatter(50), 480.0, highlighting(7)),
        ("scatter_narrow_dark", samples::scatter(50), NARROW, dark),
        ("scatter_500", samples::scatter(500), WIDE, light),
        ("histograms", samples::histograms(), WIDE, light),
        ("histograms_narrow_dark", samples::histograms(), NARROW, dark),
        ("traces", samples::traces(), 400.0, light),
        ("traces_narrow_dark", samples::traces(), NARROW, dark),
        ("ranks", samples::ranks(), 400.0, light),
        ("ranks_wide_dark", samples::ranks(), WIDE, dark),
        ("ranks_narrow_dark", samples::ranks(), NARROW, dark),
        ("trajectory", samples::trajectory(), WIDE, light),
        ("trajectory_narrow_dark", samples::trajectory(), 300.0, dark),
        ("trajectory_funnel", samples::funnel(), 900.0, light),
        ("trajectory_funnel_dark", samples::funnel(), WIDE, dark),
        ("trajectory_funnel_narrow", samples::funnel(), 300.0, light),
        ("trajectory_present", samples::trajectory(), 1000.0, present),
        ("heat_map", samples::heat_map(), WIDE, light),
        ("heat_map_dark", samples::heat_map(), WIDE, dark),
        ("heat_map_pointed", samples::heat_map(), WIDE, highlighting(400)),
        ("heat_map_narrow_dark", samples::heat_map(), NARROW, dark),
        ("heat_map_present", samples::heat_map(), 1000.0, present),
        ("steps", samples::steps(false), WIDE, light),
        ("steps_loss_narrow_dark", samples::steps(true), NARROW, dark),
        ("curves_with_dots", samples::curves_with_dots(), WIDE, light),
        ("curves_with_dots_narrow_dark", samples::curves_with_dots(), NARROW, dark),
        ("cloud", samples::cloud(200), WIDE, light),
        ("cloud_pointed_narrow_dark", samples::cloud(200), NARROW, View { highlight: Some(17), ..dark }),
        ("cloud_with_errors", samples::cloud_with_errors(), WIDE, light),
        ("cloud_with_errors_narrow_dark", samples::cloud_with_errors(), NARROW, dark),
        ("node_grid", samples::node_grid(8), WIDE, light),
        ("node_grid_narrow_dark", samples::node_grid(4), NARROW, dark),
    ]
}

/// Name of a kind of figure; a new one does not compile before it has one.
fn kind(figure: &Figure) -> &'static str {
    match figure {
        Figure::Slopegraph(_) => "slopegraph",
        Figure::Curves(_) => "curves",
        Figure::Ranking(_) => "ranking",
        Figure::BoxPlots(_) => "box plots",
        Figure::Forest(_) => "forest",
        Figure::Ridges(_) => "ridges",
        Figure::Scatter(_) => "scatter",
        Figure::Histograms(_) => "histograms",
        Figure::Traces(_) => "traces",
        Figure::Ranks(_) => "ranks",
        Figure::Trajectory(_) => "trajectory",
        Figure::HeatMap(_) => "heat map",
        Figure::Steps(_) => "steps",
        Figure::Cloud(_) => "cloud",
        Figure::NodeGrid(_) => "node grid",
    }
}

/// As many as [`kind`] has names.
const NUM_KINDS: usize = 15;

#[test]
fn every_kind_of_figure_has_a_picture_by_day_and_a_narrow_one_by_night() {
    let of = |is_wanted: fn(&(&'static str, Figure, f64, View)) -> bool| -> BTreeSet<&str> {
        pictures().iter().filter(|picture| is_wanted(picture)).map(|(_, figure, ..)| kind(figure)).collect()
    };
    let by_day = of(|(_, _, _, view)| view.theme == Theme::LIGHT);
    let by_night = of(|(_, _, width, view)| view.theme == Theme::DARK && *width <= NARROW);
    assert_eq!((by_day.len(), by_night.len()), (NUM_KINDS, NUM_KINDS), "{by_day:?}, {by_night:?}");
}

#[test]
fn golden_pictures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    let is_update = std::env::var_os("UPDATE_PICTURES").is_some();
    let mut different = Vec::new();
    for (name, figure, width, view) in pictures() {
        let height = natural_height(&figure, width, view.theme.scale);
        let picture = svg(&figure, &view, width, height, name);
        let path = folder.join(format!("{name}.svg"));
        if is_update {
            std::fs::write(&path, &picture).unwrap();
        } else if std::fs::read_to_string(&path).ok().as_ref() != Some(&picture) {
            different.push(name);
        }
    }
    assert!(different.is_empty(), "pictures differ: {different:?}; see the head of tests/pictures.rs");
}

#[test]
fn every_golden_picture_is_tested() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(pictures().iter().any(|picture| format!("{}.svg", picture.0) == name), "{name} is left over");
    }
}

/// What a backend was asked to draw: bounding boxes in units.
#[derive(Debug, Default, PartialEq)]
struct Record {
    shapes: Vec<[f64; 4]>,
    texts: Vec<(String, [f64; 4])>,
    longest_stroke: usize,
    font_sizes: Vec<f64>,
    max_alpha: f64,
}

struct Recorder<'a> {
    record: &'a mut Record,
    size: (u32, u32),
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Recorder<'_> {
    fn add(&mut self, points: impl IntoIterator<Item = BackendCoord>, margin: f64) -> usize {
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let mut num_points = 0;
        for (x, y) in points {
            let (x, y) = (f64::from(x), f64::from(y));
            bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
            num_points += 1;
        }
        let [left, top, right, bottom] = bounds;
        self.record.shapes.push([left - margin, top - margin, right + margin, bottom + margin]);
        num_points
    }
}

impl DrawingBackend for Recorder<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        panic!("every shape has its own call");
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, _: &S, _: bool) -> Drawn {
        self.add([from, to], 0.0);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let num_points = self.add(path, 0.0);
        self.record.longest_stroke = self.record.longest_stroke.max(num_points);
        self.record.max_alpha = self.record.max_alpha.max(style.color().alpha);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, _: &S, _: bool) -> Drawn {
        self.add([center], f64::from(radius));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        _: &S,
    ) -> Drawn {
        self.add(points, 0.0);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, pos: BackendCoord) -> Drawn {
        let size = style.size();
        let width = text_width(text, size, Weight::from_style(&style.style()));
        let left = f64::from(pos.0)
            - match style.anchor().h_pos {
                HPos::Left => 0.0,
                HPos::Center => width / 2.0,
                HPos::Right => width,
            };
        let y = f64::from(pos.1);
        assert_eq!(style.family().as_str(), "Inter");
        self.record.font_sizes.push(size);
        let bounds = [left, y - CAP_HEIGHT * size, left + width, y + DESCENT * size];
        self.record.texts.push((text.to_owned(), bounds));
        Ok(())
    }
}

#[expect(clippy::redundant_closure, reason = "the function by itself draws for one lifetime only")]
fn record(figure: &Figure, view: &View, width: f64, height: f64) -> (Record, Vec<HotSpot>) {
    record_by(|figure, view, area| draw(figure, view, area), figure, view, (width, height))
}

type Drawing<'a> = DrawingArea<FixedMetrics<Recorder<'a>>, Shift>;
type Done<T> = Result<T, DrawingAreaErrorKind<Infallible>>;

#[expect(clippy::unwrap_used, reason = "the recorder cannot fail")]
fn record_by<T>(
    draw: fn(&Figure, &View, &Drawing<'_>) -> Done<T>,
    figure: &Figure,
    view: &View,
    (width, height): (f64, f64),
) -> (Record, T) {
    let mut record = Record::default();
    let units = f64::from(UNITS_PER_PX);
    let size = ((width * units) as u32, (height * units) as u32);
    let drawn = {
        let area = FixedMetrics(Recorder { record: &mut record, size }).into_drawing_area();
        draw(figure, view, &area).unwrap()
    };
    (record, drawn)
}

#[test]
#[expect(clippy::redundant_closure, reason = "the function by itself draws for one lifetime only")]
fn common_figures_are_drawn_the_same_by_themselves_and_others_not_at_all() {
    let mut common = BTreeSet::new();
    for (name, figure, width, view) in pictures() {
        let size = (width, natural_height(&figure, width, view.theme.scale));
        let (whole, spots) = record(&figure, &view, size.0, size.1);
        match record_by(|figure, view, area| draw_common(figure, view, area), &figure, &view, size) {
            (alone, Some(found)) => {
                assert_eq!((alone, found), (whole, spots), "{name}");
                common.insert(kind(&figure));
            }
            (alone, None) => assert_eq!(alone, Record::default(), "{name}"),
        }
    }
    assert_eq!(common, BTreeSet::from(["curves", "forest", "ranking", "ridges"]));
}

/// Fails if anything is drawn outside of the picture (a unit is an eighth of a pixel).
fn assert_inside(name: &str, record: &Record, width: f64, height: f64) {
    let units = f64::from(UNITS_PER_PX);
    let slack = 2.0;
    let texts = record.texts.iter().map(|text| &text.1);
    for bounds in record.shapes.iter().chain(texts) {
        assert!(bounds.iter().all(|v| v.is_finite()), "{name}: {bounds:?}");
        assert!(
            bounds[0] >= -slack
                && bounds[1] >= -slack
                && bounds[2] <= width * units + slack
                && bounds[3] <= height * units + slack,
            "{name}: {bounds:?} of {} x {}",
            width * units,
            height * units
        );
    }
}

#[test]
fn nothing_leaves_the_picture() {
    for (name, figure, _, view) in pictures() {
        for width in [320.0, 480.0, 1200.0] {
            let height = natural_height(&figure, width, view.theme.scale);
            let (record, spots) = record(&figure, &view, width, height);
            assert_inside(name, &record, width, height);
            for spot in spots {
                assert!(
                    spot.x >= 0.0
                        && spot.x <= width
                        && spot.y >= 0.0
                        && spot.y <= height
                        && spot.radius > 0.0
                );
            }
        }
    }
}

/// Overlapping texts of a picture, as (text, text, units across, units up).
fn overlaps(record: &Record) -> Vec<(String, String, f64, f64)> {
    let mut found = Vec::new();
    for (i, (a, p)) in record.texts.iter().enumerate() {
        for (b, q) in &record.texts[i + 1..] {
            let x = p[2].min(q[2]) - p[0].max(q[0]);
            let y = p[3].min(q[3]) - p[1].max(q[1]);
            if x > 2.0 && y > 2.0 {
                found.push((a.clone(), b.clone(), x, y));
            }
        }
    }
    found
}

#[test]
fn texts_do_not_overlap() {
    for (name, figure, _, _) in pictures() {
        for (scale, widths) in
            [(1.0, [320.0, 400.0, 640.0, 1200.0]), (Theme::PRESENT_SCALE, [600.0, 900.0, 1200.0, 1500.0])]
        {
            for width in widths {
                let view = view(Theme::LIGHT.scaled(scale));
                let height = natural_height(&figure, width, scale);
                let found = overlaps(&record(&figure, &view, width, height).0);
                assert!(found.is_empty(), "{name} at {width} x {height}, scale {scale}: {found:?}");
            }
        }
    }
}

#[test]
fn strokes_are_short_pieces() {
    for (name, figure, width, view) in pictures() {
        let height = natural_height(&figure, width, view.theme.scale);
        let (record, _) = record(&figure, &view, width, height);
        assert!(record.longest_stroke <= 40, "{name}: {}", record.longest_stroke);
    }
}

#[test]
fn projector_type_is_sixteen_pixels() {
    for (name, figure, width, _) in pictures() {
        let view = view(Theme::LIGHT.scaled(Theme::PRESENT_SCALE));
        let (record, _) = record(&figure, &view, width, 700.0);
        let smallest = record.font_sizes.iter().copied().fold(f64::INFINITY, f64::min);
        assert!(smallest >= 16.0 * f64::from(UNITS_PER_PX), "{name}: {smallest}");
    }
}

#[test]
fn every_unit_can_be_pointed_at() {
    let sizes = [60; 12];
    let figure = samples::forest(&sizes);
    let height = natural_height(&figure, WIDE, 1.0);
    let (_, spots) = record(&figure, &view(Theme::LIGHT), WIDE, height);
    for unit in 0..720 {
        assert!(spots.iter().any(|spot| spot.unit == unit), "{unit}");
    }
    for figure in [samples::slopegraph(200), samples::scatter(200)] {
        let (_, spots) = record(&figure, &view(Theme::LIGHT), WIDE, 400.0);
        for unit in 0..200 {
            assert!(spots.iter().any(|spot| spot.unit == unit), "{unit}");
        }
    }
}

#[test]
fn highlighting_changes_the_picture_and_not_the_spots() {
    for figure in [samples::slopegraph(50), samples::scatter(50), samples::forest(&[10; 4])] {
        let plain = view(Theme::LIGHT);
        let strong = highlighting(3);
        assert_ne!(svg(&figure, &plain, WIDE, 400.0, ""), svg(&figure, &strong, WIDE, 400.0, ""));
        assert_eq!(record(&figure, &plain, WIDE, 400.0).1, record(&figure, &strong, WIDE, 400.0).1);
    }
}

#[test]
fn the_nearest_spot_counts() {
    let figure = samples::scatter(50);
    let (_, spots) = record(&figure, &view(Theme::LIGHT), WIDE, 400.0);
    for spot in &spots {
        let found = unit_at(&spots, spot.x, spot.y);
        let is_here = |unit| spots.iter().any(|s| s.unit == unit && (s.x, s.y) == (spot.x, spot.y));
        assert!(found.is_some_and(is_here));
    }
    assert_eq!(unit_at(&spots, 2.0, 2.0), None);
}

/// Figures with nothing in them.
fn empty_figures() -> Vec<Figure> {
    let axis = || Axis::linear(0.0, 1.0, "x");
    vec![
        Figure::Slopegraph(Slopegraph { x: axis(), rows: vec![], groups: vec![], drawn: vec![] }),
        Figure::Slopegraph(Slopegraph {
            x: axis(),
            rows: vec![SlopeRow { label: "y".into(), role: Role::Mle, values: vec![] }],
            groups: vec![],
            drawn: vec![],
        }),
        Figure::Curves(Curves {
            x: axis(),
            y: axis(),
            y_labels: true,
            lines: vec![],
            points: vec![],
            rules: vec![],
            dots: vec![],
        }),
        Figure::Curves(Curves {
            x: axis(),
            y: axis(),
            y_labels: false,
            lines: vec![Line {
                label: "none".into(),
                label_at: LabelAt::Peak,
                role: Role::Bayes,
                points: vec![],
                filled: true,
                dashed: true,
            }],
            points: vec![],
            rules: vec![],
            dots: vec![],
        }),
        Figure::Ranking(Ranking { x: axis(), rows: vec![], note: String::new() }),
        Figure::BoxPlots(BoxPlots { y: axis(), boxes: vec![], rules: vec![] }),
        Figure::Forest(Forest { x: axis(), groups: vec![] }),
        Figure::Forest(Forest {
            x: axis(),
            groups: vec![ForestGroup {
                label: "Region 1".into(),
                short_label: "R1".into(),
                band: (0.2, 0.4),
                center: 0.3,
                rows: vec![],
                rest: vec![],
            }],
        }),
        Figure::Ridges(Ridges { x: axis(), rows: vec![], drawn: vec![] }),
        Figure::Scatter(Scatter {
            x: axis(),
            y: axis(),
            xs: vec![],
            units: vec![],
            drawn: vec![],
            series: vec![],
            identity: true,
        }),
        Figure::Histograms(Histograms { x: axis(), max_count: 0.0, panels: vec![] }),
        Figure::Traces(Traces { x: axis(), y: axis(), chains: vec![], warmup_end: 0.0 }),
        Figure::Ranks(Ranks { x: axis(), max_count: 0.0, counts: vec![], expected: 0.0, band: (0.0, 0.0) }),
        Figure::Trajectory(Trajectory {
            x: axis(),
            y: axis(),
            contours: vec![Contour { mass: 0.5, lines: vec![vec![]] }],
            start: (0.5, 0.5),
            steps: vec![],
            chosen: None,
            draws: vec![],
            truth: None,
        }),
        Figure::Cloud(Cloud {
            x: axis(),
            y: axis(),
            bands: vec![Band { label: String::new(), role: Role::Bayes, edges: vec![] }],
            lines: vec![],
            rules: vec![],
            units: vec![],
            legend: vec![],
        }),
        Figure::NodeGrid(NodeGrid { x: axis(), rows: vec![], columns: vec![] }),
    ]
}

#[test]
fn empty_figures_are_drawn_and_described() {
    for figure in empty_figures() {
        for (width, height) in [(320.0, 100.0), (640.0, natural_height(&figure, 640.0, 1.0))] {
            let (record, spots) = record(&figure, &view(Theme::LIGHT), width, height);
            assert_inside("empty", &record, width, height);
            assert!(spots.is_empty());
        }
        assert!(!describe(&figure).is_empty());
        assert!(!table(&figure).columns.is_empty());
    }
}

/// Every number of `value` replaced in turn by `with`.
fn replace_numbers(value: &mut serde_json::Value, with: f64, counter: &mut usize, every: usize) {
    match value {
        serde_json::Value::Number(number) if number.is_f64() => {
            *counter += 1;
            if counter.is_multiple_of(every) {
                *value = serde_json::json!(with);
            }
        }
        serde_json::Value::Array(values) => {
            for value in values {
                replace_numbers(value, with, counter, every);
            }
        }
        serde_json::Value::Object(fields) => {
            for (_, value) in fields.iter_mut() {
                replace_numbers(value, with, counter, every);
            }
        }
        _ => {}
    }
}

#[test]
fn extreme_values_stay_inside() {
    for (name, figure, width, view) in pictures() {
        if name.contains("large") || name.contains("00") {
            continue; // The small ones of the same kind show the same.
        }
        let height = natural_height(&figure, width, view.theme.scale);
        for with in [1e300, -1e300, 0.0, 1e-300, -77.7] {
            for every in [1, 2, 3, 7] {
                let mut json = serde_json::to_value(&figure).unwrap();
                replace_numbers(&mut json, with, &mut 0, every);
                let figure: Figure = serde_json::from_value(json).unwrap();
                let (record, _) = record(&figure, &view, width, height);
                assert_inside(name, &record, width, height);
                assert!(!describe(&figure).contains("NaN"), "{name}");
                assert!(natural_height(&figure, width, 1.0).is_finite());
            }
        }
    }
}

#[test]
fn values_that_are_not_finite_are_left_out() {
    let Figure::Slopegraph(mut figure) = samples::slopegraph(5) else { unreachable!() };
    figure.rows[1].values = vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, 1.0];
    let figure = Figure::Slopegraph(figure);
    let (record, spots) = record(&figure, &view(Theme::LIGHT), WIDE, 300.0);
    assert_inside("not finite", &record, WIDE, 300.0);
    assert_eq!(spots.len(), 12, "three of fifteen marks are nowhere");
    assert!(!describe(&figure).contains("inf"));
}

/// Data beyond the axis must not cover labels beside the frame.
#[test]
fn data_beyond_the_axis_is_cut_at_the_frame() {
    let Figure::Forest(mut figure) = samples::forest(&[6]) else { unreachable!() };
    for row in &mut figure.groups[0].rows {
        (row.measured, row.estimate, row.truth) = (-1e3, -500.0, Some(-90.0));
        row.interval = (-600.0, -12.0);
    }
    figure.groups[0].band = (-50.0, -20.0);
    figure.groups[0].center = -30.0;
    let (record, spots) = record(&Figure::Forest(figure), &view(Theme::LIGHT), WIDE, 200.0);
    let gridlines = 60.0 * f64::from(UNITS_PER_PX);
    assert!(record.shapes.iter().all(|bounds| bounds[0] > gridlines), "left of the frame are only labels");
    assert!(spots.is_empty());
}

#[test]
fn any_height_is_filled() {
    for (name, figure, width, view) in pictures() {
        for height in [90.0, 200.0, 1000.0] {
            let (record, _) = record(&figure, &view, width, height);
            for bounds in &record.shapes {
                assert!(bounds.iter().all(|v| v.is_finite()), "{name}");
            }
        }
    }
}

#[test]
fn words_state_the_numbers() {
    let ranking = describe(&samples::ranking(true));
    assert!(ranking.contains("Bayes: 16.9 in this data set, 22.3 expected."), "{ranking}");
    assert!(ranking.contains("Lowest in this data set: Bayes."), "{ranking}");
    assert!(ranking.contains("needs at least 4 schools"), "{ranking}");
    let ranks = describe(&samples::ranks());
    assert!(
        ranks.contains("50 draws a bin are expected and 95 % of the counts lie from 37 to 64."),
        "{ranks}"
    );
    assert!(ranks.contains("Chain 1: smallest count 42; largest 62; 0 of 20 outside the band."), "{ranks}");
    assert!(
        ranks.contains("smallest count 33, below the band; largest 78, above the band; 6 of 20 outside"),
        "{ranks}"
    );
    let trajectory = describe(&samples::trajectory());
    assert!(trajectory.contains("It starts at −1.30 across, −0.70 up."), "{trajectory}");
    assert!(trajectory.contains("15 steps in 4 doublings: 13 forward, 2 backward."), "{trajectory}");
    assert!(trajectory.contains("None diverged."), "{trajectory}");
    assert!(trajectory.contains("1.97 to the right of the start and 1.91 above it."), "{trajectory}");
    assert!(trajectory.contains("Contours hold 95, 80, 50 % of the probability."), "{trajectory}");
    assert!(describe(&samples::funnel()).contains("Step 12 diverged, at −0.53 across"));
    let forest = describe(&samples::forest(&[10; 4]));
    assert!(forest.starts_with("Forest plot: 40 units in 4 groups"), "{forest}");
    assert!(forest.contains("of 40 intervals contain the truth."), "{forest}");
    for (name, figure, _, _) in pictures() {
        let text = describe(&figure);
        assert!(
            text.len() > 40 && text.ends_with('.') && text.bytes().any(|b| b.is_ascii_digit()),
            "{name}: {text}"
        );
        let table = table(&figure);
        assert!(!table.rows.is_empty(), "{name}");
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{name}");
    }
}

#[test]
fn table_numbers_can_be_read_back() {
    let Figure::Forest(figure) = samples::forest(&[4, 3]) else { unreachable!() };
    let table = table(&Figure::Forest(figure.clone()));
    assert_eq!(table.columns, ["group", "unit", "measured", "estimate", "lower", "upper", "truth"]);
    let rows = figure.groups.iter().flat_map(|group| &group.rows);
    for (cells, row) in table.rows.iter().zip(rows) {
        assert_eq!(cells[1], (row.unit + 1).to_string());
        for (cell, value) in cells[2..].iter().zip([row.measured, row.estimate, row.interval.0]) {
            assert!((cell.parse::<f64>().unwrap() - value).abs() < 6e-4, "{cell} {value}");
        }
    }
}

#[test]
fn tables_of_chains_and_steps() {
    let Figure::Ranks(figure) = samples::ranks() else { unreachable!() };
    let ranks = table(&Figure::Ranks(figure.clone()));
    assert_eq!(ranks.columns, ["chain", "bin from", "bin to", "count"]);
    assert_eq!(ranks.rows.len(), 80);
    assert_eq!(ranks.rows[21][0], "2");
    assert_eq!(ranks.rows[21][1..3], ["200.000", "400.000"].map(String::from));
    assert_eq!(ranks.rows[21][3], figure.counts[1][1].to_string());
    let trajectory = table(&samples::trajectory());
    assert_eq!(trajectory.columns, ["step", "doubling", "direction", "θ₁", "θ₂", "diverged"]);
    assert_eq!(trajectory.rows.len(), 17);
    assert_eq!(trajectory.rows[0][..3], ["0", "", "start"].map(String::from));
    assert_eq!(trajectory.rows[2][..3], ["2", "2", "backward"].map(String::from));
    assert_eq!(trajectory.rows[16][2], "next draw");
    assert_eq!(trajectory.rows[16][3..5], trajectory.rows[12][3..5], "the next draw is step 12");
}

/// Strokes of this color (as in the SVG) and at least this width in units.
fn num_strokes(picture: &str, color: Color, width: u32) -> usize {
    let color = format!("stroke=\"#{:02x}{:02x}{:02x}\"", color.0, color.1, color.2);
    let width_of =
        |line: &str| -> Option<u32> { line.split_once("stroke-width=\"")?.1.split_once('"')?.0.parse().ok() };
    picture
        .lines()
        .filter(|line| line.contains(&color) && width_of(line).is_some_and(|found| found >= width))
        .count()
}

#[test]
fn counts_beyond_the_band_are_thick() {
    let Figure::Ranks(mut figure) = samples::ranks() else { unreachable!() };
    let theme = Theme::LIGHT;
    let thick = |figure: &Ranks, chain: usize| {
        let picture = svg(&Figure::Ranks(figure.clone()), &view(theme), WIDE, 200.0, "");
        num_strokes(&picture, theme.chains[chain], 20)
    };
    assert_eq!((thick(&figure, 0), thick(&figure, 3)), (0, 6));
    figure.band = (0.0, 80.0);
    assert_eq!(thick(&figure, 3), 0);
}

#[test]
fn a_divergence_is_seen_wherever_it_leads() {
    let Figure::Trajectory(figure) = samples::trajectory() else { unreachable!() };
    let theme = Theme::LIGHT;
    let crosses = |figure: &Trajectory| {
        let picture = svg(&Figure::Trajectory(figure.clone()), &view(theme), WIDE, 400.0, "");
        num_strokes(&picture, theme.warning, 1)
    };
    assert_eq!(crosses(&figure), 0);
    for at in [(0.5, 0.5), (900.0, -40.0), (f64::NAN, f64::INFINITY)] {
        let mut diverged = figure.clone();
        diverged.steps.push(TrajectoryStep { at, doubling: 4, forward: true, diverged: true });
        assert_eq!(crosses(&diverged), 2, "two strokes of a cross at {at:?}");
    }
}

#[test]
fn start_and_next_draw_are_named() {
    for width in [300.0, 900.0] {
        let height = natural_height(&samples::trajectory(), width, 1.0);
        let (record, _) = record(&samples::trajectory(), &view(Theme::LIGHT), width, height);
        for name in ["start", "next draw", "truth"] {
            assert!(record.texts.iter().any(|text| text.0 == name), "{name} at {width}");
        }
    }
}

#[test]
fn ranks_travel_and_trajectories_appear() {
    let Figure::Ranks(from) = samples::ranks() else { unreachable!() };
    let mut to = from.clone();
    to.counts[2][7] += 10;
    let middle = tween(&Figure::Ranks(from.clone()), &Figure::Ranks(to), 0.5);
    let Some(Figure::Ranks(middle)) = middle else { unreachable!() };
    assert_eq!(middle.counts[2][7], from.counts[2][7] + 5);
    assert_eq!(tween(&samples::trajectory(), &samples::funnel(), 0.1), None);
}

#[test]
fn drawing_survives_any_step_between() {
    let from = samples::forest(&[10; 4]);
    let Figure::Forest(mut to) = from.clone() else { unreachable!() };
    for row in to.groups.iter_mut().flat_map(|group| &mut group.rows) {
        row.estimate = row.measured;
    }
    let to = Figure::Forest(to);
    let Some(Figure::Forest(middle)) = tween(&from, &to, 0.5) else { unreachable!() };
    let (Figure::Forest(a), Figure::Forest(b)) = (&from, &to) else { unreachable!() };
    let expected = 0.5 * (a.groups[2].rows[3].estimate + b.groups[2].rows[3].estimate);
    assert!((middle.groups[2].rows[3].estimate - expected).abs() < 1e-12);
    for (name, figure, _, _) in pictures() {
        assert_eq!(tween(&figure, &figure, 1.0), None, "{name}");
    }
}
