"""``dateline remove``: what was taken in, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dashboard.terminal import get_settings, say

if TYPE_CHECKING:
    from dashboard.removal import Removal

SHOWN = 50
"""Titles of one name that are told; of others the number."""


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="FILE_OR_ARTICLE...")
@click.pass_context
def remove(context: click.Context, names: tuple[str, ...]) -> None:
    """Take back what was taken in, with its places.

    Name a file or folder as it was given to `ingest`, - for what came by standard input, or an article by its
    id, which stands in the address of its page. The files themselves stay; to ingest them again brings everything
    back. An article that another document holds as well stays, unless it is named itself.

    Nothing is asked: what is removed is said.
    """
    from dashboard.database import open_database
    from dashboard.removal import remove as remove_stored

    engine = open_database(get_settings())
    try:
        removals = remove_stored(names, engine=engine)
    finally:
        engine.dispose()
    for removal in removals:
        _say(removal)
    if not all(removal.is_known for removal in removals):
        context.exit(1)


def _say(removal: Removal) -> None:
    if not removal.is_known:
        say(f"Not found: {removal.name}: no document and no article of this name is stored.")
        return
    number = len(removal.removed)
    say(f"Removed: {removal.name}: {number:,} article{'s' * (number != 1)}.")
    for article_id, title in removal.removed[:SHOWN]:
        say(f"  {article_id}  {' '.join(title.split())}")
    if number > SHOWN:
        say(f"  … and {number - SHOWN:,} more")
    if removal.kept:
        stays = "article stays" if removal.kept == 1 else "articles stay"
        say(f"  {removal.kept:,} {stays}: another document holds the same.")
