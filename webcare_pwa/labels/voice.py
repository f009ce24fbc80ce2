"""What a telephone call says, and how it ended. No place and no name of a tenant: anybody may pick up the telephone."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "call_status": {
        "queued": "wordt gebeld",
        "initiated": "wordt gebeld",
        "ringing": "gaat over",
        "in-progress": "opgenomen",
        "completed": "opgenomen, geen toets",
        "busy": "in gesprek",
        "no-answer": "niet opgenomen",
        "failed": "bellen mislukt",
        "canceled": "afgebroken",
        "pressed": "toets ingedrukt",
    },
    "spoken": {
        "greeting": "Dit is de storingsdienst.",
        "noodgeval": "Er is een noodgeval. Toets 1 om het aan te nemen, toets 2 als u niet kunt.",
        "spoed": "Er is een melding met spoed. Toets 1 om haar aan te nemen, toets 2 als u niet kunt.",
        "test": "Dit is een proef. Toets 1 om te bevestigen dat u gebeld kunt worden.",
        "message": "Er is een bericht voor u. Toets 1 als u dit hoort. Open daarna de app.",
        "acknowledged": "U hebt het aangenomen. Open nu de app.",
        "refused": "Goed. De volgende wordt nu opgeroepen.",
        "confirmed": "Dank u. Uw telefoon is nu bewezen.",
        "noted": "Dank u. Open nu de app.",
        "taken": "Het is al aangenomen door {by}. U hoeft niets te doen.",
        "closed": "Het is al gesloten. U hoeft niets te doen.",
        "done": "Uw keuze is al verwerkt. Open de app.",
        "not_now": "Dat kan nu niet meer. Open de app.",
        "gone": "Deze oproep geldt niet meer. Open de app.",
        "again": "Dat is geen keuze.",
        "silence": "Wij hoorden geen toets. Er is niets aangenomen.",
    },
}
