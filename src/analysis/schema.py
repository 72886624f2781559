"""The one declaration of every table: ``data/raw/datapackage.json`` (Frictionless Data Package v2).

Two properties of our own stand beside the standard ones, because the standard has no word for them:

- field ``krachtlijn:kind``: ``period`` (a date of any precision, see :mod:`analysis.period`);
- field ``krachtlijn:number_unless``: a text column that holds numbers, except where another column has a given value.
- resource ``krachtlijn:constants``: columns that the delivery leaves out because they are the same in every row;
- resource ``krachtlijn:series``: for tables whose rows are dated facts, the columns that name one series of one
  source; the first of them is the ``reeks`` of the table ``indicatoren``.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.errors import KrachtlijnError


@dataclass(frozen=True)
class Field:
    """A column as declared: its type, its constraints and what it means."""

    name: str
    type: str
    title: str = ""
    description: str = ""
    kind: str = ""
    number_unless: dict[str, str] = field(default_factory=dict)
    constraints: dict[str, Any] = field(default_factory=dict)
    decimal_char: str = "."
    group_char: str = ""

    @property
    def required(self) -> bool:
        """Whether an empty cell is a fault."""
        return bool(self.constraints.get("required"))


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose values must stand in another table (``""`` is the table itself)."""

    fields: tuple[str, ...]
    table: str
    reference: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A resource of the data package."""

    name: str
    title: str
    description: str
    paths: tuple[str, ...]
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    sources: tuple[dict[str, str], ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    constants: dict[str, str] = field(default_factory=dict)
    series: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the file."""
        return tuple(item.name for item in self.fields)

    @property
    def period(self) -> str:
        """The column that says what period a fact is about (empty when the rows are no dated facts)."""
        periods = [item.name for item in self.fields if item.kind == "period" and item.name != "gepubliceerd"]
        return periods[0] if self.series else ""

    def field(self, name: str) -> Field:
        """Return one column's declaration."""
        return next(item for item in self.fields if item.name == name)


@dataclass(frozen=True)
class Package:
    """All tables, in an order in which each comes after those that it refers to.

    ``collected`` (property ``krachtlijn:collected``) is the youngest publication date in the delivery: what has no
    date of its own counts as known from then.
    """

    tables: dict[str, Table]
    collected: dt.date

    @classmethod
    def load(cls, path: Path) -> Package:
        """Read the declaration; a fault in it names the file and the place."""
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            tables = [_table(resource) for resource in content["resources"]]
            collected = dt.date.fromisoformat(content["krachtlijn:collected"])
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise KrachtlijnError(
                "the data package cannot be read",
                where=path.name,
                why=f"{type(fault).__name__}: {fault}",
                do="mend the JSON; every resource needs name, path and schema.fields, the whole krachtlijn:collected",
            ) from fault
        return cls(_sorted(tables, path.name), collected)


def _table(resource: dict[str, Any]) -> Table:
    schema, path, dialect = resource["schema"], resource["path"], resource.get("dialect", {})
    return Table(
        name=resource["name"],
        title=resource.get("title", resource["name"]),
        description=resource.get("description", ""),
        paths=tuple([path] if isinstance(path, str) else path),
        fields=tuple(_field(item) for item in schema["fields"]),
        primary_key=_names(schema.get("primaryKey", [])),
        foreign_keys=tuple(_foreign_key(item) for item in schema.get("foreignKeys", [])),
        sources=tuple(resource.get("sources", [])),
        encoding=resource.get("encoding", "utf-8"),
        delimiter=dialect.get("delimiter", ","),
        constants=resource.get("krachtlijn:constants", {}),
        series=_names(resource.get("krachtlijn:series", [])),
    )


def _field(item: dict[str, Any]) -> Field:
    return Field(
        name=item["name"],
        type=item.get("type", "any"),
        title=item.get("title", ""),
        description=item.get("description", ""),
        kind=item.get("krachtlijn:kind", ""),
        number_unless=item.get("krachtlijn:number_unless", {}),
        constraints=item.get("constraints", {}),
        decimal_char=item.get("decimalChar", "."),
        group_char=item.get("groupChar", ""),
    )


def _foreign_key(item: dict[str, Any]) -> ForeignKey:
    reference = item["reference"]
    return ForeignKey(_names(item["fields"]), reference.get("resource", ""), _names(reference["fields"]))


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _sorted(tables: list[Table], where: str) -> dict[str, Table]:
    """Order the tables so that a reference always points back."""
    ordered: dict[str, Table] = {}
    waiting = {table.name: table for table in tables}
    while waiting:
        ready = [
            table
            for table in waiting.values()
            if all(key.table in ("", table.name, *ordered) for key in table.foreign_keys)
        ]
        if not ready:
            raise KrachtlijnError(
                "the tables refer to each other in a circle, or to a table that does not exist",
                where=where,
                why=", ".join(waiting),
                do="check the foreignKeys of these resources",
            )
        ordered |= {table.name: table for table in ready}
        waiting = {name: table for name, table in waiting.items() if name not in ordered}
    return ordered
