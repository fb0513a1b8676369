"""What is served beside the pages."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("base", "prefix"), [("", ""), ("/osint/map/", "/osint/map")])
def test_tiles_lie_below_the_base_path(base: str, prefix: str) -> None:
    """In a process of its own: an app that is made fixes Streamlit's configuration."""
    script = "from dashboard import server; print([route.path for route in server.routes()])"
    environment = {**os.environ, "STREAMLIT_SERVER_BASE_URL_PATH": base}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"['{prefix}/app/tiles/{{key}}.pmtiles']"
