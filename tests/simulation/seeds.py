"""Nights in which something was found once, and what. A change of the simulation makes another night of the same seed; what was
found then stands in a test of its own as well."""

FOUND = {
    1031: "a transfer came back of an incident that was closed meanwhile",
    1041: "the same",
    349: "the urgency of a closed incident was raised, and people were called for it",
    782: "the clock was set back, and what was closed before and reopened after counted as closed: nobody was called on",
    1479: "the same",
    398: "nothing of the product: a page about an addition was judged by the round that began in the same tick",
    1633: "nothing of the product: a round began before it was taken, as the clock was set back between",
    89: "nothing of the product: the first tick after a standstill was judged before the standstill was counted",
}
