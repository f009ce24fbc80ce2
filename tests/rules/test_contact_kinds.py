"""What may be typed for each contact kind, how it is shown."""

from __future__ import annotations

import pytest

from webcare_pwa.labels import WORDS
from webcare_pwa.rules.contact_kinds import KINDS, check, masked

TEAMS = "https://prod-1.westeurope.logic.azure.com/workflows/0123abcd/triggers/manual/paths/invoke?api-version=1&sig=Ab-1"


@pytest.mark.parametrize(("kind", "typed", "address", "values"), [
    ("sms", {"number": "06 12345601"}, "+31612345601", {"number": "+31612345601"}),
    ("voice", {"number": "+49 30 901820"}, "+4930901820", {"number": "+4930901820"}),
    ("ntfy", {"topic": "dienst-x8k2"}, "dienst-x8k2", {"topic": "dienst-x8k2", "server": "https://ntfy.sh"}),
    ("ntfy", {"topic": "dienst-x8k2", "server": "https://Ntfy.Corporatie.example:8443/"}, "dienst-x8k2",
     {"topic": "dienst-x8k2", "server": "https://ntfy.corporatie.example:8443"}),
    ("pushover", {"user_key": "u" * 30}, "u" * 30, {"user_key": "u" * 30}),
    ("telegram", {"chat_id": "-1001234567"}, "-1001234567", {"chat_id": "-1001234567"}),
    ("mail", {"email": "Samira@Corporatie.example"}, "Samira@corporatie.example", None),
    ("teams", {"webhook": TEAMS}, TEAMS, {"webhook": TEAMS}),
])  # fmt: skip
def test_what_can_be_used(kind: str, typed: dict[str, str], address: str, values: dict[str, str] | None) -> None:
    found = check(kind, typed)
    assert found.wrong == frozenset()
    assert found.address.lower() == address.lower() and (values is None or found.values == values)


@pytest.mark.parametrize(("kind", "field", "text"), [
    ("sms", "number", "112"), ("sms", "number", "bel mij"), ("sms", "number", ""), ("voice", "number", "+999123"),
    ("ntfy", "topic", "kort"), ("ntfy", "topic", "met/schuine/streep"), ("ntfy", "topic", "a" * 65),
    ("pushover", "user_key", "x" * 29), ("pushover", "user_key", "x" * 29 + "/"),
    ("telegram", "chat_id", "@samira"), ("telegram", "chat_id", "12"), ("mail", "email", "samira"),
    ("teams", "webhook", "https://evil.example/workflows/1/triggers/manual/paths/invoke?sig=1"),
    ("teams", "webhook", "https://logic.azure.com.evil.example/workflows/1/triggers/manual/paths/invoke?sig=1"),
    ("teams", "webhook", "http://prod.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sig=1"),
    ("teams", "webhook", "https://prod.logic.azure.com/workflows/1/triggers/manual/paths/invoke"),
    ("teams", "webhook", "https://me@prod.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sig=1"),
])  # fmt: skip
def test_what_cannot(kind: str, field: str, text: str) -> None:
    assert check(kind, {field: text}).wrong == {field}


@pytest.mark.parametrize("server", [
    "http://ntfy.example.org", "https://localhost", "https://10.0.0.1", "https://[::1]", "https://2130706433",
    "https://user:pass@ntfy.example.org", "https://ntfy.example.org/path", "https://ntfy.example.org?x=1",
    "https://ntfy.example.org:0", "https://ntfy.example.org:99999", "ntfy.example.org", "https://ntfy.example.org#x",
    "https://evil\\.example.org", "file:///etc/passwd",
])  # fmt: skip
def test_a_server_is_an_https_origin_by_name(server: str) -> None:
    assert check("ntfy", {"topic": "dienst-x8k2", "server": server}).wrong == {"server"}


@pytest.mark.parametrize(("kind", "address", "shown"), [
    ("sms", "+31612345601", "06 12345601"), ("mail", "a@b.example", "a@b.example"), ("ntfy", "dienst-x8k2", "…x8k2"),
    ("pushover", "u" * 26 + "abcd", "…abcd"), ("teams", TEAMS, "prod-1.westeurope.logic.azure.com"),
])  # fmt: skip
def test_its_owner_recognises_it_and_nobody_else_can_use_it(kind: str, address: str, shown: str) -> None:
    assert masked(kind, address) == shown


def test_every_kind_and_field_has_its_words() -> None:
    assert KINDS.keys() == WORDS["contact_kind"].keys()
    fields = {field for kind in KINDS.values() for field in kind.fields}
    assert fields == WORDS["contact_field"].keys() == WORDS["contact_hint"].keys() == WORDS["contact_wrong"].keys()
