// The same events by npm `ical-generator`, as its documentation shows it, with the zone described by `timezones-ical-library`.
import { readFileSync } from "node:fs";
import ical from "ical-generator";
import { tzlib_get_ical_block } from "timezones-ical-library";

const events = JSON.parse(readFileSync(process.argv[2], "utf8"));
const rounds = 5;

function render() {
  const calendar = ical({ prodId: "//Example//EN", name: "Events", ttl: 3600 });
  calendar.timezone({ name: "Europe/Berlin", generator: (zone) => tzlib_get_ical_block(zone)[0] });
  for (const event of events) {
    const stamp = new Date(event.stamp + "Z");
    calendar.createEvent({
      id: event.uid,
      stamp,
      created: stamp,
      lastModified: stamp,
      sequence: event.sequence,
      start: event.start,
      end: event.end,
      timezone: "Europe/Berlin",
      summary: event.summary,
      description: event.description,
      location: { title: event.location, geo: { lat: event.latitude, lon: event.longitude } },
      url: event.url,
      categories: event.categories.map((name) => ({ name })),
      status: "CONFIRMED",
      organizer: { name: event.organizer, email: event.email },
    });
  }
  return calendar.toString();
}

const times = [];
let bytes = 0;
for (let round = 0; round < rounds; round++) {
  const began = performance.now();
  bytes = Buffer.byteLength(render());
  times.push(performance.now() - began);
}
times.sort((one, other) => one - other);
console.log(`npm ical-generator\t${times[0].toFixed(2)}\t${times[Math.floor(rounds / 2)].toFixed(2)}\t${bytes}`);
