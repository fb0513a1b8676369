"""A server with a small hand-made collection, and a browser page that tolerates nothing unexpected."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from articles.model import Article, Gap, Image, Note, Source, ThemeMatch
from articles.store import put_article, transaction
from dashboard.database import open_database
from dashboard.settings import Settings
from geodata.model import Candidate, Kind, Mention, Place, Resolution, Role
from geodata.store import put_resolutions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Frame, Page

ROOT = Path(__file__).parents[2]
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

PATIENCE = 120
"""Seconds that anything awaited may take. A busy machine may be ten times slower than a quiet one; nothing waits
longer than it must."""

HOSTILE = (
    "${alert(1)}${window.broken=1}", "<img src=x onerror=window.broken=1>", "</script><script>window.broken=1</script>",
    "`backtick`", r"C:\2019\u0041\x", "{{ 7*7 }}{% if %}{# no #}", "\"double\" 'single'", "line\u2028end\u2029here",
    "half \ud800 pair", "override \u202egnp.exe", "map_div _0a1b map_div2", "&lt;b&gt; &amp; &#60;",
)  # fmt: skip
"""What each way into a page gives a meaning to; it must be shown as it is and do nothing."""


# ---- a collection -------------------------------------------------------------------------------


def place(
    number: int,
    name: str,
    kind: Kind,
    latitude: float,
    longitude: float,
    code: str = "",
    admin1: str = "",
    radius: float = 5,
) -> Place:
    return Place(f"geonames:{number}", name, kind, latitude, longitude, code, admin1, radius_km=radius)


MASTUNG = place(1, "Mastung", Kind.CITY, 29.7997, 66.8455, "PK", "Balochistan")
MUSTANG = place(2, "Mustang", Kind.CITY, 29.18, 83.95, "NP", "Gandaki")
BALOCHISTAN = place(3, "Balochistan", Kind.ADMIN1, 28.5, 65.5, "PK", "Balochistan", 420)
MALI = place(4, "Mali", Kind.COUNTRY, 18, -2, "ML", radius=900)
FIJI = place(5, "Suva", Kind.CITY, -18.14, 178.44, "FJ")
SAHEL = place(6, "Sahel", Kind.REGION, 14.5, 2, radius=1500)
CHUKOTKA = place(7, "Russia", Kind.COUNTRY, 60, 100, "RU", radius=3000)
TOWN = place(8, "Tartus", Kind.CITY, 34.889, 35.8866, "SY", "Tartus")


def resolve(
    article: Article,
    phrase: str,
    found: Place | None,
    score: float = 0.97,
    role: Role = Role.EVENT,
    **more: object,
) -> Resolution:
    start = article.text.index(phrase)
    return Resolution(Mention(start, start + len(phrase), phrase), found, score, role, **more)


def drones() -> tuple[Article, list[Resolution]]:
    article = Article(
        title="Suicide attack shakes Balochistan",
        body="A suicide attack hit the ceremony in Mastung, Balochistan.[ii] Mastung had seen drones before.\n\n"
        "The Mustang explosion was reported in Atlantis as well.",
        caption="A street in the town.", quote="“They came from the hills.”", published=date(2023, 9, 29),
        authors=("A. Writer",),
        sources=(
            Source("Afghanistan International", "London-based", "حمله انتحاری در مستونگ", "Suicide attack in Mastung", (),
                   date(2023, 10, 1), "https://example.org/one", "ps", "At least fifty people.\n\nThe second paragraph."),
            Source("Mashal Radio", title="Без ссылки", published=None, url="javascript:window.broken=1", language="ru"),
        ),
        notes=(Note("ii", "See https://example.org/note"),),
        image=Image("A street", "https://example.org/image", "CC BY 4.0"),
        themes=(ThemeMatch("terrorism-and-insurgency", ("suicide attack",)), ThemeMatch("human-rights", ("ceremony",))),
        summary="A suicide attack hit a ceremony. Fifty people died.",
        gaps=(Gap(12, "[RG1]", "an editor's mark"),),
    )  # fmt: skip
    resolutions = [
        resolve(
            article,
            "Mastung",
            MASTUNG,
            reasons=("Balochistan contains it",),
            alternatives=(Candidate(MUSTANG, 0.02),),
        ),
        resolve(article, "Mustang", MUSTANG, 0.31),
        resolve(article, "Balochistan", BALOCHISTAN, role=Role.CONTEXT),
        resolve(article, "Atlantis", None, 0.0, reasons=("no place of this name is known",)),
    ]
    return article, resolutions


def belt() -> tuple[Article, list[Resolution]]:
    article = Article(
        title="Coup belt: Mali turns to new partners", body="Mali and the Sahel look elsewhere. Russia offers help in Tartus.",
        published=date(2023, 8, 2), themes=(ThemeMatch("coups-and-governance", ("coup",)),),
        summary="Mali looks elsewhere.",
        sources=(Source("Jeune Afrique", title="Le Mali", url="https://example.org/mali", language="fr"),),
    )  # fmt: skip
    return article, [
        resolve(article, "Mali", MALI), resolve(article, "Sahel", SAHEL), resolve(article, "Russia", CHUKOTKA, role=Role.CONTEXT),
        resolve(article, "Tartus", TOWN),
    ]  # fmt: skip


def undated() -> tuple[Article, list[Resolution]]:
    article = Article(title="لا تاريخ لهذا المقال (بلا موضوع)", body="Ships met near Suva.", language="ar")
    return article, [resolve(article, "Suva", FIJI)]


def hostile() -> tuple[Article, list[Resolution]]:
    words = " ".join(text.replace("\ud800", "") for text in HOSTILE)
    name = f"Ville {words}"
    article = Article(
        title=f"Title {words}", body=f"Something in {name} happened.", published=date(2023, 9, 1),
        summary=f"Summary {words}", themes=(ThemeMatch("cyber", (words,)),),
        sources=(Source(f"Outlet {words}", words, f"Original {words}", words, (words,), None, f"https://example.org/{words}", "en", words),
                 Source("Bad link", title="x", url="javascript:window.broken=1//"),
                 Source("Data link", title="y", url="data:text/html,<script>window.broken=1</script>")),
        notes=(Note("i", words),), image=Image(words, words, words), gaps=(Gap(1, words, words),),
    )  # fmt: skip
    start = article.text.index(name)
    spot = place(99, name, Kind.CITY, 46.2, 2.2, "FR", words)
    return article, [
        Resolution(
            Mention(start, start + len(name), name), spot, 0.9, Role.EVENT, (words,), (Candidate(spot, 0.1),)
        )
    ]


def long() -> tuple[Article, list[Resolution]]:
    """Make an article that is too much to send with every pin."""
    article = Article(title="A long story", body="Ships met near Suva.", summary="Long words. " * 150_000)
    return article, [resolve(article, "Suva", FIJI)]


def crowd() -> list[tuple[Article, list[Resolution]]]:
    """Make more events at one spot than fan out."""
    articles = [
        Article(
            title=f"Ship {number} calls", body="Ships met near Suva.", published=date(2023, 9, 30 - number)
        )
        for number in range(1, 26)
    ]
    return [(article, [resolve(article, "Suva", FIJI)]) for article in articles]


def fill_store(home: Path, pairs: list[tuple[Article, list[Resolution]]]) -> None:
    home.mkdir(parents=True, exist_ok=True)
    engine = open_database(Settings.from_environment({"DATELINE_HOME": str(home)}))
    with transaction(engine) as connection:
        for position, (article, resolutions) in enumerate(pairs):
            put_article(connection, article, origin="test", position=position, added_at=datetime.now(UTC))
            put_resolutions(connection, article.id, resolutions, geoparser="test")
    engine.dispose()


# ---- a server -----------------------------------------------------------------------------------


def pytest_itemcollected(item: pytest.Item) -> None:
    """Give a browser test time to wait for several things in turn."""
    item.add_marker(pytest.mark.timeout(5 * PATIENCE))


@contextmanager
def serve(home: Path, **environment: str) -> Iterator[str]:
    """Run the dashboard on a free port; gives its address."""
    with _start(home, environment) as (process, port):
        yield f"http://127.0.0.1:{port}"
        assert process.poll() is None, f"the server ended:\n{_log_of(home)}"


@contextmanager
def _start(home: Path, environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen, int]]:
    # Somebody else may take a port between the look for a free one and its use.
    for _ in range(5):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = _launch(home, port, environment)
        try:
            if _is_up(process, port, home):
                yield process, port
                return
        finally:
            _end(process)
        if f"ort {port} is " not in _log_of(home):
            break
    pytest.fail(f"the server did not start:\n{_log_of(home)}")


def _launch(home: Path, port: int, environment: dict[str, str]) -> subprocess.Popen:
    command = [
        sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard/server.py"), "--server.port", str(port),
        "--server.address", "127.0.0.1", "--server.headless", "true",
    ]  # fmt: skip
    # What is set for whoever runs the tests must not change what they see.
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "STREAMLIT_"))
    }
    with (home / "server.log").open("wb") as output:
        return subprocess.Popen(
            command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
            env={**kept, "DATELINE_HOME": str(home), **environment},
        )  # fmt: skip


def _log_of(home: Path) -> str:
    return (home / "server.log").read_text(errors="replace")[-3000:]


def _is_up(process: subprocess.Popen, port: int, home: Path) -> bool:
    """Wait until the server answers; False: it has ended, or its time is up."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        # Its own word comes first: at the port somebody else may answer.
        if f"http://127.0.0.1:{port}" in _log_of(home) and _is_healthy(port):
            return True
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)  # a server that starts needs the processor more than this loop
    return False


def _is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=10) as answer:
            return answer.status == 200
    except OSError:
        return False


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS, timeout=PATIENCE * 1000)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    fill_store(home, [drones(), belt(), undated()])
    with serve(home) as address:
        yield address


# ---- a page -------------------------------------------------------------------------------------


@dataclass
class Guard:
    """What must not happen on a page, as it happened."""

    address: str
    problems: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self._check(request.url))
        page.on("console", self._check_console)
        page.on("pageerror", lambda error: self._note("page", str(error), wrong=True))

    def _check(self, url: str) -> None:
        own = self.address.removeprefix("http")
        inside = url.startswith((f"http{own}", f"ws{own}", "data:", "blob:", "about:"))
        self._note("request", url, not inside)

    def _check_console(self, message: ConsoleMessage) -> None:
        # On a page with a path Streamlit asks for its server's state below that path first, by design.
        probe = "/_stcore/" in message.location.get("url", "")
        self._note(
            "console",
            message.text + " " + message.location.get("url", ""),
            message.type == "error" and not probe,
        )

    def _note(self, kind: str, text: str, wrong: bool) -> None:
        if wrong:
            self.problems.append(f"{kind}: {text}")


@contextmanager
def plain_page(browser: Browser, **options: object) -> Iterator[Page]:
    """Open a page of a viewer who wants nothing to move: what moves cannot be clicked or measured for sure."""
    context = browser.new_context(
        **{"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce", **options}
    )
    context.set_default_timeout(PATIENCE * 1000)
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def guarded_page(
    browser: Browser, address: str, *, first_visit: bool = False, **options: object
) -> Iterator[Page]:
    """Open a page that fails the test on an outside request, a console error or a page error.

    On a first visit a hint lies over the map; other tests come as somebody who has read it.
    """
    guard = Guard(address)
    with plain_page(browser, **options) as page:
        if not first_visit:
            page.context.add_init_script("localStorage.setItem('dateline-hint-read', '1')")
        guard.watch(page)
        yield page
    assert guard.problems == []


def wait_for_rest(page: Page) -> None:
    """Wait until the run has ended, nothing is left of the one before, and fonts and layout stand."""
    page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for(state="attached")
    expect(page.locator("[data-stale='true']")).to_have_count(0)
    page.wait_for_function(IS_AT_REST)


IS_AT_REST = """async () => {
    await document.fonts.ready;
    const boxes = () => JSON.stringify([...document.querySelectorAll("iframe, .dl-scroller, .st-key-timeline-frame")]
        .map((node) => node.getBoundingClientRect()));
    const before = boxes();
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    return boxes() === before;
}"""


def find_barriers(page: Page, view: Page | Frame | None = None, **options: object) -> list[str]:
    """Return what axe calls serious or critical, of a page at rest or of a frame in it.

    What is half faded in has no contrast yet.
    """
    wait_for_rest(page)
    found = Axe().run(view or page, **options).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    with guarded_page(browser, server) as opened:
        yield opened


# ---- for the test modules, which cannot import this file ----------------------------------------


@pytest.fixture(scope="session")
def guarded():
    return guarded_page


@pytest.fixture(scope="session")
def unguarded():
    return plain_page


@pytest.fixture(scope="session")
def settle():
    return wait_for_rest


@pytest.fixture(scope="session")
def barriers():
    return find_barriers


@pytest.fixture(scope="session")
def serving():
    return serve


@pytest.fixture(scope="session")
def fill():
    return fill_store


@pytest.fixture(scope="session")
def hostile_pair():
    return hostile


@pytest.fixture(scope="session")
def hostile_texts() -> tuple[str, ...]:
    return HOSTILE


@pytest.fixture(scope="session")
def drones_pair():
    return drones


@pytest.fixture(scope="session")
def long_pair():
    return long


@pytest.fixture(scope="session")
def crowd_pairs():
    return crowd


@pytest.fixture(scope="session")
def belt_pair():
    return belt


@pytest.fixture(scope="session")
def undated_pair():
    return undated
