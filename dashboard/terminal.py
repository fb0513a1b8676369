"""What the commands share in talking to a person: messages, tables, progress bars."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table
    from rich.text import Text

    from dashboard.settings import Settings

WIDE = 200
"""Columns of a table that goes into a file or a pipe, where nothing folds it."""

LEAST_WIDTH = 16
"""Below it a column of broken lines is not worth its room."""

KEPT = "\n\u200c\u200d"
"""What is not printable and does no harm: the end of a line, and both joiners."""

WIDEST = 10_000
"""More than any table needs: its width is measured as if there were no end of the line."""


def get_settings() -> Settings:
    """Return what the environment says."""
    from dashboard.settings import Settings

    return Settings.from_environment(os.environ)


def say(message: str) -> None:
    """Write a line for a person to standard error."""
    click.echo(printable(message), err=True)


def printable(text: str) -> str:
    """Return text without what a terminal would obey; articles come from strangers.

    Every kind of space becomes a plain one. Joiners, which Persian and Hindi need between letters, stay.
    """
    return "".join(
        letter if letter.isprintable() or letter in KEPT else " " if letter.isspace() else "�"
        for letter in text
    )


def open_console(*, error: bool = True) -> Console:
    """Return a console on standard error, where messages go, or on standard output."""
    from rich.console import Console

    console = Console(stderr=error, markup=False, highlight=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = WIDE
    return console


def print_table(
    console: Console,
    titles: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Collection[str] = (),
    whole: Collection[str] = (),
    spare: Sequence[str] = (),
) -> None:
    """Print rows under titles.

    Parameters
    ----------
    right : collection of str
        Titles of the columns that are aligned there.
    whole : collection of str
        Titles of the columns whose cells are not broken into lines.
    spare : sequence of str
        Titles of the columns that are left out where there is no room, the first of them first.
    """
    from rich.measure import Measurement
    from rich.text import Text

    cells = [[Text(printable(cell)) for cell in row] for row in rows]
    # Where even leaving out is not enough, only what is aligned on the right is kept whole: figures.
    for left_out in range(len(spare) + 2):
        kept, least = (whole, LEAST_WIDTH) if left_out <= len(spare) else (right, 1)
        shown = [index for index, title in enumerate(titles) if title not in spare[:left_out]]
        table = _lay_out(
            [titles[index] for index in shown],
            right=right,
            whole=kept,
            least=least,
            cells=[[row[index] for index in shown] for row in cells],
        )
        if Measurement.get(console, console.options.update(max_width=WIDEST), table).minimum <= console.width:
            break
    console.print(table)


def _lay_out(
    titles: Sequence[str],
    cells: Sequence[Sequence[Text]],
    *,
    right: Collection[str],
    whole: Collection[str],
    least: int,
) -> Table:
    """Return a table; a column that is not kept whole may shrink to its least width, in cells."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for index, title in enumerate(titles):
        width = max([len(title), *(row[index].cell_len for row in cells)])
        table.add_column(
            title,
            justify="right" if title in right else "left",
            no_wrap=title in whole,
            min_width=width if title in whole else min(least, width),
        )
    for row in cells:
        table.add_row(*row)
    return table


def open_progress(console: Console) -> Progress:
    """Return a progress bar on a terminal, and a silent one elsewhere."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %", markup=False),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
