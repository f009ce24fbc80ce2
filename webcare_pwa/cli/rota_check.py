"""`rota check`: people in a file held against the working-time law, without settings, database or clock."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from webcare_pwa.cli.rota_document import BadInput, file_argument, read_document
from webcare_pwa.rules import field_values as values
from webcare_pwa.rules.law.answer import answer
from webcare_pwa.rules.law.breach import ERROR
from webcare_pwa.rules.law.document import LawDocument, parse
from webcare_pwa.rules.law.person import Span


@click.command("check")
@file_argument
@click.option("--from", "start", help="Look at windows from here on. Default: what the file says, else all that is given.")
@click.option("--to", "end", help="Look at windows up to here.")
def check(path: Path, start: str | None, end: str | None) -> None:
    """Check people, or the shifts of a rota, against the working-time law (ATW, consignatie) and print the breaches as JSON.
    FILE `-` is standard input.
    Status 0: no errors; 1: errors; 2: the file is not usable, with the path of each wrong field."""
    document = read_document(path, parse)
    period = _period(document, _moment("--from", start), _moment("--to", end))
    people = document.expanded(period) if period else [person for person, _ in document.people]
    found = answer(people, document.settings, period)
    click.echo(_text(found))
    if found["numbers"][ERROR]:
        raise click.exceptions.Exit(1)


def _period(document: LawDocument, start: datetime | None, end: datetime | None) -> Span | None:
    whole = document.whole()
    start = start or (whole.starts_at if whole else None)
    end = end or (whole.ends_at if whole else None)
    if start is None or end is None:
        if document.needs_period:
            raise BadInput("working_hours and a rota need a period: give --from and --to, or `period` in the file.")
        return None
    if end <= start:
        raise BadInput("--to must be later than --from.")
    return Span(start, end)


def _moment(option: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return values.whole(values.moment(text))
    except ValueError as wrong:
        raise BadInput(f"{option}: {wrong}") from wrong


def _text(found: dict[str, Any]) -> str:
    """JSON with one breach a line."""
    lists = {name: rows for name, rows in found.items() if isinstance(rows, list)}
    parts = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in found.items() if name not in lists]
    for name, rows in lists.items():
        told = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in rows)
        parts.append(f"{json.dumps(name)}: [\n  {told}\n ]" if rows else f"{json.dumps(name)}: []")
    return "{\n " + ",\n ".join(parts) + "\n}"
