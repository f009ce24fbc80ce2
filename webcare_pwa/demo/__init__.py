"""One believable night, to look around in. Built through the same steps as the real thing; never part of production."""
