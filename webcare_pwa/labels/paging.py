"""Pages to phones: what they are called, what came of them, and the few words on a lock screen."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "called": {
        "first_line": "eerste lijn",
        "backup": "achterwacht",
        "day_line": "daglijn",
        "coordinator": "coördinator",
        "pool": "iedereen van de dienst",
        "step": "oproep",
        "addition": "aanvulling van de huurder",
        "transfer": "overgave",
        "returned": "overgave kwam terug",
        "alarm": "alarm",
        "test": "testoproep",
    },
    "delivery": {
        "accepted": "verstuurd",
        "gone": "toestel bestaat niet meer",
        "refused": "geweigerd",
        "superseded": "niet meer nodig",
        "failed": "mislukt",
    },
    "platform": {"android": "Android-telefoon", "ios": "iPhone of iPad", "desktop": "Computer"},
    "push": {
        "step": "Druk hier voor het incident.",
        "addition": "De huurder heeft iets toegevoegd.",
        "transfer": "Een collega draagt dit aan u over.",
        "returned": "De overdracht is niet aangenomen. Het is weer van u.",
        "alarm": "Kijk in de app wat er is.",
        "repeat": "Herhaling {repeat}.",
        "call_tenant": "Bel de huurder.",
        "hidden": "Melding met spoed",
        "alarm_title": "Alarm",
        "test_title": "Testoproep",
        "test": "Zo komt een oproep binnen op dit toestel. Tik erop, dan is het bewezen.",
    },
    "notice": {
        "open": "Nog niet aangenomen",
        "taken": "Aangenomen door {by}",
        "taken_unknown": "Aangenomen door een collega",
        "closed": "Gesloten",
        "gone": "Deze oproep geldt niet meer",
    },
}
