"""Nights in which something was found once, and what. A change of the simulation makes another night of the same seed; what was
found then stands in a test of its own as well."""

FOUND = {
    1031: "a transfer came back of an incident that was closed meanwhile",
    1041: "the same",
}
