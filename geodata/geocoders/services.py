"""The online services: where they are and what their policies ask.

Policies, as read when this was written: operations.osmfoundation.org/policies/nominatim, photon.komoot.io ("be
fair"), www.geonames.org/export (an account of one's own, 1,000 credits an hour).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from geodata.errors import GeocoderSetupError
from geodata.geocoders import dialects
from geodata.geocoders.transport import make_adapter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geopy.location import Location

    from geodata.geocoders.answers import Answer
    from geodata.model import Place

OSM = "© OpenStreetMap contributors"
"""What the Open Database Licence asks to be shown with every place that comes from OpenStreetMap."""

PUBLIC_PACE = 1.0
"""Seconds between two requests to a public server: one a second is the most that Nominatim's policy allows."""

OWN_PACE = 0.1
"""Likewise to a server of one's own, or of one's provider."""

MOST_PUBLIC = 200
"""Names that a public server is asked in one run; more is the bulk that the policies forbid."""


@dataclass(frozen=True, slots=True)
class Service:
    """What is particular to one service.

    Attributes
    ----------
    title : str
        Its name for a person.
    attribution : str
        What has to be shown with a place that comes from it.
    url : str
        Address of its public server.
    public : tuple of str
        Ends of the names of public servers' hosts.
    contact_is_asked, user_is_asked : bool
        Whether a public server must be told who asks; whether any server asks for an account.
    connect : callable
        Makes geopy's geocoder, from its address, user and further options.
    ask : callable
        Asks it for a name, with the country that is preferred.
    read : callable
        Makes of `Location.raw` an answer; None: no place as news means it.
    """

    id: str
    title: str
    attribution: str
    url: str
    public: tuple[str, ...]
    contact_is_asked: bool
    user_is_asked: bool
    connect: Callable[..., Any]
    ask: Callable[[Any, str, Place | None], list[Location | None] | None]
    read: Callable[[Mapping[str, Any]], Answer | None]


@dataclass(frozen=True, slots=True)
class Connection:
    """A service at a server.

    Attributes
    ----------
    id : str
        Names both; answers are kept under it.
    geocoder : object
        geopy's.
    is_public : bool
        Whether the server is everybody's and its policy has to be kept.
    secret : str
        What must not be shown; empty: nothing.
    """

    service: Service
    id: str
    geocoder: Any
    is_public: bool
    secret: str = ""


def open_service(
    name: str, *, url: str = "", contact: str = "", user: str = "", timeout: float = 10.0
) -> Connection:
    """Make a service ready to be asked; nothing is sent yet.

    Parameters
    ----------
    name : str
        A key of `SERVICES`.
    url : str
        Address of a server; empty: the public one.
    contact : str
        E-mail address or web page of whoever asks, as Nominatim's policy wants it in the user agent.
    user : str
        Account's name at GeoNames.
    timeout : float
        Seconds that the server may be silent.

    Raises
    ------
    geodata.errors.GeocoderSetupError
        If something lacks or cannot be used.
    """
    service = SERVICES.get(name)
    if service is None:
        known = ", ".join(SERVICES)
        raise GeocoderSetupError(f"there is no geocoder {name!r}; there are {known}", setting="service")
    address = _read_url(url or service.url)
    host = (address.hostname or "").rstrip(".")
    is_public = any(host == end or host.endswith(f".{end}") for end in service.public)
    if is_public and service.contact_is_asked and not contact:
        raise GeocoderSetupError(
            f"the public server of {service.title} wants to know who asks: give an e-mail address or a web page"
            " under which you can be reached, or run a server of your own",
            setting="contact",
        )
    _check_contact(contact)
    if service.user_is_asked and not user:
        raise GeocoderSetupError(
            f"{service.title} asks for the name of an account; make one at www.geonames.org/login",
            setting="user",
        )
    geocoder = service.connect(
        address,
        user,
        user_agent=f"dateline/{version('dateline')} ({contact or 'server of our own'})",
        timeout=timeout,
        adapter_factory=make_adapter,
    )
    where = "" if is_public else f"@{address.netloc}{address.path}"
    return Connection(service, f"{service.id}{where}", geocoder, is_public, user)


def _read_url(url: str) -> SplitResult:
    try:
        address = urlsplit(url.strip().rstrip("/"))
        is_fit = bool(address.hostname) and address.port != 0
    except ValueError:
        is_fit = False
    if not is_fit or address.scheme not in ("http", "https") or address.query or address.fragment:
        raise GeocoderSetupError(
            f"expected a server's address like https://nominatim.example.org, got {url!r}", setting="url"
        )
    if address.username is not None:
        raise GeocoderSetupError("a server's address holds no user and no password", setting="url")
    return address


def _check_contact(contact: str) -> None:
    """Refuse what is no contact: the sample of a manual, or what would break the header."""
    is_fit = contact.isascii() and contact.isprintable() and ("@" in contact or "://" in contact)
    if contact and not (is_fit and "example." not in contact):
        raise GeocoderSetupError(
            f"expected an e-mail address or a web page in plain letters, got {contact!r}", setting="contact"
        )


SERVICES = {
    service.id: service
    for service in (
        Service(
            "nominatim", "Nominatim", OSM, "https://nominatim.openstreetmap.org", ("openstreetmap.org",),
            contact_is_asked=True, user_is_asked=False,
            connect=dialects.connect_nominatim, ask=dialects.ask_nominatim, read=dialects.read_nominatim,
        ),
        Service(
            "photon", "Photon", OSM, "https://photon.komoot.io", ("komoot.io", "komoot.de"),
            contact_is_asked=True, user_is_asked=False,
            connect=dialects.connect_photon, ask=dialects.ask_photon, read=dialects.read_photon,
        ),
        Service(
            "geonames", "GeoNames", "GeoNames, CC BY 4.0", "https://secure.geonames.org", ("geonames.org",),
            contact_is_asked=False, user_is_asked=True,
            connect=dialects.connect_geonames, ask=dialects.ask_geonames, read=dialects.read_geonames,
        ),
    )
}  # fmt: skip
"""The services by their ids."""
