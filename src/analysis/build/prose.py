"""Markdown of the notebooks -> HTML that fits into the report's outline.

A notebook's ``#`` is the title of its chapter (h2 in the report), ``##`` a section (h3), and so on; no level is
skipped.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from markupsafe import escape
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from analysis.errors import KrachtlijnError


@dataclass
class Ids:
    """Hands out the ids of one HTML file, each once."""

    taken: set[str] = field(default_factory=set)

    def claim(self, wanted: str) -> str:
        """Return ``wanted``, or ``wanted-2`` and so on when it is taken.

        >>> ids = Ids()
        >>> ids.claim("kaart"), ids.claim("kaart")
        ('kaart', 'kaart-2')
        """
        found, count = wanted, 1
        while found in self.taken:
            count += 1
            found = f"{wanted}-{count}"
        self.taken.add(found)
        return found


def slug(text: str) -> str:
    """Turn a heading into an id.

    >>> slug("Déficit: wat kwam er?")
    'deficit-wat-kwam-er'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "deel"


@dataclass(frozen=True)
class Heading:
    """A heading of the report: its level in HTML, its id and its text (without markup)."""

    level: int
    id: str
    text: str


class Outline:
    """The headings of one chapter as they come by."""

    def __init__(self, chapter_id: str, ids: Ids) -> None:
        self.chapter_id, self.ids = chapter_id, ids
        self.headings: list[Heading] = []

    @property
    def level(self) -> int:
        """The level of the latest heading; what comes under it is one deeper."""
        return self.headings[-1].level if self.headings else 1

    def add(self, marks: int, text: str) -> Heading:
        """Take in a heading written with so many ``#``: the first one is the chapter's title, at h2."""
        level = min(max(marks + 1, 3), self.level + 1, 6) if self.headings else 2
        own = self.ids.claim(self.chapter_id if level == 2 else f"{self.chapter_id}-{slug(text)}")
        self.headings.append(Heading(level, own, text))
        return self.headings[-1]


@dataclass(frozen=True)
class Files:
    """Where the pictures of a cell may be: in the cell itself, or beside the notebook."""

    folder: str = ""
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)


class _Renderer(IPythonRenderer):  # type: ignore[misc, unused-ignore]
    """nbconvert's Markdown renderer, with the report's headings, and without what a closed file cannot show."""

    def __init__(self, outline: Outline, where: str, files: Files) -> None:
        super().__init__(
            escape=True,
            allow_harmful_protocols=False,
            exclude_anchor_links=True,
            embed_images=True,
            path=files.folder,
            attachments=files.attachments,
        )
        self.outline, self.where = outline, where

    def heading(self, text: str, level: int, **_: object) -> str:
        placed = self.outline.add(level, re.sub(r"<[^>]+>", "", text))
        return f'<h{placed.level} id="{placed.id}">{text}</h{placed.level}>\n'

    def block_html(self, html: str) -> str:
        return "" if _is_comment(html) else f"<p>{escape(html.strip())}</p>\n"

    def inline_html(self, html: str) -> str:
        return "" if _is_comment(html) else str(escape(html))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        if not text.strip():
            raise KrachtlijnError(
                "an image has no text alternative", where=self.where, do="write ![what it shows](...)"
            )
        shown: str = super().image(text, url, title)
        if 'src="data:image/' not in shown:
            raise KrachtlijnError(
                "an image cannot be put into the report",
                where=self.where,
                why=f"{url} is not a picture in the folder notebooks/ or in the cell itself",
                do="paste the picture into the cell, or put its file beside the notebook",
            )
        return shown


def _is_comment(html: str) -> bool:
    return html.strip().startswith("<!--")


def render(source: str, outline: Outline, where: str, files: Files | None = None) -> str:
    """Render one Markdown cell.

    Args:
        source: the Markdown.
        outline: the chapter's headings so far; those of this cell are added.
        where: the cell, for messages.
        files: where its pictures may be.

    Raises:
        KrachtlijnError: a picture without a text alternative, or one that is not at hand.
    """
    return MarkdownWithMath(renderer=_Renderer(outline, where, files or Files())).render(source).strip()
