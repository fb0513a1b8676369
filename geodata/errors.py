"""What can go wrong between a text and its places.

::

    GeodataError
    ├── GazetteerError (RuntimeError)
    │   ├── GazetteerMissingError        no index has been built yet
    │   └── GazetteerRowError (ValueError)   a row of a gazetteer's source is broken
    ├── ExportError (ValueError)         events cannot be written as asked
    └── ScoringError (ValueError)        a gold corpus or its answers cannot be read
"""

from __future__ import annotations


class GeodataError(Exception):
    """Root of the errors of this package. Its message is fit to be shown to a person."""


class GazetteerError(GeodataError, RuntimeError):
    """The gazetteer cannot be used."""


class GazetteerMissingError(GazetteerError):
    """There is no index where one was expected; an unbuilt gazetteer must never look like an empty one."""


class GazetteerRowError(GazetteerError, ValueError):
    """A row of a source cannot be taken in.

    Parameters
    ----------
    message : str
        What was expected and what came.
    source : str
        Name of the file.
    line : int
        Its line, counted from 1.
    """

    def __init__(self, message: str, *, source: str, line: int) -> None:
        super().__init__(f"{source}, line {line}: {message}")
        self.source = source
        self.line = line


class ExportError(GeodataError, ValueError):
    """Events cannot be written in the format or to the file that was asked for."""


class ScoringError(GeodataError, ValueError):
    """What is to be scored is not in the format that it should be in."""
