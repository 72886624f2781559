"""The report that a notebook opens: its quarter, its language, and the tables as they were known on its as-of date."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import pandas as pd

from analysis.asof import DERIVED_RULES
from analysis.catalog import Catalog, once
from analysis.errors import KrachtlijnError
from analysis.figure import Figure, Origin
from analysis.language import Words
from analysis.models import sources
from analysis.params import LANGUAGES, settle
from analysis.paths import Project
from analysis.tables import light_texts

P = ParamSpec("P")


class Report:
    """What every view function takes as its first argument.

    Args:
        quarter: such as ``2026Q3``; its file in ``params/`` settles the rest.
        language: ``nl`` or ``fr``; several are joined by a plus (``nl+fr``). Each figure is then made in all of them.
        plan: the code of a plan; by default that of the parameters.
        as_of: a date (or ISO text) in place of the parameters'.
        deliveries: ``received``, or ``examples`` for the fictitious ones; by default that of the parameters.
        project: the project folder; by default found from the working folder.

    Attributes:
        now: the catalog on the as-of date.
        before: the catalog on the as-of date of the previous quarter's report.
        languages: all languages of the report.
        language: the first of them.
        words: texts, numbers and dates in that language.
    """

    def __init__(
        self,
        quarter: str,
        language: str = "nl",
        plan: str | None = None,
        as_of: str | dt.date | None = None,
        deliveries: str | None = None,
        project: Project | None = None,
    ) -> None:
        project = project or Project.find()
        given: dict[str, Any] = {
            "plan": plan,
            "as_of": as_of,
            "deliveries": deliveries,
            "languages": _each_once(language),
        }
        self.run = settle(project, quarter, **given)
        self.quarter, self.as_of, self.plan_id = self.run.quarter, self.run.as_of, self.run.plan
        self.languages = self.run.languages
        self.language: str = self.languages[0]
        self.words = Words(self.language)
        self.now = Catalog(project, self.as_of, self.run.deliveries)
        self.before = self.now.at(self.run.previous_as_of())
        self._past: dict[int, Report] = {}
        self._by_language: dict[str, Report] = {}

    def ago(self, quarters: int) -> Report:
        """Return the report of so many quarters ago, as it stood on that quarter's as-of date (nothing is read twice).

        Its language, plan and publication lag are those of this report.
        """
        if quarters not in self._past:
            self._past[quarters] = _ago(self, quarters)
        return self._past[quarters]

    def in_language(self, language: str) -> Report:
        """Return this report in one language; what was worked out of the tables is not worked out again."""
        if language not in self._by_language:
            self._by_language[language] = _in_one(self, language)
        return self._by_language[language]

    def earlier(self) -> Report:
        """Return the previous quarter's report, as it stood on its as-of date."""
        return self.ago(1)

    def label(self, row: pd.Series | object) -> str:
        """Return the label of a row (``label_nl`` / ``label_fr``) in the report's language."""
        return str(getattr(row, f"label_{self.language}"))

    def labelled(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows with one column ``label`` in place of one per language."""
        own = rows[f"label_{self.language}"]
        return rows.drop(columns=[f"label_{language}" for language in LANGUAGES]).assign(label=own)

    def origins(self, *facts: pd.DataFrame) -> tuple[Origin, ...]:
        """Return the sources of all rows of these tables (column ``bron_id``), for a figure's footer."""
        ids = (bron_id for rows in facts for bron_id in rows["bron_id"].dropna().unique())
        return self.now.origins(ids, self.language)

    def ranked(self, facts: pd.DataFrame) -> pd.DataFrame:
        """Return the facts with ``rang``, the rank of each row's source, see :func:`analysis.models.sources.ranked`."""
        return sources.ranked(facts, self.now.table("bronnen"), self.now.table("bron_soorten"))

    def dating_notes(self, facts: pd.DataFrame) -> tuple[str, ...]:
        """Say which of the shown facts have a derived date of publication, or may have been revised since."""
        notes = []
        rules: Iterable[str] = facts["bekend_regel"]
        revised = sum(rule == "herziene_reeks" for rule in rules)
        derived = sum(rule in DERIVED_RULES for rule in rules) - revised
        if revised:
            notes.append(
                self.words.tn(
                    "{n} figure comes from a later snapshot of its series and may have been revised; "
                    "when it was first published is derived from its period.",
                    "{n} figures come from a later snapshot of their series and may have been revised; "
                    "when they were first published is derived from their period.",
                    revised,
                )
            )
        if derived:
            notes.append(
                self.words.tn(
                    "Of {n} figure the day of publication is derived from its period and the usual delay.",
                    "Of {n} figures the day of publication is derived from their period and the usual delay.",
                    derived,
                )
            )
        return tuple(notes)


@once
def ranked(catalog: Catalog, table: str) -> pd.DataFrame:
    """Return a table of dated facts with the rank of each row's source; of a refreshed series the newest edition."""
    rows = sources.ranked(catalog.table(table), catalog.table("bronnen"), catalog.table("bron_soorten"))
    return sources.current(rows, ["indicator", "geo", "periode", "eenheid"]) if table == "omgeving" else rows


@once
def sources_by_id(catalog: Catalog) -> pd.DataFrame:
    """Return the sources on the index of their ``bron_id``."""
    return catalog.table("bronnen").set_index("bron_id")


def in_every_language(view: Callable[Concatenate[Report, P], Figure]) -> Callable[Concatenate[Report, P], Figure]:
    """Let a view of a report in several languages make its figure in each, the first one with the others in it.

    The figures share all that was worked out of the tables; only their texts are made anew.
    """

    @wraps(view)
    def telling(report: Report, /, *args: P.args, **kwargs: P.kwargs) -> Figure:
        with light_texts():
            if len(report.languages) == 1:
                return view(report, *args, **kwargs)
            first, *others = (view(report.in_language(language), *args, **kwargs) for language in report.languages)
        by_language: dict[str, Figure] = dict(zip(report.languages[1:], others, strict=True))
        return replace(first, language=report.language, others=by_language)

    return telling


def _each_once(language: str) -> list[str]:
    """Return the languages that are joined by a plus."""
    languages = language.split("+")
    if len(set(languages)) < len(languages):
        raise KrachtlijnError(
            f"the language '{language}' names one language twice", do=f"allowed: {', '.join(LANGUAGES)}, or nl+fr"
        )
    return languages


def _in_one(report: Report, language: str) -> Report:
    own = tuple(known for known in LANGUAGES if known == language)
    if not own:
        raise KrachtlijnError(f"'{language}' is no language of the report", do=f"allowed: {', '.join(LANGUAGES)}")
    other = copy.copy(report)
    other.run, other.languages = replace(report.run, languages=own), own
    other.language, other.words = language, Words(language)
    other._past, other._by_language = {}, {}
    return other


def _ago(report: Report, quarters: int) -> Report:
    quarter = report.quarter
    for _ in range(quarters):
        quarter = quarter.previous()
    other, as_of = copy.copy(report), quarter.as_of(report.run.publication_lag_days)
    other.run = replace(report.run, quarter=quarter, as_of=as_of, provisional=False)
    other.quarter, other.as_of = quarter, as_of
    other._past, other._by_language = {}, {}
    other.now, other.before = report.now.at(as_of), report.now.at(other.run.previous_as_of())
    return other
