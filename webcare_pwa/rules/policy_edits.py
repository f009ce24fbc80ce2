"""Moving, adding and removing steps of an escalation, as the buttons of its screen mean it. Pure; says nothing of safety."""

from __future__ import annotations

from dataclasses import replace

from webcare_pwa.rules.escalation import Step


def earlier(policy: tuple[Step, ...], place: int) -> tuple[Step, ...]:
    """Who is called at this step changes places with who is called before; the moments stay where they are."""
    if not 0 < place < len(policy) - 1:  # the last step, everybody, stays the last
        return policy
    steps = list(policy)
    steps[place - 1] = replace(policy[place - 1], who=policy[place].who)
    steps[place] = replace(policy[place], who=policy[place - 1].who)
    return tuple(steps)


def without(policy: tuple[Step, ...], place: int) -> tuple[Step, ...]:
    """One step less. When the first goes, the next is called at once: a round begins with a call."""
    left = policy[:place] + policy[place + 1 :]
    return (replace(left[0], after_seconds=0), *left[1:]) if place == 0 and left else left


def with_step(policy: tuple[Step, ...], step: Step) -> tuple[Step, ...]:
    """One step more, after those that come before it or at the same moment, and before the last."""
    last = len(policy) - 1
    place = next((place for place, each in enumerate(policy) if each.after_seconds > step.after_seconds), last)
    place = min(place, last) if policy else 0
    return (*policy[:place], step, *policy[place:])
