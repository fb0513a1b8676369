"""The gazetteer: which places there are, under which names, and where.

`build` makes an index from the `sources`; `open_gazetteer` opens it.
"""

from __future__ import annotations

from pathlib import Path

from geodata.gazetteer.entry import GazetteerInfo, SourceInfo
from geodata.gazetteer.index import Gazetteer, open_gazetteer

FOLDER = Path(__file__).parent
"""Where the files lie that the gazetteer is built from."""

__all__ = ["FOLDER", "Gazetteer", "GazetteerInfo", "SourceInfo", "open_gazetteer"]
