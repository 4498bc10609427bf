//! Colours as every screen shows them. What is kept has no profile, so that its colours are taken for sRGB.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Brings a picture of 8 bits from the colours of its profile to sRGB. One whose profile cannot be read stays as it is.
pub fn to_srgb(picture: DynamicImage, profile: &[u8]) -> DynamicImage {
    match picture {
        DynamicImage::ImageRgb8(mut pixels) => {
            turn(&mut pixels, profile, Layout::Rgb);
            pixels.into()
        }
        DynamicImage::ImageRgba8(mut pixels) => {
            turn(&mut pixels, profile, Layout::Rgba);
            pixels.into()
        }
        other => other,
    }
}

fn turn(samples: &mut [u8], profile: &[u8], layout: Layout) -> Option<()> {
    let profile = ColorProfile::new_from_slice(profile).ok().filter(|profile| profile.color_space == DataColorSpace::Rgb)?;
    let transform = profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, TransformOptions::default()).ok()?;
    let before = samples.to_vec();
    transform.transform(&before, samples).ok()
}
