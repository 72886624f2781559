"""The workbook for whoever delivers, made of the one declaration: a sheet per table, with lists to choose from."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from analysis import deliveries
from analysis.deliveries import PLACE
from analysis.paths import Project
from analysis.schema import Field, Package, Table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: The sheets that explain, and the one that lists the codes; nothing is read from them.
EXPLANATION, CODES = "toelichting", "codes"
#: The tables whose codes a delivery may name, each with the column that holds them.
_CODED = {
    "plan_doelstellingen": "doelstelling_code",
    "plan_acties": "actie_code",
    "meetpunten": "meetpunt_code",
    "organisaties": "organisatie_id",
    "swot": "swot_code",
}
#: Rows to which the lists and formats of a column reach.
_ROWS = 2000
#: The height of a line in points, and how much broader than a mean one its letters may be.
_LINE, _BROAD = 15, 1.05
_HEAD = PatternFill("solid", fgColor="12436D")
_REQUIRED = PatternFill("solid", fgColor="801650")
_WHITE = Font(bold=True, color="FFFFFF")
_TYPES = {
    "string": ("tekst", "texte"),
    "number": ("getal", "nombre"),
    "integer": ("geheel getal", "nombre entier"),
    "date": ("datum (2026-09-30)", "date (2026-09-30)"),
}
_KINDS = {
    "period": ("periode (2026, 2026Q3, 2026-09)", "période (2026, 2026Q3, 2026-09)"),
    "ratio": ("getal of breuk (3, 1/3)", "nombre ou fraction (3, 1/3)"),
}
#: In which Excel keeps what is typed: 1/3 would else become the first of March.
_FORMATS = {"date": "yyyy-mm-dd", "ratio": "# ?/?"}


def template(project: Project, plan: str) -> bytes:
    """Return an empty delivery as an Excel workbook; the sheet of progress already lists the plan's actions.

    Args:
        project: the project folder.
        plan: the code of the plan.
    """
    package = Package.load(project.raw / deliveries.DECLARATION)
    tables = deliveries.declared(project, package)
    codes = [
        (column, row[column], row["label_nl"], row["label_fr"])
        for name, column in _CODED.items()
        for row in _rows(project, package.tables[name])
        if row.get("plan_id", plan) == plan
    ]
    actions = [{column: code} for column, code, *_ in codes if column == "actie_code"]
    return workbook(tables, {"voortgang": actions}, codes)


def workbook(
    tables: Mapping[str, Table],
    rows: Mapping[str, Sequence[Mapping[str, object]]],
    codes: Sequence[tuple[str, ...]] = (),
    more: Mapping[str, Sequence[Sequence[object]]] | None = None,
) -> bytes:
    """Return a delivery as an Excel workbook.

    Args:
        tables: the declared tables; each gets a sheet.
        rows: what stands in them, by table.
        codes: what each code means, on a sheet of its own: the column that takes it, the code, its label in nl and fr.
        more: sheets that no table declares, as they are: what a poll tool exports.
    """
    book = Workbook()
    _explain(book.worksheets[0], tables)
    if codes:
        head = ("kolom / colonne", "code", "betekenis", "signification")
        _listed(book.create_sheet(CODES), head, codes, (20, 26, 70, 70))
    for table in tables.values():
        sheet = book.create_sheet(table.name)
        own = _own(table)
        _head(sheet, own)
        for row in rows.get(table.name, ()):
            sheet.append([row.get(item.name) for item in own])
    for name, lines in (more or {}).items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _own(table: Table) -> list[Field]:
    return [item for item in table.fields if item.name not in PLACE]


def _rows(project: Project, table: Table) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for path in table.paths:
        with (project.raw / path).open(encoding="utf-8", newline="") as stream:
            found += csv.DictReader(stream)
    return found


def _head(sheet: Worksheet, fields: Sequence[Field]) -> None:
    for number, item in enumerate(fields, start=1):
        cell, letter = sheet.cell(1, number, item.name), get_column_letter(number)
        cell.font, cell.fill = _WHITE, _REQUIRED if item.required else _HEAD
        cell.comment = Comment(f"{item.title}\n{item.title_fr}", "Krachtlijn", height=90, width=260)
        sheet.column_dimensions[letter].width = max(12, len(item.name) + 3)
        if shown := _FORMATS.get(item.kind or item.type):
            sheet.column_dimensions[letter].number_format = shown
        if "enum" in item.constraints:
            _choices(sheet, letter, item.constraints["enum"])
    sheet.freeze_panes = "B2"
    _on_paper(sheet)


def _choices(sheet: Worksheet, letter: str, allowed: Sequence[str]) -> None:
    validation = DataValidation("list", formula1=f'"{",".join(allowed)}"', allow_blank=True, showErrorMessage=True)
    validation.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(validation)


def _explain(sheet: Worksheet, tables: Mapping[str, Table]) -> None:
    """List every column: what it means, whether it is required, and what it may hold."""
    sheet.title = EXPLANATION
    told = ("blad", "kolom", "verplicht / obligatoire", "soort", "type")
    head = (*told, "betekenis", "signification", "toegelaten / admis")
    rows: list[tuple[str, ...]] = []
    for table in tables.values():
        for item in _own(table):
            kind = _KINDS.get(item.kind) or _TYPES[item.type]
            required = "ja / oui" if item.required else ""
            rows.append((table.name, item.name, required, *kind, item.title, item.title_fr, _allowed(item)))
    _listed(sheet, head, rows, (14, 20, 13, 22, 22, 52, 52, 52))


def _listed(sheet: Worksheet, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """Write rows to read: texts are wrapped, in rows as high as the longest of them asks for."""
    for number, row in enumerate((head, *rows), start=1):
        sheet.append(list(row))
        lines = [math.ceil(len(text) * _BROAD / width) for text, width in zip(row, widths, strict=True)]
        sheet.row_dimensions[number].height = _LINE * max(1, *lines)
    for cell in (cell for cells in sheet.iter_rows() for cell in cells):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if cell.row == 1:
            cell.font, cell.fill = _WHITE, _HEAD
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    _on_paper(sheet)


def _on_paper(sheet: Worksheet) -> None:
    """Let a sheet print over its whole width, with its head on each page."""
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _allowed(item: Field) -> str:
    said = item.constraints
    if "enum" in said:
        return ", ".join(map(str, said["enum"]))
    low, high = said.get("minimum"), said.get("maximum")
    if low is not None and high is not None:
        return f"{low} … {high}"
    return "" if low is None else f"≥ {low}"
