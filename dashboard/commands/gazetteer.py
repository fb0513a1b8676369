"""``dateline gazetteer``: build the index of places, look into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dashboard.commands.terminal import get_settings, open_console, open_progress, print_table, say

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.gazetteer import Gazetteer, GazetteerInfo


@click.group()
def gazetteer() -> None:
    """Build the gazetteer and look into it."""


@gazetteer.command()
@click.option("--if-missing", is_flag=True, help="Do nothing when there is one that can be used.")
def build(*, if_missing: bool) -> None:
    """Build the gazetteer from the installed libraries and the supplement."""
    from geodata.errors import GazetteerError, GazetteerMissingError
    from geodata.gazetteer import open_gazetteer

    folder = get_settings().gazetteer
    if if_missing:
        try:
            with open_gazetteer(folder) as index:
                say(f"The gazetteer is in place: {index.info.places:,} places.")
                return
        except GazetteerMissingError:
            pass
        except GazetteerError as error:
            say(f"{error}\nBuilding it anew.")
    build_with_progress(folder)


@gazetteer.command()
def info() -> None:
    """Show the gazetteer's sources, their sizes, licences and dates."""
    from geodata.gazetteer import open_gazetteer

    with open_gazetteer(get_settings().gazetteer) as index:
        contents = index.info
    console = open_console(error=False)
    console.print(f"{contents.places:,} places, {contents.names:,} names, built {contents.built}")
    print_table(
        console,
        ("Source", "Title", "Places", "Licence", "Date"),
        (
            (source.id, source.title, f"{source.places:,}", source.licence, source.date)
            for source in contents.sources
        ),
        right=("Places",),
    )


@gazetteer.command()
@click.argument("name")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
def search(name: str, *, limit: int) -> None:
    """List the places that NAME may mean."""
    try:
        name.encode()
    except UnicodeEncodeError:  # bytes of another encoding, as Python smuggles them through
        raise click.UsageError("NAME is no text: expected UTF-8") from None
    from geodata.gazetteer import open_gazetteer

    with open_gazetteer(get_settings().gazetteer) as index:
        places = index.search(name, limit=limit)
    if not places:
        say(f"No place in the gazetteer is called “{name}”.")
        return
    print_table(
        open_console(error=False),
        ("Id", "Name", "Kind", "Country", "Province", "Latitude", "Longitude", "Population"),
        (
            (
                place.id,
                place.name,
                place.kind.value,
                place.country_code,
                place.admin1,
                f"{place.latitude:.4f}",
                f"{place.longitude:.4f}",
                f"{place.population:,}" if place.population else "",
            )
            for place in places
        ),
        right=("Latitude", "Longitude", "Population"),
        whole=("Id", "Latitude", "Longitude"),
        spare=("Population", "Kind"),
    )


def require_gazetteer(folder: Path) -> Gazetteer:
    """Return the open gazetteer; one that was never built is built first, and said so."""
    from geodata.errors import GazetteerMissingError
    from geodata.gazetteer import open_gazetteer

    try:
        return open_gazetteer(folder)
    except GazetteerMissingError:
        say("There is no gazetteer yet. Building it now; this happens once.")
        build_with_progress(folder)
        return open_gazetteer(folder)


def build_with_progress(folder: Path) -> GazetteerInfo:
    """Build the gazetteer under a progress bar."""
    from geodata.gazetteer.build import build_gazetteer

    console = open_console()
    with open_progress(console) as bar:
        task = bar.add_task("Building the gazetteer", total=None)

        def show(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total or None)

        contents = build_gazetteer(folder, progress=show)
    say(f"The gazetteer is built: {contents.places:,} places, {contents.names:,} names.")
    return contents
