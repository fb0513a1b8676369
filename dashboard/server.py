"""What ``streamlit run`` starts: the dashboard, and beside its pages the files of tiles and the towns.

Streamlit has its own ways to send a file to the browser, but they hold it in memory or refuse it from 200 MB on. A
map may have gigabytes, and of those a browser asks for a few parts. The towns are not made before somebody comes
near enough to see them.

With a page goes the word that its font will be needed. Streamlit names the font when its own scripts have run; text
that stands in another font until then breaks into other lines, and what is below it moves.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from dashboard.map import tiles, towns
from dashboard.map.tiles import find_file, read_tiles
from dashboard.settings import Settings

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

FONT = "app/static/vendor/inter-latin-wght-normal.woff2"
"""The font of nearly every word on the pages, as ``.streamlit/config.toml`` has it."""


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


class FontPreload:
    """Middleware that lets a browser fetch the font together with the page, by a ``Link`` header (RFC 8288)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._link = f'<{_prefix()}/{FONT}>; rel=preload; as=font; type="font/woff2"; crossorigin'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does; a page of HTML names the font as well."""

        async def send_with_link(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("link", self._link)
            await send(message)

        await self._app(scope, receive, send_with_link)


def routes() -> list[Route]:
    """Return what is served beside Streamlit's own routes, below the same base path."""
    prefix = _prefix()
    return [
        Route(f"{prefix}/{tiles.ADDRESS}/{{key}}.pmtiles", send_tiles, methods=["GET"]),
        Route(f"{prefix}/{towns.ADDRESS}/{{key}}.json.gz", send_towns, methods=["GET"]),
    ]


def _prefix() -> str:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


app = st.App(Path(__file__).with_name("app.py"), routes=routes(), middleware=[Middleware(FontPreload)])
