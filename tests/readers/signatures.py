"""Has dkimpy check the signatures of mails: see README.md. `python3 signatures.py RECORDS FOLDER`, where RECORDS is what `miso dkim show` printed."""

import pathlib
import re
import sys

import dkim

RECORDS = {
    name: "".join(re.findall(r'"([^"]*)"', text)).encode()
    for name, text in re.findall(r"^(\S+) IN TXT (.*?)\n\n", pathlib.Path(sys.argv[1]).read_text() + "\n\n", re.S | re.M)
}


def look_up(name, timeout=5):
    return RECORDS.get(name.decode() if isinstance(name, bytes) else name, b"")


def holding(raw):
    count = sum(name.lower() == b"dkim-signature" for name, _ in dkim.DKIM(raw).headers)
    return [dkim.DKIM(raw).verify(idx=at, dnsfunc=look_up) for at in range(count)]


paths = sorted(pathlib.Path(sys.argv[2]).glob("*.eml"))
failed = 0
for path in paths:
    raw = path.read_bytes()
    good = holding(raw)
    is_sound = len(good) == len(RECORDS) and all(good) and not any(holding(raw.replace(b"\r\nSubject: ", b"\r\nSubject: x", 1)))
    failed += not is_sound
    if not is_sound:
        print(f"{path}: {good}")
print(f"{len(paths)} mails with {len(RECORDS)} signatures each, {failed} with one that does not hold")
sys.exit(failed > 0 or not paths)
