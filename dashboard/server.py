"""What ``streamlit run`` starts: the dashboard, and beside its pages the files of tiles and the towns.

Streamlit has its own ways to send a file to the browser, but they hold it in memory or refuse it from 200 MB on. A
map may have gigabytes, and of those a browser asks for a few parts. The towns are not made before somebody comes
near enough to see them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from dashboard.map import tiles, towns
from dashboard.map.tiles import find_file, read_tiles
from dashboard.settings import Settings

if TYPE_CHECKING:
    from starlette.requests import Request


def send_tiles(request: Request) -> FileResponse:
    """Send the parts of a PMTiles file that are asked for; only files that the configuration names are there.

    Raises
    ------
    HTTPException
        404: no source has this key, or its file is gone.
    """
    settings = Settings.from_environment(os.environ)
    file = find_file(read_tiles(os.environ, settings.tiles), request.path_params["key"])
    if file is None:
        raise HTTPException(404, "no such file of tiles")
    # A file that is replaced has another ETag, by which the reader in the browser notices.
    return FileResponse(
        file, media_type="application/vnd.pmtiles", headers={"Cache-Control": "private, max-age=3600"}
    )


def send_towns(request: Request) -> Response:
    """Send the towns that the base map names; without content where there are none."""
    file = towns.read_towns(Settings.from_environment(os.environ).gazetteer, request.path_params["key"])
    if file is None:
        # No fault of whoever asks: the gazetteer is broken, or another since the page was opened.
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
    kept = {"Cache-Control": "private, max-age=31536000, immutable"}
    return Response(file, media_type="application/gzip", headers=kept)


def routes() -> list[Route]:
    """Return what is served beside Streamlit's own routes, below the same base path."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    prefix = f"/{base}" if base else ""
    return [
        Route(f"{prefix}/{tiles.ADDRESS}/{{key}}.pmtiles", send_tiles, methods=["GET"]),
        Route(f"{prefix}/{towns.ADDRESS}/{{key}}.json.gz", send_towns, methods=["GET"]),
    ]


app = st.App(Path(__file__).with_name("app.py"), routes=routes())
