"""The scores that were delivered on the SWOT: who scored, at which moments, and which of them count."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Figure
from analysis.models.delivered.latest import history
from analysis.models.delivered.status import until
from analysis.quarter import Quarter
from analysis.views.report import Report, in_every_language
from analysis.views.swot import common
from analysis.views.voortgang import common as delivered

#: The tables of a delivery that score a SWOT, each with what names one row.
KEYS = {
    "swot_scores": ["beoordelaar", "swot_code"],
    "swot_vergelijkingen": ["beoordelaar", "links", "rechts"],
}


@in_every_language
def scored(report: Report) -> Figure:
    """Sentences: who scored the SWOT and when; or that nobody did, and what the chapter then rests on."""
    words, items = report.words, report.now.plan("swot", report.plan_id)
    if items.empty:
        return common.absent(report, "swot-beoordeling")
    moments = [known for name in KEYS if len(known := rows(report, name))]
    if not moments:
        return Figure(
            id="swot-beoordeling",
            kind="sentences",
            title=words.t("Nobody has scored the items of the SWOT"),
            sentences=(
                words.t(
                    "No scores had been handed in by {date}. This chapter rests on the plan and on public evidence "
                    "alone: it says what is done about an item, not how much it weighs.",
                    date=words.date(report.as_of),
                ),
            ),
            origins=report.origins(items),
        )
    return Figure(
        id="swot-beoordeling",
        kind="sentences",
        title=_title(report, moments),
        sentences=tuple(text for name in KEYS for text in _told(report, name)),
        origins=(*delivered.origins(report), *report.origins(items)),
        notes=delivered.notes(
            report,
            words.t("Raters are named by a role or a pseudonym, as the delivery names them; no persons."),
        ),
    )


def rows(report: Report, table: str) -> pd.DataFrame:
    """Return the scores or comparisons of every moment up to the report's quarter, as they were last received.

    A moment is a quarter on which scores were delivered (``kwartaal``).
    """
    return history(until(delivered.rows(report, table), report.quarter), KEYS[table])


def latest(report: Report, table: str) -> pd.DataFrame:
    """Return the rows of the youngest moment."""
    known = rows(report, table)
    youngest: pd.DataFrame = known[known["kwartaal"] == known["kwartaal"].max()].reset_index(drop=True)
    return youngest


def moments(report: Report, table: str) -> list[Quarter]:
    """Return the moments at which something of a table was delivered, the oldest first."""
    return [Quarter.parse(text) for text in sorted(rows(report, table)["kwartaal"].unique())]


def nothing(report: Report, figure: str, table: str) -> Figure | None:
    """Return an absent figure where nobody delivered a table, or the plan has no SWOT."""
    if len(rows(report, table)) and len(report.now.plan("swot", report.plan_id)):
        return None
    return Figure(id=figure, kind="absent", title=report.words.t("Nothing of this was delivered"))


def _title(report: Report, known: list[pd.DataFrame]) -> str:
    words = report.words
    last = Quarter.parse(max(str(own["kwartaal"].max()) for own in known))
    raters = {rater for own in known for rater in own.loc[own["kwartaal"] == str(last), "beoordelaar"]}
    return words.tn(
        "{n} rater scored the SWOT in {quarter}",
        "{n} raters scored the SWOT in {quarter}",
        len(raters),
        quarter=words.quarter(last),
    )


def _told(report: Report, table: str) -> tuple[str, ...]:
    """Say at which moments a table was delivered, and by how many raters."""
    words, known = report.words, rows(report, table)
    if known.empty:
        return ()
    told = [
        words.tn("{quarter} ({n} rater)", "{quarter} ({n} raters)", own["beoordelaar"].nunique(), quarter=quarter)
        for quarter, own in zip(
            [words.quarter(moment) for moment in moments(report, table)],
            [own for _, own in known.groupby("kwartaal")],
            strict=True,
        )
    ]
    said = {
        "swot_scores": words.t("Items were scored in {moments}.", moments=words.list(told)),
        "swot_vergelijkingen": words.t("Items were compared in pairs in {moments}.", moments=words.list(told)),
    }
    return (said[table],)
