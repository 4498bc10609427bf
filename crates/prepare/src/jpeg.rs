//! Whether a JPEG is whole. Decoders fill up with grey what is missing, which nobody wants to publish.

/// Whether the marker of its end follows its last scan (ITU-T T.81, annex B).
pub fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        // Up to a marker: entropy-coded data have FF only before 00 and before D0 to D7.
        let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xFF)) else { return false };
        at += found + 1;
        match bytes.get(at) {
            None => return false,
            Some(0xD9) => return true,
            // A stuffed byte, a restart, or a filling: data go on behind it.
            Some(0x00 | 0x01 | 0xD0..=0xD8) => at += 1,
            Some(0xFF) => {}
            // A segment, which says its length. Behind the one that begins a scan its data follow.
            Some(_) => {
                let Some(&[high, low]) = bytes.get(at + 1..at + 3) else { return false };
                at += 1 + usize::from(u16::from_be_bytes([high, low]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_before_its_end_is_not_whole() {
        let whole = [0xFF, 0xD8, 0xFF, 0xE1, 0, 4, 0xFF, 0xD9, 0xFF, 0xDA, 0, 3, 9, 1, 0xFF, 0, 2, 0xFF, 0xD0, 3, 0xFF, 0xFF, 0xD9, 7];
        assert!(is_whole(&whole));
        for many in 0..whole.len() - 1 {
            assert!(!is_whole(&whole[..many]), "{many}");
        }
    }
}
