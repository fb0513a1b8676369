"""The parts of the page on quality, as HTML; the page decides which of them stand where."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from markupsafe import Markup

from dashboard import address
from dashboard.cards import KINDS, NO_REASON, count_words, score_words
from dashboard.filters import EventFilter
from dashboard.markup import element, text
from dashboard.palette import DOUBTFUL_BELOW
from dashboard.quality import SCORE_STEPS, UNSURE_BELOW, Method

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from dashboard.quality import Missing, Quality, Share

METHODS = {
    Method.ONLY.value: ("The only place of this name", "Nothing else could be meant, as far as is known."),
    Method.TEXT.value: (
        "Chosen by the text",
        "Several places have the name; what else is named speaks for one.",
    ),
    Method.KNOWN.value: (
        "Best known of its name",
        "Several places have the name and the text does not decide.",
    ),
    Method.ONLINE.value: (
        "Found online",
        "Not in the gazetteer; an online geocoder knows a place of this name.",
    ),
    Method.SPELLING.value: ("Another spelling", "Taken for a name that the article has in another spelling."),
    Method.NONE.value: ("Not placed", "Recognised as a name, but no place is known or certain enough."),
}
"""How a name got its place → in words, and at more length."""

TYPES = {
    "literal": ("For the place", "“in Moscow”"),
    "metonymic": ("For its government", "“Moscow said”"),
    "adjectival": ("As an adjective", "“Libyan”: makes no pin, and does not count above"),
}
"""How a text uses a name → in words, with an example."""


SURE = (
    "Pins by score, in percent. The score is the share of belief that this place is meant and not another "
    "of the same name. It says nothing about whether the report is true."
)


def head(found: Quality) -> Markup:
    """Return what a person must know to trust the map or not, in two lines."""
    if not found.names:
        said = element("p", "No name of a place has been recognised yet.", class_="dl-verdict")
        return element("section", element("h1", "Quality"), said, class_="dl-quality")
    verdict = element(
        "p",
        element("span", f"{percent(found.placed, found.names)} of {count_words(found.names, 'name')} placed"),
        element("span", f"{found.doubtful:,} doubtful" if found.doubtful else "none doubtful"),
        class_="dl-verdict",
    )
    whole = "This is the whole collection, whatever the map's filter; a name counts once an article."
    return element(
        "section",
        element("h1", "Quality"),
        verdict,
        element("p", " ".join(_sentences(found)), class_="dl-lead"),
        element("p", whole, class_="dl-muted"),
        class_="dl-quality",
    )


def _sentences(found: Quality) -> list[str]:
    left = found.names - found.placed
    said = f"{count_words(found.placed, 'name')} on {count_words(found.pins, 'pin')}"
    sentences = [f"{said}; {left:,} {'has' if left == 1 else 'have'} no place." if left else f"{said}."]
    if found.doubtful:
        pins = count_words(found.doubtful, "pin")
        sentences.append(f"For {pins} another place may well be meant (below {score(DOUBTFUL_BELOW)}).")
    if found.unsure:
        are = "is" if found.unsure == 1 else "are"
        more = "more " if found.doubtful else ""
        sentences.append(f"{found.unsure:,} {more}{are} worth a look (below {score(UNSURE_BELOW)}).")
    return sentences


def percent(part: int, whole: int) -> str:
    """Return a share such as "92%"; what is not all is never 100%, and what is not nothing never 0%."""
    if not whole:
        return "–"
    rounded = round(100 * part / whole)
    if rounded == 100 and part < whole:
        return "over 99%"
    return "under 1%" if not rounded and part else f"{rounded}%"


def section(title: str, *content: Markup, help_: str = "") -> Markup:
    """Return a part of the page under its title, `help_` between them."""
    said = element("p", help_, class_="dl-muted") if help_ else Markup("")
    return element("section", element("h2", title), said, *content, class_="dl-quality")


def scores(found: Quality) -> Markup:
    """Return the pins in each tenth of the scores; those that are doubtful are dashed, as on the map."""
    most = max(*found.scores, 1)
    columns = []
    for number, count in enumerate(found.scores):
        low = number / SCORE_STEPS
        doubt = "is-doubtful" if low < DOUBTFUL_BELOW else "is-unsure" if low < UNSURE_BELOW - 1e-9 else ""
        bar = element(
            "i", "", class_=doubt, style=f"height:{max(count / most * 72, 2 if count else 0):.1f}px"
        )
        columns.append(
            element(
                "span",
                element("b", f"{count:,}" if count else ""),
                bar,
                element("small", f"{100 * number // SCORE_STEPS}–{100 * (number + 1) // SCORE_STEPS}"),
            )
        )
    said = (
        f"Pins by score: {found.doubtful:,} below 50%, {found.unsure:,} from 50 to 70%, "
        f"{found.pins - found.doubtful - found.unsure:,} above"
    )
    return element("div", *columns, class_="dl-histogram", role="img", aria_label=said)


# ---- tables -------------------------------------------------------------------------------------


def _table(head: Sequence[str], rows: Sequence[Markup]) -> Markup:
    first, *numbers = head
    names = [element("th", first, scope="col")]
    names += [element("th", name, scope="col", class_="dl-number") for name in numbers]
    return element(
        "table", element("thead", element("tr", *names)), element("tbody", *rows), class_="dl-table dl-shares"
    )


def _row(name: Markup | str, *numbers: str) -> Markup:
    return element(
        "tr", element("td", name), *(element("td", number, class_="dl-number") for number in numbers)
    )


def kind_table(found: Quality) -> Markup:
    """Return how many pins say how exactly where something happened."""
    rows = [
        _row(KINDS[share.name], f"{share.whole:,}", percent(share.whole, found.pins), _some(share.doubtful))
        for share in found.kinds
    ]
    return _table(("Precision", "Pins", "Share", "Doubtful"), rows)


def method_table(found: Quality) -> Markup:
    """Return how the names got their places."""
    rows = [
        _row(
            _explained(*METHODS[share.name]),
            f"{share.whole:,}",
            percent(share.whole, found.names),
            _some(share.doubtful),
        )
        for share in found.methods
    ]
    return _table(("Way", "Names", "Share", "Doubtful"), rows)


def type_table(found: Quality) -> Markup:
    """Return how the texts use the names."""
    whole = sum(share.whole for share in found.types)
    rows = [
        _row(_explained(*TYPES[share.name]), f"{share.whole:,}", percent(share.whole, whole))
        for share in found.types
    ]
    return _table(("Use", "Names", "Share"), rows)


def _explained(name: str, meaning: str) -> Markup:
    return Markup("{}{}").format(name, element("small", meaning))


def country_table(shares: Sequence[Share]) -> Markup:
    """Return pins by country."""
    rows = [
        _row(text(share.name), f"{share.whole:,}", _some(share.doubtful), score(share.median))
        for share in shares
    ]
    return _table(("Country", "Pins", "Doubtful", "Median score"), rows)


def outlet_table(shares: Sequence[Share]) -> Markup:
    """Return names by the outlets of their article."""
    rows = [
        _row(
            text(share.name), f"{share.whole:,}", percent(share.placed, share.whole), _some(share.doubtful),
            score(share.median),
        )
        for share in shares
    ]  # fmt: skip
    return _table(("Outlet", "Names", "Placed", "Doubtful", "Median score"), rows)


def _some(count: int) -> str:
    return f"{count:,}" if count else "–"


def score(share: float) -> str:
    """Return a score such as "97%"; a dash where there is none."""
    return "–" if isnan(share) else score_words(share)


# ---- the names ----------------------------------------------------------------------------------


def listed(rows: Sequence[Markup]) -> Markup:
    """Return rows as a list."""
    return element("ul", *rows, class_="dl-doubts")


def doubtful_rows(events: pd.DataFrame) -> list[Markup]:
    """Return a row an event: the name as it was written, what it was taken for, and what comes next."""
    return [_doubtful(event) for event in events.itertuples(index=False)]


def _doubtful(event: Any) -> Markup:
    place = event.place_label or event.place_name
    runner_up = (
        f"runner-up: {event.alternatives[0]}"
        if event.alternatives
        else "no other place of this name is known; one that is not known may be meant"
    )
    return element(
        "li",
        element("b", score(event.score), class_="dl-number"),
        element(
            "div",
            element(
                "p",
                text(f"“{event.phrase}”", class_="dl-phrase"),
                " taken for ",
                element("a", place, href=pin_address(event), target="_self", dir="auto"),
            ),
            text(runner_up, tag="p", class_="dl-muted"),
            _article_link(event.article_id, event.title),
        ),
    )


def pin_address(event: Any) -> str:
    """Return the link to an event's pin on the map."""
    shown = EventFilter() if event.role in EventFilter().roles else EventFilter(roles=())
    query = {**shown.to_query(), address.EVENT_PARAMETER: [event.event_id]}
    return f"./?{urlencode(query, doseq=True)}"


def missing_rows(missing: Sequence[Missing], titles: Mapping[str, str]) -> list[Markup]:
    """Return a row a name; `titles` are the articles' by their ids."""
    return [_missing_row(one, titles) for one in missing]


def _missing_row(one: Missing, titles: Mapping[str, str]) -> Markup:
    shown = one.articles[:3]
    links = [_article_link(article_id, titles[article_id]) for article_id in shown]
    if left := len(one.articles) - len(shown):
        links.append(
            element("p", f"and {count_words(left, 'more article', 'more articles')}", class_="dl-muted")
        )
    return element(
        "li",
        element("b", f"{one.times:,}×", class_="dl-number"),
        element(
            "div",
            element("p", text(f"“{one.phrase}”", class_="dl-phrase")),
            text(one.reason or NO_REASON, tag="p", class_="dl-muted"),
            *links,
        ),
    )


def _article_link(article_id: str, title: str) -> Markup:
    link = element("a", title, href=address.article_address(article_id), target="_self", dir="auto")
    return element("p", link, class_="dl-of")
