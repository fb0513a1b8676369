"""The small collection that most browser tests look at, and articles that are unusual in one way or another."""

from __future__ import annotations

from datetime import date

from articles.model import Article, Gap, Image, Note, Source, ThemeMatch
from geodata.model import Candidate, Kind, Mention, Place, Resolution, Role
from tests.stories import resolve, story

HOSTILE = (
    "${alert(1)}${window.broken=1}", "<img src=x onerror=window.broken=1>", "</script><script>window.broken=1</script>",
    "`backtick`", r"C:\2019\u0041\x", "{{ 7*7 }}{% if %}{# no #}", "\"double\" 'single'", "line\u2028end\u2029here",
    "half \ud800 pair", "override \u202egnp.exe", "map_div _0a1b map_div2", "&lt;b&gt; &amp; &#60;",
)  # fmt: skip
"""What each way into a page gives a meaning to; it must be shown as it is and do nothing."""


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
    return story("لا تاريخ لهذا المقال (بلا موضوع)", FIJI, language="ar")


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
    return story("A long story", FIJI, summary="Long words. " * 150_000)


def crowd() -> list[tuple[Article, list[Resolution]]]:
    """Make more events at one spot than fan out."""
    return [
        story(f"Ship {number} calls", FIJI, published=date(2023, 9, 30 - number)) for number in range(1, 26)
    ]
