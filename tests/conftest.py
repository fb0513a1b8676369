"""Fixtures that several parts share. What only one part needs stands in its own conftest.py."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.build import build_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def embedded_gazetteer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gazetteer that every installation builds, built once for all tests (half a minute)."""
    folder = tmp_path_factory.mktemp("embedded") / "gazetteer"
    build_gazetteer(folder)
    return folder


@pytest.fixture(scope="session")
def embedded_gazetteer(embedded_gazetteer_folder: Path) -> Iterator[Gazetteer]:
    with open_gazetteer(embedded_gazetteer_folder) as gazetteer:
        yield gazetteer


def skip_unless_required(reason: str) -> NoReturn:
    """Skip a test for want of something outside the project; where all must run, let it fail instead."""
    if os.environ.get("DATELINE_TEST_ALL"):
        pytest.fail(f"{reason}, and DATELINE_TEST_ALL asks for every test")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def digest_file() -> Path:
    """The publisher's digest, which is not ours to hand on: tests that need it are skipped without it."""
    name = os.environ.get("DATELINE_DIGEST", "")
    if not name or not Path(name).is_file():
        skip_unless_required("DATELINE_DIGEST does not name the publisher's digest")
    return Path(name)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the machine's Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    skip_unless_required("there is no Chromium on this machine")
