//! What becomes of files, good and bad.

use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

/// A folder with a file of these bytes, and what becomes of it.
struct Given(tempfile::TempDir);

impl Given {
    fn prepare(bytes: &[u8]) -> (Self, Result<Prepared, Error>) {
        Self::prepare_within(bytes, &Bounds::default())
    }

    fn prepare_within(bytes: &[u8], bounds: &Bounds) -> (Self, Result<Prepared, Error>) {
        let folder = tempfile::tempdir().unwrap();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let prepared = prepare(&mut file, folder.path(), bounds);
        (Self(folder), prepared)
    }

    fn files(&self) -> Vec<PathBuf> {
        fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().path()).collect()
    }

    fn open(&self, kept: &Kept) -> DynamicImage {
        image::open(self.0.path().join(&kept.file)).unwrap()
    }

    fn bytes(&self, kept: &Kept) -> Vec<u8> {
        fs::read(self.0.path().join(&kept.file)).unwrap()
    }
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Red on the left, blue on the right.
fn two_halves(width: u32, height: u32) -> DynamicImage {
    let color = |x, _| if x < width / 2 { Rgb([250, 10, 10]) } else { Rgb([10, 10, 250]) };
    RgbImage::from_fn(width, height, color).into()
}

fn unfit(bytes: &[u8]) -> Unfit {
    let (given, prepared) = Given::prepare(bytes);
    assert_eq!(given.files(), Vec::<PathBuf>::new(), "nothing is left");
    match prepared {
        Err(Error::Unfit(unfit)) => unfit,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_picture_comes_in_the_sizes_that_pages_need() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let (given, prepared) = Given::prepare(&encoded(&two_halves(1000, 500), format));
        let Ok(Prepared::Image { whole, smaller }) = prepared else { panic!("{format:?}: {prepared:?}") };
        assert_eq!((whole.width, whole.height, whole.kept.media_type.as_str()), (1000, 500, "image/jpeg"));
        assert_eq!(smaller.iter().map(|size| (size.width, size.height)).collect::<Vec<_>>(), [(320, 160), (640, 320)]);
        for size in smaller.iter().chain([&whole]) {
            let shown = given.open(&size.kept).into_rgb8();
            assert_eq!(shown.dimensions(), (size.width, size.height));
            assert_eq!(given.bytes(&size.kept).len() as u64, size.kept.bytes);
            let (left, right) = (shown.get_pixel(size.width / 4, 2).0, shown.get_pixel(size.width * 3 / 4, 2).0);
            assert!(left[0] > 200 && left[2] < 60 && right[2] > 200 && right[0] < 60, "{format:?} {left:?} {right:?}");
        }
        assert_eq!(given.files().len(), 3);
    }
}

#[test]
fn what_is_larger_than_any_screen_is_made_smaller() {
    let (_given, prepared) = Given::prepare(&encoded(&two_halves(1500, 5120), ImageFormat::Jpeg));
    let Ok(Prepared::Image { whole, .. }) = prepared else { panic!("{prepared:?}") };
    assert_eq!((whole.width, whole.height), (750, 2560));
}

#[test]
fn what_shows_through_still_does() {
    let half = RgbaImage::from_fn(400, 400, |x, _| Rgba([0, 200, 0, if x < 200 { 0 } else { 255 }]));
    let (given, prepared) = Given::prepare(&encoded(&half.into(), ImageFormat::WebP));
    let Ok(Prepared::Image { whole, smaller }) = prepared else { panic!("{prepared:?}") };
    for size in smaller.iter().chain([&whole]) {
        assert_eq!(size.kept.media_type, "image/png");
        let shown = given.open(&size.kept).into_rgba8();
        assert_eq!((shown.get_pixel(10, 10).0[3], shown.get_pixel(size.width - 10, 10).0), (0, [0, 200, 0, 255]));
    }
    let opaque = RgbaImage::from_pixel(40, 40, Rgba([1, 2, 3, 255]));
    let (_given, prepared) = Given::prepare(&encoded(&opaque.into(), ImageFormat::Png));
    let Ok(Prepared::Image { whole, .. }) = prepared else { panic!("{prepared:?}") };
    assert_eq!(whole.kept.media_type, "image/jpeg");
}

/// Metadata of a camera (Exif): the picture lies on its side, and was taken at a place.
fn exif() -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend(2_u16.to_le_bytes());
    // Orientation 6: to be turned by 90 degrees clockwise.
    for (tag, kind, many, value) in [(0x0112_u16, 3_u16, 1_u32, 6_u32), (0x8825, 4, 1, 38)] {
        tiff.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
        tiff.extend([many.to_le_bytes(), value.to_le_bytes()].concat());
    }
    tiff.extend(0_u32.to_le_bytes());
    tiff.extend(1_u16.to_le_bytes());
    tiff.extend(b"\x01\0\x02\0\x02\0\0\0N\0\0\0");
    tiff.extend(b"GPS 52.3744N 9.7386E");
    let mut segment = vec![0xFF, 0xE1];
    segment.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
    segment.extend(b"Exif\0\0");
    segment.extend(tiff);
    segment
}

#[test]
fn a_picture_stands_upright_and_tells_no_place() {
    let plain = encoded(&two_halves(600, 300), ImageFormat::Jpeg);
    let tagged = [&plain[..2], &exif(), &plain[2..]].concat();
    let (given, prepared) = Given::prepare(&tagged);
    let Ok(Prepared::Image { whole, smaller }) = prepared else { panic!("{prepared:?}") };
    assert_eq!((whole.width, whole.height, smaller.len()), (300, 600, 0));
    let shown = given.open(&whole.kept).into_rgb8();
    assert!(shown.get_pixel(150, 50).0[0] > 200 && shown.get_pixel(150, 550).0[2] > 200, "what was left is above");
    let bytes = given.bytes(&whole.kept);
    for told in [b"Exif".as_slice(), b"GPS", b"52.37"] {
        assert!(!bytes.windows(told.len()).any(|part| part == told));
    }
}

#[test]
fn what_hides_in_a_picture_is_gone() {
    let mut bytes = encoded(&two_halves(50, 50), ImageFormat::Jpeg);
    bytes.extend(b"<script>alert(1)</script>PK\x03\x04");
    let mut gif = encoded(&two_halves(50, 50), ImageFormat::Gif);
    gif.extend(b"*/=1;alert(1)//<script>");
    for polyglot in [bytes, gif] {
        let (given, prepared) = Given::prepare(&polyglot);
        assert!(prepared.is_ok());
        for file in given.files() {
            let kept = fs::read(file).unwrap();
            assert!(!kept.windows(6).any(|part| part == b"script") && !kept.windows(5).any(|part| part == b"alert"));
        }
    }
}

/// A PNG whose header says that it is this large, and which has next to nothing in it.
fn png_that_says(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(&two_halves(1, 1), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// As PNG sums up its chunks (annex D of its specification).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { 0xEDB8_8320 ^ (sum >> 1) } else { sum >> 1 })
    })
}

#[test]
fn what_is_too_large_is_refused_by_its_header() {
    assert_eq!(unfit(&png_that_says(30_000, 30_000)), Unfit::TooWide(12_000));
    assert_eq!(unfit(&png_that_says(30_000, 1)), Unfit::TooWide(12_000));
    assert_eq!(unfit(&png_that_says(12_000, 12_000)), Unfit::TooManyPixels(50_000_000));
    // Small enough to be decoded: then it is found out that there is nothing in it.
    assert_eq!(unfit(&png_that_says(6_000, 6_000)), Unfit::Damaged);
    let mut many = encoded(&two_halves(10, 10), ImageFormat::Png);
    many.resize(15 * 1024 * 1024 + 1, 0);
    assert_eq!(unfit(&many), Unfit::TooManyBytes(15 * 1024 * 1024));
}

#[test]
fn what_is_not_whole_is_refused() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let whole = encoded(&two_halves(300, 300), format);
        assert_eq!(unfit(&whole[..whole.len() * 2 / 3]), Unfit::Damaged, "{format:?}");
    }
}

#[test]
fn what_is_no_picture_and_no_recording_is_refused() {
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".as_slice();
    let pdf = b"%PDF-1.7 ...".as_slice();
    for other in [svg, pdf, b"", b"GIF", b"<html>", b"MZ\x90\0", b"BM\x9a\0\0\0\0\0", b"RIFF\x24\0\0\0WAVEfmt "] {
        assert_eq!(unfit(other), Unfit::UnknownType, "{:?}", String::from_utf8_lossy(other));
    }
}

/// Silence: so many frames of MPEG-1 layer III, 128 kbit/s at 44,100 Hz, 417 bytes and 1,152 samples each.
fn silence(frames: usize) -> Vec<u8> {
    let frame = [[0xFF, 0xFB, 0x90, 0x00].as_slice(), &[0; 413]].concat();
    frame.repeat(frames)
}

/// A tag of ID3v2.3 with a title, and one with a place.
fn id3() -> Vec<u8> {
    let text = |name: &[u8], said: &[u8]| {
        let mut frame = name.to_vec();
        frame.extend(u32::try_from(said.len() + 1).unwrap().to_be_bytes());
        frame.extend([0, 0, 0]);
        frame.extend(said);
        frame
    };
    let frames = [text(b"TIT2", b"Secret title"), text(b"TXXX", b"place\0At home")].concat();
    let mut tag = b"ID3\x03\0\0\0\0\0".to_vec();
    tag.push(u8::try_from(frames.len()).unwrap());
    tag.extend(frames);
    tag
}

fn id3_v1() -> Vec<u8> {
    let mut tag = b"TAGSecret title".to_vec();
    tag.resize(128, b' ');
    tag
}

#[test]
fn a_recording_keeps_its_sound_and_loses_its_tags() {
    let (given, prepared) = Given::prepare(&[id3(), silence(400), id3_v1()].concat());
    let Ok(Prepared::Audio { kept, seconds }) = prepared else { panic!("{prepared:?}") };
    assert_eq!((kept.media_type.as_str(), seconds), ("audio/mpeg", Some(10)));
    assert_eq!(given.bytes(&kept), silence(400));
    assert!(kept.file.ends_with(".mp3") && kept.file.len() == 68);
    assert_eq!(given.files().len(), 1);
}

fn of_kind(kind: &[u8], content: &[u8]) -> Vec<u8> {
    [u32::try_from(content.len() + 8).unwrap().to_be_bytes().as_slice(), kind, content].concat()
}

/// The boxes of an M4A file: one track that is handled as this, ten seconds of it, and words about it.
fn m4a(handler: &[u8]) -> Vec<u8> {
    let full = |words: &[u32]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
    let mvhd = of_kind(b"mvhd", &[full(&[0, 0, 0, 1000, 10_000, 0x0001_0000]), vec![0; 76]].concat());
    let mdhd = of_kind(b"mdhd", &full(&[0, 0, 0, 44_100, 441_000, 0]));
    let hdlr = of_kind(b"hdlr", &[&full(&[0, 0]), handler, &[0; 13]].concat());
    let mp4a = of_kind(b"mp4a", &[full(&[0, 1, 0, 0, 0x0002_0010, 0, 44_100 << 16])].concat());
    let stsd = of_kind(b"stsd", &[full(&[0, 1]), mp4a].concat());
    let minf = of_kind(b"minf", &of_kind(b"stbl", &stsd));
    let told = of_kind(b"udta", &of_kind(b"\xa9xyz", b"+52.3744+009.7386/"));
    let track = of_kind(b"trak", &[of_kind(b"mdia", &[mdhd, hdlr, minf].concat()), told.clone()].concat());
    let moov = of_kind(b"moov", &[mvhd, track, told].concat());
    [of_kind(b"ftyp", b"M4A \0\0\0\0M4A "), moov, of_kind(b"uuid", b"0123456789abcdefSecret"), of_kind(b"mdat", &[7; 1000])].concat()
}

#[test]
fn nothing_is_told_beside_the_sound_of_an_m4a_and_a_film_is_none() {
    let (given, prepared) = Given::prepare(&m4a(b"soun"));
    let Ok(Prepared::Audio { kept, seconds }) = prepared else { panic!("{prepared:?}") };
    assert_eq!((kept.media_type.as_str(), seconds), ("audio/mp4", Some(10)));
    let bytes = given.bytes(&kept);
    assert_eq!(bytes.len(), m4a(b"soun").len(), "everything is where it was");
    for told in [b"+52.3744".as_slice(), b"Secret", b"udta"] {
        assert!(!bytes.windows(told.len()).any(|part| part == told));
    }
    assert!(bytes.ends_with(&[7; 1000]));
    assert_eq!(unfit(&m4a(b"vide")), Unfit::UnknownType);
}

#[test]
fn a_recording_has_a_most_of_its_own() {
    let bounds = Bounds { audio_bytes: 10_000, ..Bounds::default() };
    let (given, prepared) = Given::prepare_within(&silence(100), &bounds);
    assert!(matches!(prepared, Err(Error::Unfit(Unfit::TooManyBytes(10_000)))), "{prepared:?}");
    assert_eq!(given.files().len(), 0);
}

fn damaged(mut bytes: Vec<u8>, at: usize, with: &[u8]) -> Vec<u8> {
    let at = at % bytes.len();
    let end = (at + with.len()).min(bytes.len());
    bytes[at..end].copy_from_slice(&with[..end - at]);
    bytes
}

/// That what was made of something is named by what is in it.
fn is_sound(folder: &Path, prepared: &Prepared) -> bool {
    let kept: Vec<&Kept> = match prepared {
        Prepared::Image { whole, smaller } => smaller.iter().chain([whole]).map(|size| &size.kept).collect(),
        Prepared::Audio { kept, .. } => vec![kept],
    };
    kept.iter().all(|kept| File::open(folder.join(&kept.file)).is_ok_and(|file| file.metadata().unwrap().len() == kept.bytes))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_given_is_prepared_or_refused(at: usize, with in prop::collection::vec(any::<u8>(), 1..40), which in 0..7_usize) {
        let small = two_halves(40, 30);
        let whole = match which {
            0 => encoded(&small, ImageFormat::Jpeg),
            1 => encoded(&small, ImageFormat::Png),
            2 => encoded(&small, ImageFormat::WebP),
            3 => encoded(&small, ImageFormat::Gif),
            4 => [id3(), silence(4), id3_v1()].concat(),
            5 => m4a(b"soun"),
            _ => with.clone(),
        };
        let (given, prepared) = Given::prepare(&damaged(whole, at, &with));
        match prepared {
            Ok(prepared) => prop_assert!(is_sound(given.0.path(), &prepared)),
            Err(Error::Unfit(_)) => prop_assert_eq!(given.files().len(), 0),
            Err(Error::Io(error)) => prop_assert!(false, "{}", error),
        }
    }
}
