"""A payroll case as a person writes it in YAML: typed and strict, every fault with its place."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from analysis.errors import KrachtlijnError
from analysis.models.payroll import Case, Group, Scenario
from analysis.models.savings import Measure, Review, Shift

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Years(_Strict):
    """The years that are reckoned."""

    van: int = Field(ge=2000, le=2100)
    tot: int = Field(ge=2000, le=2100)


class Index(_Strict):
    """The index of salaries."""

    coefficient: float = Field(gt=0)
    sprong: float = Field(gt=0, lt=1)


class Staff(_Strict):
    """One group of the staff."""

    niveau: str = Field(min_length=1)
    schaal: str = Field(min_length=1)
    statuut: str = Field(min_length=1)
    ancienniteit: int = Field(ge=0, le=60)
    vte: float = Field(ge=0)


class WhatIf(_Strict):
    """One scenario."""

    sprongen: tuple[str, ...] = ()
    uitstroom: float = Field(default=0.0, ge=0, le=1)
    vervanging: float = Field(default=1.0, ge=0)
    ancienniteit_nieuw: int = Field(default=0, ge=0, le=60)

    @field_validator("sprongen")
    @classmethod
    def _months(cls, months: tuple[str, ...]) -> tuple[str, ...]:
        for month in months:
            if not _MONTH.fullmatch(month):
                raise ValueError(f"'{month}' is no month; write it as '2026-07', between quotes")
        return months


class Wanted(_Strict):
    """The saving that is wanted per year: one of the two."""

    procent: float | None = Field(default=None, gt=0, le=100)
    euro: float | None = Field(default=None, gt=0)


class Off(_Strict):
    """By how much an assumption may be off, as shares."""

    index: float | None = Field(default=None, gt=0, lt=1)
    uitstroom: float | None = Field(default=None, gt=0, lt=1)


class Move(_Strict):
    """Where a share of those who are hired comes instead."""

    van: str = Field(min_length=1)
    naar: str = Field(min_length=1)
    schaal: str = Field(min_length=1)
    aandeel: float = Field(gt=0, le=1)


class OneMeasure(_Strict):
    """One measure: it does one of four things."""

    vanaf: int
    eenmalig: float = Field(default=0.0, ge=0)
    vervanging: dict[str, Annotated[float, Field(ge=0, le=1)]] = {}
    uitstel_maanden: dict[str, Annotated[int, Field(ge=1, le=12)]] = {}
    niet_indexeren: tuple[str, ...] = ()
    verschuiving: Move | None = None


class Savings(_Strict):
    """What is to be saved, and how."""

    basisjaar: int
    gewenst: Wanted
    onzeker: Off = Off()
    maatregelen: dict[str, OneMeasure] = Field(min_length=1)


class Written(_Strict):
    """The whole file."""

    fictief: bool
    bron: str = Field(min_length=1)
    jaren: Years
    index: Index
    toeslagen: dict[str, dict[str, float]] = Field(min_length=1)
    schalen: dict[str, dict[int, float]] = Field(min_length=1)
    personeel: tuple[Staff, ...] = Field(min_length=1)
    scenarios: dict[str, WhatIf] = Field(min_length=1)
    besparing: Savings | None = None

    @model_validator(mode="after")
    def _hang_together(self) -> Written:
        faults = [*_years(self), *_groups(self), *_jumps(self), *_savings(self)]
        if faults:
            raise ValueError("; ".join(faults))
        return self


def _years(written: Written) -> list[str]:
    return ["jaren: 'tot' lies before 'van'"] if written.jaren.tot < written.jaren.van else []


def _groups(written: Written) -> list[str]:
    """Return what the groups ask that the file does not have."""
    faults = []
    for number, group in enumerate(written.personeel, 1):
        scale = written.schalen.get(group.schaal)
        if scale is None:
            faults.append(f"personeel, group {number}: there is no scale '{group.schaal}'")
        elif 0 not in scale:
            faults.append(f"schalen, {group.schaal}: a scale begins at seniority 0")
        if group.statuut not in written.toeslagen:
            faults.append(f"personeel, group {number}: toeslagen has no statute '{group.statuut}'")
    return list(dict.fromkeys(faults))


def _jumps(written: Written) -> list[str]:
    """A jump before the first year is in the coefficient already; one after the last year raises nothing."""
    first, last = written.jaren.van, written.jaren.tot
    return [
        f"scenarios, {name}: the jump of {month} lies outside {first}-{last}"
        for name, scenario in written.scenarios.items()
        for month in scenario.sprongen
        if not first <= int(month[:4]) <= last
    ]


def _savings(written: Written) -> list[str]:
    """Return what the savings ask that the file does not have, or that contradicts itself."""
    savings, (first, last), faults = written.besparing, (written.jaren.van, written.jaren.tot), list[str]()
    if savings is None:
        return faults
    if not first <= savings.basisjaar < last:
        faults.append(f"besparing: 'basisjaar' is no year from {first} to {last - 1}")
    if (savings.gewenst.procent is None) == (savings.gewenst.euro is None):
        faults.append("besparing, gewenst: give either 'procent' or 'euro'")
    name, unchanged = next(iter(written.scenarios.items()))
    if unchanged.vervanging != 1:
        faults.append(f"besparing: scenario '{name}' does not replace all who leave, so it is no unchanged policy")
    seen = list[str]()
    for name, one in savings.maatregelen.items():
        faults += [f"besparing, {name}: {fault}" for fault in _measure(written, savings, one, seen)]
        seen += one.niet_indexeren
    return faults


def _measure(written: Written, savings: Savings, one: OneMeasure, seen: list[str]) -> list[str]:
    """Return the faults of one measure; ``seen`` are the allowances that earlier ones do not index."""
    faults, levels = [], {group.niveau for group in written.personeel}
    allowances = {name for own in written.toeslagen.values() for name in own}
    if not savings.basisjaar < one.vanaf <= written.jaren.tot:
        faults.append(f"'vanaf' is no year from {savings.basisjaar + 1} to {written.jaren.tot}")
    if sum(map(bool, (one.vervanging, one.uitstel_maanden, one.niet_indexeren, one.verschuiving))) != 1:
        faults.append("a measure has one of vervanging, uitstel_maanden, niet_indexeren and verschuiving")
    named = [*one.vervanging, *one.uitstel_maanden, *([one.verschuiving.van] if one.verschuiving else [])]
    faults += [f"there is no staff of level '{level}'" for level in named if level not in levels]
    faults += [f"toeslagen has no '{name}'" for name in one.niet_indexeren if name not in allowances]
    faults += [f"'{name}' stands in an earlier measure too" for name in one.niet_indexeren if name in seen]
    if one.verschuiving and 0 not in written.schalen.get(one.verschuiving.schaal, {}):
        faults.append(f"there is no scale '{one.verschuiving.schaal}' that begins at seniority 0")
    return faults


def read(path: Path, shown: str) -> tuple[Case, Written]:
    """Read a case.

    Args:
        path: the YAML file.
        shown: how the file is called in a message.

    Returns:
        The case, and the file as it was written (what is fictitious, its source).

    Raises:
        KrachtlijnError: the file is not there, is no YAML, or says something that cannot be; with its place.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise KrachtlijnError("the payroll case cannot be read", where=shown, why=str(error)) from error
    try:
        written = Written.model_validate(content)
    except ValidationError as error:
        raise KrachtlijnError(
            "the payroll case does not hold",
            where=shown,
            why="\n".join(_told(dict(fault)) for fault in error.errors()),
            do="mend the file; params/loonkost-voorbeeld.yaml shows every key",
        ) from error
    return case_of(written), written


def _told(fault: dict[str, Any]) -> str:
    place = ", ".join(str(part) for part in fault["loc"])
    said = str(fault["msg"]).removeprefix("Value error, ")
    return f"{place}: {said}" if place else said


def case_of(written: Written) -> Case:
    """Return the case for the model."""
    return Case(
        van=written.jaren.van,
        tot=written.jaren.tot,
        groepen=tuple(Group(**group.model_dump()) for group in written.personeel),
        schalen={name: tuple(sorted(scale.items())) for name, scale in written.schalen.items()},
        coefficient=written.index.coefficient,
        sprong=written.index.sprong,
        toeslagen={name: sum(shares.values()) for name, shares in written.toeslagen.items()},
        scenarios=tuple(_scenario(name, own) for name, own in written.scenarios.items()),
    )


def review_of(written: Written) -> Review | None:
    """Return the savings for the model; None where the file has none."""
    own = written.besparing
    if own is None:
        return None
    share = own.gewenst.procent is not None
    return Review(
        basisjaar=own.basisjaar,
        gewenst=(own.gewenst.procent or 0.0) / 100 if share else own.gewenst.euro or 0.0,
        als_aandeel=share,
        maatregelen=tuple(_of_measure(written, name, one) for name, one in own.maatregelen.items()),
        onzeker={name: step for name, step in own.onzeker.model_dump().items() if step is not None},
    )


def _of_measure(written: Written, name: str, one: OneMeasure) -> Measure:
    kept = {
        statute: sum(share for own, share in shares.items() if own in one.niet_indexeren)
        for statute, shares in written.toeslagen.items()
    }
    move = one.verschuiving
    return Measure(
        naam=name,
        vanaf=one.vanaf,
        eenmalig=one.eenmalig,
        vervanging=one.vervanging,
        uitstel=one.uitstel_maanden,
        niet_geindexeerd=kept if one.niet_indexeren else {},
        verschuiving={move.van: Shift(move.naar, move.schaal, move.aandeel)} if move else {},
    )


def _scenario(name: str, written: WhatIf) -> Scenario:
    days = tuple(dt.date(int(month[:4]), int(month[5:]), 1) for month in sorted(written.sprongen))
    return Scenario(name, days, written.uitstroom, written.vervanging, written.ancienniteit_nieuw)
