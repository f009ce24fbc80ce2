from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIELDS = {"id", "category", "fault", "urgency", "is_fault", "vulnerable", "collective", "language", "reasons", "alert"}


def triage(lines: bytes) -> subprocess.CompletedProcess[bytes]:
    bare = {"PATH": os.environ["PATH"]}  # no settings, no database
    command = [sys.executable, "-m", "flask", "--app", "app", "triage"]
    return subprocess.run(command, input=lines, env=bare, cwd=ROOT, capture_output=True, check=False)


def test_messages_in_verdicts_out_without_settings() -> None:
    messages = [
        {"id": "a", "channel": "whatsapp", "text": "er komt rook uit de meterkast", "temp_c": None},
        {"id": "b", "channel": "email", "text": "Kan ik mijn huur later betalen?", "temp_c": 4},
        {"id": "c", "channel": "x", "text": "Sıcak su yok, bebeğimiz var", "temp_c": 2},
    ]
    done = triage("\n".join(json.dumps(each) for each in messages).encode())
    assert done.returncode == 0, done.stderr
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["id"] for each in verdicts] == ["a", "b", "c"]
    assert all(set(each) == FIELDS for each in verdicts)
    assert [each["urgency"] for each in verdicts] == ["noodgeval", "geen", "spoed"]
    assert verdicts[2]["language"] == "tr"
    assert verdicts[0]["reasons"]


def test_a_bad_line_is_named_and_the_others_are_judged() -> None:
    lines = [b'{"id": 1, "text": "gaslucht"}', b"not json", b"[1]", b'{"id": 2, "text": "hoi", "temp_c": "koud"}', b"\xff\xfe",
             b'{"text": "a", "temp_c": -1e999}']
    done = triage(b"\n".join(lines))
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 1
    assert [line.split(b":")[0] for line in done.stderr.splitlines()] == [b"line 2", b"line 3", b"line 4", b"line 5", b"line 6"]


def test_half_a_character_comes_back_as_it_came() -> None:
    done = triage(b'{"id": "\\ud800", "text": "gaslucht \\udfff", "temp_c": 3}\n')
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["id"] == "\ud800"
