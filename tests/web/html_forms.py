"""Fills in and sends the forms of a page as a browser without script does: only what stands in the HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class HtmlForm:
    """A form as it came: where it goes and what is filled in already."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def send(self, client: FlaskClient, told: Mapping[str, object] | None = None) -> TestResponse:
        """Send it; a name that the form does not have is a mistake of the test."""
        told = told or {}
        assert told.keys() <= self.names, f"the form has no {sorted(told.keys() - self.names)}"
        answer = client.open(self.action, method=self.method, data={**self.values, **told})
        answer.request.environ["wsgi.input"].close()  # a large upload lies in a temporary file of the test client
        return answer


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[HtmlForm] = []
        self.scripts = 0
        self.current: HtmlForm | None = None
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.scripts += tag == "script"
        if tag == "form":
            self.current = HtmlForm(given.get("action", ""), given.get("method", "get").upper())
            self.forms.append(self.current)
        elif self.current is not None and given.get("name"):
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        assert self.current is not None
        name, kind = given["name"], given.get("type", "")
        self.current.names.add(name)
        self.current.choices.setdefault(name, []).append(given.get("value", ""))
        if tag == "textarea":
            self.area = name
            self.current.values[name] = ""
        elif kind in ("radio", "checkbox"):
            if "checked" in given:
                self.current.values[name] = given.get("value", "on")
        elif tag == "input" and kind != "file":
            self.current.values[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.area and self.current is not None:
            self.current.values[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "form":
            self.current = None


def forms(html: str) -> list[HtmlForm]:
    """All forms of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def form(html: str, *, having: str) -> HtmlForm:
    """The one form that has a field with this name."""
    found = [each for each in forms(html) if having in each.names]
    assert len(found) == 1, f"{len(found)} forms have {having}"
    return found[0]


def scripts(html: str) -> int:
    """How many script elements the page has."""
    reader = _Reader()
    reader.feed(html)
    return reader.scripts
