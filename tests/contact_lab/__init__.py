"""Local servers that answer as the providers of contact methods document it."""
