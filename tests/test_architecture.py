"""Imports run one way: articles ◀ geodata ◀ dashboard."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path for package in ("articles", "geodata", "dashboard") for path in (ROOT / package).rglob("*.py")
)

WITHOUT_STREAMLIT = (
    "cli",
    "collection",
    "criteria",
    "database",
    "documents",
    "area",
    "columns",
    "facets",
    "filters",
    "ingestion",
    "leading",
    "parameters",
    "periods",
    "quality",
    "removal",
    "saved_views",
    "search_index",
    "searching",
    "selections",
    "settings",
    "snippets",
    "steps",
    "suggestions",
    "terminal",
    "timeline",
    "value_names",
)
"""Modules of the dashboard that the command line or scripts use, and those that only count."""


def find_imports(path: Path) -> set[str]:
    """Return what a module imports, by dotted names, wherever in it the import stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively, where this test cannot see from what"
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def uses(path: Path, package: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for name in find_imports(path))


def modules_of(package: str) -> list[Path]:
    return [path for path in MODULES if path.is_relative_to(ROOT / package)]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", modules_of("articles"), ids=name_of)
def test_articles_knows_neither_places_nor_pages(path):
    assert not uses(path, "geodata")
    assert not uses(path, "dashboard")


@pytest.mark.parametrize("path", modules_of("geodata"), ids=name_of)
def test_geodata_knows_only_the_model_of_articles(path):
    assert not uses(path, "dashboard")
    known = {name for name in find_imports(path) if name.partition(".")[0] == "articles"}
    assert all(name == "articles.model" or name.startswith("articles.model.") for name in known)


@pytest.mark.parametrize("path", [*modules_of("articles"), *modules_of("geodata")], ids=name_of)
def test_streamlit_and_folium_stay_in_the_dashboard(path):
    for library in ("streamlit", "streamlit_folium", "folium", "branca"):
        assert not uses(path, library)


@pytest.mark.parametrize("name", WITHOUT_STREAMLIT)
def test_pure_modules_of_the_dashboard_do_without_streamlit(name):
    path = ROOT / "dashboard" / f"{name}.py"
    assert not uses(path, "streamlit")
    assert not uses(path, "streamlit_folium")


@pytest.mark.parametrize("path", modules_of("dashboard"), ids=name_of)
def test_folium_is_used_only_where_maps_are_built(path):
    if not path.is_relative_to(ROOT / "dashboard" / "map"):
        assert not uses(path, "folium")
        assert not uses(path, "branca")


@pytest.mark.parametrize("path", modules_of("dashboard/commands"), ids=name_of)
def test_commands_use_streamlit_only_to_serve(path):
    assert path.name == "serve.py" or not uses(path, "streamlit")


def test_find_imports_sees_imports_anywhere(tmp_path):
    module = tmp_path / "module.py"
    module.write_text("import a.b\ndef f():\n    from c import d\nif True:\n    from e.f import g as h\n")
    assert find_imports(module) == {"a.b", "c", "c.d", "e.f", "e.f.g"}
