//! The form of a mail that its signature is made over, "relaxed" (RFC 6376 section 3.4): what servers change on its way stands alike in it.

/// Headers, with the line break of the last, and body.
pub(super) fn parts(mail: &[u8]) -> (&[u8], &[u8]) {
    match mail.windows(4).position(|four| four == b"\r\n\r\n") {
        Some(at) => (&mail[..at + 2], &mail[at + 4..]),
        None => (mail, b""),
    }
}

/// The fields of the headers, in their order: names in small letters, and values.
pub(super) fn fields(head: &[u8]) -> Vec<(String, String)> {
    // Ours are ASCII throughout.
    let head = String::from_utf8_lossy(head);
    let mut fields: Vec<String> = Vec::new();
    for line in head.split_terminator("\r\n") {
        match fields.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
            Some(field) => field.push_str(line),
            None => fields.push(line.to_owned()),
        }
    }
    fields.iter().map(|written| field(written)).collect()
}

/// A field as it is signed (3.4.2): unfolded, and one space for each gap.
pub(super) fn field(written: &str) -> (String, String) {
    let (name, value) = written.split_once(':').unwrap_or((written, ""));
    (name.trim().to_ascii_lowercase(), value.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
}

/// A body as it is signed (3.4.4): one space for each gap within a line, none at its end, and no empty lines at the end.
pub(super) fn body(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 2);
    let mut empty_lines = 0;
    for line in lines(body) {
        let start = out.len();
        let mut gap = false;
        for byte in line {
            if matches!(byte, b' ' | b'\t') {
                gap = true;
                continue;
            }
            if out.len() == start {
                std::iter::repeat_n(b"\r\n", empty_lines).for_each(|end| out.extend_from_slice(end));
                empty_lines = 0;
            }
            if gap {
                out.push(b' ');
                gap = false;
            }
            out.push(*byte);
        }
        if out.len() == start {
            empty_lines += 1;
        } else {
            out.extend_from_slice(b"\r\n");
        }
    }
    out
}

/// Lines without their CRLF; a mail's last line has one.
fn lines(mut body: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        if body.is_empty() {
            return None;
        }
        let end = body.windows(2).position(|two| two == b"\r\n");
        let (line, rest) = end.map_or((body, &b""[..]), |end| (&body[..end], &body[end + 2..]));
        body = rest;
        Some(line)
    })
}
