"""The workbook for whoever delivers, made of the one declaration: a sheet per table, with lists to choose from."""

from __future__ import annotations

import csv
import io
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

#: The sheet that explains; nothing is read from it.
EXPLANATION = "toelichting"
#: Rows to which the lists and formats of a column reach.
_ROWS = 2000
_HEAD = PatternFill("solid", fgColor="12436D")
_REQUIRED = PatternFill("solid", fgColor="801650")
_WHITE = Font(bold=True, color="FFFFFF")
_TYPES = {
    "string": ("tekst", "texte"),
    "number": ("getal", "nombre"),
    "integer": ("geheel getal", "nombre entier"),
    "date": ("datum (2026-09-30)", "date (2026-09-30)"),
}
_PERIOD = ("periode (2026, 2026Q3, 2026-09)", "période (2026, 2026Q3, 2026-09)")


def template(project: Project, plan: str) -> bytes:
    """Return an empty delivery as an Excel workbook; the sheet of progress already lists the plan's actions.

    Args:
        project: the project folder.
        plan: the code of the plan.
    """
    package = Package.load(project.raw / deliveries.DECLARATION)
    tables = deliveries.declared(project, package)
    codes = [row["actie_code"] for row in _rows(project, package.tables["plan_acties"]) if row["plan_id"] == plan]
    return workbook(tables, {"voortgang": [{"actie_code": code} for code in codes]})


def workbook(tables: Mapping[str, Table], rows: Mapping[str, Sequence[Mapping[str, object]]]) -> bytes:
    """Return a delivery as an Excel workbook.

    Args:
        tables: the declared tables; each gets a sheet.
        rows: what stands in them, by table.
    """
    book = Workbook()
    _explain(book.worksheets[0], tables)
    for table in tables.values():
        sheet = book.create_sheet(table.name)
        own = _own(table)
        _head(sheet, own)
        for row in rows.get(table.name, ()):
            sheet.append([row.get(item.name) for item in own])
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
        if item.type == "date":
            sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"
        if "enum" in item.constraints:
            _choices(sheet, letter, item.constraints["enum"])
    sheet.freeze_panes = "B2"


def _choices(sheet: Worksheet, letter: str, allowed: Sequence[str]) -> None:
    validation = DataValidation("list", formula1=f'"{",".join(allowed)}"', allow_blank=True, showErrorMessage=True)
    validation.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(validation)


def _explain(sheet: Worksheet, tables: Mapping[str, Table]) -> None:
    """List every column: what it means, whether it is required, and what it may hold."""
    sheet.title = EXPLANATION
    head = (
        "blad",
        "kolom",
        "verplicht / obligatoire",
        "soort",
        "type",
        "betekenis",
        "signification",
        "toegelaten / admis",
    )
    sheet.append(head)
    for table in tables.values():
        for item in _own(table):
            kind = _PERIOD if item.kind == "period" else _TYPES[item.type]
            required = "ja / oui" if item.required else ""
            sheet.append((table.name, item.name, required, *kind, item.title, item.title_fr, _allowed(item)))
    for number, width in enumerate((14, 20, 12, 20, 20, 52, 52, 52), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        cell = sheet.cell(1, number)
        cell.font, cell.fill = _WHITE, _HEAD
    for row in sheet.iter_rows(min_row=1):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _allowed(item: Field) -> str:
    said = item.constraints
    if "enum" in said:
        return ", ".join(map(str, said["enum"]))
    low, high = said.get("minimum"), said.get("maximum")
    if low is not None and high is not None:
        return f"{low} … {high}"
    return "" if low is None else f"≥ {low}"
