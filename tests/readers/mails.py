"""Reads mails that miso wrote, with Python's own reader told to raise at the slightest defect, and holds what it finds against the sums beside
them, where there are any: see README.md. `python3 mails.py FOLDER`"""

import email
import json
import pathlib
import sys
from email import policy
from email.header import decode_header, make_header
from email.utils import parseaddr

STRICT = policy.SMTP.clone(raise_on_defect=True)
ONCE = ["date", "from", "to", "subject", "message-id", "mime-version", "content-type", "reply-to"]
KNOWN = set(ONCE) | {
    "content-language", "content-transfer-encoding", "auto-submitted", "precedence", "feedback-id", "dkim-signature",
    "list-id", "list-unsubscribe", "list-unsubscribe-post", "list-archive", "list-help",
}


def lines(path, raw):
    head, gap, _ = raw.partition(b"\r\n\r\n")
    assert gap, f"{path}: no end of the headers"
    assert raw.isascii() and b"\0" not in raw, f"{path}: not ASCII"
    assert b"\n" not in raw.replace(b"\r\n", b"") and b"\r" not in raw.replace(b"\r\n", b""), f"{path}: a bare line break"
    assert max(map(len, raw.split(b"\r\n"))) <= 998, f"{path}: a line is too long"
    return head


def mail(path):
    raw = path.read_bytes()
    lines(path, raw)
    read = email.message_from_bytes(raw, policy=STRICT)
    names = [name.lower() for name in read.keys()]
    assert not set(names) - KNOWN, f"{path}: {set(names) - KNOWN}"
    assert all(names.count(name) <= 1 for name in ONCE), f"{path}: a header twice"
    for name in names:
        read[name]  # Raises where it is broken.
    for header in ("from", "to"):
        assert len(read[header].addresses) == 1, f"{path}: {header}: {read[header]}"
    for part in read.walk():
        assert not part.defects, f"{path}: {part.defects}"
        if not part.is_multipart():
            part.get_content()
    beside = path.with_suffix(".json")
    if beside.exists():
        compare(path, read, email.message_from_bytes(raw), json.loads(beside.read_text()))


def name_in(header):
    """Python's newer reader of addresses puts a space between two encoded words (before 3.13), which RFC 2047 has as one: the older one does not."""
    name, _ = parseaddr(header.replace("\r\n", "").replace("\n", ""))
    return str(make_header(decode_header(name))) if name else ""


def compare(path, read, plain, expected):
    def same(what, found, wanted):
        assert found == wanted, f"{path}: {what}: {found!r} instead of {wanted!r}"

    same("subject", str(read["subject"]), expected["subject"])
    for header, address in (("from", "verein"), ("to", "amal"), ("reply-to", "answer")):
        same(header, read[header].addresses[0].addr_spec, f"{address}@example.org")
        same(header, name_in(plain[header]), expected["name"])
    same("list", "List-Unsubscribe-Post" in read, expected["of_list"])
    same("text", read.get_body(("plain",)).get_content().replace("\r\n", "\n").rstrip("\n"), expected["text"].replace("\r\n", "\n").rstrip("\n"))
    same("files", len(list(read.iter_attachments())) if expected["files"] else 0, expected["files"])


paths = sorted(pathlib.Path(sys.argv[1]).glob("*.eml"))
failed = 0
for one in paths:
    try:
        mail(one)
    except Exception as error:  # Whatever it is, it is one.
        failed += 1
        print(f"{type(error).__name__}: {error}" if isinstance(error, AssertionError) else f"{one}: {type(error).__name__}: {error}")
print(f"{len(paths)} mails read, {failed} with a defect")
sys.exit(failed > 0 or not paths)
