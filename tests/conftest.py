"""Fixtures that several parts share. What only one part needs stands in its own conftest.py."""

from __future__ import annotations

import json
import os
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, settings

from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.build import build_gazetteer
from tests.loopback import LoopbackServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.gazetteer import Gazetteer


# A limit by the clock fails on a machine that has other work. All else is as in the profile that Hypothesis chooses
# itself: where CI is set, as .ci/run does, the examples are the same every time.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_configure() -> None:
    """Let what the tests start hear interrupts, also when a shell started the tests in its background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def embedded_gazetteer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gazetteer that every installation builds, built once for all tests (half a minute)."""
    folder = tmp_path_factory.mktemp("embedded") / "gazetteer"
    build_gazetteer(folder)
    return folder


@pytest.fixture(scope="session")
def embedded_gazetteer(embedded_gazetteer_folder: Path) -> Iterator[Gazetteer]:
    with open_gazetteer(embedded_gazetteer_folder) as gazetteer:
        yield gazetteer


def skip_unless_required(reason: str) -> NoReturn:
    """Skip a test for want of something outside the project; where all must run, let it fail instead."""
    if os.environ.get("DATELINE_TEST_ALL"):
        pytest.fail(f"{reason}, and DATELINE_TEST_ALL asks for every test")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def digest_file() -> Path:
    """The publisher's digest, which is not ours to hand on: tests that need it are skipped without it."""
    name = os.environ.get("DATELINE_DIGEST", "")
    if not name or not Path(name).is_file():
        skip_unless_required("DATELINE_DIGEST does not name the publisher's digest")
    return Path(name)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the machine's Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    skip_unless_required("there is no Chromium on this machine")


class GeocodingService(LoopbackServer):
    """A server on loopback that answers as Nominatim, Photon and GeoNames do, and misbehaves when told to.

    `places` holds what it knows: folded name → dictionary with name, latitude, longitude and, as they are to be
    said, code, tag, feature, box, id. `reply`, if set, is given instead: a status with headers and a body, or
    "hang" or "drip".
    """

    def __init__(self):
        self.places = {}
        self.reply = None
        self.asked = []
        super().__init__()

    def handle(self, handler):
        address = urlsplit(handler.path)
        parameters = dict(parse_qsl(address.query))
        self.asked.append((parameters, dict(handler.headers)))
        if self.reply == "hang":
            self.released.wait(30)
            return
        status, headers, body = self.reply or (200, {}, self.answer(address.path, parameters["q"]))
        dripping = body == "drip"
        body = body if isinstance(body, str | bytes) else json.dumps(body)
        body = b"" if dripping else body.encode() if isinstance(body, str) else body
        handler.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body) or 10_000))
        handler.end_headers()
        handler.wfile.write(body)
        for _ in range(1_000 if dripping else 0):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            if self.released.wait(0.02):
                break

    def answer(self, path, query):
        known = [place for name, place in self.places.items() if name == query.casefold()]
        return {
            "/search": lambda: [self.to_nominatim(place) for place in known],
            "/api": lambda: {
                "type": "FeatureCollection",
                "features": [self.to_photon(place) for place in known],
            },
            "/searchJSON": lambda: {
                "totalResultsCount": len(known),
                "geonames": [self.to_geonames(place) for place in known],
            },
        }[path]()

    @staticmethod
    def to_nominatim(place):
        box = place.get("box", (29.18, 29.22, 69.08, 69.12))
        key, value = place.get("tag", ("place", "village"))
        return {
            "place_id": 1, "licence": "Data © OpenStreetMap contributors", "osm_type": place.get("type", "node"), "osm_id": place.get("id", 123),
            "lat": str(place["latitude"]), "lon": str(place["longitude"]), "class": key, "type": value,
            "place_rank": place.get("rank", 19), "importance": 0.1, "name": place["name"],
            "display_name": f"{place['name']}, Somewhere", "boundingbox": [str(side) for side in box],
            "address": {"village": place["name"], "state": "Balochistan", "country_code": place.get("code", "pk").lower()},
            "namedetails": {"name": place["name"], **place.get("names", {})},
        }  # fmt: skip

    @staticmethod
    def to_photon(place):
        key, value = place.get("tag", ("place", "village"))
        properties = {
            "osm_type": place.get("type", "N"), "osm_id": place.get("id", 123), "osm_key": key, "osm_value": value, "type": "city",
            "name": place["name"], "state": "Balochistan", "country": "Land", "countrycode": place.get("code", "pk").upper(),
        }  # fmt: skip
        if "box" in place:
            south, north, west, east = place["box"]
            properties["extent"] = [west, north, east, south]
        return {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]},
            "properties": properties,
        }

    @staticmethod
    def to_geonames(place):
        feature_class, feature_code = place.get("feature", ("P", "PPL"))
        return {
            "geonameId": place.get("id", 123), "name": place["name"], "toponymName": place["name"],
            "lat": str(place["latitude"]), "lng": str(place["longitude"]), "fcl": feature_class, "fcode": feature_code,
            "countryCode": place.get("code", "pk").upper(), "countryName": "Land", "adminName1": "Balochistan", "population": 700,
        }  # fmt: skip


@pytest.fixture
def geocoding_service(monkeypatch) -> Iterator[GeocodingService]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    service = GeocodingService()
    yield service
    service.close()
