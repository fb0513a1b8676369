"""What is served beside the pages."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(("base", "prefix"), [("", ""), ("/osint/map/", "/osint/map")])
def test_tiles_and_towns_lie_below_the_base_path(base: str, prefix: str) -> None:
    """In a process of its own: an app that is made fixes Streamlit's configuration."""
    script = (
        "import streamlit.config\n"
        f"streamlit.config.set_option('server.baseUrlPath', {base!r})\n"
        "from dashboard import server\n"
        "print([route.path for route in server.routes()])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == (
        f"['{prefix}/app/tiles/{{key}}.pmtiles', '{prefix}/app/towns/{{key}}.json.gz']"
    )
