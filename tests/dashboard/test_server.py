"""What is served beside the pages."""

from __future__ import annotations

import subprocess
import sys

import pytest

BASES = pytest.mark.parametrize(("base", "prefix"), [("", ""), ("/osint/map/", "/osint/map")])


@BASES
def test_tiles_and_towns_lie_below_the_base_path(base: str, prefix: str) -> None:
    said = _run(base, "print([route.path for route in server.routes()])")
    assert said == f"['{prefix}/app/tiles/{{key}}.pmtiles', '{prefix}/app/towns/{{key}}.json.gz']"


@BASES
def test_pages_name_their_font_and_other_answers_do_not(base: str, prefix: str) -> None:
    said = _run(
        base,
        "import asyncio\n"
        "from starlette.responses import HTMLResponse, JSONResponse\n"
        "async def send(message):\n"
        "    if 'headers' in message:\n"
        "        print([value.decode() for name, value in message['headers'] if name == b'link'])\n"
        "for answer in (HTMLResponse('<p>', headers={'Link': '<other>'}), JSONResponse({})):\n"
        "    asyncio.run(server.FontPreload(answer)({'type': 'http'}, None, send))",
    )
    font = f"<{prefix}/app/static/vendor/inter-latin-wght-normal.woff2>"
    preload = f'{font}; rel=preload; as=font; type="font/woff2"; crossorigin'
    assert said.splitlines() == [str(["<other>", preload]), "[]"]


def _run(base: str, script: str) -> str:
    """Run a script in a process of its own: an app that is made fixes Streamlit's configuration."""
    head = (
        "import streamlit.config\n"
        f"streamlit.config.set_option('server.baseUrlPath', {base!r})\n"
        "from dashboard import server\n"
    )
    done = subprocess.run([sys.executable, "-c", head + script], capture_output=True, text=True, check=True)
    return done.stdout.strip()
