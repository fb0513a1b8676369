"""Generate a collection of any size whose texts are as long as those of a real digest.

    python -m benchmarks.events 10000 FOLDER

fills the store of a data folder; ``DATELINE_HOME=FOLDER dateline serve`` then shows it. The same number gives
the same events on every machine.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from articles.model import Article, Source, ThemeMatch
from articles.store import put_article, transaction
from articles.themes import load_vocabulary
from dashboard.database import open_database
from dashboard.settings import Settings
from geodata.model import Candidate, Kind, Mention, Place, Resolution, Role
from geodata.store import put_resolutions

if TYPE_CHECKING:
    from collections.abc import Iterator

    Pair = tuple[Article, list[Resolution]]

PLACES_AN_ARTICLE = 3
LAST_DAY = date(2023, 12, 31)
DAYS = 540
ADDED_AT = datetime(2024, 1, 1, tzinfo=UTC)

ANCHORS = (
    ("PK", 30.2, 67.0), ("AF", 34.5, 69.2), ("IR", 35.7, 51.4), ("IQ", 33.3, 44.4), ("SY", 34.7, 37.0),
    ("YE", 15.4, 44.2), ("SA", 24.7, 46.7), ("IL", 31.8, 35.0), ("LB", 33.9, 35.6), ("TR", 38.5, 39.5),
    ("UA", 48.5, 35.1), ("RU", 52.0, 40.0), ("RU", 56.0, 92.9), ("GE", 42.0, 43.5), ("AM", 40.2, 44.9),
    ("LY", 29.0, 18.0), ("EG", 29.5, 31.2), ("SD", 15.5, 32.5), ("ET", 9.0, 39.5), ("SO", 3.5, 45.0),
    ("KE", 0.2, 37.5), ("CD", -1.5, 28.5), ("CF", 6.0, 20.0), ("TD", 13.0, 17.0), ("NE", 14.5, 6.0),
    ("ML", 16.0, -2.5), ("BF", 12.8, -1.5), ("NG", 11.0, 11.5), ("CM", 6.0, 11.5), ("MZ", -12.5, 39.5),
    ("CN", 31.0, 112.0), ("CN", 40.5, 88.0), ("TW", 24.0, 121.0), ("KP", 39.5, 126.5), ("MM", 20.5, 96.0),
    ("PH", 8.0, 124.5), ("ID", -4.0, 138.0), ("IN", 33.5, 75.5), ("IN", 22.5, 82.0), ("BD", 23.7, 90.4),
    ("VE", 9.5, -67.5), ("CO", 4.5, -74.0), ("MX", 24.0, -104.0), ("HT", 18.9, -72.3), ("EC", -1.8, -79.0),
    ("FJ", -17.8, 178.2), ("US", 38.5, -90.0), ("GB", 52.5, -1.5), ("FR", 47.0, 2.5), ("DE", 51.0, 10.0),
)  # fmt: skip
"""Country, latitude and longitude of what places lie around."""

KINDS = (
    (Kind.CITY, 0.66, 5), (Kind.SITE, 0.08, 1), (Kind.ADMIN2, 0.06, 45), (Kind.ADMIN1, 0.11, 180),
    (Kind.REGION, 0.02, 700), (Kind.COUNTRY, 0.07, 600),
)  # fmt: skip
"""Kind, share, and radius in kilometres."""

WORDS = (
    "government forces militia border security attack report convoy drone officials region military port army "
    "ceasefire talks market prison arms smuggling election protest council sanctions pipeline village provincial "
    "commander intelligence statement claimed responsibility humanitarian corridor ministry exercise agreement "
    "according local sources after during between against under several dozens killed wounded arrested seized "
    "vessel missile base airport checkpoint operation group movement tribal leader capital northern southern"
).split()

OUTLETS = (
    ("Mashal Radio", "ps"), ("Jeune Afrique", "fr"), ("Al Jazeera", "ar"), ("Ukrainska Pravda", "uk"),
    ("El Nacional", "es"), ("The Frontier Post", "en"), ("Tasnim", "fa"), ("Kompas", "id"),
)  # fmt: skip


def generate(number: int) -> Iterator[Pair]:
    """Make articles with their places until there are this many events, the latest first."""
    chance = random.Random(number)
    places = make_places(max(60, min(6000, number // 8)), chance)
    themes = [theme.id for theme in load_vocabulary(None).themes]
    left = number
    while left > 0:
        chosen = _choose(places, min(PLACES_AN_ARTICLE, left), chance)
        left -= len(chosen)
        yield make_pair(chosen, themes, chance)


def make_places(number: int, chance: random.Random) -> list[Place]:
    """Make places around the anchors; one country of each code."""
    kinds, shares, radii = zip(*KINDS, strict=True)
    places: dict[str, Place] = {}
    for index in range(number):
        code, latitude, longitude = chance.choice(ANCHORS)
        at = chance.choices(range(len(kinds)), shares)[0]
        kind = kinds[at]
        name = _name(chance)
        identifier = f"generated:{index}"
        if kind is Kind.COUNTRY:
            identifier, name = f"generated:{code}", f"Land of {code}"
            place = Place(identifier, name, kind, latitude, longitude, code, radius_km=radii[at])
        else:
            spot = latitude + chance.gauss(0, 2), (longitude + chance.gauss(0, 2.5) + 180) % 360 - 180
            place = Place(identifier, name, kind, *spot, code, _name(chance), radius_km=radii[at])
        places.setdefault(identifier, place)
    return list(places.values())


def make_pair(places: list[Place], themes: list[str], chance: random.Random) -> Pair:
    """Make one article that names these places, and what a geoparser would say of it."""
    title = f"{_sentence(chance, 9)[:-1]} in {places[0].name}"
    sentences = [f"{_sentence(chance, 9)[:-1]} near {place.name} {_sentence(chance, 10)}" for place in places]
    body = "\n\n".join(f"{first} {_text(chance, 420)}" for first in sentences)
    article = Article(
        title=title,
        body=body,
        published=LAST_DAY - timedelta(days=int(chance.triangular(0, DAYS, 0))),
        sources=tuple(_source(chance) for _ in range(chance.choice((1, 2, 2, 3)))),
        themes=tuple(
            ThemeMatch(theme, (chance.choice(WORDS),))
            for theme in chance.sample(themes, chance.choice((1, 1, 2, 3)))
        ),
        summary=_text(chance, 430),
    )
    return article, [_resolve(article, place, index, places, chance) for index, place in enumerate(places)]


def _resolve(
    article: Article, place: Place, index: int, places: list[Place], chance: random.Random
) -> Resolution:
    start = article.text.index(f"near {place.name} ") + 5
    role = Role.EVENT if index == 0 else chance.choices((Role.EVENT, Role.CONTEXT, Role.ORIGIN), (6, 3, 1))[0]
    score = min(0.99, chance.betavariate(6, 1.2))
    return Resolution(
        Mention(start, start + len(place.name), place.name),
        place,
        score,
        role,
        reasons=(f"{place.admin1 or 'nothing else'} contains it",),
        alternatives=(Candidate(places[index - 1], round((1 - score) / 2, 3)),),
    )


def _choose(places: list[Place], number: int, chance: random.Random) -> list[Place]:
    # The places of a story lie near each other; a few places are named far more often than others.
    first = min(int(chance.paretovariate(0.6)) - 1, len(places) - 1)
    chosen = {places[first].id: places[first]}
    while len(chosen) < number:
        other = places[chance.randrange(len(places))]
        chosen.setdefault(other.id, other)
    return list(chosen.values())


def _name(chance: random.Random) -> str:
    parts = ("ba", "dar", "ka", "mi", "ra", "sul", "ta", "ne", "gor", "zan", "lo", "wi", "esh", "um", "qa")
    return "".join(chance.choices(parts, k=chance.choice((2, 3, 3, 4)))).capitalize()


def _sentence(chance: random.Random, words: int) -> str:
    return f"{' '.join(chance.choices(WORDS, k=words)).capitalize()}."


def _text(chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += f" {_sentence(chance, chance.randrange(12, 22))}"
    return text.strip()


def _source(chance: random.Random) -> Source:
    outlet, language = chance.choice(OUTLETS)
    number = chance.randrange(10**8)
    return Source(
        outlet,
        title=_sentence(chance, 9)[:-1],
        published=LAST_DAY - timedelta(days=chance.randrange(DAYS)),
        url=f"https://example.org/{language}/{number}",
        language=language,
    )


def fill_store(home: Path, number: int) -> None:
    """Put generated articles and places into the store of a data folder."""
    home.mkdir(parents=True, exist_ok=True)
    engine = open_database(Settings.from_environment({"DATELINE_HOME": str(home)}))
    with transaction(engine) as connection:
        for position, (article, resolutions) in enumerate(generate(number)):
            put_article(
                connection,
                article,
                origin="generated",
                position=position,
                added_at=ADDED_AT,
            )
            put_resolutions(connection, article.id, resolutions, geoparser="generated")
    engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    fill_store(Path(sys.argv[2]), int(sys.argv[1]))
