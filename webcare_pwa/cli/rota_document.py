"""Reading a rota document from a file, for the commands of `flask --app app rota`. Whatever is wrong with it ends the command
with one line per fault and status 2."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from webcare_pwa.rules.fields import Faults

T = TypeVar("T")
file_argument = click.argument("path", metavar="FILE", type=click.Path(path_type=Path))


class BadInput(click.ClickException):
    """What was given is not usable. Status 2, as click gives for wrong options."""

    exit_code = 2


def read_json(path: Path) -> Any:
    """The JSON of a file, `-` is standard input. Raises `BadInput`."""
    try:
        return json.loads(sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path}: not JSON: {error}") from error


def read_document(path: Path, parse: Callable[[Any], T]) -> T:
    """The parsed document of a file. Raises `BadInput` with every fault."""
    document = read_json(path)
    try:
        return parse(document)
    except Faults as faults:
        raise BadInput("\n".join(f"{path}: {line}" for line in faults.lines)) from faults
