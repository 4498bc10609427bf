//! The boxes of an MP4 file (ISO/IEC 14496-12): those that hold sound stay, and those that tell of it are emptied where they are, since
//! others name places in the file.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use crate::{Error, Unfit};

/// Boxes of boxes on the way to what tells of a recording.
const HOLDING: [&[u8; 4]; 3] = [b"moov", b"trak", b"mdia"];
/// Boxes that tell of it, or that anybody may have made: names, pictures, places.
const TELLING: [&[u8; 4]; 5] = [b"udta", b"meta", b"uuid", b"free", b"skip"];

struct Found {
    start: u64,
    kind: [u8; 4],
    /// Where its content lies.
    content: Range<u64>,
}

/// Empties what tells of a recording; refuses a film.
pub fn strip(file: &mut File) -> Result<(), Error> {
    let end = file.seek(SeekFrom::End(0))?;
    let mut sounds = 0_u32;
    strip_within(file, 0..end, &mut sounds, 0)?;
    if sounds == 0 { Err(Unfit::UnknownType.into()) } else { Ok(()) }
}

fn strip_within(file: &mut File, range: Range<u64>, sounds: &mut u32, depth: u32) -> Result<(), Error> {
    let mut at = range.start;
    // A box has 8 bytes or more, so a file of some has no end of them: what has thousands is no recording.
    for _ in 0..10_000 {
        let Some(found) = next(file, at..range.end)? else { return Ok(()) };
        at = found.content.end;
        if HOLDING.contains(&&found.kind) && depth < 3 {
            strip_within(file, found.content, sounds, depth + 1)?;
        } else if TELLING.contains(&&found.kind) {
            empty(file, &found)?;
        } else if &found.kind == b"hdlr" {
            match &handler(file, &found.content)? {
                b"soun" => *sounds += 1,
                b"vide" => return Err(Unfit::UnknownType.into()),
                _ => {}
            }
        }
    }
    Err(Unfit::Damaged.into())
}

/// The box at the start of a range; none at its end.
fn next(file: &mut File, range: Range<u64>) -> Result<Option<Found>, Error> {
    let left = range.end - range.start;
    if left == 0 {
        return Ok(None);
    }
    let mut head = [0; 8];
    read_at(file, range.start, &mut head, left)?;
    let [a, b, c, d, kind @ ..] = head;
    let (header, length) = match u32::from_be_bytes([a, b, c, d]) {
        0 => (8, left),
        1 => {
            let mut long = [0; 8];
            read_at(file, range.start + 8, &mut long, left.saturating_sub(8))?;
            (16, u64::from_be_bytes(long))
        }
        length => (8, u64::from(length)),
    };
    if length < header || length > left {
        return Err(Unfit::Damaged.into());
    }
    Ok(Some(Found { start: range.start, kind, content: range.start + header..range.start + length }))
}

/// Which sort of track this is: the third word of its handler.
fn handler(file: &mut File, content: &Range<u64>) -> Result<[u8; 4], Error> {
    let mut kind = [0; 4];
    read_at(file, content.start + 8, &mut kind, (content.end - content.start).saturating_sub(8))?;
    Ok(kind)
}

fn read_at(file: &mut File, at: u64, into: &mut [u8], left: u64) -> Result<(), Error> {
    if left < into.len() as u64 {
        return Err(Unfit::Damaged.into());
    }
    file.seek(SeekFrom::Start(at))?;
    Ok(file.read_exact(into)?)
}

/// Fills a box's content with zeros, and calls it free space.
fn empty(file: &mut File, found: &Found) -> Result<(), Error> {
    file.seek(SeekFrom::Start(found.start + 4))?;
    file.write_all(b"free")?;
    file.seek(SeekFrom::Start(found.content.start))?;
    io::copy(&mut io::repeat(0).take(found.content.end - found.content.start), file)?;
    Ok(())
}
