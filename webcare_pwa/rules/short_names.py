"""First names where they are clear, full names where two people share one. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping


def short_names(names: Mapping[int, str]) -> dict[int, str]:
    """By person id, from full names."""
    firsts = {person: name.split(" ")[0] for person, name in names.items()}
    times = Counter(firsts.values())
    return {person: first if times[first] == 1 else names[person] for person, first in firsts.items()}
