from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from dashboard.database import open_database
from dashboard.settings import Settings


def test_from_environment_reads_home_and_database():
    settings = Settings.from_environment(
        {"DATELINE_HOME": "/data", "DATELINE_DATABASE": "postgresql://host/name"}
    )
    assert settings == Settings(Path("/data"), "postgresql://host/name")
    assert settings.gazetteer == Path("/data/gazetteer")


def test_from_environment_puts_the_database_into_the_home():
    settings = Settings.from_environment({"DATELINE_HOME": "/data", "DATELINE_DATABASE": ""})
    assert settings.database_url == "sqlite:////data/dateline.sqlite"


def test_from_environment_makes_the_home_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Settings.from_environment({"DATELINE_HOME": "data"}).home == tmp_path / "data"
    assert Settings.from_environment({"DATELINE_HOME": "~/x"}).home == Path.home() / "x"


def test_from_environment_uses_the_users_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    settings = Settings.from_environment({})
    assert settings.home.name == "dateline"
    assert settings.home.is_absolute()
    assert not settings.read_only


@pytest.mark.parametrize(
    ("said", "read_only"),
    [("1", True), ("true", True), ("YES", True), ("", False), (" ", False), ("0", False), ("False", False)],
)
def test_from_environment_is_read_only_unless_it_is_plainly_not(said, read_only):
    assert Settings.from_environment({"DATELINE_READ_ONLY": said}).read_only is read_only


@pytest.mark.parametrize("name", ["what?", "a%41b", "100%", "a b", "x#y", "ü+@:&=", "?x=1&y=%3F"])
def test_from_environment_means_this_very_folder(tmp_path, name):
    settings = Settings.from_environment({"DATELINE_HOME": str(tmp_path / name)})
    assert make_url(settings.database_url).database == str(tmp_path / name / "dateline.sqlite")
    open_database(settings).dispose()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "dateline.sqlite").is_file()
