"""The same events by Python `icalendar`, and whether it reads what the crate wrote without an error."""

import json
import sys
import time
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vGeo, vText

ROUNDS = 3
BERLIN = ZoneInfo("Europe/Berlin")


def render(events):
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Example//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Events")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for one in events:
        stamp = datetime.fromisoformat(one["stamp"]).replace(tzinfo=timezone.utc)
        event = Event()
        event.add("uid", one["uid"])
        event.add("dtstamp", stamp)
        event.add("created", stamp)
        event.add("last-modified", stamp)
        event.add("sequence", one["sequence"])
        event.add("dtstart", datetime.fromisoformat(one["start"]).replace(tzinfo=BERLIN))
        event.add("dtend", datetime.fromisoformat(one["end"]).replace(tzinfo=BERLIN))
        event.add("summary", one["summary"])
        event.add("description", one["description"])
        event.add("location", one["location"])
        event.add("geo", vGeo((one["latitude"], one["longitude"])))
        event.add("url", one["url"])
        event.add("categories", one["categories"])
        event.add("status", "CONFIRMED")
        organizer = vCalAddress("mailto:" + one["email"])
        organizer.params["CN"] = vText(one["organizer"])
        event.add("organizer", organizer)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        events = json.load(file)
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        size = len(render(events))
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    print(f"Python icalendar\t{times[0]:.2f}\t{times[ROUNDS // 2]:.2f}\t{size}")

    with open(sys.argv[1].removesuffix(".json") + ".ics", "rb") as file:
        read = Calendar.from_ical(file.read())
    entries = read.walk("VEVENT")
    assert len(entries) == len(events) and not read.errors, "the crate's calendar is not read"
    for entry, one in zip(entries, events):
        assert not entry.errors and str(entry["SUMMARY"]) == one["summary"].replace("\r\n", "\n"), entry
        assert str(entry["DESCRIPTION"]) == one["description"], entry


main()
