"""The central table: one row per article and place."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from articles.model import SectionKind
from geodata.countries import country_name
from geodata.gazetteer.folding import fold
from geodata.model import Kind, MentionType, Role
from geodata.precision import precision_of
from geodata.regions import load_regions
from geodata.roles import has_act
from geodata.spelling import is_spelling_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geopandas import GeoDataFrame
    from pandas import DataFrame

    from articles.model import Article
    from geodata.model import Candidate, Place, Resolution
    from geodata.regions import CountryRegion

CRS = "EPSG:4326"

COLUMNS = (
    "event_id", "article_id", "title", "published", "themes", "summary", "evidence", "evidence_start",
    "evidence_end", "section", "phrase", "mentions", "place_id", "place_name", "place_label", "kind",
    "country_code", "country", "region", "world_region", "command", "precision", "radius_km", "where_prec",
    "geo_precision", "role", "score", "status", "resolver", "reasons", "alternatives", "sources",
    "source_url", "geometry",
)  # fmt: skip

UNPLACED_COLUMNS = ("article_id", "title", "phrase", "evidence", "reason")

_ROLE_ORDER = (Role.EVENT, Role.CONTEXT, Role.ORIGIN)
_SECTION_ORDER = (
    SectionKind.BODY,
    SectionKind.EXCERPT,
    SectionKind.QUOTE,
    SectionKind.CAPTION,
    SectionKind.TITLE,
    SectionKind.NOTE,
    SectionKind.OUTLET_NOTE,
)


def tabulate(
    pairs: Iterable[tuple[Article, Sequence[Resolution]]],
    *,
    regions: Mapping[str, CountryRegion] | None = None,
) -> GeoDataFrame:
    """Lay articles and their resolutions out as events.

    Parameters
    ----------
    pairs : iterable of (Article, sequence of Resolution)
        The resolutions' offsets are of the article's text.
    regions : mapping, optional
        Where each country belongs, as `regions.load_regions` returns it. None: as it is bundled.

    Returns
    -------
    GeoDataFrame
        One row per article and place, Point, EPSG:4326, with the columns `COLUMNS`. Places that an article names
        by adjectives alone ("Libyan") have no row; nor have mentions without a place: see `tabulate_unplaced`.
        ``published`` is a datetime64, NaT where it is not known; ``themes``, ``reasons``, ``alternatives`` hold
        tuples of str, ``sources`` tuples of dicts; ``evidence_start`` and ``evidence_end`` are the offsets of the
        name within ``evidence``, and ``section`` is the part of the article that it stands in, a `SectionKind`.
    """
    import geopandas
    import pandas

    regions = load_regions() if regions is None else regions
    rows = [row for article, resolutions in pairs for row in _rows(article, resolutions, regions)]
    frame = pandas.DataFrame(rows, columns=[*COLUMNS[:-1], "longitude", "latitude"])
    frame["published"] = pandas.to_datetime(frame["published"])
    # points_from_xy takes x before y: longitude, then latitude.
    points = geopandas.points_from_xy(frame.pop("longitude"), frame.pop("latitude"), crs=CRS)
    return geopandas.GeoDataFrame(frame, geometry=points, crs=CRS)


def tabulate_unplaced(pairs: Iterable[tuple[Article, Sequence[Resolution]]]) -> DataFrame:
    """List the names that were recognised but could not be placed, each once an article.

    Returns
    -------
    DataFrame
        With the columns `UNPLACED_COLUMNS`.
    """
    import pandas

    rows = []
    for article, resolutions in pairs:
        seen: set[str] = set()
        for resolution in resolutions:
            mention = resolution.mention
            if resolution.place is None and mention.phrase not in seen:
                seen.add(mention.phrase)
                evidence, _, _ = _evidence(article, resolution)
                reason = resolution.reasons[0] if resolution.reasons else ""
                rows.append((article.id, article.title, mention.phrase, evidence, reason))
    return pandas.DataFrame(rows, columns=list(UNPLACED_COLUMNS))


def event_id(article_id: str, place_id: str) -> str:
    """Return the id of the row of an article and a place: 12 hexadecimal digits, the same on every machine."""
    return hashlib.sha256(f"{article_id} {place_id}".encode()).hexdigest()[:12]


def place_label(place: Place) -> str:
    """Return the name of a place as it is read out: "Mastung, Balochistan, Pakistan"."""
    parts = [place.name]
    if place.kind in (Kind.SITE, Kind.CITY, Kind.ADMIN2) and place.admin1:
        parts.append(place.admin1)
    if place.kind is not Kind.COUNTRY and place.country_code:
        parts.append(country_name(place.country_code))
    return ", ".join(part for number, part in enumerate(parts) if not _is_repetition(part, parts[:number]))


def _is_repetition(part: str, earlier: Sequence[str]) -> bool:
    """Tell whether a container bears the name of what it contains: "Benghazi, Banghazi"."""
    return any(part == name or is_spelling_of(fold(part), fold(name)) for name in earlier)


def _rows(
    article: Article, resolutions: Sequence[Resolution], regions: Mapping[str, CountryRegion]
) -> list[dict[str, Any]]:
    by_place: dict[str, list[Resolution]] = defaultdict(list)
    for resolution in resolutions:
        if resolution.place is not None:
            by_place[resolution.place.id].append(resolution)
    shared = _article_columns(article)
    return [
        {**shared, **_place_columns(article, mine, regions)}
        for mine in by_place.values()
        if any(resolution.mention.type is not MentionType.ADJECTIVAL for resolution in mine)
    ]


def _article_columns(article: Article) -> dict[str, Any]:
    return {
        "article_id": article.id,
        "title": article.title,
        "published": article.published,
        "themes": tuple(match.theme for match in article.themes),
        "summary": article.summary,
        "sources": tuple(
            {
                "outlet": source.outlet,
                "outlet_note": source.outlet_note,
                "title": source.title,
                "title_english": source.title_english,
                "url": source.url,
                "language": source.language,
                "published": source.published.isoformat() if source.published else None,
            }
            for source in article.sources
        ),
        "source_url": next((source.url for source in article.sources if source.url), ""),
    }


def _place_columns(
    article: Article, mine: Sequence[Resolution], regions: Mapping[str, CountryRegion]
) -> dict[str, Any]:
    """Build the columns of one place of an article from all the mentions of it."""
    named = [resolution for resolution in mine if resolution.mention.type is not MentionType.ADJECTIVAL]
    role = min((resolution.role for resolution in named), key=_ROLE_ORDER.index)
    chosen = _most_telling(article, [resolution for resolution in named if resolution.role is role])
    evidence, start, end = _evidence(article, chosen)
    section = article.section_at(chosen.mention.start)
    place = chosen.place
    assert place is not None  # noqa: S101 - `_rows` groups placed resolutions alone
    precision = precision_of(place)
    region = regions.get(place.country_code)
    return {
        "event_id": event_id(article.id, place.id),
        "evidence": evidence,
        "evidence_start": start,
        "evidence_end": end,
        "section": section.kind.value if section else "",
        "phrase": Counter(resolution.mention.phrase for resolution in named).most_common(1)[0][0],
        "mentions": len(named),
        "place_id": place.id,
        "place_name": place.name,
        "place_label": place_label(place),
        "kind": place.kind.value,
        "country_code": place.country_code,
        "country": country_name(place.country_code),
        "region": region.subregion if region else "",
        "world_region": region.region if region else "",
        "command": region.command if region else "",
        "precision": precision.words,
        "radius_km": place.radius_km,
        "where_prec": precision.where_prec,
        "geo_precision": precision.geo_precision,
        "role": role.value,
        "score": max(resolution.score for resolution in mine),
        "status": "automatic",
        "resolver": chosen.resolver,
        "reasons": chosen.reasons,
        "alternatives": tuple(_alternative(candidate) for candidate in chosen.alternatives),
        "longitude": place.longitude,
        "latitude": place.latitude,
    }


def _alternative(candidate: Candidate) -> str:
    share = f"{candidate.score:.0%}" if candidate.score >= 0.005 else "under 1%"
    return f"{place_label(candidate.place)} ({share})"


def _most_telling(article: Article, resolutions: Sequence[Resolution]) -> Resolution:
    """Choose the mention whose sentence a reader should see: prose before headlines, acts before background."""

    def rank(resolution: Resolution) -> tuple[int, bool, int]:
        section = article.section_at(resolution.mention.start)
        order = _SECTION_ORDER.index(section.kind) if section and section.kind in _SECTION_ORDER else 99
        sentence = article.sentence_at(resolution.mention.start)
        acts = sentence is not None and has_act(article.text, *sentence)
        return order, not acts, resolution.mention.start

    return min(resolutions, key=rank)


def _evidence(article: Article, resolution: Resolution) -> tuple[str, int, int]:
    """Return the sentence that names the place, and the offsets of the name in it."""
    mention = resolution.mention
    start, end = article.sentence_at(mention.start) or (mention.start, mention.end)
    end = max(end, mention.end)
    return article.text[start:end], mention.start - start, mention.end - start
