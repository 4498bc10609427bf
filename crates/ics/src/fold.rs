//! Folding of long content lines (RFC 5545 3.1).

/// Longest physical line in octets, without its line break.
pub(crate) const LIMIT: usize = 75;

/// Appends a logical line as physical lines of at most 75 octets, each closed by CRLF.
///
/// No character is ever split, and no physical line but the last ends with white space where that can be avoided: some
/// readers trim there.
pub(crate) fn fold_into(out: &mut String, line: &str) {
    let mut rest = line;
    let mut room = LIMIT;
    while rest.len() > room {
        let (head, tail) = rest.split_at(cut(rest, room));
        out.push_str(head);
        out.push_str("\r\n ");
        rest = tail;
        room = LIMIT - 1;
    }
    out.push_str(rest);
    out.push_str("\r\n");
}

/// Where to cut so that at most `room` octets stay before the cut: after a visible character if there is one.
fn cut(line: &str, room: usize) -> usize {
    let widest = line.floor_char_boundary(room);
    match line[..widest].trim_end().len() {
        0 => widest,
        visible => visible,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(line: &str) -> Vec<String> {
        let mut out = String::new();
        fold_into(&mut out, line);
        out.split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn counts_octets_not_characters() {
        let lines = folded(&"ع".repeat(60));
        assert_eq!(lines.iter().map(String::len).collect::<Vec<_>>(), [74, 47]);
    }

    #[test]
    fn exactly_75_octets_are_not_folded() {
        assert_eq!(folded(&"x".repeat(75)).len(), 1);
        assert_eq!(folded(&"x".repeat(76)).len(), 2);
    }

    #[test]
    fn white_space_goes_to_the_next_line() {
        let line = format!("{}    {}", "x".repeat(73), "y".repeat(10));
        assert_eq!(folded(&line), ["x".repeat(73), format!("     {}", "y".repeat(10))]);
    }

    #[test]
    fn endless_white_space_is_still_folded() {
        let lines = folded(&format!("A:{}", " ".repeat(300)));
        assert!(lines.iter().all(|line| line.len() <= LIMIT));
        assert_eq!(lines.iter().map(|line| line.len() - 1).sum::<usize>() + 1, 302);
    }
}
