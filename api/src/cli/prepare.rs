//! `miso prepare`: what our own program is asked for by itself, and no person: it makes the file on its standard input fit to be served,
//! writes what comes of it into a folder, and says what it is. It may do little else, as it reads what strangers wrote.

use std::io::{Seek, Write};
use std::path::Path;

use prepare::{Bounds, Error, Prepared, Unfit, confine};

use super::Stopped;

pub(super) fn prepare(folder: &Path, bounds: &str) -> Result<(), Stopped> {
    let bounds: Bounds = serde_json::from_str(bounds).map_err(Stopped::because)?;
    confine(bounds.audio_bytes.max(bounds.image_bytes).saturating_add(1024 * 1024)).map_err(Stopped::because)?;
    let mut file = standard_input().map_err(Stopped::because)?;
    file.rewind().map_err(Stopped::because)?;
    let outcome: Result<Prepared, Unfit> = match ::prepare::prepare(&mut file, folder, &bounds) {
        Ok(prepared) => Ok(prepared),
        Err(Error::Unfit(unfit)) => Err(unfit),
        Err(Error::Io(error)) => return Err(Stopped::because(error)),
    };
    let said = serde_json::to_vec(&outcome).map_err(Stopped::because)?;
    std::io::stdout().write_all(&said).map_err(Stopped::because)
}

/// The file that standard input is.
fn standard_input() -> std::io::Result<std::fs::File> {
    use std::os::fd::AsFd;
    Ok(std::io::stdin().as_fd().try_clone_to_owned()?.into())
}
