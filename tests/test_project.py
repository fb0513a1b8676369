"""What holds for the project's own files."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_lock_file_holds_no_addresses() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    assert all("integrity" in package for name, package in json.loads(lock)["packages"].items() if name)


def test_every_bundled_file_of_a_package_has_its_package_pinned() -> None:
    hook = (ROOT / "build_assets.py").read_text(encoding="utf-8")
    wanted = {
        "/".join(path.split("/")[: 2 if path.startswith("@") else 1])
        for path in re.findall(r'\("([^"]+)", (?:BROWSER|GAZETTEER)\)', hook)
    }
    dependencies = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert wanted
    assert wanted <= set(dependencies)


def test_libraries_of_the_map_are_bounded() -> None:
    """The map rests on how exactly these releases behave; a new one is tried before it is let in."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name in ("streamlit", "streamlit-folium", "folium", "branca"):
        (bound,) = [line for line in project["dependencies"] if re.match(rf"{name}[>=<]", line)]
        assert "<" in bound
