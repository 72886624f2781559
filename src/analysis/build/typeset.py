"""nbconvert's step between the merged notebook and the template: each cell becomes a piece of HTML."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from analysis.build import outputs, prose
from analysis.build.chapters import Chapter
from analysis.build.figures import Register, Setting, figure_html
from analysis.build.merge import KEY, spoken_language
from analysis.build.prose import Files, Heading, Ids, Outline
from analysis.errors import KrachtlijnError
from analysis.figure import MIME
from analysis.language import Words

#: Ids of the page itself.
OWN_IDS = ("top", "inhoud", "inhoudstafel", "bronnen", "verantwoording", "verantwoording-papier")


class Typesetter(Preprocessor):  # type: ignore[misc, unused-ignore]
    """Sets all cells in order, and hands the chapters with their headings to the template.

    Args:
        chapters: the chapters of the report, in order.
        words: the report's language.
        as_of: the day on which the report looks at the world.
        drawings: a folder that remembers drawings.
    """

    def __init__(self, chapters: list[Chapter], words: Words, as_of: dt.date, drawings: Path | None = None) -> None:
        super().__init__()
        self.enabled = True
        self.words = words
        self.setting = Setting(words, as_of, Ids(set(OWN_IDS)), Register(), drawings=drawings)
        self.chapters = chapters
        self.outlines = {chapter.id: Outline(chapter.id, self.setting.ids) for chapter in chapters}

    def preprocess(self, notebook: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the notebook unchanged; ``resources`` gets the chapters and the list of sources."""
        resources["chapters"] = [self._chapter(chapter, notebook.cells) for chapter in self.chapters]
        resources["bibliography"] = self.setting.register.html(self.words)
        return notebook, resources

    def _chapter(self, chapter: Chapter, cells: list[NotebookNode]) -> dict[str, Any]:
        outline = self.outlines[chapter.id]
        spoken = spoken_language(chapter, self.words.language)
        own = [cell for cell in cells if cell.metadata[KEY]["chapter"] == chapter.id]
        pieces = [] if _opens_with_title(own) else [self._title(chapter, outline)]
        for cell in own:
            pieces += (
                [self._prose(cell, outline, chapter, spoken)]
                if cell.cell_type == "markdown"
                else self._code(cell, outline)
            )
        foreign = spoken if spoken != self.words.language else ""
        head: Heading = outline.headings[0]
        return {"id": head.id, "title": head.text, "pieces": pieces, "foreign": foreign} | {
            "sections": [heading for heading in outline.headings[1:] if heading.level == 3]
        }

    def _title(self, chapter: Chapter, outline: Outline) -> str:
        """A notebook without a title is called after its file."""
        text = chapter.id.replace("-", " ").capitalize()
        heading = outline.add(1, text)
        return f'<h2 id="{heading.id}">{text}</h2>'

    def _prose(self, cell: NotebookNode, outline: Outline, chapter: Chapter, spoken: str) -> str:
        files = Files(str(chapter.path.parent), cell.get("attachments", {}))
        html = prose.render(cell.source, outline, _where(cell), files)
        return html if spoken == self.words.language else f'<div lang="{spoken}">{html}</div>'

    def _code(self, cell: NotebookNode, outline: Outline) -> list[str]:
        return [self._output(output, cell, outline) for output in cell.outputs]

    def _output(self, output: NotebookNode, cell: NotebookNode, outline: Outline) -> str:
        where = _where(cell)
        if output.output_type == "error":
            raise KrachtlijnError("a cell ended in an error", where=where, why=f"{output.ename}: {output.evalue}")
        if output.output_type == "stream":  # warnings are for who writes the notebook, not for the board
            return outputs.text_output(output.text) if output.name == "stdout" else ""
        if MIME in output.data:
            return figure_html(output.data[MIME], self.setting, min(outline.level + 1, 6), where)
        return self._foreign(output, cell, outline, where)

    def _foreign(self, output: NotebookNode, cell: NotebookNode, outline: Outline, where: str) -> str:
        picture = outputs.picture_html(output, cell, self.words.language, where)
        if picture is not None:
            return picture
        if "text/markdown" in output.data:
            return prose.render(output.data["text/markdown"], outline, where)
        if "text/html" in output.data:
            return outputs.html_output(output.data["text/html"], self.words.t("Table"), where)
        if "text/plain" in output.data:
            return outputs.text_output(output.data["text/plain"])
        kinds = ", ".join(output.data) or "nothing"
        raise KrachtlijnError("an output cannot be shown in the report", where=where, why=f"it holds: {kinds}")


def _opens_with_title(cells: list[NotebookNode]) -> bool:
    return bool(cells) and cells[0].cell_type == "markdown" and cells[0].source.lstrip().startswith("#")


def _where(cell: NotebookNode) -> str:
    place = cell.metadata[KEY]
    return f"notebooks/{Path(place['notebook']).name}, cell {place['number']}"
