"""What can go wrong between bytes and articles.

::

    ArticlesError
    ├── ReadingError (ValueError)        a document is not what it should be
    │   ├── UnknownFormatError           no reader knows what this is
    │   └── FrontMatterError             a Markdown article's front matter is broken, or its title missing
    ├── VocabularyError (ValueError)     the themes' vocabulary is broken
    └── StoreError (RuntimeError)        the database cannot be used
"""

from __future__ import annotations


class ArticlesError(Exception):
    """Root of the errors of this package. Its message is fit to be shown to a person."""


class ReadingError(ArticlesError, ValueError):
    """A document cannot be read.

    Parameters
    ----------
    message : str
        What was expected, what came and what to do.
    line : int, optional
        Line of the document, counted from 1. None: the document as a whole is meant.
    """

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message if line is None else f"line {line}: {message}")
        self.line = line


class UnknownFormatError(ReadingError):
    """No reader knows what the document is."""


class FrontMatterError(ReadingError):
    """The front matter of a Markdown article is broken, or neither it nor a heading gives a title."""


class VocabularyError(ArticlesError, ValueError):
    """The vocabulary of themes is broken.

    Parameters
    ----------
    message : str
        What was expected, what came and what to do.
    line : int, optional
        Line of the file, counted from 1. None: the file as a whole is meant.
    """

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message if line is None else f"line {line}: {message}")
        self.line = line


class StoreError(ArticlesError, RuntimeError):
    """The database cannot be opened or was written by another version of Dateline."""
