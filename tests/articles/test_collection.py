from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import articles

COLLECTION = Path(articles.__file__).with_name("collection")
FILES = sorted(COLLECTION.iterdir())
KEYS = {"title", "published", "language", "sources", "notes"}
SOURCE_KEYS = {"outlet", "outlet_note", "title", "title_english", "author", "date", "url", "language"}
COORDINATES = re.compile(
    r"latitude|longitude|\b(?:lat|lon|lng)\b|\d+\.\d+\s*,\s*-?\d+\.\d+|\d\s*[°º′″]|-?\b\d{1,3}\.\d{3,}",
    re.IGNORECASE,
)


def parts(file: Path) -> tuple[dict[str, Any], str]:
    """Return the front matter and the text of an article's file."""
    start, front_matter, text = file.read_text(encoding="utf-8").split("---\n", 2)
    assert start == ""
    return yaml.safe_load(front_matter), text.strip()


def test_collection_holds_ten_articles_and_nothing_else() -> None:
    assert [file.suffix for file in FILES] == [".md"] * 10


def test_collection_has_no_title_twice() -> None:
    assert len({parts(file)[0]["title"] for file in FILES}) == len(FILES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
class TestArticle:
    def test_front_matter_has_the_keys_of_an_article(self, file: Path) -> None:
        front_matter, _ = parts(file)
        assert set(front_matter) <= KEYS
        assert front_matter["title"]
        assert front_matter["language"] == "en"
        assert all(isinstance(note, str) for note in front_matter.get("notes", []))

    def test_sources_are_citations(self, file: Path) -> None:
        sources = parts(file)[0]["sources"]
        assert sources
        for source in sources:
            assert set(source) <= SOURCE_KEYS
            assert source["outlet"]
            assert source["title"]
            assert source["url"].startswith("https://")
            assert re.fullmatch(r"[a-z]{2}", source["language"])
            assert source["language"] == "en" or source["title_english"]

    def test_date_is_the_latest_of_the_sources_and_in_the_name(self, file: Path) -> None:
        front_matter, _ = parts(file)
        dates = [source["date"] for source in front_matter["sources"]]
        assert all(type(day) is date for day in dates)
        assert front_matter["published"] == max(dates)
        assert file.name.startswith(f"{front_matter['published'].isoformat()}-")

    def test_text_is_a_summary(self, file: Path) -> None:
        _, text = parts(file)
        assert 80 <= len(text.split()) <= 150

    def test_places_are_named_and_not_placed(self, file: Path) -> None:
        assert not COORDINATES.search(re.sub(r"https?://\S+", "", file.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("file", "places"),
    [
        ("2023-09-16-sahel-defence-pact", ["Mali", "Burkina Faso", "Niger", "Liptako-Gourma"]),
        ("2023-09-22-nduga-arrests", ["Nduga", "Wamena", "Jayapura", "Papua", "Indonesia"]),
        ("2023-09-27-tocoron-prison-raid", ["Tocorón prison", "Lara state", "Venezuela"]),
        (
            "2023-10-01-mastung-bombings",
            ["Mastung", "Quetta", "Doaba", "Hangu", "Zhob", "Gwadar", "Swabi", "Dera Bugti", "Balochistan"],
        ),
        (
            "2023-10-02-haftar-russia-libya",
            [
                "Benghazi",
                "Sirte",
                "Tripoli",
                "Al Khadim",
                "Al-Jufra",
                "Al-Kharrouba",
                "Brak Al-Shati",
                "Tamanhint",
                "Hmeimim",
                "Tartus",
                "Libya",
            ],
        ),
        ("2023-10-04-iran-drones-artificial-intelligence", ["Iran"]),
        (
            "2023-10-07-iraqi-kurdistan-disarmament",
            ["Iraqi Kurdistan", "Sistan and Baluchestan", "Strait of Hormuz", "Iraq"],
        ),
        ("2023-10-14-arabic-media-narrative", ["Gaza Envelope", "Gaza Strip", "Israel"]),
        (
            "2023-10-14-north-africa-rallies",
            ["Tunis", "Gaza Strip", "West Bank", "Western Sahara", "Morocco", "Libya", "Algeria"],
        ),
        ("2023-10-22-karrar-drone-missile", ["Iran"]),
    ],
)
def test_text_names_the_places(file: str, places: list[str]) -> None:
    _, text = parts(COLLECTION / f"{file}.md")
    assert [place for place in places if not re.search(rf"\b{place}\b", text)] == []
