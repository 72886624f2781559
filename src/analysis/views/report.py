"""The report that a notebook opens: its quarter, its language, and the tables as they were known on its as-of date."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

import pandas as pd

from analysis.asof import DERIVED_RULES
from analysis.catalog import Catalog
from analysis.figure import Origin
from analysis.language import Words
from analysis.params import LANGUAGES, settle
from analysis.paths import Project


class Report:
    """What every view function takes as its first argument.

    Args:
        quarter: such as ``2026Q3``; its file in ``params/`` settles the rest.
        language: ``nl`` or ``fr``.
        plan: the code of a plan; by default that of the parameters.
        as_of: a date (or ISO text) in place of the parameters'.
        project: the project folder; by default found from the working folder.

    Attributes:
        now: the catalog on the as-of date.
        before: the catalog on the as-of date of the previous quarter's report.
        words: texts, numbers and dates in the report's language.
    """

    def __init__(
        self,
        quarter: str,
        language: str = "nl",
        plan: str | None = None,
        as_of: str | dt.date | None = None,
        project: Project | None = None,
    ) -> None:
        project = project or Project.find()
        self.run = settle(project, quarter, plan=plan, as_of=as_of, languages=[language])
        self.quarter, self.as_of, self.plan_id = self.run.quarter, self.run.as_of, self.run.plan
        self.language = language
        self.words = Words(language)
        self.now = Catalog(project, self.as_of)
        self.before = self.now.at(self.run.previous_as_of())

    def ago(self, quarters: int) -> Report:
        """Return the report of so many quarters ago, as it stood on that quarter's as-of date (nothing is read twice).

        Its language, plan and publication lag are those of this report.
        """
        return _ago(self, quarters)

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


@lru_cache(maxsize=8)
def _ago(report: Report, quarters: int) -> Report:
    """Look back once, however many figures ask for it."""
    quarter = report.quarter
    for _ in range(quarters):
        quarter = quarter.previous()
    other, as_of = copy.copy(report), quarter.as_of(report.run.publication_lag_days)
    other.run = replace(report.run, quarter=quarter, as_of=as_of, provisional=False)
    other.quarter, other.as_of = quarter, as_of
    other.now, other.before = report.now.at(as_of), report.now.at(other.run.previous_as_of())
    return other
