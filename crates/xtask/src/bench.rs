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
        let browser = browser::find_or_install()?;
        dist::build(&tools::find_or_install()?)?;
        let heading = heading();
        let mut measured = Measured::new();
        step("Native", || {
            let mut command = Process::new("cargo");
            command.args(["bench", "--package", "mcmc", "--bench", "samplers"]);
            measure(&mut command, &mut measured)
        })?;
        step("In the browser, some five minutes", || {
            let url = server::start(server::bind(0)?, dist::FOLDER.as_ref(), "/")?;
            let mut command = Process::new("cargo");
            command.args(["run", "--package", "browser-tests", "--bin", "bench"]);
            browser.pass_to(&mut command, &url);
            measure(&mut command, &mut measured)
        })?;
        println!("\n{heading}; load {} at the end\n", load().unwrap_or_else(|| "unknown".to_string()));
        print!("{}", table(&measured));
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

/// Goals hold for the browser, warm. Stan is 2.35, native, compiled with -O3, on the same task.
const ROWS: &[Row] = &[
    row("gradient, ns", "gradient_ns"),
    Row { stan: "2,370", ..row("NUTS: one leapfrog step, all in, ns", "nuts_ns_per_leapfrog") },
    row("NUTS: leapfrog steps of 4 × 2000 iterations", "nuts_num_leapfrog"),
    row("NUTS: computing 4 × (1000 + 1000), ms", "nuts_ms"),
    row("NUTS: the same until the page has the draws, ms", "nuts_wall_ms"),
    row("NUTS: draws per second", "nuts_draws_per_second"),
    Row {
        goal: "136,000",
        stan: "13,600",
        ..row("NUTS: smallest bulk ESS per second", "nuts_ess_per_second")
    },
    row("exact draws: computing 4 × 1000, ms", "exact_ms"),
    row("exact draws: the same until the page has the draws, ms", "exact_wall_ms"),
    row("exact draws per second", "exact_draws_per_second"),
    Row {
        goal: "4,400,000",
        stan: "13,600",
        ..row("exact draws: smallest bulk ESS per second", "exact_ess_per_second")
    },
    row("all diagnostics of 44 × 4 × 1000, ms", "diagnostics_ms"),
    Row { goal: "50", ..row("desk, lab 2: 1000 repeats and the pictures' data, ms", "lab2_repeats") },
    Row { goal: "50", ..row("desk, lab 3: 1000 repeats and the pictures' data, ms", "lab3_repeats") },
    row("desk, lab 3: the pictures' data alone, ms", "lab3_no_repeats"),
    row("lab 3, exact, no repeats: input to drawn, ms", "lab3_exact_no_repeats_drawn"),
    Row {
        goal: "16.7 (p95)",
        ..row("lab 3, exact, no repeats: input to on screen, ms", "lab3_exact_no_repeats_shown")
    },
    row("lab 3, exact, 1000 repeats: input to first picture, ms", "lab3_exact_first"),
    row("lab 3, exact, 1000 repeats: input to all drawn, ms", "lab3_exact_drawn"),
    row("lab 3, exact, 1000 repeats: input to all on screen, ms", "lab3_exact_shown"),
    row("lab 3, NUTS, no repeats: input to all drawn, ms", "lab3_nuts_no_repeats_drawn"),
    Row {
        goal: "33 (p95)",
        ..row("lab 3, NUTS, no repeats: input to all on screen, ms", "lab3_nuts_no_repeats_shown")
    },
    row("lab 3, NUTS, 1000 repeats: input to first picture, ms", "lab3_nuts_first"),
    row("lab 3, NUTS, 1000 repeats: input to all drawn, ms", "lab3_nuts_drawn"),
    row("lab 3, NUTS, 1000 repeats: input to all on screen, ms", "lab3_nuts_shown"),
    row("lab 1: input to drawn, ms", "lab1_drawn"),
    row("lab 1: input to on screen, ms", "lab1_shown"),
    row("lab 2, 1000 repeats: input to first picture, ms", "lab2_first"),
    row("lab 2, 1000 repeats: input to all drawn, ms", "lab2_drawn"),
    row("lab 2, 1000 repeats: input to all on screen, ms", "lab2_shown"),
    row("load to the first settled picture, lab 1, ms", "lab1_load"),
    row("load to the first settled picture, lab 3, NUTS, ms", "lab3_nuts_load"),
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
    let mut text =
        "| lecture's model, n = 40, K = 4 | native | browser, cold | browser, warm | goal | Stan |\n\
                    | --- | ---: | ---: | ---: | ---: | ---: |\n"
            .to_string();
    let or_dash = |cell: &str| if cell.is_empty() { "–".to_string() } else { cell.to_string() };
    for Row { label, name, goal, stan } in ROWS {
        text += &format!("| {label}");
        for column in COLUMNS {
            let cell = match measured.get(&(column, (*name).to_string())) {
                None => String::new(),
                // A count that native and WASM must agree on to the last digit.
                Some((count, None)) if name.ends_with("_num_leapfrog") => grouped(&count.to_string()),
                Some((median, None)) => three_digits(*median),
                Some((median, Some(p95))) => format!("{} / {}", three_digits(*median), three_digits(*p95)),
            };
            text += &format!(" | {}", or_dash(&cell));
        }
        text += &format!(" | {} | {} |\n", or_dash(goal), or_dash(stan));
    }
    text
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
            read("warm lab1_shown 12.5 16"),
            Some((("warm", "lab1_shown".to_string()), (12.5, Some(16.0))))
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
            (("cold", "lab1_shown".to_string()), (12.5, Some(16.0))),
        ]);
        let table = table(&measured);
        for wanted in [
            "| NUTS: smallest bulk ESS per second | – | – | 61,000 | 136,000 | 13,600 |\n",
            "| NUTS: leapfrog steps of 4 × 2000 iterations | 73,410 | – | – | – | – |\n",
            "| lab 1: input to on screen, ms | – | 12.5 / 16.0 | – | – | – |\n",
        ] {
            assert!(table.contains(wanted), "{table}");
        }
    }
}
