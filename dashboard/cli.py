"""The command line: which commands there are, and what becomes of their errors."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import click

from dashboard.terminal import say

COMMANDS = ("ingest", "remove", "geoparse", "gazetteer", "export", "score", "serve")

FAILED = 1
"""Exit status when some input failed; click ends wrong usage with 2."""

INTERRUPTED = 130


class _Dateline(click.Group):
    """Loads a command when it is called for, and turns errors into messages at this one place."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"dashboard.commands.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            say("\nInterrupted.")
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # The reader of a pipe went away; writing on, even at exit, would only say so again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(FAILED)
        except Exception as error:
            message = _describe(error)
            if message is None:
                raise
            say(f"Error: {message}")
            ctx.exit(FAILED)


@click.group(
    cls=_Dateline, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="dateline", message="%(prog)s %(version)s")
def main() -> None:
    """Digests of open-source news in, an event map out."""
    _replace_closed_streams()


def _replace_closed_streams() -> None:
    """Take a stream that the caller closed for an empty one; Python has None for it."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _describe(error: Exception) -> str | None:
    """Return an error in words for a person; None: it is a mistake of the program."""
    if isinstance(error, _expected_errors()):
        return str(error)
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}"
    # Without SQLAlchemy loaded there is no error of its; loading it costs a command its quick start.
    sqlalchemy = sys.modules.get("sqlalchemy.exc")
    if sqlalchemy is not None and isinstance(error, sqlalchemy.SQLAlchemyError):
        return f"the database failed: {getattr(error, 'orig', None) or error}"
    return None


def _expected_errors() -> tuple[type[Exception], ...]:
    from articles.errors import ArticlesError
    from geodata.errors import GeodataError

    return (ArticlesError, GeodataError)
