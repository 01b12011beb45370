//! Text from a file, the clipboard or a link, read as a table of named columns.
//!
//! Nothing is refused as a whole: what is wrong becomes a [`Problem`] with row and
//! column, and all rows stay. Rows are counted from 1 below the names of the
//! columns; empty lines do not count.
//!
//! ```
//! let table = tables::read("school;effect\nA;28,5\nB;x\n", tables::Options::default());
//! assert_eq!(table.names, ["school", "effect"]);
//! assert_eq!(table.number(0, 1).unwrap(), 28.5);
//! let problem = table.number(1, 1).unwrap_err();
//! assert_eq!(problem.to_string(), "row 2, column effect: “x” is not a number");
//! ```

mod cells;
mod decode;
mod guess;
mod number;
mod problem;

use std::collections::BTreeSet;

use csv::{ReaderBuilder, StringRecord, Trim};

pub use decode::decode;
pub use number::number;
pub use problem::Problem;

/// Most rows that are kept.
pub const MAX_ROWS: usize = 50_000;

/// Most columns that are kept.
pub const MAX_COLUMNS: usize = 1000;

/// What stands between two cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`, as spreadsheets write it where the comma is the decimal sign.
    Semicolon,
    /// A tab, as spreadsheets put it on the clipboard.
    Tab,
}

impl Separator {
    /// The character.
    #[must_use]
    pub fn character(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
        }
    }
}

/// Whether the first line holds the names of the columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Header {
    /// It does if none of its cells is a number but one below is, or if there are no numbers at all.
    #[default]
    Guess,
    /// It does.
    Present,
    /// It does not: columns are called `column 1`, `column 2`, ….
    Absent,
}

/// How to read; the default guesses everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `None`: the one that the first lines have in common.
    pub separator: Option<Separator>,
    /// Whether the first line holds names.
    pub header: Header,
}

/// A table of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Names of the columns, none empty, no two equal.
    pub names: Vec<String>,
    /// Whether they stood in the first line.
    pub has_header: bool,
    /// What stands between cells.
    pub separator: Separator,
    /// Whether `28,5` is a number: cells are not separated by commas, and no number has a point.
    pub decimal_comma: bool,
    /// What is wrong with the table itself, in the order of its rows: cells missing or too many, names
    /// that are there twice, a quote that is never closed, rows and columns beyond the limits.
    pub problems: Vec<Problem>,
    rows: Vec<StringRecord>,
}

/// The table in `text`, all rows kept up to [`MAX_ROWS`] and all columns up to [`MAX_COLUMNS`].
///
/// Columns are as many as the line of names has, or without one as most rows have.
#[must_use]
pub fn read(text: &str, options: Options) -> Table {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let separator = options.separator.unwrap_or_else(|| guess::separator(text));
    let (mut rows, unclosed) = records(text, separator);
    let mut problems = Vec::new();
    let widest = rows.iter().map(StringRecord::len).max().unwrap_or(0);
    if widest > MAX_COLUMNS {
        let what = format!("only the first {MAX_COLUMNS} columns are kept of {widest}");
        problems.push(Problem { row: 0, column: None, what });
        rows.iter_mut().for_each(|row| row.truncate(MAX_COLUMNS));
    }
    let has_header = match options.header {
        Header::Present => !rows.is_empty(),
        Header::Absent => false,
        Header::Guess => guess::has_header(&rows),
    };
    let names = if has_header {
        named(&rows.remove(0), &mut problems)
    } else {
        (1..=guess::width(&rows)).map(|number| format!("column {number}")).collect()
    };
    if rows.len() > MAX_ROWS {
        let what = format!("only the first {MAX_ROWS} rows are kept of {}", rows.len());
        problems.push(Problem { row: MAX_ROWS + 1, column: None, what });
        rows.truncate(MAX_ROWS);
    }
    if unclosed {
        let what = "a quotation mark opens here or above and is never closed".to_owned();
        problems.push(Problem { row: rows.len().max(1), column: None, what });
    }
    let decimal_comma = separator != Separator::Comma && !guess::has_decimal_points(&rows);
    let mut table = Table { names, has_header, separator, decimal_comma, problems, rows };
    let misfits = (0..table.num_rows()).filter_map(|row| table.misfit(row)).collect::<Vec<_>>();
    table.problems.extend(misfits);
    Problem::sort(&mut table.problems);
    table
}

/// The rows of `text`, and whether a quotation mark is never closed.
fn records(text: &str, separator: Separator) -> (Vec<StringRecord>, bool) {
    // A last row of our own: if it is not there afterwards, an open quotation mark has swallowed it.
    const LAST: &str = "\u{1}end";
    let text = format!("{text}\n{LAST}\n");
    let delimiter = u8::try_from(separator.character()).expect("all separators are ASCII");
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(Trim::All)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    // The text is UTF-8, rows may have any length, and memory does not fail: there is no error left.
    let mut rows: Vec<StringRecord> = reader.records().map_while(Result::ok).collect();
    let is_last = |row: &StringRecord| row.len() == 1 && &row[0] == LAST;
    let is_closed = rows.last().is_some_and(is_last);
    if is_closed {
        rows.pop();
    } else if let Some(row) = rows.pop() {
        let cleaned = row.iter().map(|cell| cell.replace(LAST, "").trim_end().to_owned());
        rows.push(cleaned.collect::<Vec<_>>().into());
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    (rows, !is_closed)
}

/// Names for the columns, each on one line: those of the first line, made up where there is none, made
/// different where two are equal.
fn named(first: &StringRecord, problems: &mut Vec<Problem>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::with_capacity(first.len());
    for (number, cell) in (1..).zip(first) {
        let cell = cells::on_one_line(cell);
        let cell = cell.trim();
        let mut name = if cell.is_empty() { format!("column {number}") } else { cell.to_owned() };
        if taken.contains(&name) {
            let column = cells::shown(&name);
            let what = format!("column {column} is there twice");
            problems.push(Problem { row: 0, column: Some(column), what });
        }
        while taken.contains(&name) {
            name = format!("{name} ({number})");
        }
        taken.insert(name.clone());
        names.push(name);
    }
    names
}

impl Table {
    /// Number of rows below the names.
    #[must_use]
    pub fn num_rows(&self) -> usize {
        self.rows.len()
    }

    /// Index of the first column called `name`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|column| column == name)
    }

    /// The cells of row `row`, counted from 0, as they stand there; may be fewer or more than the columns.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        self.rows[row].iter()
    }

    /// What is wrong with the number of cells of row `row`, counted from 0; `None` if nothing is.
    #[must_use]
    pub fn misfit(&self, row: usize) -> Option<Problem> {
        let (found, expected) = (self.rows[row].len(), self.names.len());
        if found < expected {
            return Some(self.problem(row, found, "there is no such cell"));
        }
        (found > expected).then(|| Problem {
            row: row + 1,
            column: None,
            what: format!("{found} cells for {expected} columns"),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn guessed(text: &str) -> Table {
        read(text, Options::default())
    }

    fn cells(table: &Table) -> Vec<Vec<&str>> {
        (0..table.num_rows()).map(|row| table.row(row).collect()).collect()
    }

    fn told(table: &Table) -> Vec<String> {
        table.problems.iter().map(Problem::to_string).collect()
    }

    #[test]
    fn separators_are_guessed() {
        for (text, separator) in [
            ("a,b\n1,2\n", Separator::Comma),
            ("a;b\n1,5;2,5\n", Separator::Semicolon),
            ("a\tb\n1,5\t2,5\n", Separator::Tab),
            ("name,v\n\"x;y\",2\n\"z;w\",3\n", Separator::Comma),
            ("1,5;2\n3;4\n", Separator::Semicolon),
            ("note;v\na, b, c;1\nd;2\n", Separator::Semicolon),
            ("28\n8\n", Separator::Comma),
            ("", Separator::Comma),
        ] {
            assert_eq!(guessed(text).separator, separator, "{text:?}");
        }
        let forced = read("a;b\n1;2\n", Options { separator: Some(Separator::Comma), ..Options::default() });
        assert_eq!(forced.names, ["a;b"]);
    }

    #[test]
    fn separators_are_not_mistaken() {
        // As many commas in every line, but not as many as in the first.
        assert_eq!(guessed("1,5;2\n3,5;4,5\n7,5;8,5\n9,1,2\n").separator, Separator::Semicolon);
        assert_eq!(guessed("\"a;b\",c\n\"d;e\",f\n").separator, Separator::Comma, "quoted ones do not count");
    }

    #[test]
    fn the_commonest_width_is_that_of_a_table_without_names() {
        assert_eq!(guessed("1,2\n3,4\n5,6,7\n").names.len(), 2);
        assert_eq!(guessed("1,2\n3,4,5\n").names.len(), 3);
    }

    #[test]
    fn a_comma_that_separates_is_no_decimal_sign() {
        assert!(guessed("v,w\n\"1,5\",2\n").number(0, 0).is_err());
    }

    #[test]
    fn a_header_is_a_first_line_without_numbers() {
        assert!(guessed("y,se\n28,15\n").has_header);
        assert!(guessed("school\nA\nB\n").has_header);
        let bare = guessed("28,15\n8,10\n");
        assert_eq!((bare.has_header, bare.num_rows()), (false, 2));
        assert_eq!(bare.names, ["column 1", "column 2"]);
        // A name beside a number is a row.
        assert_eq!(guessed("Clemente\t18\nRobinson\t17\n").num_rows(), 2);
        let options = Options { header: Header::Present, ..Options::default() };
        assert_eq!(read("1970,1971\n2,3\n", options).names, ["1970", "1971"]);
        let options = Options { header: Header::Absent, ..Options::default() };
        assert_eq!(read("a,b\nc,d\n", options).num_rows(), 2);
        let odd = guessed("v,,v\n1,2,3\n");
        assert_eq!(odd.names, ["v", "column 2", "v (3)"]);
        assert_eq!(told(&odd), ["column v is there twice"]);
        assert_eq!(guessed("v (3),v,v\n1,2,3\n").names, ["v (3)", "v", "v (3) (3)"]);
        assert_eq!(guessed("\"a\nb\",\"\u{7}\"\n1,2\n").names, ["a b", "column 2"]);
    }

    #[test]
    fn decimal_commas_are_read_where_they_can_be_told() {
        let german = guessed("Wert;SE\n28,5;1\n-3;0,25\n1e2;−2\n");
        let column = |k| (0..3).map(|row| german.number(row, k).unwrap()).collect::<Vec<_>>();
        assert_eq!((column(0), column(1)), (vec![28.5, -3.0, 100.0], vec![1.0, 0.25, -2.0]));
        // A comma beside points may be one of thousands: not guessed.
        let mixed = guessed("v\tw\n1,234\t2.5\n");
        assert_eq!(
            mixed.number(0, 0).unwrap_err().to_string(),
            "row 1, column v: “1,234” has a comma where other numbers have a point"
        );
        assert!(guessed("v;w\n1,234,567;2\n").number(0, 0).is_err());
    }

    #[test]
    fn quotes_marks_and_line_ends_are_understood() {
        let expected = [vec!["south, far", "1"], vec!["a \"b\"\nc", "2"]];
        for end in ["\n", "\r\n"] {
            let text = format!(
                "\u{feff}region, y {end}{end}\"south, far\",1{end} , {end}\"a \"\"b\"\"\nc\" ,2{end}"
            );
            let table = guessed(&text);
            assert_eq!(table.names, ["region", "y"]);
            assert_eq!((cells(&table), told(&table)), (expected.to_vec(), vec![]));
        }
        assert_eq!(guessed("a\rb\r").num_rows(), 1);
        assert_eq!(guessed("\u{feff}v\n1\n").names, ["v"]);
    }

    #[test]
    fn what_is_wrong_is_named_and_no_row_is_lost() {
        let table = guessed("v,g,s\n1,a,2\n2,b\n3,c,4,5\nx,,inf\n");
        assert_eq!(table.num_rows(), 4);
        assert_eq!(told(&table), ["row 2, column s: there is no such cell", "row 3: 4 cells for 3 columns"]);
        let wrong = |row, column| table.number(row, column).unwrap_err().to_string();
        assert_eq!(wrong(1, 2), "row 2, column s: there is no such cell");
        assert_eq!(wrong(3, 0), "row 4, column v: “x” is not a number");
        assert_eq!(wrong(3, 1), "row 4, column g: the cell is empty");
        assert_eq!(wrong(3, 2), "row 4, column s: “inf” is not a finite number");
        assert_eq!(table.number(2, 2).unwrap(), 4.0);
        let long = guessed(&format!("v\n{}\n", "y\u{7}".repeat(100)));
        assert!(long.number(0, 0).unwrap_err().what.chars().count() < 70);
        let long = guessed(&format!("{}\n1,2\n", ["v".repeat(500), "v".repeat(500)].join(",")));
        assert!(long.text(0, 1).is_ok() && told(&long)[0].chars().count() < 70, "{:?}", told(&long));
        assert!(long.problem(0, 1, "odd").to_string().chars().count() < 70);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_told() {
        let table = guessed("v,g\n1,a\n2,\"b\n3,c\n4,d\n");
        assert_eq!(cells(&table)[1], ["2", "b\n3,c\n4,d"]);
        assert_eq!(told(&table).len(), 1);
        assert!(told(&table)[0].starts_with("row 2: a quotation mark opens here"), "{:?}", told(&table));
        assert!(guessed("v\n\"1\"\n").problems.is_empty());
    }

    #[test]
    fn rows_beyond_the_limit_are_told() {
        let text = |rows: usize| "v\n".to_owned() + &"1\n".repeat(rows);
        assert_eq!(guessed(&text(MAX_ROWS)).problems, []);
        assert_eq!(guessed(&text(MAX_ROWS + 1)).problems.len(), 1);
        let table = guessed(&text(MAX_ROWS + 2));
        assert_eq!(table.num_rows(), MAX_ROWS);
        assert_eq!(told(&table), ["row 50001: only the first 50000 rows are kept of 50002"]);
    }

    #[test]
    fn columns_beyond_the_limit_are_told() {
        let text = |columns: usize| ["v,".repeat(columns - 1), "1,".repeat(columns - 1)].join("\n");
        let table = read(&text(MAX_COLUMNS), Options { header: Header::Absent, ..Options::default() });
        assert_eq!((table.names.len(), told(&table)), (MAX_COLUMNS, Vec::new()));
        let table = read(&text(MAX_COLUMNS + 7), Options { header: Header::Absent, ..Options::default() });
        assert_eq!((table.names.len(), table.row(1).count()), (MAX_COLUMNS, MAX_COLUMNS));
        assert_eq!(told(&table), ["only the first 1000 columns are kept of 1007"]);
    }

    #[test]
    fn files_of_spreadsheets_are_decoded() {
        let text = "a;b\nä;1\n";
        let utf16 = |of: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
            mark.into_iter().chain(text.encode_utf16().flat_map(of)).collect()
        };
        assert_eq!(decode(text.as_bytes()).unwrap(), text);
        assert_eq!(decode(&[b"\xef\xbb\xbf", text.as_bytes()].concat()).unwrap(), text);
        assert_eq!(decode(&utf16(u16::to_le_bytes, [0xff, 0xfe])).unwrap(), text);
        assert_eq!(decode(&utf16(u16::to_be_bytes, [0xfe, 0xff])).unwrap(), text);
        let wrong = decode(b"a,b\n1,2\n3,\xe4\n").unwrap_err();
        assert!(wrong.to_string().starts_with("row 2: ") && wrong.what.contains("UTF-8"), "{wrong}");
        assert_eq!(decode(&[0xff, 0xfe, 0x61]).unwrap(), "a");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[a-c0-9.,;\t\"\n\r \u{feff}-]{0,80}") {
            let table = guessed(&text);
            for row in 0..table.num_rows() {
                for column in 0..table.names.len() {
                    prop_assert!(table.number(row, column).is_ok_and(f64::is_finite) || table.number(row, column).is_err());
                }
            }
        }

        #[test]
        fn what_is_written_is_read_back(
            rows in prop::collection::vec(("[a-z ,;\"]{0,8}x", -1e9..1e9_f64), 1..20),
            separator in prop::sample::select(vec![Separator::Comma, Separator::Semicolon, Separator::Tab]),
        ) {
            let delimiter = separator.character();
            let mut text = format!("name{delimiter}value\n");
            for (name, value) in &rows {
                text += &format!("\"{}\"{delimiter}{value}\n", name.replace('"', "\"\""));
            }
            let table = guessed(&text);
            prop_assert_eq!(&table.problems, &[]);
            prop_assert_eq!(table.num_rows(), rows.len());
            for (row, (name, value)) in rows.iter().enumerate() {
                prop_assert_eq!(table.text(row, 0).unwrap(), name.trim());
                prop_assert_eq!(table.number(row, 1).unwrap(), *value);
            }
        }
    }
}
