//! What a text does not say of itself.

use csv::StringRecord;

use crate::Separator;
use crate::cells::parse;

/// Lines and rows that are looked at.
const LOOKED_AT: usize = 50;

/// The separator of which most of the first lines have as many as the first one.
pub(crate) fn separator(text: &str) -> Separator {
    let lines: Vec<Vec<usize>> =
        text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT).map(counts).collect();
    let Some(first) = lines.first() else { return Separator::Comma };
    let score = |k: &usize| match first[*k] {
        0 => 0,
        count => lines.iter().filter(|line| line[*k] == count).count(),
    };
    // Of equals the last one: a tab before a semicolon before a comma, which may be a decimal sign.
    let best = (0..ALL.len()).max_by_key(score).filter(|k| score(k) > 0);
    best.map_or(Separator::Comma, |k| ALL[k])
}

const ALL: [Separator; 3] = [Separator::Comma, Separator::Semicolon, Separator::Tab];

/// How many of each separator stand outside quotation marks.
fn counts(line: &str) -> Vec<usize> {
    let mut counts = vec![0; ALL.len()];
    let mut is_quoted = false;
    for c in line.chars() {
        is_quoted ^= c == '"';
        if let Some(k) = ALL.iter().position(|separator| separator.character() == c && !is_quoted) {
            counts[k] += 1;
        }
    }
    counts
}

/// Whether the first row is one of names.
pub(crate) fn has_header(rows: &[StringRecord]) -> bool {
    rows.first().is_some_and(|first| !first.iter().any(is_number))
}

/// The commonest number of cells; of equals the larger.
pub(crate) fn width(rows: &[StringRecord]) -> usize {
    let widest = rows.iter().map(StringRecord::len).max().unwrap_or(0);
    let mut counts = vec![0; widest + 1];
    rows.iter().for_each(|row| counts[row.len()] += 1);
    (0..=widest).max_by_key(|width| counts[*width]).unwrap_or(0)
}

/// Whether a number among the first rows is written with a point.
pub(crate) fn has_decimal_points(rows: &[StringRecord]) -> bool {
    rows.iter().take(LOOKED_AT).flatten().any(|cell| cell.contains('.') && parse(cell, false).is_some())
}

fn is_number(cell: &str) -> bool {
    parse(cell, true).is_some()
}
