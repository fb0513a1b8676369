"""Time the dashboard over generated events, with real sessions and a real browser.

    python -m benchmarks.viewing 10000 [--only server,folium,sessions,browser] [--home FOLDER]

starts a server of its own. `server` is the time of a change of the filter in one session, `folium` what the same
events cost as one GeoJson layer with popups and as Markers, `sessions` twenty sessions at once, `browser` what a
viewer waits for. A home with a collection that `benchmarks/events.py` has made saves making one.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from articles.themes import load_vocabulary
from benchmarks.events import ANCHORS, fill_store

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
CHANGES = 15
SESSIONS, MINUTES, PAUSE = 20, 1.0, 5.0
"""How many sessions, for how long, and the seconds between two changes of one of them."""

FOLIUM_MARKERS = 10_000
"""More Markers than that take minutes; their time grows with their number."""


# ---- a server -----------------------------------------------------------------------------------


@contextmanager
def serve(home: Path) -> Iterator[tuple[str, int]]:
    """Run the dashboard; gives host and port, and the process's id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard/server.py"), "--server.port", str(port),
            "--server.address", "127.0.0.1", "--server.headless", "true",
        ],
        cwd=ROOT, env={**os.environ, "DATELINE_HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with (
                suppress(OSError),
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2),
            ):
                break
        yield f"127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(20)


def memory(pid: int) -> float:
    """Return the process's own memory in megabytes."""
    text = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", text)[1]) / 1000


class Session:
    """A viewer's session without a browser: it speaks Streamlit's own protocol."""

    def __init__(self, host: str):
        self._open = ExitStack()
        self._socket = self._open.enter_context(
            connect(
                f"ws://{host}/_stcore/stream", subprotocols=["streamlit"], max_size=None, compression=None
            )
        )
        self.table = ""

    def change(self, query: dict[str, str]) -> tuple[float, int]:
        """Open the map with this filter, as Back does; return seconds until all has come, and bytes."""
        message = BackMsg()
        message.rerun_script.query_string = urlencode(query)
        message.rerun_script.is_history_navigation = True
        start = time.perf_counter()
        self._socket.send(message.SerializeToString())
        received = 0
        while True:
            data = self._socket.recv(timeout=120)
            received += len(data)
            if found := re.search(rb"media/([0-9a-f]+\.gz)", data):
                self.table = found[1].decode()
            if ForwardMsg.FromString(data).WhichOneof("type") == "script_finished":
                return time.perf_counter() - start, received

    def close(self) -> None:
        """End the session."""
        self._open.close()


def filters() -> Iterator[dict[str, str]]:
    """Give filters, no two of them equal, that leave from few events to almost all."""
    themes = [theme.id for theme in load_vocabulary(None).themes]
    codes = sorted({code for code, _, _ in ANCHORS})
    for turn in count():
        day = f"2022-{turn // 28 % 12 + 1:02d}-{turn % 28 + 1:02d}"
        kind = turn % 4
        query = {"role": "any", "start": day}
        if kind == 1:
            query["theme"] = themes[turn % len(themes)]
        elif kind == 2:
            query["country"] = codes[turn % len(codes)]
        elif kind == 3:
            query["text"] = "drone"
        yield query


# ---- what is measured ---------------------------------------------------------------------------


def computing(pid: int) -> float:
    """Return the seconds that the process has computed so far, on all cores."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def time_server(host: str, pid: int) -> float:
    """Print the time of a change of the filter in one session; returns what one computes, in seconds."""
    session = Session(host)
    first, _ = session.change({"role": "any"})
    computed = computing(pid)
    seconds, sent = zip(
        *(session.change(query) for query, _ in zip(filters(), range(CHANGES), strict=False)), strict=True
    )
    table = len(urllib.request.urlopen(f"http://{host}/media/{session.table}").read())
    computed = (computing(pid) - computed) / CHANGES
    session.close()
    median = statistics.median(seconds)
    print(f"first run {first:.2f} s; a change {median:.3f} s in the median, {max(seconds):.3f} s at most")
    print(f"of that the server computes {computed:.3f} s; the rest is waiting, for other programs as well")
    print(f"sent: table {table / 1e6:.2f} MB once, a change {statistics.median(sent) / 1e3:.0f} kB")
    return computed


def time_folium(home: Path, own: float) -> None:
    """Print what folium's own layers cost for the same events on the server."""
    os.environ["DATELINE_HOME"] = str(home)
    import folium
    import streamlit_folium

    from dashboard import loading
    from dashboard.cards import explain
    from dashboard.map import base_map

    events = loading.collection().events
    columns = [*events.columns.difference(["geometry"])]

    def popup(event: object) -> str:
        return f"<b>{event.title}</b><p>{event.summary}</p><p>{event.evidence}</p><p>{explain(event)}</p>"

    def as_geojson() -> folium.FeatureGroup:
        group = folium.FeatureGroup()
        texts = [popup(event) for event in events.itertuples(index=False)]
        shown = events[["event_id", "geometry"]].assign(popup=texts)
        layer = folium.GeoJson(
            shown, popup=folium.GeoJsonPopup(["popup"], labels=False), marker=folium.Marker()
        )
        return group.add_child(layer)

    def as_markers() -> folium.FeatureGroup:
        group = folium.FeatureGroup()
        for event in events.head(FOLIUM_MARKERS).itertuples(index=False):
            spot = (event.geometry.y, event.geometry.x)
            folium.Marker(spot, popup=folium.Popup(popup(event), max_width=350)).add_to(group)
        return group

    assert columns
    for name, make, share in (
        ("one GeoJson layer", as_geojson, 1.0),
        ("Markers", as_markers, max(1.0, len(events) / FOLIUM_MARKERS)),
    ):
        figure = base_map()
        figure.get_root().render()
        streamlit_folium._get_map_string(figure)
        # What is computed is compared: the load of other programs counts in neither.
        start = time.process_time()
        text = streamlit_folium._get_feature_group_string(make(), figure)
        seconds = (time.process_time() - start) * share
        size = len(text) * share / 1e6
        about = "about " if share > 1 else ""
        print(
            f"{name}: {about}{seconds:.2f} s of computing, {size:.1f} MB; "
            f"a change here takes {own / seconds:.1%} of that"
        )


def time_sessions(host: str, pid: int) -> None:
    """Print how long twenty sessions wait for their changes, and what each of them takes of memory."""
    waits: list[float] = []
    queries = filters()
    lock = threading.Lock()
    end = time.monotonic() + 60 * MINUTES

    def work(number: int, session: Session) -> None:
        time.sleep(number * PAUSE / SESSIONS)
        while time.monotonic() < end:
            with lock:
                query = next(queries)
            seconds, _ = session.change(query)
            waits.append(seconds)
            time.sleep(max(0, PAUSE - seconds))

    # One session more loads what all of them share.
    Session(host).change({"role": "any"})
    base = memory(pid)
    sessions = [Session(host) for _ in range(SESSIONS)]
    for session in sessions:
        session.change({"role": "any"})
    opened = memory(pid)
    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(sessions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    worked = memory(pid)
    for session in sessions:
        session.close()
    ordered = sorted(waits)
    within = sum(wait <= 1 for wait in waits) / len(waits)
    print(
        f"{SESSIONS} sessions, {len(waits)} changes: median {statistics.median(waits):.2f} s, "
        f"95 in 100 within {ordered[int(0.95 * len(ordered)) - 1]:.2f} s, {within:.1%} within 1 s"
    )
    print(
        f"memory: {base:.0f} MB shared, {(opened - base) / SESSIONS:.1f} MB a session when opened, "
        f"{(worked - base) / SESSIONS:.1f} MB after its changes, their results kept for all included"
    )


FRAMES = """async (steps) => {
    const gaps = []; let last = performance.now(); let on = true;
    const tick = (now) => { gaps.push(now - last); last = now; if (on) requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
    const works = [];
    for (let step = 0; step < steps; step += 1) {
        const start = performance.now();
        window.map.panBy([step % 20 < 10 ? 24 : -24, step % 8 < 4 ? 10 : -10], { animate: false });
        works.push(performance.now() - start);
        await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    on = false;
    const sorted = (all) => all.sort((a, b) => a - b);
    const median = (all) => sorted(all)[Math.floor(all.length / 2)];
    return [median(gaps), Math.max(...gaps), median(works), Math.max(...works)];
}"""
"""Median and longest time between two frames, and of the map's own work in a step of panning; milliseconds."""


def time_browser(host: str) -> None:
    """Print what a viewer waits for in a browser."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for turn in ("cold", "warm"):
            context = browser.new_context(viewport={"width": 1400, "height": 900})
            page = context.new_page()
            start = time.perf_counter()
            page.goto(f"http://{host}/?role=any", wait_until="commit")
            drawn = page.frame_locator("iframe").locator("html[data-land][data-events] .leaflet-marker-icon")
            drawn.first.wait_for(timeout=120_000)
            print(f"first paint of the map, {turn} server: {time.perf_counter() - start:.2f} s")
            if turn == "warm":
                measure_page(page)
            context.close()
        browser.close()


def measure_page(page: object) -> None:
    """Print how long a change takes to be drawn, and how smoothly the map moves."""
    frame = page.frames[1]
    waits = []
    for number in range(1, 6):
        before = frame.evaluate("document.documentElement.dataset.turn")
        start = time.perf_counter()
        page.locator(".dl-facet").nth(number).click()
        frame.wait_for_function(
            "before => document.documentElement.dataset.turn !== before",
            arg=before,
            polling="raf",
            timeout=60_000,
        )
        waits.append(time.perf_counter() - start)
    print(
        f"from a click on a theme to the drawn map: {statistics.median(waits):.2f} s, {max(waits):.2f} s at most"
    )
    for number in range(1, 6):
        page.locator(".dl-facet").nth(number).click()
    page.wait_for_timeout(3000)
    # Without any symbol first: what is beyond that is the events' share.
    for words, zoom in (("an empty map", 4), ("zoom 2", 2), ("zoom 4", 4), ("zoom 7", 7)):
        empty = "true" if words == "an empty map" else "false"
        frame.evaluate(f"() => {{ window.dateline.hidesSymbols = {empty}; }}")
        frame.evaluate(f"() => window.map.setView([30, 50], {zoom}, {{ animate: false }})")
        median, longest, work, most = frame.evaluate(FRAMES, 80)
        print(
            f"panning, {words}: a frame {median:.0f} ms in the median, {longest:.0f} ms at most; "
            f"the map's own work {work:.1f} ms, {most:.0f} ms at most"
        )
    start = time.perf_counter()
    page.locator("button.dl-row").first.click()
    frame.locator(".dl-popup .dl-summary").wait_for()
    print(f"from a click in the list to the popup with its texts: {time.perf_counter() - start:.2f} s")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("events", type=int)
    parser.add_argument("--only", default="server,folium,sessions,browser")
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    wanted = options.only.split(",")
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"{options.events:,} events; {machine}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder)
        if not options.home:
            fill_store(home, options.events)
        with serve(home) as (host, pid):
            own = time_server(host, pid) if {"server", "folium"} & set(wanted) else 0.0
            if "sessions" in wanted:
                time_sessions(host, pid)
            if "browser" in wanted:
                time_browser(host)
        if "folium" in wanted:
            time_folium(home, own)


if __name__ == "__main__":
    main()
