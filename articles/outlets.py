"""Citations that name the outlet before the title: Outlet (its note), “title” (English title), date."""

from __future__ import annotations

import re
from typing import NamedTuple

from articles.authors import BY
from articles.quotes import OPENING, closing_bracket_start, is_enclosed

_LONGEST = 80  # characters of what stands before the title
_MOST_WORDS = 10
_MOST_UNPARTED = 4  # words of a name that nothing but a space parts from the title
_STOPS = " \t.,;:،؛"
_PARTS = (",", "،", ":", "–", "—", "-", ")", ".")
_OPENING_QUOTE = re.compile(r"(?P<double>[“«„\"])|(?<=[\s(])(?P<single>[‘'])(?=\w)")


class LeadingOutlet(NamedTuple):
    """What a citation names before its title.

    Attributes
    ----------
    outlet : str
    note : str
        The outlet's note; empty: there is none.
    region : str
        The title in its quotes, perhaps with a translation.
    """

    outlet: str
    note: str
    region: str


def find_leading_outlet(text: str) -> LeadingOutlet | None:
    """Find the outlet before a title with which a citation, without its date and link, ends; None: there is none.

    Behind the title no outlet may follow: then what stands before it are authors.
    """
    quote = _OPENING_QUOTE.search(text, 0, _LONGEST + 2)
    if quote is None or quote.start() == 0:
        return None
    region = text[quote.start() :].strip().rstrip(_STOPS)
    if quote["single"] or (region[0] == "„" and region.endswith("“")):
        # Quotes of one stroke are apostrophes, too, and “ opens elsewhere: a pair must be around the whole.
        if quote["single"] and not re.search(r"[\w.,!?…][’']$", region):
            return None
        region = f"“{region[1:-1]}”"
    elif not _is_title(region):
        return None
    before = text[: quote.start()].rstrip()
    name = before.rstrip(_STOPS + "–—-")
    note_start = closing_bracket_start(name) if name.endswith(")") else None
    note = ""
    if note_start:
        name, note = name[:note_start].rstrip(_STOPS), name[note_start + 1 : -1].strip()
    return LeadingOutlet(name, note, region) if _is_name(name, is_parted=before.endswith(_PARTS)) else None


def _is_title(region: str) -> bool:
    """Tell whether a text is one title in quotes, perhaps with its translation in brackets behind them."""
    start = closing_bracket_start(region) if region.endswith(")") else None
    quoted = region[:start].rstrip() if start else region
    return region.startswith(OPENING) and is_enclosed(quoted)


def _is_name(text: str, *, is_parted: bool) -> bool:
    """Tell an outlet's name from a clause and from authors: most of its words have capitals, if they can."""
    words = [word for word in re.split(r"[\s,،:;]+", text) if word[:1].isalnum()]
    if not words or len(words) > _MOST_WORDS or BY.match(text) or "http" in text:
        return False
    small = sum(word[0].islower() and "." not in word for word in words)
    if is_parted:
        return len(words) == 1 or (small * 2 < len(words) and not words[0][0].islower())
    return not small and len(words) <= _MOST_UNPARTED and words[0][0].isupper()
