"""SQLite, DuckDB and PostgreSQL as one kind of thing: a table goes in, a query's rows come out."""

from __future__ import annotations

import glob
import json
import math
import os
import shutil
import sqlite3
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

import pytest

BINARIES = [*sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True), *os.get_exec_path()]
"""Where Debian keeps the server, and where others do."""
NAMES = ("sqlite", "duckdb", "postgresql")


def quote(name):
    return '"' + name.replace('"', '""') + '"'


def describe(table, columns, types):
    """CREATE TABLE of columns with types."""
    listed = ", ".join(f"{quote(name)} {types[name]}" for name in columns)
    return f"CREATE TABLE {quote(table)} ({listed})"


class Python:
    """A database behind a connection of Python's own interface."""

    def __init__(self, connection):
        self.connection = connection

    def load(self, table, columns, types):
        """Make a table of lists of values."""
        self.connection.execute(describe(table, columns, types))
        marks = ", ".join("?" * len(columns))
        rows = list(zip(*columns.values(), strict=True))
        self.connection.executemany(f"INSERT INTO {quote(table)} VALUES ({marks})", rows)

    def ask(self, query):
        """The rows of a query."""
        return [list(row) for row in self.connection.execute(query).fetchall()]

    def run(self, statement):
        """Run a statement that answers nothing."""
        self.connection.execute(statement)

    def close(self):
        self.connection.close()


class Server:
    """A PostgreSQL server of its own in a temporary folder, without a port."""

    def __init__(self):
        path = os.pathsep.join(BINARIES)
        found = {name: shutil.which(name, path=path) for name in ("initdb", "pg_ctl", "psql")}
        if not all(found.values()):
            raise FileNotFoundError("needs the programs of PostgreSQL")
        self.programs = found
        self.folder = Path(tempfile.mkdtemp(prefix="edgewise-pg-"))
        # The server refuses to run as root.
        self.user = {"user": "nobody"} if os.getuid() == 0 else {}
        if self.user:
            shutil.chown(self.folder, "nobody")
        data = str(self.folder / "data")
        self._start("initdb", "-D", data, "-U", "me", "-A", "trust", "-E", "UTF8", "--locale=C")
        settings = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        log = str(self.folder / "log")
        self._start("pg_ctl", "-D", data, "-o", settings, "-l", log, "-w", "start")

    def _start(self, name, *arguments):
        command = [self.programs[name], *arguments]
        subprocess.run(
            command, check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=120, **self.user
        )

    def psql(self, script):
        """What a script prints, without names of columns."""
        command = [self.programs["psql"], "-h", str(self.folder), "-U", "me", "-d", "postgres"]
        options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        done = subprocess.run(
            [*command, *options], input=script, capture_output=True, text=True, timeout=120
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return done.stdout

    def close(self):
        self._start("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder)


class Postgres:
    """An empty schema of a server."""

    def __init__(self, server):
        self.server = server
        server.psql("DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;")

    def load(self, table, columns, types):
        rows = "\n".join(",".join(map(_write, row)) for row in zip(*columns.values(), strict=True))
        end = "\\."
        copy = f"COPY {quote(table)} FROM STDIN WITH (FORMAT csv, NULL '\\N');\n{rows}\n{end}\n"
        self.server.psql(f"{describe(table, columns, types)};\n{copy}")

    def ask(self, query):
        """Rows as JSON has them, in which all digits of a number are kept."""
        lines = self.server.psql(f"SELECT row_to_json(found) FROM (\n{query}\n) AS found;")
        pairs = [json.loads(line, object_pairs_hook=list) for line in lines.splitlines()]
        return [[value for _, value in row] for row in pairs]

    def run(self, statement):
        self.server.psql(statement + ";")

    def close(self):
        pass


def _write(value):
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, float) and math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)


def has_nan(engine):
    """Whether a database tells NaN from NULL."""
    return not (isinstance(engine, Python) and isinstance(engine.connection, sqlite3.Connection))


@pytest.fixture(scope="session")
def postgres_server():
    """A server for all tests, or None where PostgreSQL isn't installed."""
    try:
        server = Server()
    except FileNotFoundError:
        yield None
        return
    yield server
    server.close()


@pytest.fixture(params=NAMES)
def engine(request):
    """An empty database of each kind."""
    made = open_engine(request.param, request)
    yield made
    made.close()


def open_engine(name, request):
    """An empty database; the test is skipped where there is none of this kind."""
    if name == "sqlite":
        return Python(sqlite3.connect(":memory:"))
    if name == "duckdb":
        if find_spec("duckdb") is None:
            pytest.skip("needs duckdb: pip install duckdb")
        import duckdb

        return Python(duckdb.connect(config={"threads": 1}))
    server = request.getfixturevalue("postgres_server")
    if server is None:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    return Postgres(server)
