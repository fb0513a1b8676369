"""A geocoder that asks an online service: slowly, never twice for the same, and no more once it fails.

geopy speaks with the service. Around it stand a cache that outlives the program, a pace that all processes on the
machine keep together, and a breaker: a server that refuses, or fails a few times in a row, is left alone for the
rest of the run.
"""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING, Any

from geopy.adapters import AdapterHTTPError, get_retry_after
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import DEFAULT_SENTINEL

from geodata.errors import GeocoderCacheError
from geodata.gazetteer.folding import fold
from geodata.geocoders.answers import Answer, AnswerError, read_text
from geodata.geocoders.cache import Question
from geodata.geocoders.locations import read_codes, to_location
from geodata.geocoders.services import MOST_PUBLIC, OWN_PACE, PUBLIC_PACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geopy.location import Location

    from geodata.geocoders.cache import AnswerCache
    from geodata.geocoders.services import Connection
    from geodata.model import Place

PATIENCE = 3
"""Failures in a row after which a service is left alone."""

LONGEST_WAIT = 30.0
"""Seconds that one name may wait for its turn; a service that wants a longer pause is left alone."""

DEFAULT_PAUSE = 60.0
"""Seconds for which a service is left alone that finds us too fast and does not say for how long."""

MOST_LETTERS = 100
"""Of a name that is asked for; what is longer is none."""

_REFUSALS = (GeocoderInsufficientPrivileges, GeocoderAuthenticationFailure, GeocoderQuotaExceeded)

_MISREADINGS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What geopy and our own reading raise at answers of another shape; broken rows and bottomless ones among them."""

_MISREAD = "gave an answer that cannot be read: {}"


class OnlineGeocoder:
    """Geocodes names by an online service.

    Parameters
    ----------
    connection : Connection
        As `services.open_service` makes it.
    cache : AnswerCache
        Keeps answers and pace.
    locate_country : callable
        Returns the place of a country's code, towards which answers are drawn; None: not known.
    pace : float, optional
        Seconds between two requests; by default what the service's policy asks.
    most : int, optional
        Names that are asked in this object's life; by default `MOST_PUBLIC` of a public server, else no end.
    clock, sleep : callable
        As `time.monotonic` and `time.sleep`.

    Attributes
    ----------
    id : str
        The service and its server.
    title, attribution : str
        The service's name for a person, and what has to be shown with its places.
    stopped : str
        Why the service is not asked any more; empty: it is.
    asked : int
        Requests that were sent.
    """

    def __init__(
        self,
        connection: Connection,
        cache: AnswerCache,
        *,
        locate_country: Callable[[str], Place | None] = lambda _: None,
        pace: float | None = None,
        most: int | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.id = connection.id
        self.title = connection.service.title
        self.attribution = connection.service.attribution
        self.stopped = ""
        self.asked = 0
        self._connection = connection
        self._cache = cache
        self._locate_country = locate_country
        self._sleep = sleep
        self._pace = (PUBLIC_PACE if connection.is_public else OWN_PACE) if pace is None else pace
        self._most = MOST_PUBLIC if most is None and connection.is_public else most
        self._failures = 0
        # No second try: the next run asks again for what this one could not learn.
        self._request = RateLimiter(
            connection.service.ask,
            min_delay_seconds=self._pace,
            error_wait_seconds=self._pace,
            max_retries=0,
            swallow_exceptions=False,
        )
        self._request._clock, self._request._sleep = clock, sleep

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 - geopy's signature; `open_service` sets it
        limit: int = 10,
        country_codes: str | Iterable[str] = (),
        country_bias: str = "",
    ) -> Location | list[Location] | None:
        """Return the place or the places that a name means.

        Parameters
        ----------
        query : str
        exactly_one : bool
            Return the service's first answer alone, else a list.
        timeout : object
            Ignored; the connection has one.
        limit : int
            How many places at the most.
        country_codes : str or iterable of str
            ISO 3166-1 alpha-2 codes to which the answer is limited; empty: all countries.
        country_bias : str
            Code of the country whose places are preferred.

        Returns
        -------
        Location, list of Location or None
            None: the service knows no place of that name. `Location.raw` holds what the gazetteer's locations do,
            and `names` and `attribution` besides.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is no name.
        geopy.exc.GeocoderServiceError
            If the service could not be asked or its answer could not be read.
        """
        name, country = " ".join(query.split()), country_bias.upper()
        if not fold(name) or len(name) > MOST_LETTERS:
            raise GeocoderQueryError(f"expected a place's name, got {query[:MOST_LETTERS]!r}")
        answers = self._answer(name, country)
        codes = read_codes(country_codes)
        locations = [
            to_location(answer.place, names=answer.names, attribution=self.attribution)
            for answer in answers
            if not codes or answer.place.country_code in codes
        ][:limit]
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def _answer(self, name: str, country: str) -> list[Answer]:
        """Return what is kept, or else ask and keep it."""
        question = Question(self.id, fold(name), country)
        try:
            if (kept := self._get(question)) is not None:
                return kept
            self._wait_for_turn()
            answers = self._ask(name, country)
            self._cache.put(question, [answer.to_json() for answer in answers])
        except GeocoderCacheError as error:
            # Policies ask that answers are kept; what cannot be kept is not asked for.
            raise self._stop(GeocoderUnavailable(str(error))) from error
        return answers

    def _get(self, question: Question) -> list[Answer] | None:
        kept = self._cache.get(question)
        try:
            return None if kept is None else [Answer.from_json(content) for content in kept]
        except AnswerError:
            return None

    def _wait_for_turn(self) -> None:
        if self.stopped:
            raise GeocoderUnavailable(self.stopped)
        if self._most is not None and self.asked >= self._most:
            raise self._stop(
                GeocoderQuotaExceeded(
                    f"{self.title} was asked for {self.asked} names, and more in one go is what the policy of the"
                    " public server forbids; the next run goes on"
                )
            )
        waited = 0.0
        while wait := self._cache.take_turn(self.id, self._pace):
            waited += wait
            if waited > LONGEST_WAIT:
                raise self._stop(
                    GeocoderRateLimited(
                        f"{self.title} wants to be left alone for another {wait:.0f} s", retry_after=wait
                    )
                )
            self._sleep(wait)

    def _ask(self, name: str, country: str) -> list[Answer]:
        place = self._locate_country(country) if country else None
        self.asked += 1
        try:
            with warnings.catch_warnings():
                # geopy warns of a latitude of 91 where it then refuses it.
                warnings.simplefilter("ignore", UserWarning)
                locations = self._request(self._connection.geocoder, name, place)
            answers = self._read(locations)
        except GeocoderServiceError as error:
            raise self._fail(error) from error
        except AnswerError as error:
            raise self._fail(GeocoderParseError(_MISREAD.format(error))) from error
        except _MISREADINGS as error:
            raise self._fail(GeocoderParseError(_MISREAD.format("not of the service's form"))) from error
        self._failures = 0
        return answers

    def _read(self, locations: Iterable[Location | None] | None) -> list[Answer]:
        """Read an answer; a place in it that cannot be true is left out, unless there is no other.

        Raises
        ------
        AnswerError
        """
        answers, lie = [], None
        for location in locations or ():
            try:
                answer = self._connection.service.read(location.raw) if location else None
            except AnswerError as error:
                lie = error
            else:
                answers += [answer] if answer else []
        if lie and not answers:
            raise lie
        return answers

    def _fail(self, error: GeocoderServiceError) -> GeocoderServiceError:
        """Return an error in words, and leave the service alone if it refuses or fails too often."""
        self._failures += 1
        pause = _pause_asked_by(error)
        words = f"{self.title} {_describe(error)}"
        if secret := self._connection.secret:
            words = words.replace(secret, "…")
        failure: GeocoderServiceError = type(error)(words)
        if pause is not None:
            self._cache.pause(self.id, pause)
        if pause is not None or isinstance(error, _REFUSALS):
            return self._stop(failure)
        if self._failures >= PATIENCE:
            self._stop(type(error)(f"{words}, {self._failures} times in a row"))
        return failure

    def _stop(self, error: GeocoderServiceError) -> GeocoderServiceError:
        self.stopped = self.stopped or str(error)
        return error


def _pause_asked_by(error: GeocoderServiceError) -> float | None:
    """Return for how many seconds a service wants to be left alone; None: it does not say so."""
    http = error.__cause__
    if isinstance(http, AdapterHTTPError) and http.status_code in (429, 503):
        try:
            asked: float | None = get_retry_after(http.headers)
        except (ValueError, ArithmeticError):  # a date that no calendar has
            asked = None
        if asked is not None:
            return asked
    return DEFAULT_PAUSE if isinstance(error, GeocoderRateLimited) else None


def _describe(error: GeocoderServiceError) -> str:
    """Return what a service did, in words; geopy's own hold addresses with names of accounts."""
    http = error.__cause__
    if isinstance(http, AdapterHTTPError):
        verb = "refused" if isinstance(error, _REFUSALS) else "failed"
        return f"{verb} (HTTP status {http.status_code})"
    if isinstance(error, GeocoderTimedOut):
        return "did not answer in time"
    if isinstance(error, GeocoderParseError):
        # geopy's words are the whole of what it could not read.
        return str(error) if str(error).startswith(_MISREAD[:10]) else _MISREAD.format("no JSON")
    words = read_text(str(error))
    return f"refused: {words}" if isinstance(error, _REFUSALS) else f"could not be asked: {words}"
