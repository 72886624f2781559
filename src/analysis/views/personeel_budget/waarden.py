"""Money: the figures with several values, and the figures that are related to them."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Figure, Grid
from analysis.language import Words
from analysis.models import money, notions
from analysis.models.sources import PRESS, PRESS_CITING_COURT, conflicts
from analysis.views.facts import period_of
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import facts_of, kind_name, notion_name, series_name
from analysis.views.report import Report, in_every_language, ranked, sources_by_id

#: Series whose values are listed: those of this chapter.
_SERIES = (money.DIRECT, money.CONSOLIDATED, *money.BALANCES)
#: What related figures have in common.
_OUTCOME = ["familie", "entiteit", "jaar"]


@in_every_language
def several_values(report: Report) -> Figure:
    """List every figure on debt, balance and rating with several values, then what is related to it."""
    name, words = "personeel_budget-several_values", report.words
    known = ranked(report.now, "budget")
    grades = known[(known["reeks"] == money.RATING) & known["periode_tot"].notna()]
    amounts = facts_of(report, *_SERIES)
    facts = notions.with_notion(pd.concat([amounts, grades.assign(plan=False)]))
    disputed, related = _in_order(conflicts(facts, money.KEY)), notions.related(amounts)
    title = several_title(words, disputed, related)
    if not len(disputed) and not len(related):
        return wording.nothing(report, name, title)
    every = pd.concat([disputed, related])
    return Figure(
        name,
        "table",
        title=title,
        subtitle=words.t("Amounts in millions of euro; the value that the figures show stands first"),
        grid=_grid(report, disputed, related),
        origins=report.origins(disputed, related),
        reference=True,
        notes=(*_notes(report, related), *_rank_notes(report), *report.dating_notes(every[~every.index.duplicated()])),
    )


def several_title(words: Words, disputed: pd.DataFrame, related: pd.DataFrame) -> str:
    """Say of how many figures several values were found; where of none, how many outcomes have related figures.

    Args:
        words: the language.
        disputed: the values, from :func:`analysis.models.sources.conflicts`.
        related: from :func:`analysis.models.notions.related`.
    """
    count = int(disputed["getoond"].sum()) if len(disputed) else len(related.drop_duplicates(_OUTCOME))
    if not count:
        return words.t("For no figure on debt, balance or rating were several values found")
    return words.tn(
        "For {n} figure on debt, balance or rating several values were found",
        "For {n} figures on debt, balance or rating several values were found",
        count,
    )


def _notes(report: Report, related: pd.DataFrame) -> tuple[str, ...]:
    words = report.words
    notes = [
        words.t(
            "Several values need not contradict each other: a source may give a figure before and after "
            "corrections, or follow another notion. Between brackets stands the notion, where the note "
            "in the data names it."
        )
    ]
    if len(related):
        notes.append(
            words.t(
                "Related figures are about the same year, but stand in another series or are of another "
                "kind. They are neither joined nor compared."
            )
        )
    return tuple(notes)


def _rank_notes(report: Report) -> tuple[str, ...]:
    words = report.words
    return (
        words.t(
            "Shown is the value whose source ranks best: official, copy of an official series, "
            "document, press that cites the Court of Audit or the National Accounts Institute, "
            "other press, secondary, political, other. Of equal "
            "ranks an exact date of publication goes before a derived one, then the youngest."
        ),
        words.t(
            "Estimates of one year may differ because they were made at different times: no choice is made, "
            "the figures show them all."
        ),
    )


def _in_order(disputed: pd.DataFrame) -> pd.DataFrame:
    """Sort by series, then what was realised, budgeted, estimated, then in time."""
    series, kinds = [*_SERIES, money.RATING], list(money.KINDS)
    order = disputed.assign(_series=disputed["reeks"].map(series.index), _kind=disputed["soort"].map(kinds.index))
    order = order.sort_values(["_series", "_kind", "periode_tot"], kind="stable")
    return order.drop(columns=["_series", "_kind"])


def _use(report: Report, row: pd.Series) -> str:
    """Say whether a value is the one shown; of estimates the figures show all."""
    words = report.words
    if row["soort"] == money.ESTIMATE:
        return words.t("all")
    return words.t("yes") if row["getoond"] else words.t("no")


def _heading(report: Report, same: pd.DataFrame) -> str:
    """Name the figure, and say where its values are known to be no contradiction between sources."""
    words, figure = report.words, _figure_name(report, same.iloc[0])
    difference = notions.difference(same)
    if difference == notions.SAME_SOURCE:
        return words.t("{value} ({remark})", value=figure, remark=words.t("one source gives several values"))
    if difference == notions.OTHER_NOTION:
        return words.t("{value} ({remark})", value=figure, remark=words.t("the notion differs or is not stated"))
    return figure


def _figure_name(report: Report, row: pd.Series) -> str:
    words, series = report.words, series_name(report, row["reeks"])
    if row["reeks"] == money.RATING:
        return words.t("{series}, {date}", series=series, date=_stand(report, row))
    kind = kind_name(words, row["soort"])
    return words.t("{series}, {date}, {kind}", series=series, date=_stand(report, row), kind=kind)


def _grid(report: Report, disputed: pd.DataFrame, related: pd.DataFrame) -> Grid:
    words = report.words
    rows: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for _, same in disputed.groupby(money.KEY, sort=False, dropna=False):
        groups[len(rows)] = _heading(report, same)
        rows += [(_source(report, row), *_cells(report, row)) for _, row in same.iterrows()]
    for _, same in related.groupby(_OUTCOME, sort=False):
        groups[len(rows)] = words.t("Related figures for {year}", year=same["jaar"].iloc[0])
        rows += [(_labelled_source(report, row), *_cells(report, row)) for _, row in same.iterrows()]
    value = words.t("Value")
    texts = [words.t("Source of the figure"), value, words.t("Shown"), words.t("Kind of source (rank)")]
    return Grid(wording.columns([*texts, words.t("Known since")], [value]), tuple(rows), groups)


def _cells(report: Report, row: pd.Series) -> tuple[str, ...]:
    words, value = report.words, row["waarde"]
    return (
        wording.grade(value) if isinstance(value, str) else wording.amount(words, round(value, 1)),
        _use(report, row),
        _rank(report, row),
        # a month on two lines would double the height of every row on paper
        words.month(row["bekend_op"]).replace(" ", "\N{NO-BREAK SPACE}"),
    )


def _source(report: Report, row: pd.Series) -> str:
    """Name the source, with the notion that the note names."""
    name = wording.source_name(report, row["bron_id"])
    if not row["begrip"]:
        return name
    return report.words.t("{value} ({remark})", value=name, remark=notion_name(report.words, row["begrip"]))


def _labelled_source(report: Report, row: pd.Series) -> str:
    """Name the source after the series and kind that its value belongs to."""
    words, kind = report.words, kind_name(report.words, row["soort"])
    label = words.t("{series}, {kind}", series=series_name(report, row["reeks"]), kind=kind)
    return words.t("{name}: {value}", name=label, value=_source(report, row))


def _stand(report: Report, row: pd.Series) -> str:
    """A figure of a year and one of its last day are about the same position."""
    end = row["periode_tot"]
    return str(end.year) if (end.month, end.day) == (12, 31) else period_of(report.words, row)


def _rank(report: Report, row: pd.Series) -> str:
    words, kinds = report.words, report.now.table("bron_soorten").set_index("soort")
    kind = str(sources_by_id(report.now).at[row["bron_id"], "soort"])
    if kind == PRESS and row["rang"] == PRESS_CITING_COURT:
        label = words.t("Press citing the Court of Audit or the National Accounts Institute")
    else:
        label = report.label(kinds.loc[kind])
    return words.t("{kind} ({rank})", kind=label, rank=wording.amount(words, row["rang"]))
