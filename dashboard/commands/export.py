"""``dateline export``: events out, with the dashboard's filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dashboard.commands.terminal import get_settings, say
from dashboard.filters import EventFilter
from geodata.export import FORMATS, STANDARD_OUTPUT, export_events

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from geopandas import GeoDataFrame


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command one option for each condition of the filter."""
    for _, criterion, default in reversed(EventFilter.criteria()):
        shown = f"; otherwise {', '.join(default)}, “any” for all" if criterion.many and default else ""
        choices = f" ({', '.join(criterion.choices)})" if criterion.choices else ""
        command = click.option(
            f"--{criterion.name}",
            multiple=criterion.many,
            help=f"{criterion.help}{choices}{shown}" + (" [several allowed]" if criterion.many else ""),
        )(command)
    return command


def read_filter(
    options: dict[str, Any], *, known: Mapping[str, Collection[str]] | None = None
) -> EventFilter:
    """Return the filter that options mean; a value that a link would have ignored is wrong usage.

    Parameters
    ----------
    options : dict
        As `filter_options` declares them.
    known : mapping, optional
        What `find_known` returns. What it leaves out is not looked up.
    """
    given = {name: value for name, value in options.items() if value not in (None, ())}
    selection, notes = EventFilter.from_query(given, known=known)
    if notes:
        raise click.UsageError("; ".join(notes))
    return selection


def find_known(
    events: GeoDataFrame | None = None, *, vocabulary: Path | None = None
) -> dict[str, dict[str, str]]:
    """Return the regions and countries that there are, with what they are called; with events, themes too.

    There are more than events have: a filter that meets none of them is no mistake. And events may have
    a theme that is no longer in the vocabulary.
    """
    from articles.themes import load_vocabulary
    from geodata.countries import country_name
    from geodata.regions import load_regions

    countries = load_regions()
    known = {
        "region": {country.subregion: country.subregion for country in countries.values()},
        "country": {code: country_name(code) for code in countries},
    }
    if events is not None:
        used = dict.fromkeys(theme for of_one in events["themes"] for theme in of_one)
        named = {theme.id: theme.name for theme in load_vocabulary(vocabulary).themes}
        known["theme"] = {theme: theme for theme in used} | named
    return known


@click.command()
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), required=True)
@click.option("-o", "--output", required=True, metavar="FILE", help="- is standard output.")
@filter_options
def export(*, format_name: str, output: str, **options: Any) -> None:
    """Write the events as a file for other programs."""
    # Wrong usage is told before the work begins, as far as it can be.
    read_filter(options, known=find_known())
    from dashboard.database import iterate_pairs, open_database
    from geodata.events import tabulate

    settings = get_settings()
    engine = open_database(settings)
    try:
        events = tabulate(iterate_pairs(engine))
    finally:
        engine.dispose()
    events = read_filter(options, known=find_known(events, vocabulary=settings.themes)).apply(events)
    export_events(events, output, format_name=format_name)
    where = "standard output" if output == STANDARD_OUTPUT else output
    say(f"{len(events):,} events written to {where}.")
