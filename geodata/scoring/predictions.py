"""A file of answers, in any order, found by id without being held in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.errors import LineError, ScoringError
from geodata.scoring.reading import read_id, read_predicted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from geodata.scoring.toponyms import PredictedDocument


class PredictionFile:
    """Answers by document. Only ids and where their lines begin are kept.

    Parameters
    ----------
    file : binary file
        Lines of ``dateline geoparse --jsonl``. Must allow seeking.
    report : callable
        Is told of each line that is broken or whose id an earlier line has, and of answers that are no
        spans of their text: the line's number, from 1, and what is wrong.

    Raises
    ------
    ScoringError
        The file cannot be read twice, as a pipe.
    """

    def __init__(self, file: BinaryIO, *, report: Callable[[int, str], None]) -> None:
        if not file.seekable():
            raise ScoringError("the predicted file is read twice, which a pipe does not allow; name a file")
        self._file = file
        self._report = report
        self._lines: dict[str, tuple[int, int]] = {}
        offset = 0
        for number, line in enumerate(file, 1):
            if line.strip():
                self._enter(line, number, offset)
            offset += len(line)

    def _enter(self, line: bytes, number: int, offset: int) -> None:
        try:
            identifier = read_id(line)
        except LineError as error:
            self._report(number, str(error))
            return
        if identifier in self._lines:
            first = self._lines[identifier][1]
            self._report(
                number, f'the answers to "{identifier}" stand in line {first} already; these are left out'
            )
        else:
            self._lines[identifier] = offset, number

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._lines

    def find(self, identifier: str, *, length: int) -> PredictedDocument | None:
        """Return the answers to a document with a text of `length` characters; None: there are none."""
        if identifier not in self._lines:
            return None
        offset, number = self._lines[identifier]
        self._file.seek(offset)
        predicted = read_predicted(self._file.readline(), length=length)
        if predicted.unusable:
            others = len(predicted.unusable) - 1
            more = f"; so are {others:,} more" if others else ""
            self._report(
                number, f'"{identifier}": {predicted.unusable[0]}; it counts as a wrong answer{more}'
            )
        return predicted
