"""The escalation of a desk in sentences, and why one may not be kept."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "whom": {
        "first_line": "de eerste lijn",
        "backup": "de achterwacht",
        "day_line": "de daglijn",
        "coordinator": "de coördinator",
        "pool": "iedereen van de dienst",
    },
    "means": {
        "noodgeval": "op alle toestellen en contacten",
        "spoed": "op alle toestellen, daarna de contacten",
    },
    "policy_fault": {
        "empty": "Er is geen enkele stap. Dan wordt niemand opgeroepen.",
        "too_many": "Er zijn te veel stappen. Gebruik er hoogstens 12.",
        "second_late": "Binnen {minutes} minuten moet nog iemand anders worden opgeroepen dan bij de eerste stap.",
        "not_at_once": "De eerste stap moet meteen zijn: vul 0 minuten in.",
        "who": "Kies wie er wordt opgeroepen.",
        "descends": "Deze stap komt eerder dan de vorige. Vul hetzelfde aantal minuten in, of meer.",
        "pool_early": "Iedereen oproepen is altijd de laatste stap. Kies hier iemand anders.",
        "repeats_early": "Alleen de laatste stap kan zich herhalen.",
        "silence": "De laatste stap moet iedereen oproepen en zich herhalen. Anders wordt het stil als niemand aanneemt.",
        "pool_late": "Iedereen moet uiterlijk na {minutes} minuten zijn opgeroepen. Dan hoort de huurder dat niemand aannam.",
        "again_late": "Herhaal dit minstens elke {minutes} minuten.",
        "again_early": "Herhaal dit niet vaker dan elke minuut.",
        "after_last": "Dit is na de laatste stap. Kies minder minuten.",
        "minutes": "Vul minuten in, bijvoorbeeld 5 of 0,5.",
    },
}
