"""The parameters of a quarter: ``params/defaults.yaml`` under ``params/<quarter>.yaml``, typed and strict."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from analysis.deliveries import RECEIVED, SETS, Which
from analysis.errors import KrachtlijnError
from analysis.languages import LANGUAGES, Language
from analysis.paths import Project
from analysis.quarter import Quarter, calendar_today

__all__ = ["LANGUAGES", "Language", "Params", "Run", "known_plans", "settle", "usual_plan"]


class Params(BaseModel):
    """What a parameter file may say; every other key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    quarter: str
    as_of: dt.date | None = None
    plan: str
    languages: tuple[Language, ...] = Field(min_length=1)
    publication_lag_days: int = Field(ge=0, le=366, strict=True)
    deliveries: Which = RECEIVED

    @field_validator("as_of", mode="before")
    @classmethod
    def _only_dates(cls, value: object) -> object:
        """A bare number is a valid date to pydantic (seconds since 1970), but never what a person meant."""
        if value is None or isinstance(value, str | dt.date):
            return value
        raise ValueError("a date is written as 2026-11-14")


@dataclass(frozen=True)
class Run:
    """The settled parameters of one report.

    ``provisional`` is true while later facts can still enter the report: the quarter is not over, or its
    as-of date has not come.
    """

    quarter: Quarter
    as_of: dt.date
    provisional: bool
    plan: str
    languages: tuple[Language, ...]
    publication_lag_days: int
    deliveries: Which = RECEIVED

    def previous_as_of(self) -> dt.date:
        """Return the as-of date of the report one quarter earlier."""
        return self.quarter.previous().as_of(self.publication_lag_days)


def settle(project: Project, quarter: str, today: dt.date | None = None, **overrides: object) -> Run:
    """Read, check and settle the parameters of a quarter.

    Args:
        project: the project folder.
        quarter: such as ``2026Q3``.
        today: the day on which the report is made; by default the clock's.
        overrides: keys given by hand (command line, notebook); None means not given.

    Raises:
        KrachtlijnError: naming the file, the key and what is allowed.
    """
    today = today or calendar_today()
    parsed = Quarter.parse(quarter)
    path = project.params / f"{parsed}.yaml"
    defaults = _read(project, project.params / "defaults.yaml")
    own = _read(project, path) if path.exists() else _missing(project, path, parsed)
    given = {key: value for key, value in overrides.items() if value is not None}
    params = _check(defaults | own | given, lambda key: _place(project, path, own, given, key))
    _same_quarter(project, path, params, parsed)
    _known_plan(project, params.plan, _place(project, path, own, given, "plan"))
    as_of = params.as_of or _default_as_of(project, path, parsed, params, today)
    latest = max(today, parsed.as_of(params.publication_lag_days)) if parsed.end < today else today
    _possible_as_of(as_of, parsed, latest, _place(project, path, own, given, "as_of"))
    provisional = as_of < parsed.end or today < as_of
    lag = params.publication_lag_days
    return Run(parsed, as_of, provisional, params.plan, params.languages, lag, params.deliveries)


def usual_plan(project: Project, quarter: Quarter) -> str:
    """Return the plan that a quarter's own report is about: that of its parameters.

    Args:
        project: the project folder.
        quarter: need not have a parameter file of its own.

    Raises:
        KrachtlijnError: a parameter file cannot be read.
    """
    path = project.params / f"{quarter}.yaml"
    own = _read(project, path) if path.exists() else {}
    return str((_read(project, project.params / "defaults.yaml") | own).get("plan", ""))


def known_plans(project: Project) -> list[str]:
    """Return the plan ids that the register of plans holds."""
    plans: list[str] = []
    for path in sorted((project.raw / "plannen").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            plans += [row["plan_id"] for row in csv.DictReader(stream) if row.get("plan_id")]
    return plans


class _UniqueKeys(yaml.SafeLoader):
    """PyYAML keeps the last of two equal keys without a word; this loader refuses them."""

    # the signature is PyYAML's
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(None, None, f"the key '{key.value}' stands here twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _read(project: Project, path: Path) -> dict[str, Any]:
    where = project.show(path)
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _UniqueKeys)  # noqa: S506 - a subclass of SafeLoader
    except OSError as fault:
        raise KrachtlijnError("a parameter file is missing", where=where, do="restore it from git") from fault
    except yaml.MarkedYAMLError as fault:
        line = f", line {fault.problem_mark.line + 1}" if fault.problem_mark else ""
        raise KrachtlijnError(
            "a parameter file is not valid YAML",
            where=f"{where}{line}",
            why=str(fault.problem),
            do=_ALLOWED,
        ) from fault
    if not isinstance(content, dict):
        raise KrachtlijnError("a parameter file must hold 'key: value' lines", where=where, do=_ALLOWED)
    return content


_ALLOWED = f"allowed keys: {', '.join(Params.model_fields)}"


def _missing(project: Project, path: Path, quarter: Quarter) -> dict[str, Any]:
    known = sorted(file.stem for file in project.params.glob("[0-9]*.yaml"))
    span = f"{known[0]} to {known[-1]}" if known else "none"
    raise KrachtlijnError(
        f"there are no parameters for {quarter}",
        where=project.show(path),
        why=f"quarters with a parameter file: {span}",
        do=f"choose one of these, or make the file with the line 'quarter: {quarter}'",
    )


def _place(project: Project, path: Path, own: dict[str, Any], given: dict[str, Any], key: str) -> str:
    if key in given:
        return f"given by hand, '{key}'"
    return f"{project.show(path if key in own else project.params / 'defaults.yaml')}, key '{key}'"


def _check(values: dict[str, Any], place: Callable[[str], str]) -> Params:
    try:
        return Params.model_validate(values)
    except ValidationError as fault:
        first = fault.errors()[0]
        key = str(first["loc"][0])
        raise KrachtlijnError(
            f"the parameter '{key}' is not accepted",
            where=place(key),
            why="this key is not known"
            if first["type"] == "extra_forbidden"
            else f"{first['input']!r}: {first['msg']}",
            do=_allowed(key),
        ) from fault


def _allowed(key: str) -> str:
    allowed = {
        "quarter": "a quarter such as 2026Q3",
        "as_of": "a date such as 2026-11-14",
        "languages": f"a list out of: {', '.join(LANGUAGES)}",
        "plan": "the code of a plan in data/raw/plannen",
        "publication_lag_days": "a whole number of days from 0 to 366",
        "deliveries": f"one of: {', '.join(SETS)}",
    }
    return f"allowed for '{key}': {allowed[key]}" if key in allowed else _ALLOWED


def _same_quarter(project: Project, path: Path, params: Params, quarter: Quarter) -> None:
    inside = Quarter.parse(params.quarter, where=f"{project.show(path)}, key 'quarter'")
    if inside != quarter:
        raise KrachtlijnError(
            "the parameter file is about another quarter than its name says",
            where=f"{project.show(path)}, key 'quarter'",
            why=f"the file is called {path.name} and says {inside}",
            do=f"write 'quarter: {quarter}'",
        )


def _known_plan(project: Project, plan: str, where: str) -> None:
    plans = known_plans(project)
    if plan not in plans:
        raise KrachtlijnError(
            f"the plan '{plan}' is not known",
            where=where,
            do=f"allowed for 'plan': {', '.join(plans)}",
        )


def _default_as_of(project: Project, path: Path, quarter: Quarter, params: Params, today: dt.date) -> dt.date:
    if quarter.end >= today:
        raise KrachtlijnError(
            f"{quarter} is not over yet",
            where=f"{project.show(path)}, key 'as_of'",
            why=f"the quarter ends on {quarter.end}; today is {today}",
            do=f"give the as-of date, such as 'as_of: {today}' or --as-of {today}; the report will be provisional",
        )
    return quarter.as_of(params.publication_lag_days)


def _possible_as_of(as_of: dt.date, quarter: Quarter, latest: dt.date, where: str) -> None:
    """Refuse a date before the quarter, and one in the future; a quarter that is over may wait for its usual lag."""
    if as_of < quarter.start:
        raise KrachtlijnError(
            f"the as-of date {as_of} lies before {quarter} begins",
            where=where,
            do=f"allowed: {quarter.start} or later",
        )
    if as_of > latest:
        raise KrachtlijnError(
            f"the as-of date {as_of} lies in the future",
            where=where,
            do=f"allowed: {latest} or earlier",
        )
