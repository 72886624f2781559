"""The report on paper: A4, nothing in its edge, no page for two lines, whole charts, a PDF that can be read out."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from tests.browser.view import View

#: A4 and the edge that no printer reaches, in points.
A4 = (595, 842)
EDGE = 14
#: The part of a page above and below the text, where the page's number and the running title stand.
MARGIN = 0.07
#: The part of a page that its text and charts must at least take.
FILLED = 0.12


@dataclass
class Paper:
    """A printed report, beside the page that it was printed from.

    Attributes:
        pdf: the document.
        title: the page's title.
        language: the page's language.
        alternatives: the text alternatives of the page's charts.
        headings: the page's headings of the first three levels.
    """

    pdf: pypdfium2.PdfDocument
    title: str
    language: str
    alternatives: list[str]
    headings: list[str]


def print_out(view: View, *, tagged: bool = True) -> Paper:
    """Print a page as a browser does that is asked for tags and bookmarks."""
    return read_paper(view, view.page.pdf(prefer_css_page_size=True, tagged=tagged, outline=tagged))


def read_paper(view: View, printed: bytes) -> Paper:
    """Set a PDF beside the page that it was printed from."""
    of_page = view.ask("""
        return [document.title, document.documentElement.lang, charts().map(alternative),
          all("h1, h2, h3").map((one) => one.textContent)];
    """)
    return Paper(pypdfium2.PdfDocument(printed), *of_page)


def pages_are_a4(paper: Paper) -> list[str]:
    """Every page is an A4 sheet upright."""
    sizes = {number: tuple(map(round, page.get_size())) for number, page in enumerate(paper.pdf, 1)}
    return [f"page {number} is {size[0]} by {size[1]} points" for number, size in sizes.items() if size != A4]


def pages_hold_their_text(paper: Paper) -> list[str]:
    """No text stands in the edge that printers leave white; what is too wide for the paper is found by `layout`."""
    faults = []
    for number, page in enumerate(paper.pdf, 1):
        width, height = page.get_size()
        text = page.get_textpage()
        for left, bottom, right, top in map(text.get_rect, range(text.count_rects())):
            if left < EDGE or bottom < EDGE or right > width - EDGE or top > height - EDGE:
                faults.append(
                    f"page {number}: “{_line(text.get_text_bounded(left, bottom, right, top))}” is in the edge"
                )
                break
    return faults


def pages_are_filled(paper: Paper) -> list[str]:
    """No page is nearly empty: not the last one either, with the footer alone."""
    filled = {number: _inked(page) for number, page in enumerate(paper.pdf, 1)}
    return [f"page {number} is filled for {part:.0%}" for number, part in filled.items() if part < FILLED]


def _inked(page: pypdfium2.PdfPage) -> float:
    """Return what part of the page's height lies between the first and the last line of its text."""
    picture = page.render(scale=0.5, grayscale=True)
    rows = [bytes(picture.buffer)[row * picture.stride :][: picture.width] for row in range(picture.height)]
    margin = int(picture.height * MARGIN)
    # Of grey only what can be read counts: not the word that lies under the pages of a draft.
    inked = [number for number, row in enumerate(rows) if margin <= number < len(rows) - margin and min(row) < 200]
    return (inked[-1] - inked[0] + 1) / (len(rows) - 2 * margin) if inked else 0


def charts_stay_whole(paper: Paper) -> list[str]:
    """Each chart stands on one page, once, with its text alternative."""
    faults = []
    drawn = [[text for kind, text in _elements(page) if kind == "Figure" and text] for page in paper.pdf]
    for alternative in paper.alternatives:
        pages = [number for number, texts in enumerate(drawn, 1) if _squeeze(alternative) in map(_squeeze, texts)]
        if len(pages) != 1:
            where = " and ".join(map(str, pages)) or "none"
            faults.append(f"chart “{alternative.strip()[:40]}” stands on page {where}")
    return faults


def pdf_can_be_read_out(paper: Paper) -> list[str]:
    """The PDF is tagged, says its title and its language, and has a bookmark for each heading."""
    faults = [] if paper.pdf.is_tagged() else ["the PDF is not tagged"]
    if (title := paper.pdf.get_metadata_value("Title")) != paper.title:
        faults.append(f"the title of the PDF is “{title}”")
    if not (language := _text(pdfium.FPDFCatalog_GetLanguage, paper.pdf.raw)) or language != paper.language:
        faults.append(f"the language of the PDF is “{language}”")
    bookmarks = {_squeeze(bookmark.get_title()) for bookmark in paper.pdf.get_toc(max_depth=9)}
    missing = [heading for heading in paper.headings if _squeeze(heading) not in bookmarks]
    return faults + [f"heading “{_line(heading)}” has no bookmark" for heading in missing]


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:40]


def _squeeze(text: str) -> str:
    """Leave out blanks and case: a PDF drops blanks where a line ends, and takes capitals as they are drawn."""
    return re.sub(r"\s+", "", text).casefold()


def _elements(page: pypdfium2.PdfPage) -> Iterator[tuple[str, str]]:
    """Yield kind and text alternative of each element of the structure that has content on a page."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    todo = [
        pdfium.FPDF_StructTree_GetChildAtIndex(tree, one) for one in range(pdfium.FPDF_StructTree_CountChildren(tree))
    ]
    while todo:
        if element := todo.pop():
            yield (
                _text(pdfium.FPDF_StructElement_GetType, element),
                _text(pdfium.FPDF_StructElement_GetAltText, element),
            )
            children = range(pdfium.FPDF_StructElement_CountChildren(element))
            todo += [pdfium.FPDF_StructElement_GetChildAtIndex(element, one) for one in children]
    pdfium.FPDF_StructTree_Close(tree)


def _text(reader: Callable[..., int], thing: object) -> str:
    """Return a text that PDFium writes as UTF-16 into room that one makes for it."""
    size = reader(thing, None, 0)
    room = (ctypes.c_ushort * (size // 2))()
    reader(thing, room, size)
    return bytes(room).decode("utf-16-le").rstrip("\0")
