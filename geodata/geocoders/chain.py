"""Several geocoders as one: the next is asked where one knows nothing or fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from geopy.exc import GeocoderServiceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopy.location import Location


class Geocoder(Protocol):
    """What this package's geocoders have in common."""

    def geocode(self, query: str, **options: Any) -> Location | list[Location] | None:
        """Return the place or the places that a name means; None: it knows none."""


class ChainGeocoder:
    """Asks geocoders in turn until one knows.

    Parameters
    ----------
    geocoders : sequence of geocoder
        At least one; each takes the options that are given to `geocode`.

    Examples
    --------
    >>> ChainGeocoder([GazetteerGeocoder(folder), nominatim]).geocode("Mastung")  # doctest: +SKIP
    Location(Mastung, Balochistan, Pakistan, (29.79966, 66.84553, 0.0))
    """

    def __init__(self, geocoders: Sequence[Geocoder]) -> None:
        if not geocoders:
            raise ValueError("expected at least one geocoder")
        self._geocoders = tuple(geocoders)

    def geocode(self, query: str, **options: Any) -> Location | list[Location] | None:
        """Return the first answer.

        Parameters
        ----------
        query : str
        options
            Handed to each: `exactly_one`, `timeout`, `limit`, `country_codes`, `country_bias`.

        Returns
        -------
        Location, list of Location or None
            None if every geocoder answered and none knows.

        Raises
        ------
        geopy.exc.GeocoderServiceError
            If none knows and one could not be asked: that it is unknown is not known then.
        """
        failure: GeocoderServiceError | None = None
        for geocoder in self._geocoders:
            try:
                if found := geocoder.geocode(query, **options):
                    return found
            except GeocoderServiceError as error:
                failure = failure or error
        if failure is not None:
            raise failure
        return None
