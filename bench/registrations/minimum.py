"""The least that a registration needs in SQLite: take the writer's place, check, insert, commit with a flush, one by one."""

import os
import sqlite3
import sys
import tempfile
import time

guests = int(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    db = sqlite3.connect(os.path.join(folder, "minimum.db"), isolation_level=None)
    db.executescript(
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE pool (id INTEGER PRIMARY KEY, capacity INTEGER NOT NULL, taken INTEGER NOT NULL, last_number INTEGER NOT NULL);
        CREATE TABLE registration (id INTEGER PRIMARY KEY, pool INTEGER NOT NULL, email TEXT NOT NULL, seats INTEGER NOT NULL,
            status TEXT NOT NULL, number INTEGER NOT NULL, UNIQUE (pool, email));
        CREATE TABLE job (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, payload TEXT NOT NULL);
        INSERT INTO pool VALUES (1, 1000000000, 0, 0);
        """
    )
    waited = []
    began = time.perf_counter()
    for guest in range(guests):
        asked = time.perf_counter()
        db.execute("BEGIN IMMEDIATE")
        db.execute("SELECT taken, last_number FROM pool WHERE id = 1 AND taken < capacity").fetchone()
        db.execute(
            "INSERT INTO registration (pool, email, seats, status, number) VALUES (1, ?, 1, 'CONFIRMED', ?)",
            (f"guest{guest}@example.org", guest),
        )
        db.execute("INSERT INTO job (kind, payload) VALUES ('registrations.tell', '{\"registration\":\"0\",\"news\":\"Registered\"}')")
        db.execute("UPDATE pool SET taken = taken + 1, last_number = last_number + 1 WHERE id = 1")
        db.execute("COMMIT")
        waited.append(time.perf_counter() - asked)
    took = time.perf_counter() - began
waited.sort()
p50, p99 = (1000 * waited[(guests - 1) * part // 100] for part in (50, 99))
print(f"minimum on SQLite, one by one\t{guests / took:.0f}\t{p50:.1f}\t{p99:.1f}")
