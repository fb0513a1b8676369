"""The parts of an article's page as HTML: pure, and escaped throughout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from articles.model import SectionKind
from dashboard.cards import LANGUAGES, NO_REASON, ROLES, date_words
from dashboard.marking import mark_section
from dashboard.markup import element, highlight, link, linked, swatch, text, web_link
from geodata.precision import precision_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.model import Article, Source
    from dashboard.palette import ThemeStyle
    from geodata.model import Place, Resolution

READ = {SectionKind.CAPTION, SectionKind.QUOTE, SectionKind.BODY}
"""Sections of the running text; the others stand in lists of their own."""


def head(article: Article, styles: Mapping[str, ThemeStyle], needles: Sequence[str] = ()) -> Markup:
    """Return title, date, authors, themes with the words that decided them, and summary.

    `needles`, here and below, are what is searched, as of `searching.parse_query`; it is marked.
    """
    facts = [date_words(article.published) or "no date", ", ".join(article.authors)]
    rows = [
        element(
            "li",
            element("span", swatch(styles[match.theme]), styles[match.theme].name, class_="dl-theme"),
            element("span", "because of “", "”, “".join(match.evidence), "”", class_="dl-because")
            if match.evidence
            else "",
        )
        for match in article.themes
        if match.theme in styles
    ]
    return element(
        "header",
        text(highlight(article.title, needles), tag="h1", language=article.language),
        element("p", " · ".join(fact for fact in facts if fact), class_="dl-facts"),
        element("ul", *rows, class_="dl-reasons") if rows else "",
        element(
            "section",
            element("h2", "Summary"),
            text(highlight(article.summary, needles), tag="p", class_="dl-lead"),
            class_="dl-article-summary",
        )
        if article.summary
        else "",
        class_="dl-article-head",
    )


def body(
    article: Article,
    resolutions: Sequence[Resolution],
    labels: Mapping[str, str],
    needles: Sequence[str] = (),
    *,
    pins: Mapping[str, str],
) -> Markup:
    """Return the running text with its places and note marks marked, and the list of the places."""
    parts = []
    for section in article.sections:
        if section.kind in READ:
            marked = mark_section(article, section, resolutions, labels=labels, needles=needles)
            tag = "blockquote" if section.kind is SectionKind.QUOTE else "div"
            parts.append(element(tag, marked, class_=f"dl-section dl-section-{section.kind.value}"))
    written = element("div", *parts, class_="dl-text", lang=article.language)
    heading = element("h2", "Text") if parts and article.summary else ""
    return element(
        "div",
        element("section", heading, written) if parts else "",
        places(resolutions, labels, pins),
        class_="dl-article-body",
    )


def places(resolutions: Sequence[Resolution], labels: Mapping[str, str], pins: Mapping[str, str]) -> Markup:
    """Return an article's places, each once, by the part they play in it.

    Parameters
    ----------
    labels, pins : mapping of str to str
        What a place is called, and the link to its pin, by its id; places that are not in them are not shown.
    """
    order = {role: number for number, role in enumerate(ROLES)}
    found: dict[str, Resolution] = {}
    for resolution in resolutions:
        place = resolution.place
        if place is None or place.id not in labels:
            continue
        known = found.get(place.id)
        if known is None or order[resolution.role.value] < order[known.role.value]:
            found[place.id] = resolution
    groups = []
    for role, name in ROLES.items():
        entries = [
            _place(one.place, labels, pins) for one in found.values() if one.role.value == role and one.place
        ]
        if entries:
            groups += [element("h3", name), element("ul", *entries)]
    if not groups:
        return Markup("")
    return element("aside", element("h2", "Places"), *groups, class_="dl-places", aria_label="Places")


def _place(place: Place, labels: Mapping[str, str], pins: Mapping[str, str]) -> Markup:
    return element(
        "li",
        element("a", text(labels[place.id], class_="dl-place"), href=pins[place.id], target="_self"),
        element("span", precision_of(place).words, class_="dl-facts"),
    )


def sources(
    article: Article,
    resolutions: Sequence[Resolution],
    labels: Mapping[str, str],
    needles: Sequence[str] = (),
) -> Markup:
    """Return the sources with their original titles and links, and their excerpts with the places marked."""
    if not article.sources:
        return Markup("")
    excerpts = {
        section.source: mark_section(article, section, resolutions, labels=labels, needles=needles)
        for section in article.sections
        if section.kind is SectionKind.EXCERPT
    }
    entries = [
        _source(source, excerpts.get(number), needles) for number, source in enumerate(article.sources)
    ]
    return element("section", element("h2", "Sources"), element("ol", *entries, class_="dl-source-list"))


def notes(article: Article) -> Markup:
    """Return the numbered notes, each where its mark leads."""
    if not article.notes:
        return Markup("")
    entries = [
        element("li", element("b", note.mark), linked(note.text), id=f"note-{note.mark}")
        for note in article.notes
    ]
    return element("section", element("h2", "Notes"), element("ul", *entries, class_="dl-notes"))


def image(article: Article) -> Markup:
    """Return where the article's picture comes from."""
    if article.image is None:
        return Markup("")
    said = (
        ("Caption", article.image.caption),
        ("Source", article.image.source),
        ("Attribution", article.image.attribution),
    )
    rows = [
        element(
            "div",
            element("dt", name),
            element("dd", linked(words)),
        )
        for name, words in said
        if words
    ]
    return (
        element("section", element("h2", "Image"), element("dl", *rows, class_="dl-image"))
        if rows
        else Markup("")
    )


def unplaced(rows: Sequence[Any]) -> Markup:
    """Return the names of an article that have no place; `rows` are of `tabulate_unplaced`."""
    entries = [
        element(
            "li",
            text(row.phrase, tag="b"),
            element("span", row.reason or NO_REASON),
            text(row.evidence, tag="q") if row.evidence else "",
        )
        for row in rows
    ]
    return element("ul", *entries, class_="dl-unplaced")


def gaps(article: Article) -> Markup:
    """Return what the reader took out of the text or could not make sense of."""
    entries = [
        element("li", element("b", f"Line {gap.line}"), text(gap.text, tag="q"), element("span", gap.reason))
        for gap in article.gaps
    ]
    return element("ul", *entries, class_="dl-unplaced")


def _source(source: Source, excerpt: Markup | None, needles: Sequence[str]) -> Markup:
    facts = [
        _outlet(source, needles),
        ", ".join(source.authors),
        LANGUAGES.get(source.language, source.language),
        date_words(source.published),
    ]
    title = text(
        highlight(source.title or source.outlet or "Source", needles),
        language=source.language,
        class_="dl-source-title",
    )
    return element(
        "li",
        element(
            "p",
            # An address that is not of the web is none, and nothing then opens beside the app.
            link(title + Markup('<span class="dl-out">&nbsp;↗</span>'), source.url)
            if web_link(source.url)
            else title,
        ),
        text(highlight(source.title_english, needles), tag="p", class_="dl-translated")
        if source.title_english
        else "",
        element("p", *_joined([fact for fact in facts if fact]), class_="dl-facts"),
        element(
            "figure", element("figcaption", "Excerpt"), element("blockquote", excerpt), class_="dl-quoted"
        )
        if excerpt
        else "",
    )


def _outlet(source: Source, needles: Sequence[str]) -> Markup | str:
    """Return who published a source, and what is said of it."""
    name = highlight(source.outlet, needles)
    if not source.outlet_note:
        return name
    return Markup("{} ({})").format(text(name), text(source.outlet_note))


def _joined(facts: Sequence[str]) -> list[Markup]:
    parts: list[Markup] = []
    for fact in facts:
        # A date or a language stays whole; an outlet or a row of authors may need two lines.
        whole = "dl-whole" if len(fact) <= 20 else ""
        parts += [Markup(" · ")] * bool(parts) + [text(fact, class_=whole)]
    return parts
