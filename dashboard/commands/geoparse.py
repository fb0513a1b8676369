"""``dateline geoparse``: text in, its toponyms out."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from dashboard.terminal import (
    get_settings,
    open_console,
    open_progress,
    print_table,
    printable,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from dashboard.geocoding import OnlineFallback
    from dashboard.settings import Settings
    from geodata.gazetteer import Gazetteer
    from geodata.geoparser import TextGeoparser
    from geodata.model import Resolution
    from geodata.streaming import Plan

SHORT_BYTES = 1 << 20
"""Bytes of input from which on a progress bar is worth a look."""

MOST_WORKERS = 256
"""More than any machine has use for: a slip of the finger must not start thousands."""


@click.command()
@click.argument("file", default="-", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--jsonl", is_flag=True, help='Read lines of {"id", "text"} and print one line for each.')
@click.option(
    "--gold-spans", is_flag=True, help='Resolve the spans given in "toponyms" instead of looking for names.'
)
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    help="Processes for long inputs of lines.  [default: one for each core]",
)
@click.option(
    "--online",
    is_flag=True,
    help="Ask the geocoder that DATELINE_GEOCODER names for what the gazetteer lacks.",
)
@click.pass_context
def geoparse(
    context: click.Context, file: str, *, jsonl: bool, gold_spans: bool, workers: int | None, online: bool
) -> None:
    """Find the places that a text names.

    FILE is UTF-8 text; without it, or with -, the text comes from standard input.
    """
    if gold_spans and not jsonl:
        raise click.UsageError("--gold-spans needs --jsonl: the spans stand in its lines")
    if workers and not jsonl:
        raise click.UsageError("--workers needs --jsonl: a single text is read by one process")
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
            is_good = _answer_lines(
                source, geoparser, _make_plan(settings, workers, online=online, gold_spans=gold_spans)
            )
        else:
            is_good = True
            _print_toponyms(geoparser.parse(_decode(source.read())))
        for note in fallback.notes("geoparse") if fallback else ():
            say(note)
        context.exit(0 if is_good else 1)


def _make_plan(settings: Settings, workers: int | None, *, online: bool, gold_spans: bool) -> Plan:
    from geodata.parallel import count_cores
    from geodata.streaming import Plan

    # One process alone keeps an online geocoder's pace and count, and pipelines of spaCy are too large for many.
    is_single = online or bool(settings.spacy)
    return Plan(
        settings.gazetteer,
        workers=1 if is_single else workers or count_cores(),
        has_gold_spans=gold_spans,
    )


def _require_fallback(settings: Settings, gazetteer: Gazetteer) -> OnlineFallback:
    from dashboard.geocoding import open_fallback

    fallback = open_fallback(settings, gazetteer)
    if fallback is None:
        raise click.UsageError("--online needs DATELINE_GEOCODER: nominatim, photon or geonames")
    return fallback


def _open_input(file: str) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")


def _answer_lines(source: IO[bytes], geoparser: TextGeoparser, plan: Plan) -> bool:
    """Geoparse documents line by line, in their order, and tell whether all could be read.

    A broken line is named on standard error; it has no line in the output.
    """
    from geodata.streaming import answer_stream

    is_good = True
    with _open_bar(source) as (advance, tell), closing(answer_stream(source, geoparser, plan)) as answers:
        for answer, size in answers:
            sys.stdout.buffer.write(answer.output)
            sys.stdout.buffer.flush()
            for failure in answer.failures:
                tell(f"line {failure.line}: {failure.message}")
                is_good = False
            advance(size)
    return is_good


@contextmanager
def _open_bar(source: IO[bytes]) -> Iterator[tuple[Callable[[int], object], Callable[[str], object]]]:
    """Give what advances a progress bar by bytes of input, and what speaks beside it.

    There is one only on a terminal that the output does not go to, and where the end is known.
    """
    size = _size_of(source)
    if size < SHORT_BYTES or not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda _: None, say
        return
    console = open_console()
    with open_progress(console) as bar:
        task = bar.add_task("Geoparsing", total=size)
        yield (
            lambda count: bar.advance(task, count),
            lambda message: console.print(printable(message), soft_wrap=True),
        )


def _size_of(source: IO[bytes]) -> int:
    """Return a file's size in bytes; 0: it is no file, and nobody knows where it ends."""
    try:
        status = os.fstat(source.fileno())
    except (AttributeError, OSError):
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


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
