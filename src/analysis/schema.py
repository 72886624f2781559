"""The one declaration of every table: ``data/raw/datapackage.json`` (Frictionless Data Package v2).

Properties of our own stand beside the standard ones, because the standard has no word for them:

- field ``krachtlijn:kind``: ``period`` (a date of any precision, see :mod:`analysis.period`) or ``ratio`` (a number
  that may be written as 1/3);
- field ``krachtlijn:number_unless``: a text column that holds numbers, except where another column has a given value.
- resource ``krachtlijn:constants``: columns that the delivery leaves out because they are the same in every row;
- resource ``krachtlijn:series``: for tables whose rows are dated facts, the columns that name one series of one
  source; the first of them is the ``reeks`` of the table ``indicatoren``;
- resource and field ``krachtlijn:title_fr``: the title in French (``title`` is Dutch);
- resource ``krachtlijn:group``: one of :data:`GROUPS`, what the table is about.
- package ``krachtlijn:delivered``: columns that every table gains when it is received, so that keys may name them.
- package ``krachtlijn:refreshed``: the day of the last ``krachtlijn refresh``, which adds figures after that.
"""

from __future__ import annotations

import codecs
import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.errors import KrachtlijnError

#: What a table is about, in the order of the report: the plan, public evidence on its actions, the environment,
#: people and money, registers and sources.
GROUPS = ("plan", "bewijs", "omgeving", "middelen", "registers")
#: The column that says when the source made a row known, in the tables that have one.
PUBLISHED = "gepubliceerd"


@dataclass(frozen=True)
class Field:
    """A column as declared: its type, its constraints and what it means."""

    name: str
    type: str
    title: str = ""
    title_fr: str = ""
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
    titles: dict[str, str] = field(default_factory=dict)
    group: str = ""
    may_be_empty: bool = False

    def title_in(self, language: str) -> str:
        """Return the title in a language of the report.

        Raises:
            KrachtlijnError: the data package has none; another language never takes its place.
        """
        if not self.titles.get(language):
            raise KrachtlijnError(
                f"a table has no title in {language}",
                where=f"data/raw/datapackage.json, resource {self.name}",
                do="add 'title' (Dutch) and 'krachtlijn:title_fr' (French)",
            )
        return self.titles[language]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the file."""
        return tuple(item.name for item in self.fields)

    @property
    def period(self) -> str:
        """The column that says what period a fact is about (empty when the rows are no dated facts)."""
        periods = [item.name for item in self.fields if item.kind == "period" and item.name != PUBLISHED]
        return periods[0] if self.series else ""

    def field(self, name: str) -> Field:
        """Return one column's declaration."""
        return next(item for item in self.fields if item.name == name)


@dataclass(frozen=True)
class Package:
    """All tables, in an order in which each comes after those that it refers to.

    ``collected`` (property ``krachtlijn:collected``) is the youngest publication date in the delivery: what has no
    date of its own counts as known from then. ``refreshed`` is the day of the last refresh since; None when there was
    none.
    """

    tables: dict[str, Table]
    collected: dt.date
    refreshed: dt.date | None = None

    @property
    def received(self) -> dt.date:
        """The last day on which anything came: nothing can have been published later."""
        return max(self.collected, self.refreshed or self.collected)

    @classmethod
    def load(cls, path: Path, beside: Package | None = None) -> Package:
        """Read the declaration; a fault in it names the file and the place.

        Args:
            path: the file.
            beside: another package, to whose tables these may refer too; its day of collection counts for both.
        """
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            resources = list(content["resources"])
            collected = beside.collected if beside else dt.date.fromisoformat(content["krachtlijn:collected"])
            last = content.get("krachtlijn:refreshed")
            refreshed = dt.date.fromisoformat(last) if last else None
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise KrachtlijnError(
                "the data package cannot be read",
                where=path.name,
                why=f"{type(fault).__name__}: {fault}",
                do="mend the JSON; every resource needs name, path and schema.fields, the whole krachtlijn:collected",
            ) from fault
        tables = [_read(resource, number, path.name) for number, resource in enumerate(resources, start=1)]
        others = beside.tables if beside else {}
        for place, why in _faults(tables, others, _names(content.get("krachtlijn:delivered", []))):
            raise KrachtlijnError(
                "the data package has a fault", where=f"{path.name}, {place}", why=why, do="mend this resource"
            )
        return cls(_sorted(tables, path.name, others), collected, refreshed)


def _read(resource: dict[str, Any] | str, number: int, where: str) -> Table:
    try:
        return _table(resource)  # type: ignore[arg-type]  # a text in its place is the fault that is named here
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        name = resource.get("name", number) if isinstance(resource, dict) else number
        why = f"{fault.args[0]!r} is missing" if isinstance(fault, KeyError) else str(fault)
        raise KrachtlijnError(
            "the data package cannot be read",
            where=f"{where}, resource {name}",
            why=why,
            do="every resource needs name, path and schema.fields, every field a name",
        ) from fault


def _faults(tables: list[Table], others: dict[str, Table], delivered: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each fault inside the declarations: its place, and what is wrong there."""
    known: dict[str, Table] = {}
    for table in tables:
        place = f"resource {table.name}"
        if table.name in known:
            yield place, "there is an earlier resource of this name"
        known[table.name] = table
        if not _is_encoding(table.encoding):
            yield f"{place}, encoding", f"there is no encoding '{table.encoding}'"
        if len(table.delimiter) != 1:
            yield f"{place}, dialect.delimiter", f"'{table.delimiter}' is not one character"
        for item in table.fields:
            yield from _pattern_faults(item, f"{place}, field {item.name}, constraints.pattern")
    for table in tables:
        # of two tables of one name, that of the own package is meant
        yield from _key_faults(table, others | known, delivered)


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return True


def _pattern_faults(item: Field, place: str) -> Iterator[tuple[str, str]]:
    try:
        re.compile(str(item.constraints.get("pattern", "")))
    except re.error as fault:
        yield place, f"'{item.constraints['pattern']}' is no regular expression: {fault}"


def _key_faults(table: Table, known: dict[str, Table], delivered: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every column of a key exists, here and in the table that it refers to."""
    place, own = f"resource {table.name}", {*table.columns, *table.constants, *delivered}
    yield from (
        (f"{place}, primaryKey", f"there is no field '{name}'") for name in table.primary_key if name not in own
    )
    for key in table.foreign_keys:
        here = f"{place}, foreignKeys, fields {', '.join(key.fields)}"
        other = known.get(key.table or table.name)
        if other is None:
            yield here, f"there is no resource '{key.table}'"
            continue
        if len(key.fields) != len(key.reference):
            yield here, f"it refers to {len(key.reference)} fields"
        theirs = {*other.columns, *other.constants, *delivered}
        yield from ((here, f"there is no field '{name}'") for name in key.fields if name not in own)
        yield from (
            (here, f"the resource '{other.name}' has no field '{name}'") for name in key.reference if name not in theirs
        )


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
        titles={"nl": resource.get("title", ""), "fr": resource.get("krachtlijn:title_fr", "")},
        group=resource.get("krachtlijn:group", ""),
    )


def _field(item: dict[str, Any]) -> Field:
    return Field(
        name=item["name"],
        type=item.get("type", "any"),
        title=item.get("title", ""),
        title_fr=item.get("krachtlijn:title_fr", ""),
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


def _sorted(tables: list[Table], where: str, others: dict[str, Table]) -> dict[str, Table]:
    """Order the tables so that a reference always points back; ``others`` stand before all of them."""
    ordered: dict[str, Table] = {}
    before = others.keys() - {table.name for table in tables}
    waiting = {table.name: table for table in tables}
    while waiting:
        ready = [
            table
            for table in waiting.values()
            if all(key.table in ("", table.name, *ordered, *before) for key in table.foreign_keys)
        ]
        if not ready:
            raise KrachtlijnError(
                "the tables refer to each other in a circle",
                where=where,
                why=", ".join(waiting),
                do="check the foreignKeys of these resources",
            )
        ordered |= {table.name: table for table in ready}
        waiting = {name: table for name, table in waiting.items() if name not in ordered}
    return ordered
