//! A table of who may do and see what.

use super::scene::Who;

/// Rows of a table, each with a cell for everybody in [`Who::ALL`].
#[derive(Default)]
pub struct Table(Vec<(String, Vec<String>)>);

impl Table {
    /// Adds a row.
    pub fn row(&mut self, name: String, cells: Vec<String>) {
        assert_eq!(cells.len(), Who::ALL.len());
        self.0.push((name, cells));
    }

    /// As a table in Markdown, its columns in line.
    pub fn markdown(&self) -> String {
        let head: Vec<String> = std::iter::once(String::new()).chain(Who::ALL.iter().map(|who| who.name().to_owned())).collect();
        let rows = self.0.iter().map(|(name, cells)| std::iter::once(name.clone()).chain(cells.iter().cloned()).collect());
        let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
        let widths: Vec<usize> = (0..rows[0].len()).map(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap()).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
            format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
        };
        let rule = widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join(" | ");
        format!("{}| {rule} |\n{}", line(&rows[0]), rows[1..].iter().map(line).collect::<String>())
    }
}
