"""Nights in which something was found once, and what. A change of the simulation makes another night of the same seed; what was
found then stands in a test of its own as well."""

FOUND = {
    1031: "a transfer came back of an incident that was closed meanwhile",
    1041: "the same",
    349: "the urgency of a closed incident was raised, and people were called for it",
    89: "nothing of the product: the first tick after a standstill was judged before the standstill was counted",
}
