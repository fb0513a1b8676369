"""The online geocoders that the settings name, ready to be asked, and what is said of them at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.settings import GEOCODER
from geodata.errors import GeocoderSetupError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.settings import Settings
    from geodata.fallback import Fallback
    from geodata.gazetteer import Gazetteer
    from geodata.geocoders import OnlineGeocoder
    from geodata.geocoders.services import Connection
    from geodata.geoparser import TextGeoparser
    from geodata.model import Resolution

_VARIABLES = {
    "service": GEOCODER,
    "url": f"{GEOCODER}_URL",
    "contact": f"{GEOCODER}_CONTACT",
    "user": f"{GEOCODER}_USER",
}


@dataclass(frozen=True)
class _ExtendedGeoparser:
    """A geoparser of texts with a fallback."""

    geoparser: TextGeoparser
    fallback: Fallback

    @property
    def id(self) -> str:
        return f"{self.geoparser.id}+{self.fallback.id}"

    def parse(self, text: str) -> tuple[Resolution, ...]:
        return self.fallback.place(text, self.geoparser.parse(text)).resolutions

    def resolve_spans(self, text: str, spans: Sequence[tuple[int, int]]) -> tuple[Resolution, ...]:
        found = self.geoparser.resolve_spans(text, spans)
        order = sorted(range(len(found)), key=lambda number: found[number].mention.start)
        placed = self.fallback.place(text, [found[number] for number in order]).resolutions
        answers = dict(zip(order, placed, strict=True))
        return tuple(answers[number] for number in range(len(found)))


@dataclass(frozen=True)
class OnlineFallback:
    """The fallback with the geocoders that it asks."""

    fallback: Fallback
    geocoders: tuple[OnlineGeocoder, ...]

    def extend(self, geoparser: TextGeoparser) -> TextGeoparser:
        """Return a geoparser of texts that asks for what another could not place."""
        return _ExtendedGeoparser(geoparser, self.fallback)

    def notes(self, command: str = "ingest") -> Iterator[str]:
        """Yield what a person should know at the end of a run; nothing where nothing was looked for."""
        tally = self.fallback.tally
        looked_for = tally.placed + tally.unplaced + tally.missed
        if not looked_for:
            return
        titles = " and ".join(f"{geocoder.title} ({geocoder.attribution})" for geocoder in self.geocoders)
        asked = sum(geocoder.asked for geocoder in self.geocoders)
        yield (
            f"Beyond the gazetteer: {looked_for:,} name{'s' * (looked_for != 1)} looked for by {titles}, with"
            f" {asked:,} request{'s' * (asked != 1)}; placed {tally.placed:,}."
        )
        for geocoder in self.geocoders:
            if geocoder.stopped:
                yield f"{geocoder.title} was left alone for the rest: {geocoder.stopped}."
        if tally.missed:
            yield (
                f"{tally.missed:,} name{'s' * (tally.missed != 1)} could not be asked for, and"
                f" {'stays' if tally.missed == 1 else 'stay'} unplaced until a later {command} can."
            )


def open_fallback(settings: Settings, gazetteer: Gazetteer) -> OnlineFallback | None:
    """Return what asks the online geocoders of the settings; None: they name none.

    Raises
    ------
    GeocoderSetupError
        If what they name cannot be used as it is; the message names the variable.
    geodata.errors.GeocoderCacheError
        If the file of kept answers cannot be used.
    """
    names = tuple(dict.fromkeys(settings.geocoders))
    if not names:
        return None
    from geodata.fallback import Fallback
    from geodata.geocoders import AnswerCache, OnlineGeocoder
    from geodata.spoken_countries import country_locator

    if settings.geocoder_url and len(names) > 1:
        raise GeocoderSetupError(
            f"one address cannot be that of {' and '.join(names)}: name one of them in {GEOCODER}",
            setting="url",
        )
    connections = [_connect(name, settings) for name in names]
    cache = AnswerCache(settings.geocoder_answers)
    geocoders = tuple(
        OnlineGeocoder(connection, cache, locate_country=country_locator(gazetteer))
        for connection in connections
    )
    return OnlineFallback(Fallback(geocoders), geocoders)


def _connect(name: str, settings: Settings) -> Connection:
    """Return the connection to a service; what is wrong with its settings is said with the variable's name."""
    from geodata.geocoders import open_service

    try:
        return open_service(
            name,
            url=settings.geocoder_url,
            contact=settings.geocoder_contact,
            user=settings.geocoder_user,
        )
    except GeocoderSetupError as error:
        raise GeocoderSetupError(
            f"{error} (set {_VARIABLES[error.setting]})", setting=error.setting
        ) from None
