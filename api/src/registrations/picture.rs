//! The check-in code as a picture, for mails: a QR code (ISO/IEC 18004) as PNG.

use jobs::Failed;
use png::{BitDepth, ColorType, Encoder};
use qrcodegen::{QrCode, QrCodeEcc};

/// Pixels of a module, so that it is sharp on fine screens as well.
const SCALE: usize = 8;
/// Modules of white around it, as the standard asks.
const QUIET: usize = 4;

/// The QR code of a text, black on white.
///
/// # Errors
/// Where the text is too long for one; ours are not.
pub fn qr_code(text: &str) -> Result<Vec<u8>, Failed> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|error| Failed::never(error.to_string()))?;
    let modules = usize::try_from(code.size()).unwrap_or(0) + 2 * QUIET;
    let side = modules * SCALE;
    let width = u32::try_from(side).map_err(|error| Failed::never(error.to_string()))?;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, width);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    let mut writer = encoder.write_header().map_err(|error| Failed::never(error.to_string()))?;
    writer.write_image_data(&pixels(&code, side)).map_err(|error| Failed::never(error.to_string()))?;
    writer.finish().map_err(|error| Failed::never(error.to_string()))?;
    Ok(bytes)
}

/// A bit for each pixel, 1 is white; each row begins with an octet.
fn pixels(code: &QrCode, side: usize) -> Vec<u8> {
    let mut rows = Vec::with_capacity(side * side.div_ceil(8));
    for y in 0..side {
        let mut row = vec![0_u8; side.div_ceil(8)];
        for x in (0..side).filter(|x| !is_black(code, *x, y)) {
            row[x / 8] |= 0x80 >> (x % 8);
        }
        rows.extend(row);
    }
    rows
}

fn is_black(code: &QrCode, x: usize, y: usize) -> bool {
    let module = |pixel: usize| (pixel / SCALE).checked_sub(QUIET).and_then(|module| i32::try_from(module).ok());
    // Around it, it is white.
    matches!((module(x), module(y)), (Some(x), Some(y)) if code.get_module(x, y))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn the_picture_is_the_code_with_white_around_it() {
        let text = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfGh";
        let bytes = qr_code(text).unwrap();
        assert!(bytes.len() < 2000, "{}", bytes.len());
        let mut reader = png::Decoder::new(Cursor::new(&bytes)).read_info().unwrap();
        let mut seen = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut seen).unwrap();
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        assert_eq!(info.width as usize, (code.size() as usize + 2 * QUIET) * SCALE);
        assert_eq!(seen, pixels(&code, info.width as usize));
        // A finder stands in three corners, and none in the fourth.
        let black = |x: i32, y: i32| {
            let at = |module: i32| (module + QUIET as i32) as usize * SCALE;
            let (x, y) = (at(x), at(y));
            seen[y * (info.width as usize).div_ceil(8) + x / 8] & (0x80 >> (x % 8)) == 0
        };
        let last = code.size() - 1;
        assert!(black(0, 0) && black(last, 0) && black(0, last) && !black(-1, -1));
    }
}
