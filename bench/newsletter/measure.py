"""Sends an issue with miso, and as many mails of the same size with others, into postfix's sink; says how fast, and what it took."""

import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

TOOLS, READERS, CONNECTIONS, ONLY = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4].split()
MISO = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", "target")).resolve() / "measured" / "miso"
POSTFIX = {**os.environ, "LD_LIBRARY_PATH": str(TOOLS / "postfix/usr/lib/postfix")}
BODY = ("Guten Tag,\n\n" + "Wir laden Sie **herzlich** ein. " * 60)[:2000]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Sink:
    """Takes every mail, and keeps none."""

    def __enter__(self):
        self.port = free_port()
        self.process = subprocess.Popen(
            # It does not want to be root.
            [TOOLS / "postfix/usr/sbin/smtp-sink", *(["-u", "nobody"] if os.geteuid() == 0 else []), f"127.0.0.1:{self.port}", "1024"],
            env=POSTFIX,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(100):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        raise SystemExit("the sink did not begin")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def measured(command, **options):
    """Seconds, seconds of processor, and peak memory in MiB of a command, which must succeed."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command[0]}: {said.decode()[-2000:]}")
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def tell(name, seconds, processor, memory, mails=READERS):
    print(f"{name}\t{mails / seconds:.0f}\t{processor / mails * 1e6:.0f}\t{memory:.0f}", flush=True)


def with_miso(name, database):
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "MISO_DATA_DIR": folder,
            "MISO_SECRET_KEY": "0123456789abcdef0123456789abcdef",
            "MISO_PUBLIC_URL": "https://bench.example",
            "MISO_DELIVERY__LANES": "1",
            "MISO_DELIVERY__CONNECTIONS": str(CONNECTIONS),
            "MISO_LOG": "warn",
            **database(folder),
        }
        subprocess.run([MISO, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([MISO, "seed"], env=environment, check=True, stdout=subprocess.DEVNULL)
        slug = fill(environment, folder)
        with Sink() as sink:
            environment["MISO_SMTP_URL"] = f"smtp://127.0.0.1:{sink.port}"
            seconds, processor, memory = measured([MISO, "newsletter", "send", slug], env=environment)
        sent = ask(environment, folder, "SELECT count(*) FROM delivery WHERE status = 'SENT'")
        if int(sent) != READERS:
            raise SystemExit(f"{name}: {sent} of {READERS} were sent")
        tell(name, seconds, processor, memory)


def ask(environment, folder, question):
    """What a database answers to a question."""
    if "MISO_DATABASE_URL" in environment:
        command = [str(pathlib.Path(os.environ["POSTGRES_BIN"]) / "psql"), "-qtA", environment["MISO_DATABASE_URL"], "-v", "ON_ERROR_STOP=1"]
        return subprocess.run(command, input=question.encode(), check=True, stdout=subprocess.PIPE).stdout.decode().strip()
    import sqlite3

    with sqlite3.connect(pathlib.Path(folder) / "miso.db") as database:
        # Keys are bytes there.
        database.create_function("key", 2, lambda first, n: bytes.fromhex(f"{first}000000000070008000{n:012x}"))
        found = None
        for one in question.split(";\n"):
            found = database.execute(one).fetchone() or found
        return str(found[0]) if found else ""


def fill(environment, folder):
    """Readers who confirmed, and an issue of 2 KB that waits to be sent; gives its slug."""
    is_postgres = "MISO_DATABASE_URL" in environment
    if is_postgres:
        numbers, key = f"generate_series(1, {READERS}) AS n", lambda first: f"('{first}000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid"
    else:
        numbers = f"(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {READERS}) SELECT n FROM s)"
        key = lambda first: f"key('{first}', n)"  # noqa: E731
    newsletter = "(SELECT newsletter_id FROM newsletter_issue WHERE status = 'DRAFT')"
    now = "TIMESTAMPTZ '2026-01-01 00:00:00+00'" if is_postgres else "'2026-01-01T00:00:00+00:00'"
    body = BODY.replace("'", "''")
    ask(
        environment,
        folder,
        f"""INSERT INTO subscriber (id, email, name, locale, secret_version, confirm_version, created_at, updated_at)
        SELECT {key("01")}, 'reader' || n || '@d' || (n % 50) || '.example', 'Reader ' || n, 'de', 0, 0, {now}, {now} FROM {numbers};
INSERT INTO newsletter_subscription (id, newsletter_id, subscriber_id, status, requested_at, confirmed_at)
        SELECT {key("02")}, {newsletter}, {key("01")}, 'CONFIRMED', {now}, {now} FROM {numbers};
UPDATE newsletter_issue_text SET body_markdown = '{body}' WHERE issue_id IN (SELECT id FROM newsletter_issue WHERE status = 'DRAFT')""",
    )
    return ask(environment, folder, "SELECT slug FROM newsletter_issue WHERE status = 'DRAFT'")


def size_of_a_mail():
    """Bytes of the mail that miso makes of the issue: what others send is as large."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ, "MISO_DATA_DIR": folder, "MISO_SECRET_KEY": "0123456789abcdef0123456789abcdef", "MISO_LOG": "warn",
        }
        global READERS
        readers, READERS = READERS, 1
        subprocess.run([MISO, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([MISO, "seed"], env=environment, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([MISO, "newsletter", "send", fill(environment, folder)], env=environment, check=True, stdout=subprocess.DEVNULL)
        READERS = readers
        return max(mail.stat().st_size for mail in (pathlib.Path(folder) / "outbox").rglob("*.eml"))


def postgres(_):
    url = urllib.parse.urlsplit(os.environ["TEST_POSTGRES_URL"])
    name = f"bench_newsletter_{os.getpid()}"
    psql = [str(pathlib.Path(os.environ["POSTGRES_BIN"]) / "psql"), "-q", os.environ["TEST_POSTGRES_URL"]]
    subprocess.run([*psql, "-c", f"DROP DATABASE IF EXISTS {name}", "-c", f"CREATE DATABASE {name}"], check=True)
    return {"MISO_DATABASE_URL": urllib.parse.urlunsplit(url._replace(path=f"/{name}"))}


def main():
    print(f"{READERS} mails over {CONNECTIONS} connections; {os.cpu_count()} processors", file=sys.stderr)
    size = size_of_a_mail()
    print(f"a mail has {size} bytes", file=sys.stderr)
    print("what\tmails a second\tµs of processor a mail\tpeak MiB")
    if "smtp-source" in ONLY:
        with Sink() as sink:
            command = [TOOLS / "postfix/usr/sbin/smtp-source", "-d", "-s", str(CONNECTIONS), "-m", str(READERS), "-l", str(size)]
            tell("smtp-source", *measured([*command, "-f", "a@bench.example", "-t", "b@bench.example", f"127.0.0.1:{sink.port}"], env=POSTFIX))
    if "sqlite" in ONLY:
        with_miso("miso on SQLite", lambda _: {})
    if "postgres" in ONLY:
        with_miso("miso on PostgreSQL", postgres)
    if "nodemailer" in ONLY:
        mails = min(READERS, 20000)
        with Sink() as sink:
            command = ["node", "bench/newsletter/nodemailer.mjs", str(sink.port), str(mails), str(CONNECTIONS), str(size)]
            tell("nodemailer", *measured(command, env={**os.environ, "NODE_PATH": str(TOOLS / "node_modules")}), mails)


main()
