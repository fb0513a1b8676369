"""``dateline serve``: the dashboard in a browser."""

from __future__ import annotations

import errno
import json
import os
import socket
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.settings import READ_ONLY
from dashboard.terminal import say

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE = Path(__file__).parents[1]

EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104
"""Addresses that stand for all of the machine's own and cannot be opened in a browser."""

CONFIGURATIONS = (PACKAGE.parent / ".streamlit" / "config.toml", PACKAGE / "config.toml")
"""Of a checkout, and of an installed wheel."""


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option(
    "--address", default="localhost", show_default=True, help="Where to listen; 0.0.0.0 lets others in."
)
@click.option("--read-only", is_flag=True, help="Offer nothing that changes data.")
@click.pass_context
def serve(context: click.Context, *, port: int, address: str, read_only: bool) -> None:
    """Open the dashboard in a browser."""
    check_port(address, port)
    if read_only:
        os.environ[READ_ONLY] = "1"
    shown = "localhost" if address in EVERYWHERE else f"[{address}]" if ":" in address else address
    say(f"Dateline is at http://{shown}:{port}  (Ctrl+C ends it)")
    from streamlit.web.cli import main as streamlit

    # Ctrl+C is how it is meant to end.
    with suppress(click.Abort):
        context.exit(
            streamlit(find_arguments(address, port), prog_name="streamlit", standalone_mode=False) or 0
        )


def check_port(address: str, port: int) -> None:
    """Refuse an address that cannot be listened on, before anything is started.

    A name may stand for several addresses, of which one that the machine lacks is no matter: "localhost" means
    ::1 as well where nothing speaks IPv6.

    Raises
    ------
    click.ClickException
        Another program listens there, or the machine has no such address.
    """
    try:
        places = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise _refusal(address, port, error) from None
    failures = [failure for family, *_, place in places if (failure := _try_listening(family, place))]
    taken = [failure for failure in failures if failure.errno == errno.EADDRINUSE]
    if taken or len(failures) == len(places):
        raise _refusal(address, port, [*taken, *failures][0])


def _try_listening(family: int, place: Any) -> OSError | None:
    """Return why an address cannot be listened on; None: it can."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # As the server does it: a port that was in use a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        return error
    return None


def _refusal(address: str, port: int, error: OSError) -> click.ClickException:
    if error.errno == errno.EADDRINUSE:
        return click.ClickException(
            f"port {port} is taken, perhaps by another Dateline; name one that is free with --port"
        )
    return click.ClickException(f"cannot listen on {address}, port {port}: {error.strerror or error}")


def find_arguments(address: str, port: int) -> list[str]:
    """Return the arguments of ``streamlit``: the app, with Dateline's configuration as flags.

    Streamlit looks for a configuration in the current and the home folder; flags hold from any folder.
    """
    configuration = next(path for path in CONFIGURATIONS if path.is_file())
    options = _flatten(tomllib.loads(configuration.read_text(encoding="utf-8")))
    options |= {
        "server.address": address,
        "server.port": port,
        # Its greeting asks a server on the internet for the machine's address, and advertises.
        "logger.hideWelcomeMessage": True,
        "logger.level": "warning",
    }
    # Lists, such as the fonts, reach Streamlit as JSON.
    flags = [
        f"--{name}={value if isinstance(value, str) else json.dumps(value)}"
        for name, value in options.items()
    ]
    return ["run", str(PACKAGE / "server.py"), *flags]


def _flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return nested tables as one, with dots in the names."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        flat |= _flatten(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return flat
