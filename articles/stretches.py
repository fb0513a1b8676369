"""The headings of an issue, and what stands between them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from articles.headings import Part, heading, label
from articles.paragraphs import Paragraph
from articles.titles import has_capitals


@dataclass
class Stretch:
    """A heading and the paragraphs up to the next one.

    Attributes
    ----------
    part : Part or None
        None: before the first heading.
    line : int
        The heading's.
    heading : str
        As written, such as "Sources:"; empty where there is none.
    commentaries : list of Paragraph
        The headings "Commentary", which stand among the paragraphs or on the line of the first one of them.
    inner : frozenset of int
        Lines of the issue that are marked as titles are, and are none.
    """

    part: Part | None
    line: int
    paragraphs: list[Paragraph]
    heading: str = ""
    commentaries: list[Paragraph] = field(default_factory=list)
    inner: frozenset[int] = frozenset()


def split_at_headings(paragraphs: list[Paragraph]) -> list[Stretch]:
    """Split the paragraphs of an issue at its headings; what stands before the first one comes first."""
    stretches = [Stretch(None, 1, [])]
    for index, paragraph in enumerate(paragraphs):
        if _opens_image(paragraphs, index, stretches[-1]):
            stretches.append(Stretch(Part.IMAGE, paragraph.line, [paragraph]))
            continue
        found = None if _is_label_of_image(paragraph, stretches[-1]) else heading(paragraph)
        if found is None:
            stretches[-1].paragraphs.append(paragraph)
        elif found[0] is Part.COMMENTARY:
            # It heads nothing that the place alone would not tell, but for the title that must precede it.
            written = paragraph.text.removesuffix(found[1]).strip()
            stretches[-1].commentaries.append(replace(paragraph, text=written))
            if found[1]:
                stretches[-1].paragraphs.append(Paragraph(paragraph.line, found[1], paragraph.blanks))
        else:
            rest = [Paragraph(paragraph.line, found[1], 1)] if found[1] else []
            written = paragraph.text.removesuffix(found[1]).strip()
            stretches.append(Stretch(found[0], paragraph.line, rest, written))
    if not stretches[0].paragraphs:
        del stretches[0]
    return stretches


def _is_label_of_image(paragraph: Paragraph, stretch: Stretch) -> bool:
    """Tell whether a line that looks like a heading labels a picture's source instead."""
    found = label(paragraph.text)
    if stretch.part is not Part.IMAGE or found is None or not found[1]:
        return False
    last = stretch.paragraphs[-1] if stretch.paragraphs else None
    return last is None or label(last.text) is not None or paragraph.blanks == 0


def _opens_image(paragraphs: list[Paragraph], index: int, stretch: Stretch) -> bool:
    """Tell whether a picture's label stands where its heading is missing."""
    found = label(paragraphs[index].text)
    if stretch.part is Part.IMAGE or found is None or not found[1]:
        return False
    following = [label(later.text) for later in paragraphs[index + 1 : index + 2] if later.blanks <= 1]
    goes_on = any(later and later[0] != "caption" for later in following)
    if found[0] == "caption":
        is_first = stretch.part is None and not stretch.paragraphs
        return goes_on or is_first or stretch.part in (Part.SOURCES, Part.NOTES)
    # "Source:" heads a source, too, unless an attribution follows.
    return found[0] == "attribution" or (
        goes_on and following[0] is not None and following[0][0] == "attribution"
    )


def end_of_image(paragraphs: list[Paragraph]) -> int:
    """Return the index of the first paragraph behind a picture's labels."""
    end = 0
    spaced = any(paragraph.blanks for paragraph in paragraphs)
    for index, paragraph in enumerate(paragraphs):
        ahead = (label(later.text) for later in paragraphs[index + 1 : index + 2] if later.blanks <= 1)
        is_title = len(paragraph.text.split()) > 3 and has_capitals(paragraph.text)
        is_continued = index == end and spaced and paragraph.blanks == 0 and not is_title
        captions_on = index == end and any(found and found[0] != "caption" for found in ahead)
        if label(paragraph.text) or is_continued or captions_on:
            end = index + 1
        else:
            break
    return end
