//! Any text from a file or the clipboard.

use std::collections::BTreeSet;
use std::sync::Arc;

use labs::own::{Form, Role, read_as};
use labs::{Kind, LABS, Own, Scenario, Value};
use tables::{Header, MAX_ROWS, Options, Separator, Table};

/// Reads `bytes` as a file that holds a table, then as data of one form; the first byte
/// chooses how.
///
/// # Panics
/// If a name is empty or there twice, a cell is neither a finite number nor a problem, a problem is no
/// sentence about a row that is there, or data that were read are refused by their control or do not come back from
/// a link.
pub fn table(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let text = match tables::decode(bytes) {
        Ok(text) => text,
        Err(problem) => {
            assert!(!problem.to_string().is_empty());
            String::from_utf8_lossy(bytes).into_owned()
        }
    };
    let mut choice = usize::from(*choice);
    let mut choose = |count: usize| {
        let chosen = choice % count;
        choice /= count;
        chosen
    };
    let header = [Header::Guess, Header::Present, Header::Absent][choose(3)];
    let form = [Form::Measurements, Form::Expression, Form::Effects, Form::Coefficients][choose(4)];
    let separator =
        [None, Some(Separator::Comma), Some(Separator::Semicolon), Some(Separator::Tab)][choose(4)];
    check(&tables::read(&text, Options { separator, header }));
    let guessed = read_as(form, &text, &[], header);
    assert_eq!(guessed.columns.len(), guessed.roles.len());
    let mut chosen: Vec<Option<Role>> = guessed.roles.iter().copied().map(Some).collect();
    as_data(form, guessed.own);
    // A reader may say that a column is something else, also what it cannot be.
    if let Some(first) = chosen.first_mut() {
        *first = form.roles().get(choose(6)).copied();
        as_data(form, read_as(form, &text, &chosen, header).own);
    }
}

fn check(table: &Table) {
    assert!(table.num_rows() <= MAX_ROWS);
    assert!(table.names.iter().all(|name| !name.is_empty()), "{:?}", table.names);
    let distinct: BTreeSet<&String> = table.names.iter().collect();
    assert_eq!(distinct.len(), table.names.len(), "{:?}", table.names);
    for row in 0..table.num_rows() {
        for column in 0..table.names.len() {
            match table.number(row, column) {
                Ok(number) => assert!(number.is_finite()),
                Err(problem) => {
                    assert_eq!(problem.row, row + 1);
                    assert!(!problem.what.is_empty());
                }
            }
        }
    }
    for problem in &table.problems {
        assert!(problem.row <= table.num_rows() + 1 && !problem.what.is_empty(), "{problem:?}");
    }
    assert!(table.problems.is_sorted_by_key(|problem| problem.row));
}

/// What was read is taken by every control of that form, and comes back from a link.
fn as_data(form: Form, own: Own) {
    let own = Arc::new(own);
    for (lab, of_lab) in LABS.iter().enumerate() {
        for (index, control) in of_lab.controls().iter().enumerate() {
            if matches!(control.kind, Kind::Table(taken) if taken == form) {
                let notice = Scenario::of_lab(lab).set(index, Value::Table(own.clone()));
                assert_eq!(notice, None, "{own:?}");
            }
        }
    }
    let (back, problem) = Own::from_link_as(form, &own.to_link());
    assert_eq!((&back, problem), (&*own, None));
}
