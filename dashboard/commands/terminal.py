"""What the commands share in talking to a person: messages, tables, progress bars."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console
    from rich.progress import Progress

    from dashboard.settings import Settings

WIDE = 200
"""Columns of a table that goes into a file or a pipe, where nothing folds it."""


def get_settings() -> Settings:
    """Return what the environment says."""
    from dashboard.settings import Settings

    return Settings.from_environment(os.environ)


def say(message: str) -> None:
    """Write a line for a person to standard error."""
    click.echo(printable(message), err=True)


def printable(text: str) -> str:
    """Return text without what a terminal would obey; articles come from strangers."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)


def open_console(*, error: bool = True) -> Console:
    """Return a console on standard error, where messages go, or on standard output."""
    from rich.console import Console

    console = Console(stderr=error, markup=False, highlight=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = WIDE
    return console


def print_table(
    console: Console, titles: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()
) -> None:
    """Print rows under titles; the columns whose index stands in `right` are aligned there."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for index, title in enumerate(titles):
        table.add_column(title, justify="right" if index in right else "left")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console.print(table)


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
