"""Digests of open-source news: bytes in, articles out.

Nothing here knows of places on a map; `geodata` builds on the model of this package alone.
"""
