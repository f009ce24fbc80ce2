"""The list for who joins the duty: what to do, and what lacks in a few words."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "joining": {
        "installed": "Zet de app op uw beginscherm",
        "notifications": "Zet oproepen aan",
        "waking": "Kies een toestel dat u wekt",
        "arrived": "Laat een proefoproep aankomen",
        "sound": "Laat oproepen door de stille stand",
        "second_contact": "Voeg een tweede manier toe",
        "number": "Bewaar het nummer van de storingsdienst",
        "rehearsal": "Bevestig een proefoproep voor uw dienst",
        "bedside": "Probeer de nachtstand",
    },
    "joining_missing": {
        "installed": "app op het beginscherm",
        "notifications": "oproepen aan",
        "waking": "toestel dat wekt",
        "arrived": "proefoproep aangekomen",
        "sound": "stille stand ingesteld",
        "second_contact": "bewezen tweede manier",
        "number": "nummer van de storingsdienst",
        "rehearsal": "proefoproep bevestigd",
        "bedside": "nachtstand geprobeerd",
    },
    "joining_why": {
        "installed": "Dan opent hij als een gewone app. Een iPhone laat oproepen alleen zo toe.",
        "notifications": "De browser vraagt of meldingen mogen. Kies toestaan.",
        "waking": "Een computer op kantoor wekt u niet. Uw telefoon wel.",
        "arrived": "Pas als uw telefoon hem heeft laten zien, weten wij dat hij aankomt.",
        "sound": "Een app kan dit niet zelf regelen. U doet het één keer op uw telefoon.",
        "second_contact": "Komt een oproep niet aan, dan bellen of sms'en wij u. Antwoord op een testbericht: dat bewijst het.",
        "number": "Doet de app het niet, dan belt u dit nummer. Het is dag en nacht bereikbaar.",
        "rehearsal": "Hij komt vanzelf, een uur voor uw eerste dienst.",
        "bedside": "Dat hoeft niet. Uw telefoon blijft dan aan naast uw bed en maakt zijn eigen geluid.",
    },
}
