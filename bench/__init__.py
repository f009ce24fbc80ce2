"""Measures the product beside a floor of the same run: `python -m bench [part ...]`, `python -m bench.kill --kills N`."""
