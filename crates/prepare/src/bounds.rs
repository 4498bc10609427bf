//! How much a file may ask of us.

use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};

/// How much a file may ask of us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Bytes of a picture.
    pub image_bytes: u64,
    /// Bytes of a recording.
    pub audio_bytes: u64,
    /// Pixels of a side of a picture.
    pub side: u32,
    /// Pixels of a picture.
    pub pixels: u64,
}

/// Bytes that a picture may have once it is decoded, whatever its pixels are made of.
pub(crate) const DECODED: u64 = 256 * 1024 * 1024;

impl Default for Bounds {
    /// 15 MiB for a picture, 200 MiB for a recording; 12,000 pixels a side, and 50 million of them.
    fn default() -> Self {
        Self { image_bytes: 15 * 1024 * 1024, audio_bytes: 200 * 1024 * 1024, side: 12_000, pixels: 50_000_000 }
    }
}

/// Bytes that the process may hold.
const MEMORY: u64 = 1024 * 1024 * 1024;
/// Seconds that it may compute.
const SECONDS: u64 = 60;

/// Gives this process little memory, little time, and no way to write more than `largest` bytes to a file, for good: for one that does
/// nothing but prepare a file.
///
/// # Errors
/// Where the system refuses.
pub fn confine(largest: u64) -> std::io::Result<()> {
    let bound = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::Data, bound(MEMORY))?;
    setrlimit(Resource::Cpu, bound(SECONDS))?;
    setrlimit(Resource::Fsize, bound(largest))?;
    setrlimit(Resource::Core, bound(0))?;
    setrlimit(Resource::Nofile, bound(32))?;
    Ok(())
}
