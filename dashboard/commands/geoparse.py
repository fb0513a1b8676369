"""``dateline geoparse``: text in, its toponyms out."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO

import click

from dashboard.commands.terminal import get_settings, open_console, print_table, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

    from dashboard.geocoding import OnlineFallback, TextGeoparser
    from dashboard.settings import Settings
    from geodata.gazetteer import Gazetteer
    from geodata.model import Resolution


TOO_DEEP = "not JSON that can be read: nested too deeply"


class LineError(ValueError):
    """A line of the input is not what it should be."""


@click.command()
@click.argument("file", default="-", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--jsonl", is_flag=True, help='Read lines of {"id", "text"} and print one line for each.')
@click.option(
    "--gold-spans", is_flag=True, help='Resolve the spans given in "toponyms" instead of looking for names.'
)
@click.option(
    "--online",
    is_flag=True,
    help="Ask the geocoder that DATELINE_GEOCODER names for what the gazetteer lacks.",
)
@click.pass_context
def geoparse(context: click.Context, file: str, *, jsonl: bool, gold_spans: bool, online: bool) -> None:
    """Find the places that a text names.

    FILE is UTF-8 text; without it, or with -, the text comes from standard input.
    """
    if gold_spans and not jsonl:
        raise click.UsageError("--gold-spans needs --jsonl: the spans stand in its lines")
    from dashboard.commands.gazetteer import require_gazetteer
    from dashboard.geoparsing import make_geoparser

    settings = get_settings()
    with (
        _open_input(file) as source,
        require_gazetteer(settings.gazetteer) as gazetteer,
    ):
        geoparser: TextGeoparser = make_geoparser(settings, gazetteer)
        fallback = _require_fallback(settings, gazetteer) if online else None
        if fallback:
            geoparser = fallback.extend(geoparser)
        if jsonl:
            failed = parse_lines(source, sys.stdout.buffer, geoparser, gold_spans=gold_spans)
        else:
            failed = 0
            _print_toponyms(geoparser.parse(_decode(source.read())))
        for note in fallback.notes("geoparse") if fallback else ():
            say(note)
        context.exit(1 if failed else 0)


def _require_fallback(settings: Settings, gazetteer: Gazetteer) -> OnlineFallback:
    from dashboard.geocoding import open_fallback

    fallback = open_fallback(settings, gazetteer)
    if fallback is None:
        raise click.UsageError("--online needs DATELINE_GEOCODER: nominatim, photon or geonames")
    return fallback


def _open_input(file: str) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")


def parse_lines(
    lines: Iterable[bytes], output: BinaryIO, geoparser: TextGeoparser, *, gold_spans: bool = False
) -> int:
    """Geoparse documents line by line, in their order, and return how many failed.

    A broken line is named on standard error; it has no line in the output. Lines end at line feeds and
    nowhere else: other separators stand inside documents.
    """
    from geodata.errors import GeodataError

    failed = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            identifier, text, spans = read_line(line, gold_spans=gold_spans)
            found = geoparser.resolve_spans(text, spans) if gold_spans else geoparser.parse(text)
            answer = _write_line(identifier, found)
        except (LineError, GeodataError) as error:
            say(f"line {number}: {error}")
            failed += 1
        else:
            output.write(answer)
            output.flush()
    return failed


def read_line(line: bytes, *, gold_spans: bool = False) -> tuple[Any, str, list[tuple[int, int]]]:
    """Return a document's id, text and, where they are asked for, given spans.

    Raises
    ------
    LineError
        The line does not hold them.
    """
    try:
        document = json.loads(line, parse_constant=_refuse_constant)
    except RecursionError:
        raise LineError(TOO_DEEP) from None
    except (json.JSONDecodeError, UnicodeDecodeError, LineError) as error:
        raise LineError(f"not JSON: {error}") from None
    except ValueError:  # Python reads no endless numbers
        most = sys.get_int_max_str_digits()
        raise LineError(f"a number has more than {most:,} digits: write it as a string") from None
    if not isinstance(document, dict):
        raise LineError(f'expected an object with "id" and "text", got {type(document).__name__}')
    missing = [key for key in ("id", "text") if key not in document]
    if missing:
        raise LineError(f'expected an object with "id" and "text"; {" and ".join(missing)} missing')
    text = document["text"]
    if not isinstance(text, str):
        raise LineError(f'"text" must be a string, got {type(text).__name__}')
    return document["id"], text, _read_spans(document, len(text)) if gold_spans else []


def _refuse_constant(name: str) -> None:
    raise LineError(f"{name} is no number")


def _read_spans(document: dict[str, Any], length: int) -> list[tuple[int, int]]:
    toponyms = document.get("toponyms")
    if not isinstance(toponyms, list):
        raise LineError('expected a list "toponyms" with the spans')
    spans = []
    for toponym in toponyms:
        start, end = (toponym.get(key) if isinstance(toponym, dict) else None for key in ("start", "end"))
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
            raise LineError(
                f'no span of the text: "start" {start!r}, "end" {end!r}, text of {length} letters'
            )
        spans.append((start, end))
    return spans


def _write_line(identifier: Any, found: Sequence[Resolution]) -> bytes:
    document = {"id": identifier, "toponyms": [resolution.to_json() for resolution in found]}
    try:
        return json.dumps(document, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except UnicodeEncodeError:  # half a pair of surrogates, which JSON can name and UTF-8 cannot
        return json.dumps(document, allow_nan=False).encode() + b"\n"
    except RecursionError:
        raise LineError(TOO_DEEP) from None
    except ValueError:  # 1e999 is JSON, and infinite here
        raise LineError('"id" holds a number that is too large: write it as a string') from None


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"expected UTF-8 text; byte {error.start} is none") from None


def _print_toponyms(found: Sequence[Resolution]) -> None:
    if not found:
        say("No place is named.")
        return
    print_table(
        open_console(error=False),
        # Without the role: a text alone, unlike an article, does not tell where it happened.
        ("Start", "Phrase", "Type", "Place", "Kind", "Latitude", "Longitude", "Score", "Why"),
        map(_to_row, found),
        right=("Start", "Latitude", "Longitude", "Score"),
        whole=("Start", "Phrase", "Latitude", "Longitude", "Score"),
        spare=("Why", "Kind", "Type", "Score"),
    )


def _to_row(resolution: Resolution) -> tuple[str, ...]:
    place, mention = resolution.place, resolution.mention
    parts = (place.name, place.admin1, place.country_code) if place else ()
    return (
        str(mention.start),
        mention.phrase,
        mention.type.value,
        ", ".join(dict.fromkeys(filter(None, parts))) or "not placed",
        place.kind.value if place else "",
        f"{place.latitude:.4f}" if place else "",
        f"{place.longitude:.4f}" if place else "",
        f"{resolution.score:.2f}",
        "; ".join(resolution.reasons),
    )
