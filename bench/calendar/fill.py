"""Copies one event of an installation's starter data, on SQLite, until there are so many: fill.py FILE COUNT."""

import sqlite3
import sys
import uuid
from datetime import datetime, timedelta, timezone

TABLES = {"event": "id", "event_text": "event_id", "event_host": "event_id", "event_language": "event_id", "occurrence": "event_id"}


def main():
    file, count = sys.argv[1], int(sys.argv[2])
    db = sqlite3.connect(file)
    db.row_factory = sqlite3.Row
    model = db.execute(
        "SELECT id FROM event WHERE recurrence IS NULL AND visibility = 'PUBLIC' AND status = 'PUBLISHED' AND ends_at IS NOT NULL "
        "AND (SELECT count(*) FROM occurrence WHERE event_id = event.id) = 1 AND NOT is_all_day ORDER BY slug LIMIT 1"
    ).fetchone()[0]
    rows = {table: [dict(row) for row in db.execute(f"SELECT * FROM {table} WHERE {key} = ?", [model])] for table, key in TABLES.items()}
    known = db.execute("SELECT count(*) FROM event").fetchone()[0]
    first = datetime.now(timezone.utc).replace(microsecond=0)
    for number in range(count - known):
        own, start = uuid.uuid4().bytes, first + timedelta(minutes=37 * number)
        moments = {"starts_at": start, "original_starts_at": start, "ends_at": start + timedelta(hours=2), "over_at": start + timedelta(hours=2)}
        for table, key in TABLES.items():
            for row in rows[table]:
                new = dict(row) | {key: own} | {name: at.isoformat() for name, at in moments.items() if name in row}
                if table == "event":
                    new |= {"slug": f"bench-{number}", "doors_at": None}
                if table == "occurrence":
                    new |= {"id": uuid.uuid4().bytes, "doors_at": None}
                names = ", ".join(f'"{name}"' for name in new)
                db.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(new))})", list(new.values()))
    db.commit()


main()
