//! Tables in CSV (RFC 4180), with commas or, as Excel in German writes it, with semicolons.

use std::io::Read;

use super::{LONGEST, Wrong};

/// A row: its line, and its cells by their columns. Empty cells are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line on which it begins.
    pub line: usize,
    cells: Vec<(&'static str, String)>,
}

impl Row {
    /// A cell, without the spaces around it; none where it is empty.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.cells.iter().find(|(known, _)| *known == column).map(|(_, value)| value.as_str())
    }

    /// A cell that must be filled in.
    ///
    /// # Errors
    /// Where it is empty.
    pub fn required(&self, column: &str) -> Result<&str, Wrong> {
        self.get(column).ok_or_else(|| Wrong::at(self.line, format!("`{column}` is empty: please fill it in")))
    }

    /// A cell, read as something.
    ///
    /// # Errors
    /// Where it is no such thing.
    pub fn read<T>(&self, column: &str, read: impl FnOnce(&str) -> Option<T>, expected: &str) -> Result<Option<T>, Wrong> {
        match self.get(column) {
            None => Ok(None),
            Some(text) => match read(text) {
                Some(value) => Ok(Some(value)),
                None => Err(Wrong::at(
                    self.line,
                    format!("`{column}` is `{}`: please give {expected}", text.chars().take(50).collect::<String>()),
                )),
            },
        }
    }

    /// The parts of a cell between semicolons, or between bars.
    pub fn list(&self, column: &str) -> Vec<String> {
        let parts = self.get(column).unwrap_or_default().split(['|', ';']).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// All that it says, for a fingerprint.
    pub fn said(&self) -> String {
        self.cells.iter().map(|(column, value)| format!("{column}={value}\n")).collect()
    }
}

/// The rows of a table with these columns, of which some must be there.
///
/// # Errors
/// Where its first line names others.
pub fn rows<R: Read>(
    mut file: R,
    known: &'static [&'static str],
    required: &[&str],
) -> Result<impl Iterator<Item = Result<Row, Wrong>> + use<R>, Wrong> {
    let mut start = vec![0; 64 * 1024];
    let many = read_up_to(&mut file, &mut start)?;
    start.truncate(many);
    let start = start.strip_prefix(b"\xEF\xBB\xBF").map_or(start.as_slice(), |rest| rest).to_vec();
    let first = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| first.iter().filter(|byte| **byte == wanted).count();
    // The reader of tables takes the second half of such a line end for the beginning of the next line.
    let late = usize::from(first.ends_with(b"\r"));
    let delimiter = if count(b';') > count(b',') { b';' } else { b',' };
    let whole = std::io::Cursor::new(start).chain(file);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(whole);
    let head = reader.headers().map_err(|error| of(&error, 1, 0))?.clone();
    let columns: Vec<&'static str> = head
        .iter()
        .map(|name| {
            let found = known.iter().find(|column| column.eq_ignore_ascii_case(name)).copied();
            found.ok_or_else(|| {
                Wrong::at(1, format!("there is no column `{}`; known are {}", name.chars().take(50).collect::<String>(), known.join(", ")))
            })
        })
        .collect::<Result<_, _>>()?;
    if let Some(twice) = columns.iter().enumerate().find_map(|(at, column)| columns[..at].contains(column).then_some(column)) {
        return Err(Wrong::at(1, format!("the column `{twice}` is there twice")));
    }
    if let Some(missing) = required.iter().find(|column| !columns.contains(column)) {
        return Err(Wrong::at(1, format!("the column `{missing}` is missing")));
    }
    let mut line_after = 2;
    Ok(reader.into_records().map(move |record| {
        let record = record.map_err(|error| of(&error, line_after, late))?;
        let line = record.position().map_or(line_after, |position| usize::try_from(position.line()).unwrap_or(usize::MAX - late) + late);
        line_after = line + 1;
        if record.len() > columns.len() {
            return Err(Wrong::at(line, format!("this row has {} cells, and there are {} columns", record.len(), columns.len())));
        }
        let mut cells = Vec::new();
        for (column, value) in columns.iter().zip(&record) {
            if value.len() > LONGEST {
                return Err(Wrong::at(line, format!("`{column}` is longer than any text should be")));
            }
            if value.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')) {
                return Err(Wrong::at(line, format!("`{column}` has a control character: please remove it")));
            }
            if !value.is_empty() {
                cells.push((*column, value.to_owned()));
            }
        }
        Ok(Row { line, cells })
    }))
}

fn of(error: &csv::Error, line: usize, late: usize) -> Wrong {
    let line = error.position().map_or(line, |position| usize::try_from(position.line()).unwrap_or(line) + late);
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => Wrong::at(line, "this is not in UTF-8: please save the table as “CSV UTF-8”"),
        _ => Wrong::at(line, format!("this is no table: {error}")),
    }
}

fn read_up_to<R: Read>(file: &mut R, into: &mut [u8]) -> Result<usize, Wrong> {
    let mut read = 0;
    while read < into.len() {
        match file.read(&mut into[read..]).map_err(|error| Wrong::at(1, error.to_string()))? {
            0 => break,
            many => read += many,
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COLUMNS: &[&str] = &["name", "email", "city"];

    fn read(text: &[u8]) -> Result<Vec<Row>, Wrong> {
        rows(text, COLUMNS, &["name"])?.collect()
    }

    #[test]
    fn tables_with_commas_and_with_semicolons_are_the_same() {
        let commas = read(b"name,email,city\n\"A, B\",a@example.org,\nC,,Hannover\n").unwrap();
        let semicolons = read("\u{feff}Name;EMAIL;City\r\n\"A, B\";a@example.org;\r\nC;;Hannover\r\n".as_bytes()).unwrap();
        assert_eq!(commas, semicolons);
        assert_eq!((commas[1].line, commas[1].get("city"), commas[1].get("email")), (3, Some("Hannover"), None));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let wrong = |text: &[u8]| read(text).unwrap_err().to_string();
        assert_eq!(wrong(b"name,colour\n"), "line 1: there is no column `colour`; known are name, email, city");
        assert_eq!(wrong(b"email\n"), "line 1: the column `name` is missing");
        assert_eq!(wrong(b"name,name\n"), "line 1: the column `name` is there twice");
        assert_eq!(wrong(b"name\na\nb,c\n"), "line 3: this row has 2 cells, and there are 1 columns");
        assert!(wrong(b"name\na\nJ\xfcrgen\n").starts_with("line 3: this is not in UTF-8"));
        assert!(wrong(b"name\na\0b\n").starts_with("line 2: `name` has a control character"));
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(rows) = rows(&*bytes, COLUMNS, &[]) {
                rows.for_each(drop);
            }
        }
    }
}
