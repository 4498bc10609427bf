// The dates of calendars as `ical.js` (that of Thunderbird) reckons them: lines of file, from and until come in, JSON goes out.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function datesOf(file, from, until) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
  const zones = new Map();
  for (const part of calendar.getAllSubcomponents("vtimezone")) {
    const zone = new ICAL.Timezone(part);
    zones.set(zone.tzid, zone);
    ICAL.TimezoneService.register(zone, zone.tzid);
  }
  const instant = (time) => {
    if (time.isDate) return time.toString();
    return new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "+00:00");
  };
  const moment = (time) => (time.isDate ? Date.parse(time.toString() + "T00:00:00Z") : time.toUnixTime() * 1000);
  const parts = calendar.getAllSubcomponents("vevent");
  const masters = parts.filter((part) => !part.hasProperty("recurrence-id")).map((part) => new ICAL.Event(part));
  for (const part of parts.filter((one) => one.hasProperty("recurrence-id"))) {
    masters.find((master) => master.uid === part.getFirstPropertyValue("uid")).relateException(part);
  }
  const found = {};
  const add = (event, start) => {
    const url = event.component.getFirstPropertyValue("url");
    if (!url) return;
    const off = event.component.getFirstPropertyValue("status") === "CANCELLED";
    (found[url] ??= []).push([instant(start), off]);
  };
  for (const master of masters) {
    if (!master.isRecurring()) {
      add(master, master.startDate);
      continue;
    }
    const iterator = master.iterator();
    for (let next = iterator.next(); next && moment(next) < until + 400 * 86400e3; next = iterator.next()) {
      const details = master.getOccurrenceDetails(next);
      add(details.item, details.startDate);
    }
  }
  return found;
}

const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
console.log(JSON.stringify(lines.map((line) => {
  const [file, from, until] = line.split("\t");
  return datesOf(file, Date.parse(from), Date.parse(until));
})));
