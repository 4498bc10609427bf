"""Other programs read every calendar of a running installation, and agree with it on every date.

    agree.py http://localhost:8080

Python `icalendar` must read all without an error, `recurring-ical-events` and `ical.js` must expand them to the dates that the schema
has, `vdirsyncer` must split them into its items; and a second look must give the same bytes, or 304.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import warnings
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar
from vdirsyncer.vobject import Item, split_collection

warnings.simplefilter("error")
BASE = sys.argv[1].rstrip("/")
TODAY = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
# Rules without an end are followed for 24 months: the last days of them may not be there yet.
FROM, UNTIL = TODAY - timedelta(days=90), TODAY + timedelta(days=2 * 365 - 3)
EVER = datetime(2000, 1, 1, tzinfo=timezone.utc)


def fetch(address, headers=()):
    request = urllib.request.Request(address, headers=dict(headers))
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def ask(query, **variables):
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(BASE + "/graphql", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        found = json.load(answer)
    assert "errors" not in found, found
    return found["data"]


def pages(query, field):
    after = None
    while True:
        page = ask(query, after=after)[field]
        yield from page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def addresses():
    found = ask("{ network { calendar { url } } tags { slug } programmes { slug } }")
    yield found["network"]["calendar"]["url"], FROM
    for tag in found["tags"]:
        yield f"{BASE}/calendar.ics?tag={tag['slug']}", FROM
    for programme in found["programmes"]:
        yield f"{BASE}/calendar.ics?programme={programme['slug']}", FROM
    for more in ["language=fa", "feature=step-free", "category=course", "category=course&language=de&locale=en", "district=Linden"]:
        yield f"{BASE}/calendar.ics?{more}", FROM
    more = "pageInfo { hasNextPage endCursor }"
    for one in pages("query($after: String) { organisations(first: 100, after: $after) { nodes { calendar { url } } %s } }" % more, "organisations"):
        yield one["calendar"]["url"], FROM
    for one in pages("query($after: String) { events(first: 100, after: $after) { nodes { icsUrl } %s } }" % more, "events"):
        yield one["icsUrl"], EVER


def own_dates():
    query = """query($after: String) { occurrences(first: 100, after: $after) {
        nodes { startsAt cancelled event { url status schedule { allDay } } } pageInfo { hasNextPage endCursor } } }"""
    dates = {}
    for one in pages(query, "occurrences"):
        at = datetime.fromisoformat(one["startsAt"])
        off = one["cancelled"] or one["event"]["status"] == "CANCELLED"
        when = at.date().isoformat() if one["event"]["schedule"]["allDay"] else at.astimezone(timezone.utc).isoformat()
        dates.setdefault(one["event"]["url"], set()).add((when, off))
    return dates


def instant(value):
    if not isinstance(value, datetime):
        return value.isoformat()
    assert value.tzinfo is not None, value
    return value.astimezone(timezone.utc).isoformat()


def within(when, start):
    at = datetime.fromisoformat(when)
    at = at.replace(tzinfo=timezone.utc) if at.tzinfo is None else at
    return start + timedelta(days=1) <= at < UNTIL


def by_python(calendar, start):
    dates = {}
    for event in recurring_ical_events.of(calendar).between(start, UNTIL + timedelta(days=1)):
        off = str(event.get("STATUS")) == "CANCELLED"
        dates.setdefault(str(event["URL"]), set()).add((instant(event["DTSTART"].dt), off))
    return dates


def by_javascript(files):
    script = pathlib.Path(__file__).with_name("dates.mjs")
    listed = "\n".join(f"{file}\t{start.isoformat()}\t{(UNTIL + timedelta(days=1)).isoformat()}" for file, start in files)
    done = subprocess.run(["node", script], input=listed, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return [
        {url: {(when, off) for when, off in dates} for url, dates in one.items()} for one in json.loads(done.stdout)
    ]


def main():
    expected, files, count, dates_seen = own_dates(), [], 0, 0
    folder = pathlib.Path(tempfile.mkdtemp())
    kept = []
    for number, (address, start) in enumerate(addresses()):
        status, headers, body = fetch(address)
        assert status == 200, (address, status)
        assert fetch(address)[2] == body, f"{address}: other bytes at the second look"
        assert fetch(address, [("If-None-Match", headers["ETag"])])[0] == 304, address
        assert fetch(address, [("If-Modified-Since", headers["Last-Modified"])])[0] == 304, address
        calendar = Calendar.from_ical(body)
        for part in calendar.walk():
            assert not part.errors, (address, part.errors)
        own = by_python(calendar, start)
        urls = {str(event["URL"]) for event in calendar.walk("VEVENT") if "URL" in event}
        items = [Item(text) for text in split_collection(body.decode())]
        assert len({item.uid for item in items}) == len({str(event["UID"]) for event in calendar.walk("VEVENT")}), address
        kept.append((address, start, own, urls))
        file = folder / f"{number}.ics"
        file.write_bytes(body)
        files.append((file, start))
        count += 1
    for (address, start, own, urls), theirs in zip(kept, by_javascript(files)):
        for url in urls:
            wanted = {one for one in expected.get(url, set()) if within(one[0], start)}
            for program, found in (("recurring-ical-events", own), ("ical.js", theirs)):
                got = {one for one in found.get(url, set()) if within(one[0], start)}
                assert got == wanted, (program, address, url, "lacks", sorted(wanted - got), "adds", sorted(got - wanted))
            dates_seen += len(wanted)
    print(f"{count} calendars, {dates_seen} dates: all agree")


main()
