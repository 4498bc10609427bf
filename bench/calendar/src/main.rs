//! How long calendars take. `README.md` says what is measured and what was seen.
#![expect(clippy::print_stdout, reason = "what it measured is what it prints")]

mod by_hand;
mod data;
mod load;
mod rendering;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["events", count, file] => data::write(count.parse()?, Path::new(file)),
        ["render", file] => rendering::measure(Path::new(file)),
        ["load", address, path] => load::measure(address, path),
        _ => Err("events COUNT FILE | render FILE | load HOST:PORT PATH".into()),
    }
}
