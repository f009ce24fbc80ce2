"""A deterministic simulation of nights: the real steps and two real workers, a clock that jumps from event to event, people
and outside services that behave badly, workers killed between any two statements. One seed is one night, always the same.

Run by hand: `make simulate NIGHTS=200`, `make simulate SEED=17 TRACE=1`. What a night must keep to stands in `invariants.py`,
and is told from rows, not by the product's own queries (`facts.py`, `oracle.py`).
"""
