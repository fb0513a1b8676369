"""Names in scripts without spaces between words."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from geodata import lexicon
from geodata.gazetteer.entry import NameQuality
from geodata.gazetteer.folding import fold_letters
from geodata.gazetteer.index import Bearer
from geodata.geoparser import Geoparser
from geodata.model import Kind
from geodata.unspaced import Fame, fame_of, find_names

if TYPE_CHECKING:
    from geodata.gazetteer import Gazetteer

NAMES = {
    "中国": Fame.COUNTRY, "海地": Fame.COUNTRY, "日本": Fame.COUNTRY, "印度": Fame.COUNTRY, "印度尼西亚": Fame.COUNTRY,
    "里加": Fame.WORLD, "平壤": Fame.WORLD, "东京": Fame.WORLD, "日本語": Fame.LARGE, "日本海": Fame.AREA,
    "パリ": Fame.WORLD, "トルコ": Fame.COUNTRY, "ロシア": Fame.COUNTRY, "ドイツ": Fame.COUNTRY, "奈良": Fame.LARGE, "昆明": Fame.LARGE, "布拉格": Fame.WORLD,
    "ปารีส": Fame.WORLD, "โรม": Fame.WORLD, "新村": Fame.NONE,
}  # fmt: skip


def names_in(text: str) -> list[str]:
    """Return the parts of a text that are found, by a gazetteer of `NAMES`."""

    def prefixes(letters: str) -> list[str]:
        return sorted((name for name in NAMES if letters.startswith(name)), key=len)

    found = find_names(text, prefixes, lambda key: NAMES.get(key, Fame.NONE), lexicon.load("joined_words"))
    assert [fold_letters(text[start:end]) for _, start, end in found] == [key for key, _, _ in found]
    return [key for key, _, _ in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("习近平访问平壤", ["平壤"]),
        ("中国和日本的代表在东京会谈", ["中国", "日本", "东京"]),
        # The longest name wins, and a sea is no country.
        ("印度尼西亚总统", ["印度尼西亚"]),
        ("向日本海发射导弹", ["日本海"]),
        ("首相がロシアを訪問", ["ロシア"]),
        ("フランスのパリで開催", ["パリ"]),
        # Kana whose marks are characters of their own, as some systems write them.
        ("首相が\u30c8\u3099イツを訪問", ["ドイツ"]),
        # Two letters of a lesser city need a noun after them, or kana.
        ("在昆明市发生", ["昆明"]),
        ("在昆明发生", []),
        ("昨日奈良で発生", ["奈良"]),
        ("นายกเดินทางไปปารีสเมื่อวาน", ["ปารีส"]),
    ],
)
def test_find_names_within_a_sentence(text: str, expected: list[str]) -> None:
    assert names_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # Two common words that spell a name where they meet.
        "沿海地区的经济",
        "今日本地气温",
        "其中国家投资",
        # A name that begins with a word of one letter, words that hold a name, and languages.
        "在教室里加紧复习",
        "印度教的节日",
        "トルコ石の指輪",
        "日本語を勉強",
        "ロシア語の辞書",
        # Kana go on.
        "パリパリのせんべい",
        "スパリゾート",
        # A short name, or one that begins within a syllable.
        "ไปโรมแล้ว",
        "ไเปารีส",
        "ไปปารีส์",
        # A known name that is not known enough.
        "在新村发生",
    ],
)
def test_find_names_does_not_take_parts_of_words_for_names(text: str) -> None:
    assert names_in(text) == []


def test_find_names_counts_letters_that_fold_to_several() -> None:
    text = "㍿น้ำตกที่ปารีส"
    ((_, start, end),) = find_names(
        text, lambda letters: ["ปารีส"] if letters.startswith("ปารีส") else [], NAMES.__getitem__, ()
    )
    assert text[start:end] == "ปารีส"


@pytest.mark.parametrize(
    ("bearer", "expected"),
    [
        (Bearer(Kind.COUNTRY, NameQuality.ALTERNATE, 0, False), Fame.COUNTRY),
        (Bearer(Kind.COUNTRY, NameQuality.ADJECTIVE, 0, False), Fame.NONE),
        (Bearer(Kind.CITY, NameQuality.ALTERNATE, 10_000, True), Fame.WORLD),
        (Bearer(Kind.CITY, NameQuality.ALTERNATE, 9_000_000, False), Fame.WORLD),
        (Bearer(Kind.CITY, NameQuality.ALTERNATE, 300_000, False), Fame.LARGE),
        (Bearer(Kind.CITY, NameQuality.PREFERRED, 30_000, False), Fame.NONE),
        (Bearer(Kind.WATER, NameQuality.PREFERRED, 0, False), Fame.AREA),
    ],
)
def test_fame_is_of_names_borne_in_full(bearer: Bearer, expected: Fame) -> None:
    assert fame_of([bearer]) is expected


def test_parse_finds_kana_whose_marks_are_characters_of_their_own(embedded_gazetteer: Gazetteer) -> None:
    text = unicodedata.normalize("NFD", "昨日ドイツで地震が発生した。")
    (found,) = Geoparser(embedded_gazetteer).parse(text)
    assert (found.mention.phrase, found.place.name) == (unicodedata.normalize("NFD", "ドイツ"), "Germany")


def test_parse_places_names_within_a_sentence(embedded_gazetteer: Gazetteer) -> None:
    text = "习近平访问平壤。“WHO在中国”，3月5日離開東京前往倫敦。"
    found = {
        (found.mention.phrase, found.mention.start): found.place.name
        for found in Geoparser(embedded_gazetteer).parse(text)
        if found.place
    }
    assert found == {
        ("平壤", 5): "Pyongyang",
        ("中国", 13): "China",
        ("東京", 23): "Tokyo",
        ("倫敦", 27): "London",
    }
