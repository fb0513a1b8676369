"""How long the filter takes: `python benchmarks/filtering.py 1000 10000 50000`.

Events are made up with the lengths of real ones: three events and two sources an article, six thousand characters
of text. Each line is the best of several runs, in milliseconds; nothing is kept between them.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import geopandas
import pandas as pd

from dashboard.columns import EventColumns
from dashboard.facets import count_facets, meet
from dashboard.filters import EventFilter
from geodata.regions import load_regions

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5
EVENTS_OF_ARTICLE = 3
WORDS_OF_TEXT, WORDS_OF_SUMMARY = 950, 60
THEMES = tuple(f"theme-{number}" for number in range(14))
OUTLETS = tuple(f"Outlet {number}" for number in range(400))
LANGUAGES = ("en", "ar", "fa", "fr", "es", "ru", "ps", "zh")
LETTERS = "abcdefghiklmnoprstuvé"
KINDS = ("city",) * 6 + ("admin1", "admin2", "country", "site")

CHANGES = {
    "the default": EventFilter(),
    "a theme": EventFilter(themes=THEMES[:1]),
    "all of two themes, not a third": EventFilter(every_theme=THEMES[:2], without_themes=THEMES[2:3]),
    "a region and a country": EventFilter(regions=("Western Africa",), countries=("PK",)),
    "a command and a period": EventFilter(
        commands=("AFRICOM",), start=date(2022, 1, 1), end=date(2022, 6, 30)
    ),
    "an area of 60 corners": EventFilter(
        area=tuple((round(20 + number / 2, 3), round(number * (60 - number) / 30, 3)) for number in range(60))
    ),
    "new since": EventFilter(since=datetime(2023, 1, 1, tzinfo=UTC)),
    "a rare word": EventFilter(text="zyzzyva"),
    "a word in every text": EventFilter(text="the"),
    "a phrase of frequent words": EventFilter(text='"of the drone in the"'),
    "three words": EventFilter(text="drone attack border"),
}


def make_events(number: int, chance: random.Random) -> tuple[geopandas.GeoDataFrame, dict[str, str]]:
    """Return events and the texts of their articles; a tenth of the words has an accent or a typographic sign."""
    words = [
        "the", "of", "in", "drone", "attack", "border", "government’s",
        *("".join(chance.choices(LETTERS, [*[9] * 20, 1], k=chance.randint(2, 11))) for _ in range(4000)),
    ]  # fmt: skip
    weights = [400, 300, 200, 8, 6, 4, 30, *(1000 / (rank + 20) for rank in range(4000))]
    regions, rows, texts = list(load_regions().values()), [], {}
    for article in range(-(-number // EVENTS_OF_ARTICLE)):
        name = f"{article:016x}"
        text = chance.choices(words, weights, k=WORDS_OF_TEXT)
        texts[name] = " ".join(text)
        shared = {
            "article_id": name, "title": " ".join(text[:9]), "summary": " ".join(text[:WORDS_OF_SUMMARY]),
            "published": pd.Timestamp("2020-01-01") + timedelta(days=chance.randint(0, 1500)),
            "added": pd.Timestamp("2022-01-01", tz="UTC") + timedelta(minutes=chance.randint(0, 10**6)),
            "themes": tuple(chance.sample(THEMES, chance.randint(0, 3))),
            "sources": tuple(
                {"outlet": chance.choice(OUTLETS), "language": language, "title": " ".join(text[:9])}
                for language in chance.sample(LANGUAGES, 2)
            ),
        }  # fmt: skip
        for _ in range(EVENTS_OF_ARTICLE):
            home, place = chance.choice(regions), chance.choice(words)
            rows.append(shared | {
                "event_id": f"{len(rows):012x}", "region": home.subregion, "world_region": home.region,
                "command": home.command, "country_code": home.country_code, "kind": chance.choice(KINDS),
                "role": chance.choice(("event", "event", "context")), "status": "automatic", "place_name": place,
                "phrase": place, "evidence": " ".join(text[30:55]),
                "longitude": chance.uniform(-180, 180), "latitude": chance.uniform(-60, 70),
            })  # fmt: skip
    frame = pd.DataFrame(rows[:number])
    points = geopandas.points_from_xy(frame.pop("longitude"), frame.pop("latitude"), crs="EPSG:4326")
    return geopandas.GeoDataFrame(frame, geometry=points, crs="EPSG:4326"), texts


def best(task: Callable[[], object]) -> float:
    """Return the shortest of several runs, in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def measure(number: int) -> None:
    """Print what a change of the filter costs at this number of events."""
    events, texts = make_events(number, random.Random(1))
    before, start, worked = memory(), time.perf_counter(), time.process_time()
    columns = EventColumns(events, texts=texts).prepare()
    made, worked = time.perf_counter() - start, time.process_time() - worked
    print(f"\n{number:,} events, {len(texts):,} articles")
    print(
        f"columns made once in {made:.2f} s ({worked:.2f} s of them at work), {memory() - before:.0f} MB more"
    )
    print(f"{'filter':<34}{'events':>8}{'mask':>9}{'take':>9}{'counts':>9}{'all':>9}")
    for name, each in CHANGES.items():
        chosen = replace(each, roles=())
        mask = chosen.mask(events, columns=columns)
        conditions = chosen.conditions(columns)

        def mask_anew(chosen: EventFilter = chosen) -> object:
            columns.search.forget()
            return meet(chosen.conditions(columns), len(columns))

        times = [
            best(mask_anew),
            best(lambda mask=mask: events[mask]),
            best(lambda: count_facets(columns, chosen, conditions=conditions)),  # noqa: B023, called at once
        ]
        cells = "".join(f"{each:>9.1f}" for each in (*times, sum(times)))
        print(f"{name:<34}{int(mask.sum()):>8,}{cells}")


def memory() -> float:
    """Return the most memory that the process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    for given in sys.argv[1:] or ("1000", "10000", "50000"):
        measure(int(given))
