"""How a digest cites a source: authors, “title (English title),” outlet (its note), date. Link.

A citation is read from its end, which is the more regular one: the link, the date, the note on the
outlet, the outlet; what is left is the titles and, before them, the authors. Quotes that are missing or
doubled are common, so brackets and the comma before the outlet decide where a quote does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.authors import BY, authors_end, split_authors
from articles.dates import DateMention, find_dates
from articles.languages import guess_language
from articles.model import Source
from articles.outlets import find_leading_outlet
from articles.paragraphs import LINK, trim_link
from articles.quotes import CLOSING, OPENING, closing_bracket_start, strip_quotes, unmatched_opening_bracket

_LONGEST = 3000  # characters before the link; what is longer is prose that happens to hold one
_LONGEST_OUTLET = 15  # words
_STOPS = " \t.,;:،؛"

# The comma or stop that American typesetting puts inside the quotes is what parts a title from the outlet.
# A straight quote behind a space opens one.
_TITLE_END = re.compile(r"(?:[,.?!…؟،)\]](?:\s?[”»]|\"|\s\"(?!\w))[”\"»]?|[,،]’|[”\"»]\s?[,،])\s*[,،]?\s*")
_ANY_CLOSE = re.compile(r"[”\"»]+\s*")
# Behind a date no title and no note may end; a short remark in brackets of its own may.
_REMARK = re.compile(r"[^”\"»()]*(?:\([^”\"»()]{0,60}\)[^”\"»()]*)?")
_AFTERTHOUGHT = re.compile(
    r"\W*(?:accessed|retrieved|archived|last\s+(?:accessed|updated))\b.{0,80}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as found.

    Attributes
    ----------
    source : Source
        Without excerpt; its date only if the citation gives the year.
    date : DateMention or None
    date_text : str
        The date's words.
    leftovers : tuple of str
        Words that fit no field.
    rest : str
        What stands behind the citation in the same text: the beginning of the excerpt.
    """

    source: Source
    date: DateMention | None
    date_text: str
    leftovers: tuple[str, ...]
    rest: str

    @property
    def is_titled(self) -> bool:
        """Whether it names a title in the original language, or the only one."""
        return bool(self.source.title)


def parse_citation(text: str) -> Citation | None:
    """Read a text that is a citation or begins with one; None: it is neither.

    A text counts as one if it ends in a link after a title in quotes, an outlet's note or a date, or in a
    date after a title in quotes and an outlet.
    """
    link = LINK.search(text, 0, _LONGEST + 8)
    url = trim_link(link[0]) if link else ""
    head = text[: link.start()] if link else text
    if len(head) > _LONGEST:
        return None
    rest = text[link.start() + len(url) :] if link else ""
    body, mention, date_text, leftover = _split_date(head)
    if not url and (mention is None or leftover):
        return _parse_undated(head)
    source = _parse_titles(body)
    parted = mention is not None and head[: head.rfind(date_text)].rstrip().endswith((",", ")"))
    if not _is_plausible(head, source, dated=mention is not None, parted=parted, linked=bool(url)):
        return None
    more, rest = _split_rest(rest)
    return _citation(source, url, mention, date_text, tuple(filter(None, (leftover, *more))), rest)


def parse_broken_citation(text: str) -> Citation:
    """Read what should be a citation as far as it goes: the title at least."""
    body, mention, date_text, leftover = _split_date(text)
    if _TITLE_END.search(body):
        source = _parse_titles(body)
    else:
        end = authors_end(body)
        title, english = _split_translation(body[end:])
        source = Source(title=title, title_english=english, authors=split_authors(body[:end]))
    return _citation(source, "", mention, date_text, (leftover,) if leftover else (), "")


def opens_citation(text: str) -> bool:
    """Tell whether a text begins as a citation's title does: with a quote, a bracket or another script."""
    return text.startswith((*OPENING, "(")) or _is_other_script(text) or bool(authors_end(text))


def _is_other_script(text: str) -> bool:
    """Tell whether a text begins in a script that is not Latin."""
    return ord(next(filter(str.isalpha, text), "a")) > 0x24F


def _citation(
    source: Source,
    url: str,
    mention: DateMention | None,
    date_text: str,
    leftovers: tuple[str, ...],
    rest: str,
) -> Citation:
    language = guess_language(source.title, translated=bool(source.title_english)) if source.title else ""
    complete = Source(
        outlet=source.outlet,
        outlet_note=source.outlet_note,
        title=source.title,
        title_english=source.title_english,
        authors=source.authors,
        published=mention.date if mention else None,
        url=url,
        language=language,
    )
    return Citation(complete, mention, date_text, leftovers, rest)


def _split_date(head: str) -> tuple[str, DateMention | None, str, str]:
    """Split what precedes the link into the part before the date, the date and what is left over."""
    head = head.rstrip(_STOPS + "([<")
    # A date in a title is not the source's: only the last words count.
    window = max(0, len(head) - 100)
    mentions = [
        mention
        for mention in find_dates(head[window:])
        if _REMARK.fullmatch(head, window + mention.end)
        and head[: window + mention.start].rstrip()[-1:] not in ("“", "(")
    ]
    if not mentions:
        return head, None, "", ""
    last = mentions[-1]
    leftover = head[window + last.end :].strip(_STOPS)
    before = head[: window + last.start].rstrip()
    return before.rstrip(_STOPS + "–-"), last, head[window + last.start : window + last.end], leftover


def _split_rest(rest: str) -> tuple[list[str], str]:
    """Split what follows the first link into further links or the like, and the excerpt."""
    more = []
    rest = rest.lstrip(".,;:)>] ")
    while match := (re.compile(r"(?:and\s+|see\s+also:?\s+)?" + LINK.pattern, re.IGNORECASE).match(rest)):
        more.append(match[0].rstrip(".,;"))
        rest = rest[match.end() :].lstrip(".,; ")
    if _AFTERTHOUGHT.fullmatch(rest):
        more.append(rest.strip())
        rest = ""
    return more, rest


def _parse_undated(text: str) -> Citation | None:
    """Read a citation that ends with the outlet's note; anything less is prose."""
    text = text.rstrip(_STOPS)
    if len(text) > 600 or not text.startswith(OPENING) or not text.endswith(")"):
        return None
    source = _parse_titles(text)
    if source.outlet_note and source.title and _is_outlet(source.outlet):
        return _citation(source, "", None, "", (), "")
    return None


def _is_plausible(head: str, source: Source, *, dated: bool, parted: bool, linked: bool) -> bool:
    """Tell a citation from prose that ends with a date or a link."""
    if not _is_outlet(source.outlet):
        # "“Title.” https://…": without an outlet, only quotes around the whole make it a citation.
        return linked and not source.outlet and head.startswith(OPENING) and len(head) < 400
    quoted = _TITLE_END.search(head) is not None
    if linked and dated:
        # "Outlet, 3 October 2023. https://…" is one, "… said on 3 October 2023. https://…" is not.
        return quoted or bool(source.outlet_note) or opens_citation(head) or parted
    return quoted and opens_citation(head)


def _is_outlet(text: str) -> bool:
    first = text.split(" ", 1)[0]
    is_name = first[:1].isupper() or first[:1].isdigit() or not first.isascii()
    return 0 < len(text.split()) <= _LONGEST_OUTLET and (is_name or any(mark in first for mark in "-.’'“"))


def _parse_titles(text: str) -> Source:
    """Read authors, titles, outlet and the outlet's note."""
    if (leading := find_leading_outlet(text)) is not None:
        title, english = _split_translation(leading.region)
        return Source(outlet=leading.outlet, outlet_note=leading.note, title=title, title_english=english)
    head, note = _split_note(text)
    region, outlet = _split_outlet(head)
    authors: tuple[str, ...] = ()
    end = authors_end(region)
    if end:
        authors, region = split_authors(region[:end]), region[end:]
    if not authors and (by := BY.match(outlet)):
        name, comma, remainder = outlet[by.end() :].partition(",")
        if comma:
            authors, outlet = (name.strip(),), remainder.strip(_STOPS)
    title, english = _split_translation(region)
    # The quote of a title that is never closed must not stay with the outlet.
    outlet = strip_quotes(outlet)
    return Source(outlet=outlet, outlet_note=note, title=title, title_english=english, authors=authors)


def _split_note(text: str) -> tuple[str, str]:
    """Split off the outlet's note, in brackets at the end, of which the closing one may be missing."""
    text = text.rstrip(_STOPS)
    start = closing_bracket_start(text) if text.endswith(")") else None
    note_end = -1
    if start is None and not text.endswith((")", *CLOSING)):
        # "Outlet (its note, 3 October 2023": only behind the title, whose brackets are another matter.
        last = max((match.end() for match in _TITLE_END.finditer(text)), default=len(text))
        inner = unmatched_opening_bracket(text[last:])
        start, note_end = (last + inner, len(text)) if inner is not None else (None, -1)
    if start is None:
        return text, ""
    head = text[:start].rstrip()
    note = text[start + 1 : note_end].strip()
    # "“Title” (English title), 3 October": the brackets hold a translation, and there is no outlet.
    if head.endswith(CLOSING) or not head:
        return text, ""
    return head, note


def _split_outlet(head: str) -> tuple[str, str]:
    """Split the titles from the outlet."""
    ends = list(_TITLE_END.finditer(head))
    for end in reversed(ends):
        outlet = head[end.end() :].strip(_STOPS)
        if outlet and len(outlet.split()) <= _LONGEST_OUTLET:
            return head[: end.end()], outlet
    if ends and ends[-1].end() == len(head):
        return head, ""
    comma = max(_last_comma(head), 0)
    if head.startswith(OPENING):
        # A straight quote that opens the title looks like one that closes it.
        closes = [match.end() for match in _ANY_CLOSE.finditer(head, 1) if match.end() > comma]
        last = closes[-1] if closes else 0
        if last and 0 < len(head[last:].split()) <= _LONGEST_OUTLET and _is_outlet(head[last:]):
            return head[:last], head[last:].strip(_STOPS)
    if comma:
        return head[:comma], head[comma + 1 :].strip(_STOPS)
    return (head, "") if head.startswith((*OPENING, "(")) else ("", head.strip(_STOPS))


def _last_comma(text: str) -> int:
    """Return where the last comma outside brackets and numbers stands; -1: there is none."""
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        if text[index] in ")]":
            depth += 1
        elif text[index] in "([":
            depth = max(0, depth - 1)
        elif text[index] in ",،" and not depth and not text[index + 1 : index + 2].isdigit():
            return index
    return -1


def _split_translation(region: str) -> tuple[str, str]:
    """Split “title (English title)” and take off the quotes around it."""
    region = region.strip().rstrip(_STOPS)
    bare = region.rstrip('”"»’' + _STOPS) if region.endswith(CLOSING) else region
    for pair in ("()", "[]"):
        start = closing_bracket_start(bare, pair) if bare.endswith(pair[1]) else None
        if start is None:
            continue
        # An opening bracket before it that is never closed is where the translation begins.
        earlier = unmatched_opening_bracket(bare[:start], pair)
        outer = start if earlier is None else earlier
        inner = bare[outer + 1 : -1 if earlier is None else len(bare)].strip()
        if _is_translation(inner, bare[:outer]):
            return _title(bare[:outer]), strip_quotes(inner.strip(), opening_only=True)
    start = unmatched_opening_bracket(bare)
    if start is not None and _is_translation(bare[start + 1 :], bare[:start]):
        return _title(bare[:start]), bare[start + 1 :].strip(_STOPS)
    return _title(region), ""


def _is_translation(inner: str, before: str) -> bool:
    """Tell a translation from a bracket that belongs to the title, as "(TTP)" or "(1969-present)"."""
    words = re.findall(r"[^\W\d_]{2,}", inner)
    if not words or inner[:1].isdigit():
        return False
    original = re.findall(r"[^\W\d_]+", before)
    return (
        len(words) > 1
        or not original
        or (len(original) <= 2 and not inner.isupper())
        or _is_other_script(before)
    )


def _title(text: str) -> str:
    """Take a title out of its quotes; quotes inside it stay."""
    return strip_quotes(text.strip().rstrip(_STOPS).strip()).rstrip(",،;: ")
