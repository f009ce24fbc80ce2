"""Dutch words for stored codes: the only Python file with Dutch words for the screens.

`WORDS[kind][code]`; a house test holds every stored code against it.
"""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "urgency": {
        "noodgeval": "Noodgeval",
        "spoed": "Spoed",
        "werkdag": "Volgende werkdag",
        "geen": "Geen actie",
    },
    "channel": {"web": "webformulier", "phone": "telefoon", "api": "koppeling"},
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
    "round": {
        "opened": "Nieuwe melding",
        "raised": "Urgentie verhoogd",
        "reopened": "Heropend",
        "addition": "Aanvulling van de huurder",
        "closing_time": "Kantoor gaat dicht",
    },
    "outcome": {
        "solved": "Opgelost",
        "made_safe": "Veilig gemaakt, vervolg nodig",
        "not_ours": "Niet van ons",
        "referred": "Doorverwezen",
        "own_cost": "Voor eigen rekening afgesproken",
        "next_day": "Volgende werkdag",
    },
    "delivery": {
        "accepted": "verstuurd",
        "gone": "toestel bestaat niet meer",
        "refused": "geweigerd",
        "superseded": "niet meer nodig",
        "failed": "mislukt",
    },
    "mail": {
        "accepted": "verstuurd",
        "refused": "geweigerd",
        "failed": "mislukt",
        "unknown": "onbekend of het is aangekomen",
    },
}


def word(code: str, kind: str) -> str:
    """The Dutch word for a stored code. Raises KeyError for an unknown one: a code without a word is a defect."""
    return WORDS[kind][code]
