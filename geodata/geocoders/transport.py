"""How a service is reached: geopy's adapter over urllib, with bounds on what a stranger may send.

geopy reads an answer of any size for as long as a byte comes now and then, and follows it to any other host.
"""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener
from urllib.response import addinfourl

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderServiceError, GeocoderTimedOut

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BYTES = 1_000_000
"""Ten answers with all their names are some 50,000 bytes."""

_PORTION = 65_536


def make_adapter(*, proxies: Mapping[str, str] | None, ssl_context: Any) -> URLLibAdapter:
    """Return geopy's adapter with bounds; for the parameter `adapter_factory` of geopy's geocoders."""
    adapter = URLLibAdapter(proxies=proxies, ssl_context=ssl_context)
    # What geopy's adapter has already made of `proxies` cannot be asked for; None means the system's to both.
    handlers = [HTTPSHandler(context=ssl_context), OwnHostRedirects()]
    opener = build_opener(*handlers, *([] if proxies is None else [ProxyHandler(dict(proxies))]))

    def urlopen(request: Request, timeout: float) -> addinfourl:
        deadline = time.monotonic() + timeout
        try:
            page = opener.open(request, timeout=timeout)
        except HTTPError as error:
            body = io.BytesIO(_read(error, deadline))
            raise HTTPError(error.url, error.code, error.reason, error.headers, body) from None
        with page:
            return addinfourl(io.BytesIO(_read(page, deadline)), page.headers, page.url, page.status)

    adapter.urlopen = urlopen
    return adapter


class OwnHostRedirects(HTTPRedirectHandler):
    """Follows a redirection on the same host alone, and never out of encryption: nobody else was agreed to."""

    def redirect_request(
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        """Return the request for the new address; raises GeocoderServiceError where it must not be followed."""
        asked, told = urlsplit(req.full_url), urlsplit(newurl)
        if told.hostname != asked.hostname:
            raise GeocoderServiceError(f"it sends us on to another host, {told.hostname}")
        # Names that a text speaks of, and the name of an account, are nobody else's to read.
        if asked.scheme == "https" and told.scheme != "https":
            raise GeocoderServiceError("it sends us on to an address without encryption")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _read(page: Any, deadline: float) -> bytes:
    """Return the body of an answer, if it is neither too long nor too slow."""
    parts, size = [], 0
    while part := page.read1(_PORTION):
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise GeocoderServiceError(f"its answer has more than {MOST_BYTES:,} bytes")
        if time.monotonic() > deadline:
            raise GeocoderTimedOut("its answer takes too long")
    return b"".join(parts)
