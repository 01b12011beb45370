//! Schools from a CSV file.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use tables::{Header, Options, Problem, Table};

/// The columns of a file; the last two may be missing.
const COLUMNS: [&str; 4] = ["value", "group", "se", "truth"];

/// The schools of a file, region by region; regions in the order in which they first appear.
#[derive(Debug, PartialEq)]
pub(crate) struct Measurements {
    pub(crate) y: Vec<f64>,
    pub(crate) sizes: Vec<usize>,
    /// Squares of column `se`.
    pub(crate) noise_var: Option<Vec<f64>>,
    pub(crate) truth: Option<Vec<f64>>,
    /// What the file calls the region of each school.
    pub(crate) labels: Vec<String>,
    /// Row of each school in the file, counted from 1 below the names of the columns.
    pub(crate) rows: Vec<usize>,
}

/// The schools in the file at `path`.
///
/// # Errors
/// A sentence that names the file and, where something in it is wrong, row and column.
pub(crate) fn read(path: &Path) -> Result<Measurements> {
    let name = path.display();
    let bytes = fs::read(path).with_context(|| format!("cannot open {name}"))?;
    parse(&bytes).with_context(|| format!("cannot use {name}"))
}

/// One row.
struct School {
    row: usize,
    region: usize,
    value: f64,
    noise_var: Option<f64>,
    truth: Option<f64>,
}

fn parse(bytes: &[u8]) -> Result<Measurements> {
    let text = tables::decode(bytes)?;
    let table = tables::read(&text, Options { header: Header::Present, separator: None });
    let columns = Columns::find(&table)?;
    let (mut schools, mut labels, mut numbers) = (Vec::new(), Vec::new(), HashMap::new());
    let mut problems = table.problems.iter().filter(|problem| problem.row > 0).peekable();
    for row in 0..table.num_rows() {
        if let Some(problem) = problems.next_if(|problem| problem.row <= row + 1) {
            return Err(problem.clone().into());
        }
        let label = table.text(row, columns.group)?;
        let region = *numbers.entry(label.to_owned()).or_insert_with(|| {
            labels.push(label.to_owned());
            labels.len() - 1
        });
        schools.push(School {
            row: row + 1,
            region,
            value: table.number(row, columns.value)?,
            noise_var: columns.se.map(|column| variance(&table, row, column)).transpose()?,
            truth: columns.truth.map(|column| table.number(row, column)).transpose()?,
        });
    }
    if let Some(problem) = problems.next() {
        return Err(problem.clone().into());
    }
    if schools.is_empty() {
        bail!("there is no row below the names of the columns");
    }
    // Stable: schools of one region stay in the order of the file.
    schools.sort_by_key(|school| school.region);
    let mut sizes = vec![0; labels.len()];
    schools.iter().for_each(|school| sizes[school.region] += 1);
    Ok(Measurements {
        y: schools.iter().map(|school| school.value).collect(),
        sizes,
        noise_var: schools.iter().map(|school| school.noise_var).collect(),
        truth: schools.iter().map(|school| school.truth).collect(),
        labels: schools.iter().map(|school| labels[school.region].clone()).collect(),
        rows: schools.iter().map(|school| school.row).collect(),
    })
}

/// Where the columns stand.
struct Columns {
    value: usize,
    group: usize,
    se: Option<usize>,
    truth: Option<usize>,
}

impl Columns {
    fn find(table: &Table) -> Result<Self> {
        let is_ours = |problem: &&Problem| {
            problem.row == 0 && problem.column.as_deref().is_some_and(|name| COLUMNS.contains(&name))
        };
        if let Some(problem) = table.problems.iter().find(is_ours) {
            return Err(problem.clone().into());
        }
        let found = COLUMNS.map(|name| table.find(name));
        let needed = |k: usize| {
            let message = || format!("there is no column {}, only: {}", COLUMNS[k], table.names.join(", "));
            found[k].with_context(message)
        };
        Ok(Self { value: needed(0)?, group: needed(1)?, se: found[2], truth: found[3] })
    }
}

/// Square of a standard error.
fn variance(table: &Table, row: usize, column: usize) -> Result<f64> {
    let se = table.number(row, column)?;
    let var = se * se;
    if se <= 0.0 {
        let what = format!("a standard error must be above 0, but this is {se}");
        return Err(table.problem(row, column, &what).into());
    }
    if var == 0.0 || var.is_infinite() {
        return Err(table.problem(row, column, &format!("the square of {se} is out of range")).into());
    }
    Ok(var)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        format!("{:#}", parse(text.as_bytes()).unwrap_err())
    }

    #[test]
    fn rows_are_gathered_region_by_region_in_order_of_first_appearance() {
        let file = "\u{feff}value, group ,truth,se,note\n1,north,10,0.5,x\n\n2,\"south, far\",20,1,\n3,north,30,2,y\n";
        let expected = Measurements {
            y: vec![1.0, 3.0, 2.0],
            sizes: vec![2, 1],
            noise_var: Some(vec![0.25, 4.0, 1.0]),
            truth: Some(vec![10.0, 30.0, 20.0]),
            labels: ["north", "north", "south, far"].map(str::to_owned).to_vec(),
            rows: vec![1, 3, 2],
        };
        assert_eq!(parse(file.as_bytes()).unwrap(), expected);
        let bare = parse(b"group,value\r\n7,-1e3\r\n").unwrap();
        assert_eq!((bare.y, bare.noise_var, bare.truth), (vec![-1000.0], None, None));
    }

    #[test]
    fn what_is_wrong_is_named_by_row_and_column() {
        let head = "value,group,se,truth\n1,a,1,1\n";
        for (rows, expected) in [
            ("2,b,0,1\n", "row 2, column se: a standard error must be above 0, but this is 0"),
            ("2,b,1,1\n3,b,-2,1\n", "row 3, column se: a standard error must be above 0, but this is -2"),
            ("2,b,1e-200,1\n", "row 2, column se: the square of 0.000"),
            ("x,b,1,1\n", "row 2, column value: “x” is not a number"),
            ("inf,b,1,1\n", "row 2, column value: “inf” is not a finite number"),
            ("1e400,b,1,1\n", "row 2, column value: “1e400” is not a finite number"),
            ("2,,1,1\n", "row 2, column group: the cell is empty"),
            ("2,b,1,NA\n", "row 2, column truth: “NA” is not a number"),
            ("2,b\n", "row 2, column se: there is no such cell"),
            ("2,b,1,1,1\n", "row 2: 5 cells for 4 columns"),
        ] {
            let message = refused(&format!("{head}{rows}"));
            assert!(message.starts_with(expected), "{rows:?}: {message}");
        }
    }

    #[test]
    fn a_file_without_its_columns_or_rows_is_refused() {
        assert_eq!(refused("value,region\n1,a\n"), "there is no column group, only: value, region");
        let semicolons = parse(b"value;group\n1,5;a\n").unwrap();
        assert_eq!(semicolons.y, [1.5]);
        assert_eq!(refused("value,group,value\n1,a,1\n"), "column value is there twice");
        assert_eq!(refused("value,group\n"), "there is no row below the names of the columns");
        assert!(refused("").starts_with("there is no column value"));
        let message = format!("{:#}", parse(b"value,group\n1,a\n2,\xff\n").unwrap_err());
        assert!(message.starts_with("row 2: ") && message.contains("UTF-8"), "{message}");
    }
}
