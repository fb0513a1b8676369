"""Lines of a gold corpus and of a geoparser's answers, from bytes that may hold anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.errors import LineError
from geodata.json_values import describe, load_object, read_span, shorten
from geodata.scoring.identity import identify
from geodata.scoring.toponyms import GoldDocument, GoldToponym, PredictedDocument, Prediction

if TYPE_CHECKING:
    from typing import Any

_HOLDING = '"id" and "toponyms"'


def read_gold(line: bytes) -> GoldDocument:
    """Read a document of a gold corpus.

    Parameters
    ----------
    line : bytes
        ``{"id", "text", "toponyms": [{"start", "end", "lat", "lon", "geonames_id"?, "kind"?}]}`` in UTF-8.
        ``lat`` and ``lon`` are null where nobody said where it lies.

    Raises
    ------
    LineError
        The line is not that, or a toponym is no span of the text.
    """
    document = load_object(line, holding=_HOLDING)
    identifier = _read_id(document)
    text = document.get("text")
    if not isinstance(text, str):
        raise LineError(f'"text" must be a string, got {describe(text)}')
    entries = _read_entries(document)
    return GoldDocument(
        identifier,
        text,
        tuple(
            _within(f"toponym {number}", _read_gold_toponym, entry, len(text))
            for number, entry in enumerate(entries, 1)
        ),
    )


def read_predicted(line: bytes, *, length: int) -> PredictedDocument:
    """Read a geoparser's answers to a document, one line of ``dateline geoparse --jsonl``.

    Parameters
    ----------
    length : int
        Characters of the text.

    Raises
    ------
    LineError
        The line is no object with an id and a list of toponyms. What is wrong with a single toponym stands
        in `PredictedDocument.unusable` instead.
    """
    document = load_object(line, holding=_HOLDING)
    toponyms, unusable = [], []
    for number, entry in enumerate(_read_entries(document), 1):
        try:
            toponyms.append(_within(f"toponym {number}", _read_prediction, entry, length))
        except LineError as error:
            unusable.append(str(error))
    return PredictedDocument(_read_id(document), tuple(toponyms), tuple(unusable))


def read_id(line: bytes) -> str:
    """Read whose answers a line holds.

    Raises
    ------
    LineError
        The line is no object with an id and a list of toponyms.
    """
    document = load_object(line, holding=_HOLDING)
    _read_entries(document)
    return _read_id(document)


def _read_id(document: dict[str, Any]) -> str:
    """Return the id as a string: 7 and "7" are the same document."""
    identifier = document.get("id")
    if isinstance(identifier, bool) or not isinstance(identifier, str | int):
        raise LineError(f'"id" must be a string or a whole number, got {describe(identifier)}')
    return str(identifier)


def _read_entries(document: dict[str, Any]) -> list[Any]:
    entries = document.get("toponyms")
    if not isinstance(entries, list):
        raise LineError(f'expected a list "toponyms", got {describe(entries)}')
    return entries


def _within(where: str, read: Any, *arguments: Any) -> Any:
    try:
        return read(*arguments)
    except LineError as error:
        raise LineError(f"{where}: {error}") from None


def _read_gold_toponym(entry: Any, length: int) -> GoldToponym:
    start, end = read_span(entry, length=length)
    latitude, longitude = _read_point(entry, "lat", "lon")
    number = entry.get("geonames_id")
    if number is not None and (isinstance(number, bool) or not isinstance(number, str | int)):
        raise LineError(f'"geonames_id" must be a string or a whole number, got {describe(number)}')
    place_id, country_code = identify(entry)
    kind = entry.get("kind") or entry.get("fcode")
    return GoldToponym(
        start, end, latitude, longitude, place_id, country_code, kind if isinstance(kind, str) else ""
    )


def _read_prediction(entry: Any, length: int) -> Prediction:
    start, end = read_span(entry, length=length)
    latitude, longitude = _read_point(entry, "latitude", "longitude")
    score = _read_number(entry, "score", 0, 1)
    place_id, country_code, kind = (_read_word(entry, key) for key in ("place_id", "country_code", "kind"))
    return Prediction(
        start,
        end,
        latitude,
        longitude,
        place_id or None,
        country_code.upper() or None,
        kind.casefold(),
        score,
    )


def _read_point(entry: dict[str, Any], *keys: str) -> tuple[float | None, float | None]:
    """Return latitude and longitude in degrees, both or neither."""
    latitude = _read_number(entry, keys[0], -90, 90)
    longitude = _read_number(entry, keys[1], -180, 180)
    if (latitude is None) != (longitude is None):
        raise LineError(f'"{keys[0]}" and "{keys[1]}" must both be numbers or both be null')
    return latitude, longitude


def _read_number(entry: dict[str, Any], key: str, least: float, most: float) -> float | None:
    value = entry.get(key)
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    # NaN, which Python reads, is in no range.
    if not is_number or not least <= value <= most:
        raise LineError(f'"{key}" must be a number from {least} to {most}, got {shorten(value)}')
    return float(value)


def _read_word(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise LineError(f'"{key}" must be a string, got {describe(value)}')
    return value or ""
