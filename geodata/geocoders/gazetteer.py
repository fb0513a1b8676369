"""A geocoder that answers from the local index, without a connection.

It can stand wherever geopy's geocoders do, in `geopandas.tools.geocode` among others.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL

from geodata.containment import lies_in
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.folding import fold
from geodata.gazetteer.index import prominence
from geodata.geocoders.locations import read_codes, to_location

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geopy.location import Location

    from geodata.gazetteer import Gazetteer
    from geodata.model import Place


class GazetteerGeocoder:
    """Geocode names from the gazetteer.

    Parameters
    ----------
    gazetteer : Gazetteer or path-like
        An open gazetteer, or the folder of one.

    Examples
    --------
    >>> GazetteerGeocoder(folder).geocode("Mastung, Balochistan")  # doctest: +SKIP
    Location(Mastung, Balochistan, Pakistan, (29.79966, 66.84553, 0.0))
    """

    def __init__(self, gazetteer: Gazetteer | str | Path) -> None:
        self._gazetteer = open_gazetteer(Path(gazetteer)) if isinstance(gazetteer, str | Path) else gazetteer

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 - geopy's signature; nothing here waits
        limit: int = 10,
        country_codes: str | Iterable[str] = (),
        country_bias: str = "",
    ) -> Location | list[Location] | None:
        """Return the place or the places that a name means.

        Parameters
        ----------
        query : str
            A name, alone or followed by what contains it: "Tripoli, Libya".
        exactly_one : bool
            Return the best known place alone, else a list.
        timeout : object
            Ignored; kept so that this geocoder can stand for one of geopy's.
        limit : int
            How many places at the most.
        country_codes : str or iterable of str
            ISO 3166-1 alpha-2 codes to which the answer is limited; empty: all countries.
        country_bias : str
            Code of the country whose places come first.

        Returns
        -------
        Location, list of Location or None
            None if no place of that name, or none in that container, is known. `Location.raw` holds the place's
            id, kind, country code, province, population and radius in kilometres.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is empty.
        """
        parts = [part.strip() for part in query.split(",") if part.strip()]
        if not parts:
            raise GeocoderQueryError(f"expected a place's name, got {query!r}")
        codes = read_codes(country_codes)
        places = [place for place in self._candidates(parts) if not codes or place.country_code in codes]
        if not places:
            return None
        if country_bias:
            places.sort(key=lambda place: place.country_code != country_bias.upper())
        locations = [to_location(place) for place in places[:limit]]
        return locations[0] if exactly_one else locations

    def _candidates(self, parts: list[str]) -> list[Place]:
        """Return the places that bear the whole query or its first part, the best known first."""
        name, *containers = parts
        whole = self._named(" ".join(parts)) if containers else []
        return whole or [
            place
            for place in self._named(name)
            if all(any(lies_in(place, container) for container in self._named(part)) for part in containers)
        ]

    def _named(self, name: str) -> list[Place]:
        postings = self._gazetteer.find(fold(name))
        ranked = sorted(
            postings,
            key=lambda posting: (
                -prominence(posting.place) / (1 + posting.quality),
                posting.place.id,
            ),
        )
        return list({posting.place.id: posting.place for posting in ranked}.values())
