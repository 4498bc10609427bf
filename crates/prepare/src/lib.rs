//! The crate's contents, by name; what it does is told below.
#![doc = include_str!("../README.md")]

mod bounds;
mod color;
mod jpeg;
mod kept;
mod mp4;
mod picture;
mod recording;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use bounds::{Bounds, confine};

/// A file that is fit to be served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its name: 64 hexadecimal digits of the SHA-256 of its bytes, and its type after a dot.
    pub file: String,
    /// Media type.
    pub media_type: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// A picture in one size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Its file.
    pub kept: Kept,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prepared {
    /// A picture.
    Image {
        /// As large as it is shown at the most.
        whole: Picture,
        /// In smaller sizes, ascending.
        smaller: Vec<Picture>,
    },
    /// A recording.
    Audio {
        /// Its file.
        kept: Kept,
        /// How long it lasts, in seconds, rounded; none where it does not say.
        seconds: Option<u32>,
    },
}

/// Why a file is not fit to be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unfit {
    /// It is of no type that is taken.
    UnknownType,
    /// It has more bytes than this.
    TooManyBytes(u64),
    /// It is wider or higher than this many pixels.
    TooWide(u32),
    /// It has more pixels than this.
    TooManyPixels(u64),
    /// It is damaged, or not whole.
    Damaged,
}

/// What went wrong.
#[derive(Debug)]
pub enum Error {
    /// The file is not fit.
    Unfit(Unfit),
    /// It could not be read, or what came of it not written.
    Io(io::Error),
}

impl From<Unfit> for Error {
    fn from(unfit: Unfit) -> Self {
        Self::Unfit(unfit)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Prepares a file; what comes of it is written into a folder, and nothing where it is not fit.
///
/// # Errors
/// Why it is not fit, or what could not be read or written.
pub fn prepare(file: &mut File, folder: &Path, bounds: &Bounds) -> Result<Prepared, Error> {
    let mut head = [0; 32];
    file.rewind()?;
    let many = read_up_to(file, &mut head)?;
    file.rewind()?;
    match picture::format(&head[..many]) {
        Some(format) => picture::prepare(file, format, folder, bounds),
        None => recording::prepare(file, folder, bounds),
    }
}

fn read_up_to(file: &mut File, into: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < into.len() {
        match file.read(&mut into[read..])? {
            0 => break,
            many => read += many,
        }
    }
    Ok(read)
}
