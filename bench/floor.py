"""The floor: the least a Flask app can do. One insert per request, a sender thread in the same process, one push each.

`FLOOR_DB` is a SQLite file or a PostgreSQL address, `FLOOR_SINK` the host:port to push to ("" : only insert).
"""

from __future__ import annotations

import contextlib
import http.client
import os
import queue
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask, Response, jsonify, request

from bench import lab

_here = threading.local()
_work: queue.SimpleQueue[tuple[int, str]] = queue.SimpleQueue()


def create_app() -> Flask:
    """The app, for gunicorn."""
    app = Flask(__name__)
    sink = os.environ["FLOOR_SINK"]
    if sink:
        threading.Thread(target=_send, args=(sink,), daemon=True).start()

    @app.post("/reports")
    def create() -> Response:
        told = request.get_json()
        number = _run("insert into reports (body, sent) values (?, 0) returning id", (str(told["text"]),))
        if sink:
            _work.put((number, str(told["external_id"])))
        answer = jsonify(number=number)
        answer.status_code = 202
        return answer

    return app


def _send(sink: str) -> None:
    connection = http.client.HTTPConnection(sink, timeout=10)
    while True:
        number, key = _work.get()
        connection.request("POST", f"/{key}", body=b"x" * 300, headers={"TTL": "60"})
        connection.getresponse().read()
        _run("update reports set sent = 1 where id = ? returning id", (number,))


def _run(statement: str, values: tuple[Any, ...]) -> int:
    """One statement in one transaction; every statement here returns an id."""
    address = os.environ["FLOOR_DB"]
    if address.startswith("postgresql"):
        found = _postgres(address).execute(statement.replace("?", "%s"), values).fetchall()
    else:
        found = _sqlite(address).execute(statement, values).fetchall()
    return int(found[0][0]) if found else 0


def _postgres(address: str) -> psycopg.Connection:
    if not hasattr(_here, "connection"):
        _here.connection = psycopg.connect(address, autocommit=True)
    connection: psycopg.Connection = _here.connection
    return connection


def _sqlite(path: str) -> sqlite3.Connection:
    if not hasattr(_here, "connection"):
        _here.connection = sqlite3.connect(path, timeout=10, isolation_level=None)
        _here.connection.execute("pragma synchronous=FULL")
    connection: sqlite3.Connection = _here.connection
    return connection


@contextlib.contextmanager
def running(url: str, folder: Path, sink: str, *, processes: int) -> Iterator[int]:
    """The floor on a database address as SQLAlchemy writes it; gives its port."""
    port = lab.free_port()
    address = url.replace("+psycopg", "").removeprefix("sqlite:///")
    _create_table(address)
    server = lab.spawn(
        ["-m", "gunicorn", "bench.floor:create_app()", "-b", f"127.0.0.1:{port}", "-w", str(processes), "-k", "gthread",
         "--threads", "8", "--worker-tmp-dir", "/dev/shm", "--log-level", "warning"],  # noqa: S108  memory, not disk
        folder / "floor.log", {**os.environ, "FLOOR_DB": address, "FLOOR_SINK": sink},
    )
    try:
        if not lab.until(lambda: lab.is_listening(port), 20):
            raise RuntimeError("the floor did not start")
        yield port
    finally:
        lab.end(server)


def _create_table(address: str) -> None:
    if address.startswith("postgresql"):
        with psycopg.connect(address) as connection:
            connection.execute("create table reports (id serial primary key, body text, sent int)")
        return
    with contextlib.closing(sqlite3.connect(address)) as file:
        file.execute("pragma journal_mode=WAL")
        file.execute("create table reports (id integer primary key, body text, sent int)")
