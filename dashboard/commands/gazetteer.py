"""``dateline gazetteer``: build the index of places, add to it, look into it."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
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
    from collections.abc import Callable, Iterator

    from geodata.gazetteer import Gazetteer, GazetteerInfo
    from geodata.gazetteer.additions.adding import Outcome


MOST_SHOWN = 1000
"""Places that a search lists at most."""


@click.group()
def gazetteer() -> None:
    """Build the gazetteer, add to it and look into it."""


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
    from geodata.gazetteer.additions.adding import list_additions

    folder = get_settings().gazetteer
    with open_gazetteer(folder) as index:
        contents = index.info
    additions, unfinished = list_additions(folder)
    console = open_console(error=False)
    console.print(f"{contents.places:,} places, {contents.names:,} names, built {contents.built}")
    print_table(
        console,
        ("Source", "Title", "Places", "Licence", "Date", "Added"),
        (
            (
                source.id,
                f"{source.title} ({source.url})" if source.url else source.title,
                f"{source.places:,}",
                source.licence,
                source.date,
                "yes" if source.id in additions else "",
            )
            for source in contents.sources
        ),
        right=("Places",),
        spare=() if additions else ("Added",),
    )
    for name in unfinished:
        say(
            f"Adding “{name}” was not finished. Add its file again to go on, or: dateline gazetteer remove {name}"
        )


def _read_columns(context: click.Context, parameter: click.Parameter, value: str | None) -> dict[str, str]:  # noqa: ARG001
    columns = {}
    for part in (value or "").split(","):
        field, equals, title = part.partition("=")
        if value and not (equals and field.strip() and title.strip()):
            raise click.BadParameter(f"expected FIELD=COLUMN,…, got {part!r}")
        if value:
            columns[field.strip()] = title.strip()
    return columns


@gazetteer.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", help="What to call the addition.  [default: from the file's name]")
@click.option("--title", default="", help="What it is, for people.")
@click.option("--licence", default="", help="On which terms the data may be used.")
@click.option("--date", default="", help="Date or version of the data.  [default: the file's date]")
@click.option("--url", default="", help="Where the data come from.")
@click.option(
    "--columns",
    callback=_read_columns,
    help="Which column gives what: name=NAME,latitude=LAT,longitude=LON; also id, geonames_id, kind, country,"
    " admin1, admin2, population, radius_km, other_names, feature. Usual headings need no telling.",
)
@click.option(
    "--kind",
    type=click.Choice(["site", "city", "admin2", "admin1", "region", "water"]),
    default="city",
    show_default=True,
    help="Kind of the places of a table that says none.",
)
def add(
    file: Path,
    *,
    name: str | None,
    title: str,
    licence: str,
    date: str,
    url: str,
    columns: dict[str, str],
    kind: str,
) -> None:
    """Add the places of FILE.

    FILE is a GeoNames dump (a country's or allCountries), an alternateNamesV2 file, CSV, TSV or GeoJSON; plain, .gz
    or .zip. Adding a file of the same name again replaces what it added. A command that was killed goes on where it
    was when it is called again.
    """
    from geodata.gazetteer.additions.adding import Description, add_file, name_of
    from geodata.model import Kind

    folder = get_settings().gazetteer
    description = Description(
        name=name or name_of(file),
        title=title,
        licence=licence,
        date=date,
        url=url,
        columns=columns,
        kind=Kind(kind),
    )
    with require_gazetteer(folder) as index:
        before = index.info
    with _show_progress(f"Adding {file.name}") as show:
        outcome = add_file(folder, file, description, progress=show)
    _report(outcome, file.name, description.name)
    with require_gazetteer(folder) as index:
        say(
            f"The gazetteer has {index.info.places:,} places, {index.info.names:,} names; before {before.places:,}."
        )
    if outcome.read.bad or outcome.merged is None:
        click.get_current_context().exit(1)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _report(outcome: Outcome, file: str, name: str) -> None:
    """Say what came of adding a file, the broken rows first."""
    read = outcome.read
    if outcome.resumed_at:
        say(f"Went on after record {outcome.resumed_at:,}, where an earlier command had come to.")
    for line, message in read.shown:
        say(f"{file}, line {line}: {message}")
    if read.bad > len(read.shown):
        say(f"… and {read.bad - len(read.shown):,} more such lines")
    if read.bad:
        say(f"{read.bad:,} of {_count(read.records, 'record')} refused.")
    for why, number in read.omitted.items():
        say(f"{_count(number, 'record')} left out: {why}.")
    if outcome.merged is None:
        say("Nothing in it could be used; nothing was added.")
        return
    came = [_count(outcome.merged.new, "new place"), f"{outcome.merged.joined:,} that the gazetteer had"]
    if read.other_names:
        came = [_count(read.other_names, "other name")]
    say(f"Added as “{name}”: {', '.join(came)}.")


@gazetteer.command()
@click.argument("name")
def remove(name: str) -> None:
    """Take the addition NAME away; `info` lists them."""
    from geodata.gazetteer.additions.adding import remove_addition

    with _show_progress(f"Removing {name}") as show:
        remove_addition(get_settings().gazetteer, name, progress=show)
    say(f"“{name}” was removed.")


@gazetteer.command()
@click.argument("name")
@click.option("--limit", type=click.IntRange(1, MOST_SHOWN), default=10, show_default=True)
def search(name: str, *, limit: int) -> None:
    """List the places that NAME may mean; the exit status is 1 where there is none."""
    try:
        name.encode()
    except UnicodeEncodeError:  # bytes of another encoding, as Python smuggles them through
        raise click.UsageError("NAME is no text: expected UTF-8") from None
    from geodata.gazetteer import open_gazetteer

    with open_gazetteer(get_settings().gazetteer) as index:
        found = index.search(name, limit=limit + 1)  # one more tells whether there are more
    if not found:
        say(f"No place in the gazetteer is called “{name}”.")
        click.get_current_context().exit(1)
    places = found[:limit]
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
    if len(found) > limit:
        how = f"; --limit {min(10 * limit, MOST_SHOWN)} shows more" if limit < MOST_SHOWN else ""
        say(f"There are more than these {limit:,}{how}.")


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

    with _show_progress("Building the gazetteer") as show:
        contents = build_gazetteer(folder, progress=show)
    say(f"The gazetteer is built: {contents.places:,} places, {contents.names:,} names.")
    return contents


@contextmanager
def _show_progress(description: str) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows a step, what is done and what there is to do (0: not known)."""
    with open_progress(open_console()) as bar:
        task = bar.add_task(description, total=None)

        def show(step: str, done: int, total: int) -> None:
            bar.update(task, description=printable(step), completed=done, total=total or None)

        yield show
