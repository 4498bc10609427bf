//! The source text of the workspace.

use std::path::{Path, PathBuf};

/// A file of Rust.
pub struct File {
    /// Its path from the root of the repository.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The application.
pub fn api() -> Vec<File> {
    rust_files("api/src")
}

/// Every file of Rust beneath a folder of the repository.
pub fn rust_files(folder: &str) -> Vec<File> {
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn collect(folder: &Path, found: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") && !path.ends_with("node_modules") {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push(File { path, text });
        }
    }
}

impl File {
    /// The folder or file beneath `api/src` that it belongs to, e.g. `events`.
    pub fn feature(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("api/src/")?;
        inside.split('/').next().map(|name| name.trim_end_matches(".rs"))
    }

    /// The layer of its feature that it belongs to, e.g. `store`.
    pub fn layer(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("api/src/")?;
        inside.split('/').nth(1).map(|name| name.trim_end_matches(".rs"))
    }

    /// Whether it belongs to this folder or file beneath `api/src`.
    pub fn is_in(&self, name: &str) -> bool {
        self.feature() == Some(name)
    }

    /// What it says to the compiler: its numbered lines without comments, up to its tests.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test_file = self.path.ends_with("/tests.rs") || self.path.contains("/tests/");
        self.text
            .lines()
            .enumerate()
            .take_while(move |(_, line)| !is_test_file && line.trim() != "#[cfg(test)]")
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(at, line)| (at + 1, line))
    }

    /// The lines of its code that have one of these words, each with its place.
    pub fn lines_with(&self, words: &[&str]) -> Vec<String> {
        let has_one = |line: &&str| words.iter().any(|word| line.contains(word));
        self.code().filter(|(_, line)| has_one(line)).map(|(at, line)| format!("{}:{at}: {}", self.path, line.trim())).collect()
    }

    /// Its tests, each as `file::name` with the names of its folders.
    pub fn tests(&self) -> Vec<String> {
        let modules: Vec<&str> =
            self.path.trim_end_matches(".rs").split('/').filter(|part| !matches!(*part, "src" | "mod" | "lib" | "it")).collect();
        let module = modules.join("::");
        let mut found = Vec::new();
        let mut is_test = false;
        for line in self.text.lines().map(str::trim) {
            is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test") || self.text.contains("proptest! {");
            let name = line.trim_start_matches("async ").strip_prefix("fn ").and_then(|rest| rest.split('(').next());
            if let (true, Some(name)) = (is_test, name) {
                found.push(format!("{module}::{name}"));
                is_test = false;
            }
        }
        found
    }
}
