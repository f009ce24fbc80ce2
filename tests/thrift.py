"""What thousands of tests need not work out anew: SQL that was compiled, templates that were compiled, hashes at full price.

A test builds its own engine and its own app, so their caches would die with it; in a running process they are kept as well.
Nothing here changes what is executed: the same text of SQL, the same code of a template, the same way of hashing.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from webcare_pwa import db, passwords

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
REAL = passwords._HASHER  # what the product hashes with
DIALECTS = (SQLiteDialect_pysqlite, PGDialect_psycopg)
OBJECTS = 50_000  # made before the collector looks: there is room, and most of what a test makes is gone by itself


class Templates(BytecodeCache):
    """Compiled templates by name and content."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.code


@contextmanager
def thrifty() -> Iterator[None]:
    """While it lasts, all engines share compiled SQL and all apps compiled templates, and passwords are cheap."""
    passwords._nobody.cache_clear()
    gc.freeze()  # what is imported stays
    gc.set_threshold(OBJECTS, 20, 50)
    with (_alike(*DIALECTS), patch.object(db, "create_engine", _sharing(LRUCache(2000))),
          patch.object(Flask, "jinja_options", {"bytecode_cache": Templates()}), patch.object(passwords, "_HASHER", CHEAP)):
        yield


def _sharing(compiled: LRUCache[Any, Any]) -> Callable[..., Engine]:
    def create(url: str, **options: Any) -> Engine:
        engine = create_engine(url, **options)
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    return create


@contextmanager
def _alike(*dialects: type) -> Iterator[None]:
    """The dialect is part of the key of compiled SQL: two of one kind are as one, as all are made alike in `db`."""
    for each in dialects:
        setattr(each, "__eq__", _is_of_one_kind)  # noqa: B010
        setattr(each, "__hash__", _kind)  # noqa: B010
    try:
        yield
    finally:
        for each in dialects:
            delattr(each, "__eq__")
            delattr(each, "__hash__")


def _is_of_one_kind(one: object, other: object) -> bool:
    return type(one) is type(other)


def _kind(one: object) -> int:
    return hash(type(one))
