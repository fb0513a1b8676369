"""``dateline export``: events out, with the dashboard's filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dashboard.filters import EventFilter
from dashboard.terminal import get_settings, printable, say
from dashboard.value_names import name_outlets, name_places, name_themes
from geodata.export import FORMATS, STANDARD_OUTPUT, export_events

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date
    from pathlib import Path

    from dashboard.columns import EventColumns
    from geodata.regions import CountryRegion


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
    # click has underscores where an option's name has dashes.
    given = {name.replace("_", "-"): value for name, value in options.items() if value not in (None, ())}
    start, end = _read_day(given, "start"), _read_day(given, "end")
    if start and end and end < start:
        raise click.UsageError(
            f"--end {end} lies before --start {start}: expected the same day or a later one"
        )
    selection, notes = EventFilter.from_query(given, known=known)
    if notes:
        raise click.UsageError("; ".join(map(str, notes)))
    return selection


def _read_day(given: dict[str, Any], name: str) -> date | None:
    """Return the day that an option names; None: it names none."""
    return EventFilter.criterion(name).read([given[name]])[0] if name in given else None


def find_known(
    countries: Mapping[str, CountryRegion],
    columns: EventColumns | None = None,
    *,
    vocabulary: Path | None = None,
) -> dict[str, Mapping[str, str]]:
    """Return the regions and countries that there are, with what they are called; with columns, more of it."""
    if columns is None:
        return name_places(countries)
    from articles.themes import load_vocabulary

    named = {theme.id: theme.name for theme in load_vocabulary(vocabulary).themes}
    # Events may have a theme that is no longer in the vocabulary.
    themes = {theme: theme for theme in columns.coded("themes").values} | named
    return name_places(countries) | name_themes(themes) | name_outlets(columns)


class _Export(click.Command):
    """Lists the themes at the end of its help: they are the user's own where there is a vocabulary of them."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        from articles.errors import VocabularyError
        from articles.themes import load_vocabulary

        with formatter.section("Themes"):
            try:
                themes = load_vocabulary(get_settings().themes).themes
            except VocabularyError as error:
                formatter.write_text(printable(str(error)))
            else:
                formatter.write_dl([(theme.id, printable(theme.name)) for theme in themes], col_max=40)


@click.command(cls=_Export)
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), required=True)
@click.option("-o", "--output", required=True, metavar="FILE", help="- is standard output.")
@filter_options
def export(*, format_name: str, output: str, **options: Any) -> None:
    """Write the events as a file for other programs."""
    from geodata.regions import load_regions

    settings = get_settings()
    regions = load_regions(settings.regions)
    # Wrong usage is told before the work begins, as far as it can be.
    read_filter(options, known=find_known(regions))
    from dashboard.columns import EventColumns
    from dashboard.database import iterate_pairs, open_database, tabulate_events

    engine = open_database(settings)
    try:
        pairs = list(iterate_pairs(engine))
        events = tabulate_events(engine, pairs, regions=regions)
    finally:
        engine.dispose()
    columns = EventColumns(events, texts={article.id: article.text for article, _ in pairs})
    known = find_known(regions, columns, vocabulary=settings.themes)
    events = read_filter(options, known=known).apply(events, columns=columns)
    export_events(events, output, format_name=format_name)
    where = "standard output" if output == STANDARD_OUTPUT else output
    say(f"{len(events):,} events written to {where}.")
