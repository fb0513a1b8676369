"""What several tests of the dashboard without a browser share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard import loading

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, of which nothing is cached."""
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    monkeypatch.delenv("DATELINE_DATABASE", raising=False)
    loading.st.cache_resource.clear()
    return tmp_path


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch):
    """Whoever runs the tests may tell how wide the terminal is; a table is as wide here as it needs to be."""
    monkeypatch.delenv("COLUMNS", raising=False)
