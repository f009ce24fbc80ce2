"""Checker against twin, for as many random people as one likes: `python -m tests.rules.law.twin_compare 500 --from 1`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import datetime
from itertools import product

from tests.rules.law import twin
from tests.rules.law.twin_diary import minute
from tests.rules.law.twin_long import LongPerson, YearPerson
from tests.rules.law.twin_people import RandomPerson
from webcare_pwa.rules.law.answer import answer
from webcare_pwa.rules.law.check import check
from webcare_pwa.rules.law.person import Person, Span
from webcare_pwa.rules.law.settings import LawSettings

KINDS: dict[str, type[RandomPerson]] = {"days": RandomPerson, "weeks": LongPerson, "year": YearPerson}


def checked(person: Person, settings: LawSettings, period: Span) -> list[twin.Episode]:
    """What the checker says, in the twin's words."""
    return sorted(
        twin.Episode(
            each.rule, minute(each.first_at), minute(each.last_at), minute(each.starts_at), minute(each.ends_at),
            each.measured, each.allowed, each.severity,
        )
        for each in check(person, settings, period) if each.rule not in twin.NOT_JUDGED
    )  # fmt: skip


def differences(kind: str, seed: int) -> tuple[list[str], Counter[str]]:
    """What the two do not agree on for one random person, and how often each rule was broken."""
    maker = KINDS[kind](seed)
    person, period = maker.made(), maker.period()
    ours, theirs = twin.judge(person, maker.norms, period), checked(person, maker.norms, period)
    told = [f"{kind} {seed}: only the twin: {each}" for each in ours if each not in theirs]
    told += [f"{kind} {seed}: only the checker: {each}" for each in theirs if each not in ours]
    counted = [tuple(each.values()) for each in listed(person, maker.norms)]
    if counted != twin.call_outs(person, maker.norms):
        told.append(f"{kind} {seed}: call-outs: {counted}")
    return told, Counter(each.rule for each in theirs)


def listed(person: Person, settings: LawSettings) -> list[dict[str, int]]:
    """R7 by the checker: start, end, calls and counted minutes of each piece of work."""
    rows = answer([person], settings, None)["call_outs"]
    return [
        {
            "starts": minute(datetime.fromisoformat(each["starts"])), "ends": minute(datetime.fromisoformat(each["ends"])),
            "calls": each["calls"], "minutes": each["counted_minutes"],
        }
        for each in rows
    ]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("people", type=int, help="of each kind")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--from", dest="first", type=int, default=1)
    options = parser.parse_args()
    broken: Counter[str] = Counter()
    faults = 0
    for kind, seed in product(options.kinds, range(options.first, options.first + options.people)):
        told, rules = differences(kind, seed)
        broken += rules
        faults += bool(told)
        sys.stdout.writelines(f"{each}\n" for each in told)
    episodes = ", ".join(f"{rule} {number}" for rule, number in sorted(broken.items()))
    sys.stdout.write(f"{options.people} people of each kind, {faults} with a difference; episodes: {episodes}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
