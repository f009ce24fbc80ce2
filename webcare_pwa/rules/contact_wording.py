"""What a message by a contact method says. It travels over networks of others: urgency and category group at most, never a
place (design, promise 12). Pure."""

from __future__ import annotations

from dataclasses import dataclass

from webcare_pwa.labels import WORDS
from webcare_pwa.rules.wording import page_title, public


@dataclass(frozen=True)
class ContactText:
    """Title and body of a written message; `spoken` is what a voice says."""

    title: str
    body: str
    spoken: str


def contact_text(*, kind: str, urgency: str, group_label: str, sensitive: bool, note: str, code: str) -> ContactText:
    """The text of one message. `kind` as in alerts; `note` is the sentence of an alarm; `code` the four digits of proof."""
    words = WORDS["contact_message"]
    title = words["test_title"] if kind == "test" else page_title(kind, urgency, group_label, sensitive)
    sentence = public(note) if kind == "alarm" and note else words.get(kind, words["step"])
    said = words["test_spoken"] if kind == "test" else f"{words['spoken']} {title}."
    return ContactText(title, f"{sentence} {words['answer'].format(code=code)}", said)
