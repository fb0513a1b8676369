"""What can go wrong between a text and its places.

::

    GeodataError
    ├── GazetteerError (RuntimeError)
    │   ├── GazetteerMissingError        no index has been built yet
    │   ├── GazetteerRowError (ValueError)   a row of a gazetteer's source is broken
    │   └── AdditionBusyError            another process is filling the same addition
    ├── ExportError (ValueError)         events cannot be written as asked
    ├── LineError (ValueError)           a line of JSON holds something else than it should
    ├── WorkerError (RuntimeError)       a process that shared the work has ended or failed
    ├── ScoringError (ValueError)        a gold corpus or its answers cannot be scored
    ├── GeocoderSetupError (ValueError)  an online geocoder lacks what it needs, or its policy asks for
    ├── GeocoderCacheError (RuntimeError)    the file of kept answers cannot be used
    └── EntitiesError (RuntimeError)     spaCy or its pipeline is missing or of no use
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


class AdditionBusyError(GazetteerError):
    """Another process is filling the addition."""


class ExportError(GeodataError, ValueError):
    """Events cannot be written in the format or to the file that was asked for."""


class LineError(GeodataError, ValueError):
    """A line of the input is not what it should be."""


class WorkerError(GeodataError, RuntimeError):
    """A worker process ended before its work was done, or failed in it."""


class ScoringError(GeodataError, ValueError):
    """What is to be scored holds no document that can be, or cannot be read as scoring needs it."""


class GeocoderSetupError(GeodataError, ValueError):
    """An online geocoder cannot be used as it is configured.

    Parameters
    ----------
    message : str
        What was expected and what came.
    setting : str
        What has to be set otherwise: "service", "url", "contact" or "user".
    """

    def __init__(self, message: str, *, setting: str) -> None:
        super().__init__(message)
        self.setting = setting


class GeocoderCacheError(GeodataError, RuntimeError):
    """What online geocoders answered cannot be kept; without that they must not be asked."""


class EntitiesError(GeodataError, RuntimeError):
    """The pipeline that was asked for a second opinion cannot be used."""
