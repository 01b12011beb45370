//! `cargo xtask bench`: how fast it is, natively and in the browser, beside goals and Stan. Not a test.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Command as Process, Stdio};

use anyhow::{Context, Result, bail};

use crate::step::{output, step};
use crate::{Command, browser, dist, no_arguments, server, tools};

pub(crate) const COMMAND: Command = Command {
    usage: "bench",
    about: "measure samplers and pictures, natively and in the browser, beside goals and Stan",
    run: |args| {
        no_arguments(args)?;
        let browsers = browser::find_or_install()?;
        dist::build(&tools::find_or_install()?)?;
        let heading = heading();
        let mut measured = Measured::new();
        step("Native", || {
            let mut command = Process::new("cargo");
            command.args(["bench", "--package", "mcmc", "--bench", "samplers"]);
            measure(&mut command, &mut measured)?;
            let mut command = Process::new("cargo");
            command.args(["bench", "--package", "labs", "--bench", "genomics"]);
            measure(&mut command, &mut measured)
        })?;
        step("In the browser, some six minutes", || {
            let url = server::start(server::bind(0)?, dist::FOLDER.as_ref(), "/")?;
            let mut command = Process::new("cargo");
            command.args(["run", "--package", "browser-tests", "--bin", "bench"]);
            browsers.pass_to(&mut command, &url);
            measure(&mut command, &mut measured)
        })?;
        println!("\n{heading}; load {} at the end\n", load().unwrap_or_else(|| "unknown".to_string()));
        println!("{}", table(&measured));
        Ok(())
    },
};

/// Columns with numbers of ours, as the measuring programs name them.
const COLUMNS: [&str; 3] = ["native", "cold", "warm"];

type Measured = HashMap<Key, Number>;

/// Column and name of a number.
type Key = (&'static str, String);

/// A number, and its 95th percentile where it is a median of steps.
type Number = (f64, Option<f64>);

struct Row {
    label: &'static str,
    name: &'static str,
    goal: &'static str,
    stan: &'static str,
}

const fn row(label: &'static str, name: &'static str) -> Row {
    Row { label, name, goal: "", stan: "" }
}

/// A goal for the browser, warm, and Stan 2.35 (native, -O3) on the same task.
const fn against(label: &'static str, name: &'static str, goal: &'static str, stan: &'static str) -> Row {
    Row { label, name, goal, stan }
}

/// Heading and rows of each part of the table.
const PARTS: &[(&str, &[Row])] = &[
    ("Smallest bulk ESS per second", ESS_ROWS),
    ("Model 1 in detail: scales known, n = 40, K = 4", MODEL_1_ROWS),
    ("The other models in detail", OTHER_MODELS_ROWS),
    ("Page", PAGE_ROWS),
    ("Genomics", GENOMICS_ROWS),
];

/// The same algorithm as Stan's, then the best one for the model, which is no general sampler.
const ESS_ROWS: &[Row] = &[
    against("NUTS: model 1", "nuts_ess_per_second", "136,000", "13,600"),
    against("NUTS: model 2, non-centered", "model2_nuts_ess_per_second", "6,400", "642"),
    against("NUTS: model 2, non-centered schools", "model2_schools_nuts_ess_per_second", "6,400", "642"),
    against("NUTS: eight schools, non-centered", "eight_nuts_ess_per_second", "273,000", "27,300"),
    against("NUTS: large, model 1", "large1_nuts_ess_per_second", "1,960", "196"),
    against("NUTS: large, model 2, non-centered", "large2_nuts_ess_per_second", "700", "70"),
    against("NUTS: large, model 2, non-centered schools", "large2_schools_nuts_ess_per_second", "700", "70"),
    against("exact draws: model 1", "exact_ess_per_second", "4,400,000", "13,600"),
    against("collapsed draws: model 2", "model2_exact_ess_per_second", "740,000", "642"),
    against("collapsed draws: eight schools", "eight_exact_ess_per_second", "2,900,000", "27,300"),
    against("exact draws: large, model 1", "large1_exact_ess_per_second", "79,000", "196"),
    against("collapsed draws: large, model 2", "large2_exact_ess_per_second", "36,000", "70"),
];

const MODEL_1_ROWS: &[Row] = &[
    row("gradient, ns", "gradient_ns"),
    against("NUTS: one leapfrog step, all in, ns", "nuts_ns_per_leapfrog", "", "2,370"),
    row("NUTS: leapfrog steps of 4 × 2000 iterations", "nuts_num_leapfrog"),
    row("NUTS: computing 4 × (1000 + 1000), ms", "nuts_ms"),
    row("NUTS: the same until the page has the draws, ms", "nuts_wall_ms"),
    row("NUTS: draws per second", "nuts_draws_per_second"),
    row("NUTS: smallest bulk ESS", "nuts_ess"),
    row("exact draws: computing 4 × 1000, ms", "exact_ms"),
    row("exact draws: the same until the page has the draws, ms", "exact_wall_ms"),
    row("exact draws per second", "exact_draws_per_second"),
    row("exact draws: smallest bulk ESS", "exact_ess"),
    row("all diagnostics of 44 × 4 × 1000, ms", "diagnostics_ms"),
];

const OTHER_MODELS_ROWS: &[Row] = &[
    row("model 2: gradient, ns", "model2_gradient_ns"),
    row("model 2: one leapfrog step, all in, ns", "model2_nuts_ns_per_leapfrog"),
    row("model 2: leapfrog steps", "model2_nuts_num_leapfrog"),
    row("model 2: NUTS, smallest bulk ESS", "model2_nuts_ess"),
    row("model 2, non-centered schools: leapfrog steps", "model2_schools_nuts_num_leapfrog"),
    row("model 2, non-centered schools: NUTS, smallest bulk ESS", "model2_schools_nuts_ess"),
    row("model 2: making the proposal, ms", "model2_proposal_ms"),
    row("model 2: collapsed draws, 4 × 1000, ms", "model2_exact_ms"),
    row("model 2: the same until the page has the draws, ms", "model2_exact_wall_ms"),
    row("eight schools: gradient, ns", "eight_gradient_ns"),
    row("eight schools: one leapfrog step, all in, ns", "eight_nuts_ns_per_leapfrog"),
    row("eight schools: leapfrog steps", "eight_nuts_num_leapfrog"),
    row("eight schools: NUTS, smallest bulk ESS", "eight_nuts_ess"),
    row("eight schools: making the proposal, ms", "eight_proposal_ms"),
    row("eight schools: collapsed draws, 4 × 1000, ms", "eight_exact_ms"),
    row("eight schools: the same until the page has the draws, ms", "eight_exact_wall_ms"),
    row("large, model 1: gradient, ns", "large1_gradient_ns"),
    row("large, model 1: one leapfrog step, all in, ns", "large1_nuts_ns_per_leapfrog"),
    row("large, model 1: leapfrog steps", "large1_nuts_num_leapfrog"),
    row("large, model 1: NUTS, smallest bulk ESS", "large1_nuts_ess"),
    row("large, model 2: gradient, ns", "large2_gradient_ns"),
    row("large, model 2: one leapfrog step, all in, ns", "large2_nuts_ns_per_leapfrog"),
    row("large, model 2: leapfrog steps", "large2_nuts_num_leapfrog"),
    row("large, model 2: NUTS, smallest bulk ESS", "large2_nuts_ess"),
    row("large, model 2, non-centered schools: leapfrog steps", "large2_schools_nuts_num_leapfrog"),
    row("large, model 2, non-centered schools: NUTS, smallest bulk ESS", "large2_schools_nuts_ess"),
    row("large, model 2: making the proposal, ms", "large2_proposal_ms"),
    row("large, model 1: exact draws, 4 × 1000, ms", "large1_exact_ms"),
    Row { goal: "100", ..row("large, model 2: collapsed draws, 4 × 1000, ms", "large2_exact_ms") },
    row("large, model 2: the same until the page has the draws, ms", "large2_exact_wall_ms"),
];

const PAGE_ROWS: &[Row] = &[
    Row { goal: "50", ..row("desk, lab 2: 1000 repeats and the pictures' data, ms", "lab2_repeats") },
    Row { goal: "50", ..row("desk, lab 3: 1000 repeats and the pictures' data, ms", "lab3_repeats") },
    row("desk, lab 3: the pictures' data alone, ms", "lab3_no_repeats"),
    Row { goal: "50", ..row("desk, race: 1000 data sets, ten estimators, n = 40, ms", "race") },
    row("desk, exact map of 40 × 40: all, ms", "exact_map"),
    Row {
        goal: "300",
        ..row("desk, map of 40 × 40, 200 data sets a cell: first, ms", "simulated_map_first")
    },
    Row { goal: "5000", ..row("desk, map of 40 × 40, 200 data sets a cell: all, ms", "simulated_map") },
    row("lab 3, exact, no repeats: input to drawn, ms", "lab3_exact_no_repeats_drawn"),
    Row {
        goal: "16.7 (p95)",
        ..row("lab 3, exact, no repeats: input to the frame that shows it, ms", "lab3_exact_no_repeats_frame")
    },
    row("lab 3, exact, no repeats: input until that frame is over, ms", "lab3_exact_no_repeats_over"),
    row("lab 3, exact, 1000 repeats: input to first picture, ms", "lab3_exact_first"),
    row("lab 3, exact, 1000 repeats: input to all drawn, ms", "lab3_exact_drawn"),
    row("lab 3, exact, 1000 repeats: input to the frame that shows all, ms", "lab3_exact_frame"),
    row("lab 3, NUTS, no repeats: input to all drawn, ms", "lab3_nuts_no_repeats_drawn"),
    Row {
        goal: "33 (p95)",
        ..row("lab 3, NUTS, no repeats: input to the frame that shows all, ms", "lab3_nuts_no_repeats_frame")
    },
    row("lab 3, NUTS, no repeats: input until that frame is over, ms", "lab3_nuts_no_repeats_over"),
    row("lab 3, NUTS, 1000 repeats: input to first picture, ms", "lab3_nuts_first"),
    row("lab 3, NUTS, 1000 repeats: input to all drawn, ms", "lab3_nuts_drawn"),
    row("lab 3, NUTS, 1000 repeats: input to the frame that shows all, ms", "lab3_nuts_frame"),
    row("lab 3, 2000 schools, SDs learned: input to first picture, ms", "large_first"),
    row("lab 3, 2000 schools, SDs learned: input to all drawn, ms", "large_drawn"),
    row("lab 1: input to drawn, ms", "lab1_drawn"),
    row("lab 1: input to the frame that shows it, ms", "lab1_frame"),
    row("lab 2, 1000 repeats: input to first picture, ms", "lab2_first"),
    row("lab 2, 1000 repeats: input to all drawn, ms", "lab2_drawn"),
    row("lab 2, 1000 repeats: input to the frame that shows all, ms", "lab2_frame"),
    row("load to the first settled picture, lab 1, ms", "lab1_load"),
    row("load to the first settled picture, lab 3, NUTS, ms", "lab3_nuts_load"),
];

const GENOMICS_ROWS: &[Row] = &[
    row("limma, 5,000 genes × 6: genes, tests and the pictures' data, ms", "limma_ms"),
    row("limma, 5,000 genes × 6: input to all drawn, ms", "limma_drawn"),
    Row { goal: "33", ..row("limma, 5,000 genes × 6: input to the frame that shows it, ms", "limma_frame") },
    row("MRLocus, six clusters: the grid and the pictures' data, ms", "mrlocus_ms"),
    row("MRLocus, ten clusters: the grid and the pictures' data, ms", "mrlocus_ten_ms"),
    row("MRLocus, six clusters: input to all drawn, ms", "mrlocus_drawn"),
    Row { goal: "33", ..row("MRLocus, six clusters: input to the frame that shows it, ms", "mrlocus_frame") },
    row("TF binding, 12 features, 20 experiments: sampling 4 × (500 + 1000), ms", "tf_ms"),
    Row {
        goal: "200",
        ..row("TF binding, 12 features, 20 experiments: until the page has the draws, ms", "tf_wall_ms")
    },
    row("TF binding, 12 features, 20 experiments: the pictures' data, ms", "tf_pictures_ms"),
];

/// Runs a measuring program and keeps its lines `<column> <name> <number> [<95th percentile>]`.
fn measure(command: &mut Process, measured: &mut Measured) -> Result<()> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
    let stdout = child.stdout.take().context("the program has no output")?;
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        println!("    {line}");
        measured.extend(read(&line));
    }
    match child.wait()? {
        status if status.success() => Ok(()),
        status => bail!("the measuring program ended with {status}"),
    }
}

fn read(line: &str) -> Option<(Key, Number)> {
    let mut words = line.split(' ');
    let first = words.next()?;
    let column = COLUMNS.into_iter().find(|column| *column == first)?;
    let name = words.next()?.to_string();
    let number = words.next()?.parse().ok()?;
    Some(((column, name), (number, words.next().and_then(|word| word.parse().ok()))))
}

fn table(measured: &Measured) -> String {
    let mut text = "| | native | browser, cold | browser, warm | goal | Stan |\n\
                    | --- | ---: | ---: | ---: | ---: | ---: |\n"
        .to_string();
    let or_dash = |cell: &str| if cell.is_empty() { "–".to_string() } else { cell.to_string() };
    for (heading, rows) in PARTS {
        text += &format!("| **{heading}** | | | | | |\n");
        for Row { label, name, goal, stan } in *rows {
            text += &format!("| {label}");
            for column in COLUMNS {
                let cell = measured.get(&(column, (*name).to_string())).map(|number| cell(name, number));
                text += &format!(" | {}", or_dash(&cell.unwrap_or_default()));
            }
            text += &format!(" | {} | {} |\n", or_dash(goal), or_dash(stan));
        }
    }
    text
}

fn cell(name: &str, (median, p95): &Number) -> String {
    match p95 {
        // A count that native and WASM must agree on to the last digit.
        None if name.ends_with("_num_leapfrog") => grouped(&median.to_string()),
        None => three_digits(*median),
        Some(p95) => format!("{} / {}", three_digits(*median), three_digits(*p95)),
    }
}

/// Three digits are what a timing is good for: 0.412, 12.3, 1,230,000.
fn three_digits(number: f64) -> String {
    if !number.is_finite() || number <= 0.0 {
        return number.to_string();
    }
    let magnitude = number.log10().floor();
    let unit = 10f64.powf(magnitude - 2.0);
    let rounded = (number / unit).round() * unit;
    let text = match magnitude {
        m if m < 0.0 => format!("{rounded:.3}"),
        m if m < 1.0 => format!("{rounded:.2}"),
        m if m < 2.0 => format!("{rounded:.1}"),
        _ => format!("{rounded:.0}"),
    };
    grouped(&text)
}

/// A comma between every three digits before the point.
fn grouped(text: &str) -> String {
    let whole = text.find('.').unwrap_or(text.len());
    let mut grouped = String::new();
    for (i, digit) in text.chars().enumerate() {
        if i > 0 && i < whole && (whole - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// When and on what it was measured.
fn heading() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let date = output(Process::new("date").arg("+%Y-%m-%d")).unwrap_or_default();
    let processor = std::fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?.to_string();
        Some(line.split_once(": ")?.1.to_string())
    });
    format!(
        "Measured {} on {cores} cores ({}); medians of several runs, pictures as median / 95th percentile of steps; load {} at the start",
        date.trim(),
        processor.unwrap_or_else(|| "of unknown make".to_string()),
        load().unwrap_or_else(|| "unknown".to_string())
    )
}

/// The load average of the last minute: above 0 at the start, others were working too.
fn load() -> Option<String> {
    if let Ok(text) = std::fs::read_to_string("/proc/loadavg") {
        return text.split(' ').next().map(str::to_string);
    }
    // "… load averages: 1.52 1.60 1.71"
    let text = output(&mut Process::new("uptime"))?;
    text.rsplit_once(": ")?.1.split([' ', ',']).next().map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_measuring_programs_are_read_and_others_are_not() {
        assert_eq!(read("native nuts_ms 12.5"), Some((("native", "nuts_ms".to_string()), (12.5, None))));
        assert_eq!(
            read("warm lab1_frame 12.5 16"),
            Some((("warm", "lab1_frame".to_string()), (12.5, Some(16.0))))
        );
        assert_eq!(read("running 0 tests"), None);
        assert_eq!(read("warm up"), None);
    }

    #[test]
    fn numbers_have_three_digits() {
        let shown = [0.41234, 1.2345, 12.345, 123.45, 9996.0, 1_234_567.0].map(three_digits);
        assert_eq!(shown, ["0.412", "1.23", "12.3", "123", "10,000", "1,230,000"]);
    }

    #[test]
    fn a_row_shows_what_was_measured_and_a_dash_for_what_was_not() {
        let measured = Measured::from([
            (("warm", "nuts_ess_per_second".to_string()), (61_000.0, None)),
            (("native", "nuts_num_leapfrog".to_string()), (73_410.0, None)),
            (("cold", "lab1_frame".to_string()), (12.5, Some(16.0))),
        ]);
        let table = table(&measured);
        for wanted in [
            "| NUTS: model 1 | – | – | 61,000 | 136,000 | 13,600 |\n",
            "| NUTS: leapfrog steps of 4 × 2000 iterations | 73,410 | – | – | – | – |\n",
            "| lab 1: input to the frame that shows it, ms | – | 12.5 / 16.0 | – | – | – |\n",
        ] {
            assert!(table.contains(wanted), "{table}");
        }
    }
}
