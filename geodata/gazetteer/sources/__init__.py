"""The sources of the embedded gazetteer, one module each.

A source is a function that yields entries; `build` asks them in the order of trust, so that what a later
source repeats is merged into what an earlier one gave.
"""
