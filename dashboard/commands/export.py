"""``dateline export``: events out, with the dashboard's filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dashboard.commands.terminal import get_settings, say
from dashboard.filters import EventFilter
from geodata.export import FORMATS, STANDARD_OUTPUT, export_events

if TYPE_CHECKING:
    from collections.abc import Callable


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


def read_filter(options: dict[str, Any]) -> EventFilter:
    """Return the filter that options mean; a value that a link would have ignored is wrong usage."""
    given = {name: value for name, value in options.items() if value not in (None, ())}
    selection, notes = EventFilter.from_query(given)
    if notes:
        raise click.UsageError("; ".join(notes))
    return selection


@click.command()
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), required=True)
@click.option("-o", "--output", required=True, metavar="FILE", help="- is standard output.")
@filter_options
def export(*, format_name: str, output: str, **options: Any) -> None:
    """Write the events as a file for other programs."""
    selection = read_filter(options)
    from dashboard.database import iterate_pairs, open_database
    from geodata.events import tabulate

    engine = open_database(get_settings())
    try:
        events = selection.apply(tabulate(iterate_pairs(engine)))
    finally:
        engine.dispose()
    export_events(events, output, format_name=format_name)
    where = "standard output" if output == STANDARD_OUTPUT else output
    say(f"{len(events):,} events written to {where}.")
