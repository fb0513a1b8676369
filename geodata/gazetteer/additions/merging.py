"""Makes one index of an index and an addition.

One index is asked, whatever was added to it, so that a text costs the same to read and opening stays a matter of
milliseconds. What takes memory here is compact: some forty bytes a place and a name, beside the trie.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from geodata.gazetteer import layout
from geodata.gazetteer.additions.addition import Addition, source_info
from geodata.gazetteer.additions.places import Places
from geodata.gazetteer.entry import GazetteerInfo, NameQuality
from geodata.gazetteer.index import Gazetteer
from geodata.gazetteer.writing import Content, write_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    import numpy as np

REPORT_EVERY = 20_000


class Merged(NamedTuple):
    """What became of an addition.

    Attributes
    ----------
    new : int
        Places that the gazetteer had not.
    joined : int
        Places that it had, which gained names and data.
    """

    info: GazetteerInfo
    new: int
    joined: int


def merge(
    index: Path,
    addition: Path,
    folder: Path,
    *,
    built: datetime,
    made_of: dict[str, Any],
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Merged:
    """Write the index of an index and an addition into an empty folder.

    Parameters
    ----------
    index : Path
        Folder of an index; it stays as it is.
    addition : Path
        A finished addition.
    folder : Path
    made_of : dict
        As `writing.write_index` takes it.

    Raises
    ------
    GazetteerError
        If either cannot be used.
    OSError
        If the folder cannot be written.
    """
    import marisa_trie

    with Gazetteer(index) as before, Addition(addition) as added:
        source = source_info(added.check_finished())
        progress(f"Sorting the names of {source.title}", 0, 0)
        names = marisa_trie.Trie(chain(before.names(), added.folded()))
        places = Places(before, source.id)
        posted_names, posted = _post_all(
            added, places, names, lambda done, total: progress(f"Merging {source.title}", done, total)
        )
        progress(f"Writing the index with {source.title}", 0, 0)
        offsets, postings = _group(before, names, posted_names, posted)
        content = Content(
            names,
            offsets,
            postings,
            places.records,
            places.strings,
            list(places.countries),
            list(places.sources),
            list(places.features),
        )
        sources = [*before.info.sources, replace(source, places=places.new + places.joined)]
        info = write_index(folder, content, sources, built=built, made_of=made_of)
    return Merged(info, places.new, places.joined)


def _post_all(
    added: Addition, places: Places, names: Any, report: Callable[[int, int], None]
) -> tuple[array[int], array[int]]:
    """Take all places in; return the numbers of their names, and the postings beside them."""
    posted_names, posted = array("I"), array("I")
    progress = added.progress()
    total = progress.places + progress.other_names
    target_of = places.match_keys(added.keys(), total)
    for row, own in added.rows():
        if row.number % REPORT_EVERY == 0:
            report(row.number, total)
        number = places.take(row, own, target_of)
        if number is None:
            continue
        for folded, quality in own:
            posted_names.append(names.get(folded))
            posted.append(number << layout.QUALITY_BITS | quality)
    return posted_names, posted


def _group(
    before: Gazetteer, names: Any, posted_names: array[int], posted: array[int]
) -> tuple[array[int], array[int]]:
    """Put all postings in the order of their names, each place once, what was there before first."""
    import numpy as np

    counts, old = before.posting_arrays()
    of_old = np.zeros(len(counts), np.uint32)
    for name, number in before.numbered_names():
        of_old[number] = names.get(name)
    name_numbers = np.concatenate([np.repeat(of_old, counts), np.frombuffer(posted_names, np.uint32)])
    postings = np.concatenate([old, np.frombuffer(posted, np.uint32)])
    name_numbers, postings = _unite(name_numbers, postings)
    offsets = np.zeros(len(names) + 1, np.uint32)
    np.cumsum(np.bincount(name_numbers, minlength=len(names)), out=offsets[1:])
    return _as_array(offsets), _as_array(postings)


def _unite(
    name_numbers: np.ndarray[Any, np.dtype[np.uint32]], postings: np.ndarray[Any, np.dtype[np.uint32]]
) -> tuple[np.ndarray[Any, np.dtype[np.uint32]], np.ndarray[Any, np.dtype[np.uint32]]]:
    """Keep one posting of a name and a place: the first, but as the place's own name if any is that."""
    import numpy as np

    place_numbers = postings >> layout.QUALITY_BITS
    qualities = postings & layout.QUALITY_MASK
    # lexsort is stable: within a name and a place the order of posting stays.
    order = np.lexsort((place_numbers, name_numbers))
    ordered_names, ordered_places = name_numbers[order], place_numbers[order]
    is_first = np.ones(len(order), bool)
    is_first[1:] = (ordered_names[1:] != ordered_names[:-1]) | (ordered_places[1:] != ordered_places[:-1])
    starts = np.flatnonzero(is_first)
    if len(starts):
        is_preferred = np.logical_or.reduceat(qualities[order] == NameQuality.PREFERRED, starts)
    else:
        is_preferred = np.zeros(0, bool)
    first = order[starts]
    united = qualities[first]
    may_rise = (united == NameQuality.ALTERNATE) | (united == NameQuality.DERIVED)
    united[is_preferred & may_rise] = NameQuality.PREFERRED
    kept = (place_numbers[first] << layout.QUALITY_BITS | united).astype(np.uint32)
    back = np.lexsort((first, name_numbers[first]))
    return name_numbers[first][back], kept[back]


def _as_array(numbers: np.ndarray[Any, np.dtype[np.uint32]]) -> array[int]:
    result = array("I")
    result.frombytes(numbers.tobytes())
    return result
