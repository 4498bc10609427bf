//! Names of files: what is in them.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::Kept;

/// Types that are served, with their endings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Jpeg,
    Png,
    Mp3,
    M4a,
    Ogg,
}

impl Type {
    fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Mp3 => "mp3",
            Self::M4a => "m4a",
            Self::Ogg => "ogg",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Mp3 => "audio/mpeg",
            Self::M4a => "audio/mp4",
            Self::Ogg => "audio/ogg",
        }
    }
}

/// Keeps some bytes in a folder.
pub fn bytes(content: &[u8], of: Type, folder: &Path) -> io::Result<Kept> {
    let kept = kept(&Sha256::digest(content), of, content.len() as u64);
    let mut file = File::create(folder.join(&kept.file))?;
    file.write_all(content)?;
    file.sync_all()?;
    Ok(kept)
}

/// Keeps a file that lies in the folder already, under the name of what is in it.
pub fn file(path: &Path, of: Type, folder: &Path) -> io::Result<Kept> {
    let (mut file, mut digest, mut many) = (File::open(path)?, Sha256::new(), 0_u64);
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        digest.update(&piece[..read]);
        many += read as u64;
    }
    file.sync_all()?;
    let kept = kept(&digest.finalize(), of, many);
    fs::rename(path, folder.join(&kept.file))?;
    Ok(kept)
}

fn kept(digest: &[u8], of: Type, bytes: u64) -> Kept {
    let mut name = String::with_capacity(68);
    for byte in digest {
        // Writing to a String does not fail.
        let _ = write!(name, "{byte:02x}");
    }
    Kept { file: format!("{name}.{}", of.ending()), media_type: of.media_type().to_owned(), bytes }
}
