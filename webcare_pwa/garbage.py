"""The garbage collector in a process that lives long. A full collection walks over everything that exists, and nearly all of
it (modules, tables, templates) never dies: that costs a tenth of a second, in the middle of somebody's request."""

from __future__ import annotations

import gc


def keep_what_is_there() -> None:
    """From now on collections look only at what was made after this. To be called once, when the start is done."""
    gc.collect()
    gc.freeze()
