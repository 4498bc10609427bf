//! Recordings: their sound as it came, and nothing else.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek};
use std::path::Path;

use lofty::config::{ParseOptions, ParsingMode, WriteOptions};
use lofty::file::{AudioFile, FileType, TaggedFileExt};
use lofty::probe::Probe;

use crate::kept::{self, Type};
use crate::{Bounds, Error, Prepared, Unfit, mp4};

pub fn prepare(file: &mut File, folder: &Path, bounds: &Bounds) -> Result<Prepared, Error> {
    let of = kind(file)?;
    if file.metadata()?.len() > bounds.audio_bytes {
        return Err(Unfit::TooManyBytes(bounds.audio_bytes).into());
    }
    let path = folder.join("recording");
    let prepared = strip(file, of, &path).and_then(|seconds| Ok(Prepared::Audio { kept: kept::file(&path, of, folder)?, seconds }));
    if prepared.is_err() {
        fs::remove_file(&path).or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
    }
    prepared
}

/// What sort of recording a file is, by its content.
fn kind(file: &mut File) -> Result<Type, Error> {
    file.rewind()?;
    let of = Probe::new(io::BufReader::new(&*file)).guess_file_type()?.file_type();
    file.rewind()?;
    match of {
        Some(FileType::Mpeg) => Ok(Type::Mp3),
        Some(FileType::Mp4) => Ok(Type::M4a),
        Some(FileType::Vorbis | FileType::Opus) => Ok(Type::Ogg),
        _ => Err(Unfit::UnknownType.into()),
    }
}

/// Copies a recording and takes its tags away; says how long it lasts.
fn strip(from: &mut File, of: Type, path: &Path) -> Result<Option<u32>, Error> {
    let mut file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
    io::copy(from, &mut file)?;
    if of == Type::M4a {
        mp4::strip(&mut file)?;
    }
    let lenient = ParseOptions::new().parsing_mode(ParsingMode::Relaxed);
    let read = |file: &mut File| -> Result<_, Error> {
        file.rewind()?;
        let probe = Probe::new(io::BufReader::new(file)).options(lenient).guess_file_type()?;
        probe.read().map_err(|_| Error::from(Unfit::Damaged))
    };
    // A file may have the same kind of tag twice: what is found behind the first goes next.
    for _ in 0..8 {
        let tagged = read(&mut file)?;
        let tags: Vec<_> = tagged.tags().iter().map(lofty::tag::Tag::tag_type).collect();
        let properties = tagged.properties();
        if properties.sample_rate().is_none() && properties.duration().is_zero() {
            return Err(Unfit::Damaged.into());
        }
        if tags.is_empty() || of == Type::M4a {
            let seconds = (!properties.duration().is_zero()).then(|| properties.duration().as_secs_f64().round());
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a recording of these bytes lasts some days at most"
            )]
            return Ok(seconds.map(|seconds| seconds as u32));
        }
        for tag in tags {
            file.rewind()?;
            tag.remove_from(&mut file, WriteOptions::default()).map_err(|_| Unfit::Damaged)?;
        }
    }
    Err(Unfit::Damaged.into())
}
