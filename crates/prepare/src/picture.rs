//! Pictures: decoded within bounds, and made anew.

use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::Path;

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::bounds::DECODED;
use crate::kept::{self, Type};
use crate::{Bounds, Error, Picture, Prepared, Unfit, color, jpeg};

/// Pixels of the longer side of what is kept.
const LARGEST: u32 = 2560;
/// Widths of the smaller sizes, for screens from a telephone's on.
const WIDTHS: [u32; 4] = [320, 640, 1280, 1920];
/// Where nobody sees a difference to 100, at a fifth of the bytes.
const QUALITY: u8 = 82;

/// What sort of picture a file begins as; none for any other file.
pub fn format(head: &[u8]) -> Option<ImageFormat> {
    let format = image::guess_format(head).ok()?;
    matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif).then_some(format)
}

pub fn prepare(file: &mut File, format: ImageFormat, folder: &Path, bounds: &Bounds) -> Result<Prepared, Error> {
    let length = file.metadata()?.len();
    if length > bounds.image_bytes {
        return Err(Unfit::TooManyBytes(bounds.image_bytes).into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    BufReader::new(file).take(bounds.image_bytes).read_to_end(&mut bytes)?;
    if format == ImageFormat::Jpeg && !jpeg::is_whole(&bytes) {
        return Err(Unfit::Damaged.into());
    }
    let whole = decode(&bytes, format, bounds)?;
    drop(bytes);
    let is_opaque = !whole.color().has_alpha() || whole.to_rgba8().pixels().all(|pixel| pixel.0[3] == u8::MAX);
    let whole = if is_opaque { DynamicImage::from(whole.into_rgb8()) } else { DynamicImage::from(whole.into_rgba8()) };
    let mut smaller = Vec::new();
    for width in WIDTHS.into_iter().filter(|width| *width < whole.width()) {
        let height = (u64::from(whole.height()) * u64::from(width) / u64::from(whole.width())).max(1);
        let resized = resize(&whole, width, u32::try_from(height).unwrap_or(u32::MAX))?;
        smaller.push(keep(&resized, folder)?);
    }
    Ok(Prepared::Image { whole: keep(&whole, folder)?, smaller })
}

/// Decodes a picture as large as it is kept at the most, upright, and in sRGB.
fn decode(bytes: &[u8], format: ImageFormat, bounds: &Bounds) -> Result<DynamicImage, Error> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    // What the header says is looked at below, for an answer that tells what is too much.
    limits.max_alloc = Some(2 * DECODED);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Unfit::Damaged)?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > bounds.side {
        return Err(Unfit::TooWide(bounds.side).into());
    }
    if u64::from(width) * u64::from(height) > bounds.pixels || decoder.total_bytes() > DECODED {
        return Err(Unfit::TooManyPixels(bounds.pixels).into());
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let decoded = DynamicImage::from_decoder(decoder).map_err(|_| Unfit::Damaged)?;
    let mut picture = within(decoded, LARGEST)?;
    picture.apply_orientation(orientation);
    Ok(match profile {
        Some(profile) => color::to_srgb(picture, &profile),
        None => picture,
    })
}

/// A picture of 8 bits a sample whose longer side is no longer than this.
fn within(picture: DynamicImage, longest: u32) -> Result<DynamicImage, Error> {
    let picture = match picture {
        small @ (DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_)) => small,
        other if other.color().has_alpha() => other.into_rgba8().into(),
        other => other.into_rgb8().into(),
    };
    let (width, height) = (picture.width(), picture.height());
    let side = width.max(height);
    if side <= longest {
        return Ok(picture);
    }
    let scaled = |length: u32| u32::try_from((u64::from(length) * u64::from(longest) / u64::from(side)).max(1)).unwrap_or(longest);
    resize(&picture, scaled(width), scaled(height))
}

fn resize(picture: &DynamicImage, width: u32, height: u32) -> Result<DynamicImage, Error> {
    let mut resized = DynamicImage::new(width, height, picture.color());
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(picture, &mut resized, &options).map_err(|_| Unfit::Damaged)?;
    Ok(resized)
}

fn keep(picture: &DynamicImage, folder: &Path) -> Result<Picture, Error> {
    let mut encoded = Vec::new();
    let (written, of) = if picture.color().has_alpha() {
        (picture.write_with_encoder(PngEncoder::new(&mut encoded)), Type::Png)
    } else {
        (picture.write_with_encoder(JpegEncoder::new_with_quality(&mut encoded, QUALITY)), Type::Jpeg)
    };
    written.map_err(|_| Unfit::Damaged)?;
    Ok(Picture { kept: kept::bytes(&encoded, of, folder)?, width: picture.width(), height: picture.height() })
}
