"""`flask --app app triage < messages.jsonl > verdicts.jsonl`: what messages mean, offline, without database or settings."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

import click

from webcare_pwa import meaning
from webcare_pwa.rules.meaning.verdict import Told, tell

COLDEST, HOTTEST = -90, 60  # degrees Celsius that were ever measured outside, about


@click.group("triage", invoke_without_command=True)
@click.pass_context
def triage(context: click.Context) -> None:
    """Judge messages: one JSON object a line in (id, channel, text, temp_c), one out. Form: docs/triage.md."""
    if context.invoked_subcommand is None:
        _judge_lines()


def _judge_lines() -> None:
    understood = meaning.load()
    bad = 0
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            message = _message(line)
        except ValueError as error:
            bad += 1
            click.echo(f"line {number}: {error}", err=True)
            continue
        told = tell(message["text"], message.get("temp_c"), understood)
        answer = json.dumps(_answer(message, told), ensure_ascii=False) + "\n"
        sys.stdout.buffer.write(answer.encode("utf-8", "backslashreplace"))  # half a surrogate pair stays valid JSON
    sys.stdout.buffer.flush()
    if bad:
        raise SystemExit(2)


def _message(line: bytes) -> Mapping[str, Any]:
    """One message. Raises ValueError with what is wrong with it."""
    try:
        message = json.loads(line.decode("utf-8", "replace"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(message, dict) or not isinstance(message.get("text"), str):
        raise ValueError('expected an object with a "text"')
    temperature = message.get("temp_c")
    if temperature is not None and (isinstance(temperature, bool) or not isinstance(temperature, int | float)
                                    or not COLDEST <= temperature <= HOTTEST):
        raise ValueError(f'"temp_c" must be null or a number from {COLDEST} to {HOTTEST}')
    return message


def _answer(message: Mapping[str, Any], told: Told) -> dict[str, Any]:
    return {
        "id": message.get("id"), "category": told.category, "fault": told.fault, "urgency": told.urgency,
        "is_fault": told.is_fault, "vulnerable": told.vulnerable, "collective": told.collective,
        "language": told.language, "reasons": list(told.reasons), "alert": round(told.alert, 3),
    }


@triage.command("version")
def version() -> None:
    """Print the version of the learned part and its thresholds."""
    model = meaning.load().model
    click.echo(json.dumps({"version": model.version, "thresholds": dict(model.thresholds), "features": len(model.weights)}))
