"""People on duty: roles, lines, whom a step calls, and what is wrong with a gap."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "role": {
        "duty": "Dienst",
        "caretaker": "Huismeester",
        "coordinator": "Coördinator",
        "operator": "Telefonist",
        "customer_service": "Klantenservice",
        "editor": "Redactie",
        "administrator": "Beheerder",
    },
    "line": {"first_line": "Eerste lijn", "backup": "Achterwacht", "day_line": "Daglijn"},
    "who": {
        "first_line": "Eerste lijn",
        "backup": "Achterwacht",
        "day_line": "Daglijn",
        "coordinator": "Coördinator",
        "pool": "Iedereen van de dienst",
    },
    "gap": {
        "nobody": "niemand ingepland",
        "not_allowed": "wie is ingepland, mag geen dienst doen",
        "on_leave": "wie is ingepland, heeft verlof",
        "no_device": "geen toestel dat wekt en geen bewezen contact",
    },
    "hole": {"nobody": "niemand", "not_allowed": "mag geen dienst doen", "on_leave": "verlof"},
    "feed": {"own": "Mijn diensten", "desk": "Rooster {desk}"},
    "gap_notice": {
        "one": "Gat in het rooster, eerste lijn, vanaf {when}: {reason}.",
        "many": "{number} gaten in het rooster, eerste lijn, het eerste vanaf {when}: {reason}.",
        "open_end": "Het rooster loopt tot {when}, daarna is er niemand ingepland.",
    },
}
