"""``dateline ingest``: documents in, stored articles with their places out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

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
    from collections.abc import Callable, Sequence

    from rich.console import Console

    from dashboard.documents import Document
    from dashboard.ingest_report import IngestReport, Progress
    from dashboard.settings import Settings

SHOWN_GAPS = 50


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.pass_context
def ingest(context: click.Context, sources: tuple[str, ...]) -> None:
    """Take in files, folders, or - for standard input.

    Articles that are already known and unchanged are left as they are, so that the same sources can be
    given again at any time. Stored articles whose places an older geoparser found are geoparsed again.

    Nothing is asked of the network, unless DATELINE_GEOCODER names an online geocoder.
    """
    from dashboard.documents import find_documents, read_bounded

    documents = find_documents(sources, read_input=lambda: read_bounded(sys.stdin.buffer))
    report = _ingest(documents, get_settings())
    _print_report(open_console(), report)
    if report.failures:
        context.exit(1)


def _ingest(documents: Sequence[Document], settings: Settings) -> IngestReport:
    from dashboard.commands.gazetteer import require_gazetteer
    from dashboard.database import open_database
    from dashboard.geocoding import open_fallback
    from dashboard.geoparsing import make_geoparser
    from dashboard.ingestion import ingest as ingest_documents
    from dashboard.steps import load_steps

    engine = open_database(settings)
    try:
        with require_gazetteer(settings.gazetteer) as gazetteer, open_progress(open_console()) as bar:
            online = open_fallback(settings, gazetteer)
            task = bar.add_task("Reading", total=len(documents))
            report = ingest_documents(
                documents,
                engine=engine,
                steps=load_steps(
                    make_geoparser(settings, gazetteer),
                    vocabulary=settings.themes,
                    fallback=online.fallback if online else None,
                ),
                on_progress=_show_on(
                    lambda text, done, total: bar.update(task, description=text, completed=done, total=total)
                ),
            )
        for note in online.notes() if online else ():
            say(note)
        return report
    finally:
        engine.dispose()


def _show_on(update: Callable[[str, float, int], None]) -> Callable[[Progress], None]:
    """Return what shows progress: each document is one step, its articles are parts of it."""

    def show(progress: Progress) -> None:
        share = progress.done / progress.articles if progress.articles else 0
        text = printable(progress.title or progress.document)[:50]
        update(text, progress.number - 1 + share, progress.total)

    return show


def _print_report(console: Console, report: IngestReport) -> None:
    counts = {
        "Added": report.added,
        "Changed": report.changed,
        "Unchanged": report.unchanged,
        "Given twice": report.duplicates,
        "Failed": report.failed,
        "Placed": report.placed,
        "Unplaced": report.unplaced,
        "Sources": report.sources,
        "Renewed": report.renewed,
    }
    for title in ("Given twice", "Renewed"):
        if not counts[title]:
            del counts[title]
    print_table(console, tuple(counts), [[f"{count:,}" for count in counts.values()]], right=tuple(counts))
    if report.renewed:
        articles = f"{report.renewed:,} stored article{'s' if report.renewed > 1 else ''}"
        say(f"Renewed: the places of {articles}, found before by another geoparser.")
    for failure in report.failures:
        where = f"{failure.document}, “{failure.article}”" if failure.article else failure.document
        say(f"Failed: {where}: {failure.message}")
    if report.gaps:
        say(f"Gaps in what was read ({len(report.gaps):,}):")
    for each in report.gaps[:SHOWN_GAPS]:
        text = each.gap.text if len(each.gap.text) <= 60 else each.gap.text[:59] + "…"
        say(f"  {each.document}, line {each.gap.line}: {each.gap.reason}: {' '.join(text.split())}")
    if len(report.gaps) > SHOWN_GAPS:
        say(f"  … and {len(report.gaps) - SHOWN_GAPS:,} more")
