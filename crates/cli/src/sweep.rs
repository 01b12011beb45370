//! A map or a race as CSV, computed on all cores, and taken up again where it was interrupted.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, IsTerminal, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use labs::{Scenario, Sweep};
use rayon::prelude::*;

/// Rows of one piece of work: written together, so that an interruption costs no more than these.
const ROWS_PER_PIECE: usize = 256;

/// What is asked for besides the link.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// Where the rows go; `None` for standard output.
    pub(crate) out: Option<PathBuf>,
}

/// Computes the rows of `scenario` that are still missing and writes them in order.
///
/// # Errors
/// If the lab has no map and no race, if the file holds something else, or if it cannot be written.
pub(crate) fn run(scenario: &Scenario, options: &Options) -> Result<()> {
    let Some(sweep) = Sweep::of(scenario) else {
        bail!("only links of #/when can be swept, not #/{}", scenario.lab().meta().name.slug)
    };
    match &options.out {
        None => {
            let mut out = std::io::stdout().lock();
            writeln!(out, "{}", header(&sweep))?;
            write_rows(&sweep, 0, &mut out)
        }
        Some(path) => {
            let (mut file, done) = open(path, &sweep)?;
            if done > 0 {
                eprintln!("{done} of {} rows are there already", sweep.num_rows());
            }
            write_rows(&sweep, done, &mut file).with_context(|| format!("cannot write {}", path.display()))
        }
    }
}

fn header(sweep: &Sweep) -> String {
    sweep.columns().join(",")
}

/// Numbers as short as they can be and still be read back exactly; empty where there is none.
fn line(sweep: &Sweep, row: usize) -> String {
    let cells = sweep.row(row);
    cells
        .iter()
        .map(|cell| cell.map_or_else(String::new, |number| number.to_string()))
        .collect::<Vec<_>>()
        .join(",")
}

fn write_rows(sweep: &Sweep, first: usize, out: &mut dyn Write) -> Result<()> {
    let bar = if std::io::stderr().is_terminal() {
        let style = "{bar:40} {pos}/{len} rows, {elapsed} gone, {eta} to go";
        ProgressBar::new(sweep.num_rows() as u64).with_style(ProgressStyle::with_template(style)?)
    } else {
        ProgressBar::hidden()
    };
    bar.set_position(first as u64);
    bar.reset_eta();
    let mut from = first;
    while from < sweep.num_rows() {
        let to = sweep.num_rows().min(from + ROWS_PER_PIECE);
        // Rows do not depend on each other: their order of computing does not matter, only that of writing.
        let lines: Vec<String> = (from..to)
            .into_par_iter()
            .map(|row| {
                let line = line(sweep, row);
                bar.inc(1);
                line
            })
            .collect();
        for line in lines {
            writeln!(out, "{line}")?;
        }
        out.flush()?;
        from = to;
    }
    bar.finish_and_clear();
    Ok(())
}

/// The file, opened for what is missing, and the number of whole rows that it has.
fn open(path: &Path, sweep: &Sweep) -> Result<(File, usize)> {
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .with_context(|| format!("cannot open {}", path.display()))?;
    let mut end = 0;
    let mut lines = Vec::new();
    let mut reader = BufReader::new(&file);
    let mut text = String::new();
    // A last line without an end was cut off when it was written: it is written again.
    while reader.read_line(&mut text)? > 0 && text.ends_with('\n') {
        end += text.len() as u64;
        lines.push(std::mem::take(&mut text));
    }
    let is_ours = |index: usize, expected: &str| {
        lines.get(index).is_none_or(|line: &String| line.trim_end() == expected)
    };
    let num_rows = lines.len().saturating_sub(1);
    let last_is_ours = num_rows == 0
        || num_rows <= sweep.num_rows()
            && is_ours(1, &line(sweep, 0))
            && is_ours(num_rows, &line(sweep, num_rows - 1));
    if !is_ours(0, &header(sweep)) || !last_is_ours {
        bail!("{} holds something other than this sweep; name another file", path.display());
    }
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    if lines.is_empty() {
        writeln!(file, "{}", header(sweep))?;
    }
    Ok((file, num_rows))
}
