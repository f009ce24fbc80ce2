"""What somebody new must have done before he has duty, and what of it is done. Pure.

Nearly everything follows from what happened: a page that was shown, a message that was answered. Only what no row can know
(what he set on his own phone, a number he wrote down) is his word, kept with what it was about: another phone or another
number asks again.
"""

from __future__ import annotations

from dataclasses import dataclass

INSTALLED, NOTIFICATIONS, WAKING, ARRIVED, SOUND = "installed", "notifications", "waking", "arrived", "sound"
SECOND, NUMBER, REHEARSAL, BEDSIDE = "second_contact", "number", "rehearsal", "bedside"
ITEMS = (INSTALLED, NOTIFICATIONS, WAKING, ARRIVED, SOUND, SECOND, NUMBER, REHEARSAL, BEDSIDE)  # in the order to do them

ASKED = frozenset({INSTALLED, SOUND, NUMBER})  # his word
OF_PHONE = frozenset({INSTALLED, SOUND})  # about one phone
BY_ITSELF = frozenset({REHEARSAL})  # comes before his first shift; nothing to do now
OPTIONAL = frozenset({BEDSIDE})
PROOFS = frozenset({NOTIFICATIONS, WAKING, ARRIVED, SECOND})  # without one of these he is unproven: planning warns


@dataclass(frozen=True)
class Phone:
    """A live device of his. `shown`: a page was shown on it since it was registered."""

    id: int
    platform: str
    waking: bool
    shown: bool


@dataclass(frozen=True)
class Facts:
    """What the rows say of one person. `numbers`: the 24-hour numbers of his organisations, in one text; `given`: (item, what
    it was about) of his own words."""

    phones: tuple[Phone, ...] = ()
    proven_contact: bool = False
    rehearsed: bool = False
    bedside: bool = False
    numbers: str = ""
    given: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Item:
    """One line of the list."""

    code: str
    done: bool

    @property
    def is_open(self) -> bool:
        """Must he still do something for it?"""
        return not self.done and self.code not in OPTIONAL | BY_ITSELF


def items(facts: Facts) -> tuple[Item, ...]:
    """The whole list, in order."""
    waking = [phone for phone in facts.phones if phone.waking]
    done = {  # an iPhone takes no page before the app stands on its home screen (docs/phone-trial.md)
        INSTALLED: any(phone.platform == "ios" or (INSTALLED, about(phone.id)) in facts.given for phone in waking),
        NOTIFICATIONS: bool(facts.phones),
        WAKING: bool(waking),
        ARRIVED: any(phone.shown for phone in waking),
        SOUND: any((SOUND, about(phone.id)) in facts.given for phone in waking),
        SECOND: facts.proven_contact,
        NUMBER: (NUMBER, facts.numbers) in facts.given,
        REHEARSAL: facts.rehearsed,
        BEDSIDE: facts.bedside,
    }
    return tuple(Item(code, done[code]) for code in ITEMS)


def about(device_id: int) -> str:
    """What a word about a phone is kept with."""
    return f"device-{device_id}"


def missing(found: tuple[Item, ...]) -> list[str]:
    """Codes of what he must still do."""
    return [item.code for item in found if item.is_open]


def unproven(found: tuple[Item, ...]) -> list[str]:
    """Codes of the proofs that lack: nobody knows whether a page reaches him."""
    return [item.code for item in found if not item.done and item.code in PROOFS]
