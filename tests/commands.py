"""The command `pishkhan`, run as a user runs it: a process of its own, on a deployment of its own."""

import os
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing

import psycopg
from django.db import connection

# what needs the tables of this very version, or says itself that they are not
CURRENT = (
    "worker --once",
    "clock --once",
    "verify-journal",
    "keys list",
    "serve",
    "web",
    "documents --check",
    "rounds choose --place 15",
    "bulletin --region 15 --from 1401-01-01 --to 1401-02-01",
    "check",
)


def in_words(done, *, status=None):
    """What a command said on the error stream, which is no traceback; it did not end as if all were well."""
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    assert done.returncode != 0 and (status is None or done.returncode == status), done
    assert done.stderr.strip(), done
    return done.stderr


class Deployed:
    """A folder and a database of their own (empty, begun as a copy, or one that is named), and the command on them."""

    def __init__(self, folder, copied=None, url="", *, on_sqlite=False):
        self.var = folder
        self.env = os.environ | {
            "PISHKHAN_VAR": str(folder),
            "PYTHONWARNINGS": "default",
            "PISHKHAN_ORIGIN": "https://pishkhan.example.ir",
            "PISHKHAN_PROXIES": "1",
        }
        self.env.pop("DJANGO_SETTINGS_MODULE", None)
        self._database = None
        if on_sqlite:
            self.env.pop("DATABASE_URL", None)
        elif url:
            self.env["DATABASE_URL"] = url
        elif os.environ.get("DATABASE_URL"):
            self._database = f"trial_{uuid.uuid4().hex[:12]}"
            _on_server(f"CREATE DATABASE {self._database}" + (f" TEMPLATE {copied._database}" if copied else ""))
            server, _, query = os.environ["DATABASE_URL"].partition("?")
            self.env["DATABASE_URL"] = f"{server.rpartition('/')[0]}/{self._database}" + (f"?{query}" if query else "")
        elif copied:
            (folder / "pishkhan.sqlite3").write_bytes((copied.var / "pishkhan.sqlite3").read_bytes())

    def run(self, *arguments, check=False):
        """Run the command to its end."""
        return subprocess.run(
            self.command(*arguments), env=self.env, capture_output=True, text=True, timeout=300, check=check
        )

    def start(self, *arguments):
        return subprocess.Popen(
            self.command(*arguments), env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def command(self, *arguments):
        return [sys.executable, "-m", "pishkhan.site.command_line.cli", *arguments]

    def asked(self, question):
        """The rows of a question put to the database itself."""
        with closing(self.connected()) as there:
            return there.execute(question).fetchall()

    def connected(self):
        if self._database:
            return psycopg.connect(self.env["DATABASE_URL"].replace("postgres://", "postgresql://"), autocommit=True)
        return sqlite3.connect(self.var / "pishkhan.sqlite3", isolation_level=None)

    def remove(self):
        if self._database:
            _on_server(f"DROP DATABASE {self._database} WITH (FORCE)")


def _on_server(statement):
    told = connection.settings_dict
    where = {
        "user": told["USER"],
        "password": told["PASSWORD"],
        "host": told["HOST"] or None,
        "port": told["PORT"] or None,
    } | told["OPTIONS"]
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as server:
        server.execute(statement)
