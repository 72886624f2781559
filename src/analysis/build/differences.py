"""Where two versions of a published file differ, in words: by chapter and figure, not by byte."""

from __future__ import annotations

import base64
import binascii
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from bs4 import BeautifulSoup, Tag

#: So many letters on each side of the first difference are shown.
_AROUND = 34
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BEFORE = {"header": "the head of page one"}
_AFTER = {"footer": "the colophon", "body > script": "the live charts", "head": "the title, the style or the policy"}


@dataclass(frozen=True)
class Difference:
    """One place where two versions differ, and how."""

    place: str
    what: str


@dataclass(frozen=True)
class Piece:
    """A part of a page: its words, the table that it offers as CSV, and its markup."""

    words: tuple[str, ...]
    table: tuple[str, ...]
    markup: str


def differences(published: Path, again: Path) -> list[Difference]:
    """Return where the file that was made again differs from the published one; nothing when they are the same.

    Args:
        published: the published file.
        again: the same file, made again.
    """
    before, after = published.read_bytes(), again.read_bytes()
    if before == after:
        return []
    by_kind = {".html": _pages, ".json": _records}
    found = by_kind.get(published.suffix, _bytes)(before, after)
    return found or _bytes(before, after)


def _pages(before: bytes, after: bytes) -> list[Difference]:
    old, new = (pieces(content.decode("utf-8", errors="replace")) for content in (before, after))
    lost = [Difference(place, "stands in the published report only") for place in old if place not in new]
    more = [Difference(place, "stands in the one that was made again only") for place in new if place not in old]
    both = [Difference(place, _unlike(old[place], new[place])) for place in old if place in new]
    return [*(found for found in both if found.what), *lost, *more]


def pieces(html: str) -> dict[str, Piece]:
    """Cut a report into its figures and the texts around them, by place.

    >>> figure = '<div class="figure"><h3 id="a-b">y</h3></div>'
    >>> found = pieces(f'<main><section aria-labelledby="a"><p>x</p>{figure}</section></main>')
    >>> [(place, piece.words) for place, piece in found.items()]
    [('chapter a, text', ('x',)), ('chapter a, figure a-b', ('y',))]
    """
    soup = BeautifulSoup(html, "html.parser")
    found: dict[str, list[Tag]] = {}
    for place, tag in _placed(soup):
        found.setdefault(place, []).append(tag)
    return {place: _piece(tags) for place, tags in found.items()}


def _placed(soup: BeautifulSoup) -> Iterator[tuple[str, Tag]]:
    """Yield the parts of a page in their order, each with its place."""
    yield from ((place, tag) for name, place in _BEFORE.items() for tag in soup.select(name))
    for part in soup.select("main > *"):
        if part.name != "section":
            yield "the contents", part
            continue
        chapter, under = f"chapter {part.get('aria-labelledby', '?')}", "text"
        for tag in part.find_all(True, recursive=False):
            heading = tag if tag.name in _HEADINGS else tag.find(_HEADINGS)
            own = str(heading.get("id", "")) if isinstance(heading, Tag) else ""
            if "figure" in tag.get_attribute_list("class"):
                yield f"{chapter}, figure {own}", tag
                continue
            under = f"text under {own}" if own else under
            yield f"{chapter}, {under}", tag
    yield from ((place, tag) for name, place in _AFTER.items() for tag in soup.select(name))


def _piece(tags: list[Tag]) -> Piece:
    words = [text for tag in tags for text in tag.stripped_strings]
    words += [str(tag.string or "") for tag in tags if tag.name in ("script", "style")]
    tables = [str(link["href"]) for tag in tags for link in tag.select("a[download]")]
    return Piece(tuple(words), tuple(itertools.chain(*map(_lines, tables))), "".join(map(str, tags)))


def _lines(address: str) -> list[str]:
    """Return the lines of a table that rides along as a ``data:`` address."""
    kind, _, content = address.partition(",")
    try:
        data = base64.b64decode(content) if kind.endswith(";base64") else unquote_to_bytes(content)
    except binascii.Error:
        return [address]
    return data.decode("utf-8-sig", errors="replace").splitlines()


def _unlike(old: Piece, new: Piece) -> str:
    """Say how two versions of a piece differ; nothing when they do not."""
    if old.markup == new.markup:
        return ""
    for kind, before, after in (("", old.words, new.words), ("in its table (CSV) ", old.table, new.table)):
        if before != after:
            return kind + _first(before, after)
    return "the words and the table are the same, the drawing or the markup is not"


def _first(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Tell the first text that differs.

    >>> _first(("a", "12,3 %"), ("a", "12,4 %"))
    'published «12,3 %», made again «12,4 %»'
    >>> _first(("a",), ("a", "b"))
    'made again it also says «b»'
    """
    at = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    if at is not None:
        one, other = _around(before[at], after[at])
        return f"published «{one}», made again «{other}»"
    rest = (before if len(before) > len(after) else after)[min(len(before), len(after)) :]
    said = _around(rest[0], "")[0]
    return f"published it also says «{said}»" if len(before) > len(after) else f"made again it also says «{said}»"


def _around(one: str, other: str) -> tuple[str, str]:
    """Cut two texts to what stands around their first difference.

    >>> _around("a" * 50 + "b", "a" * 50 + "c")[0].count("a")
    34
    """
    same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    start = max(same - _AROUND, 0)
    return _cut(one, start, same + _AROUND), _cut(other, start, same + _AROUND)


def _cut(text: str, start: int, end: int) -> str:
    return ("…" if start else "") + " ".join(text[start:end].split()) + ("…" if len(text) > end else "")


def _records(before: bytes, after: bytes) -> list[Difference]:
    try:
        old, new = (dict(_leaves(json.loads(content), ())) for content in (before, after))
    except ValueError:
        return []
    places = [place for place in {**old, **new} if old.get(place) != new.get(place)]
    return [
        Difference(": ".join(place), _first((old.get(place, "nothing"),), (new.get(place, "nothing"),)))
        for place in places
    ]


def _leaves(content: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _leaves(value, (*place, str(key)))
    else:
        yield place, json.dumps(content, ensure_ascii=False)


def _bytes(before: bytes, after: bytes) -> list[Difference]:
    """Where nothing more can be said: at which byte."""
    pairs = enumerate(zip(before, after, strict=False))
    at = next((n for n, pair in pairs if pair[0] != pair[1]), min(len(before), len(after)))
    return [Difference(f"byte {at + 1}", f"published {len(before)} bytes, made again {len(after)}")]
