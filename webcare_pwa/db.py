"""Engine, transactions and column types.

SQLite runs in WAL with synchronous=FULL (an accepted report survives a power cut) and every write takes the write lock
at once (BEGIN IMMEDIATE): a read that turns into a write would fail under load instead of waiting. The driver's own
transaction handling is switched off, as it hides BEGIN and breaks savepoints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, create_engine, event, text
from sqlalchemy.orm import DeclarativeBase, Session

from webcare_pwa.turn import Turn

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


# a PostgreSQL that is cut off answers nothing at all: without these a thread would wait for it for many minutes
PATIENCE = {"connect_timeout": 10, "tcp_user_timeout": 20_000, "keepalives_idle": 20, "keepalives_interval": 5}


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMES)


class Utc(TypeDecorator[datetime]):
    """A moment. Python sees aware UTC; a naive value is refused, as it would be a guess."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database; raises ValueError for a naive value."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database: aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Database:
    """One engine with two kinds of transaction: `read()` and `write()`."""

    def __init__(self, url: str, *, durable: bool = True, pool_size: int = 16) -> None:
        self.engine = _engine(url, durable=durable, pool_size=pool_size)
        self._writer = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        self.on_commit: Callable[[], None] = _nobody
        self.notify = ""  # PostgreSQL channel that is told of every commit
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        file = self.engine.url.database if self.is_sqlite else None
        self._turn = Turn(f"{file}-turn").taken if file and file != ":memory:" else nullcontext

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view; whatever is changed in it is thrown away."""
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self, *, queued: bool = True) -> Iterator[Session]:
        """All or nothing: commits at the end (then wakes the worker), rolls back on any exception. Not `queued`: does not wait
        behind a frozen process, but gets SQLite's own refusal after its time limit."""
        turn = self._turn() if queued else nullcontext()
        with turn, Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session
            if self.notify:
                session.execute(text(f"NOTIFY {self.notify}"))
        self.on_commit()

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def _nobody() -> None:
    """The wake-up of a process that has nobody to wake (commands, tests)."""


def _engine(url: str, *, durable: bool, pool_size: int) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=pool_size, pool_pre_ping=True, connect_args=PATIENCE, hide_parameters=True)
    patient = {"timeout": 10, "check_same_thread": False}
    engine = create_engine(url, pool_size=pool_size, connect_args=patient, hide_parameters=True)  # errors are logged

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", f"synchronous={'FULL' if durable else 'OFF'}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('sqlite_begin', 'DEFERRED')}")

    return engine
