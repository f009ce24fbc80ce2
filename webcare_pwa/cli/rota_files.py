"""`rota who` and `rota shifts`: a rota document asked who has which line, without settings, database or clock."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from webcare_pwa.cli.rota_document import BadInput, file_argument, read_document
from webcare_pwa.rules import field_values as values
from webcare_pwa.rules.rota import Shift, on_call_at, shifts_between
from webcare_pwa.rules.rota_file import parse
from webcare_pwa.rules.rota_file_values import RotaFile


class Moment(click.ParamType[datetime]):
    """A date and time; without offset it is Dutch wall time."""

    name = "moment"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """To UTC."""
        if isinstance(value, datetime):
            return value
        try:
            return values.moment(value)
        except ValueError as wrong:
            self.fail(str(wrong), param, ctx)


@click.command("who")
@file_argument
@click.option("--at", "moments", type=Moment(), multiple=True, help="May be given more than once. Default: standard input.")
def who(path: Path, moments: tuple[datetime, ...]) -> None:
    """Who has each line at the moments asked, one JSON object per moment. Moments come from --at, or one per line from standard
    input; without offset they are Dutch wall time."""
    rota = read_document(path, parse)
    for at in moments or _typed():
        on = {line: rota.person(on_call_at(rota.plan, line, at)) for line in rota.plan.lines}
        click.echo(json.dumps({"at": _utc(at), **on}, ensure_ascii=False))


@click.command("shifts")
@file_argument
@click.option("--from", "start", type=Moment(), required=True, help="From this moment on.")
@click.option("--to", "end", type=Moment(), required=True, help="Up to this moment.")
@click.option("--line", "lines", multiple=True, help="Only this line; may be given more than once.")
@click.option("--person", "people", multiple=True, help="Only shifts of this person; may be given more than once.")
def shifts(path: Path, start: datetime, end: datetime, lines: tuple[str, ...], people: tuple[str, ...]) -> None:
    """The shifts and holes of a stretch of time, as a JSON array, line by line in order of time, cut off at both ends."""
    rota = read_document(path, parse)
    _known(lines, list(rota.plan.lines), "--line")
    _known(people, [each.id for each in rota.people], "--person")
    if end <= start:
        raise BadInput("--to must be later than --from.")
    found = [
        json.dumps(_told(rota, shift), ensure_ascii=False)
        for line in rota.plan.lines
        if not lines or line in lines
        for shift in shifts_between(rota.plan, line, start, end)
        if not people or rota.person(shift.person_id) in people
    ]
    click.echo("[\n" + ",\n".join(found) + "\n]" if found else "[]")


def _told(rota: RotaFile, shift: Shift) -> dict[str, object]:
    return {
        "line": shift.line,
        "person": rota.person(shift.person_id),
        "planned": rota.person(shift.planned_id),
        "source": shift.source,
        "starts": _utc(shift.starts_at),
        "ends": _utc(shift.ends_at),
        "minutes": int((shift.ends_at - shift.starts_at).total_seconds()) // 60,
        "rotation": rota.rotation(shift.rotation),
        "turn": shift.turn,
        "override": rota.override(shift.override),
    }


def _typed() -> Iterator[datetime]:
    for number, line in enumerate(sys.stdin, 1):
        if text := line.strip():
            try:
                yield values.moment(text)
            except ValueError as wrong:
                raise BadInput(f"standard input, line {number}: {wrong}") from wrong


def _known(given: tuple[str, ...], known: list[str], option: str) -> None:
    for each in given:
        if each not in known:
            raise BadInput(f"{option}: {each!r} is not in the document.")


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
