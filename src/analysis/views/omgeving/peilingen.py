"""The survey panels that are delivered: what they answer, where they differ, and what changed since the wave before."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models import panels as model
from analysis.models.delivered.status import until
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.omgeving import peilingen_beeld, text
from analysis.views.omgeving.peilingen_beeld import short
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common

NAME, TABLE = "omgeving-peilingen", "peilingen"
#: A likelihood below this is only said to be below it.
SMALLEST = 0.001


class Surveys(NamedTuple):
    """What the delivered waves up to the quarter of the report say.

    Attributes:
        known: the shares, see :func:`analysis.models.panels.shares`.
        tests: internal against external, see :func:`analysis.models.panels.between`.
        changes: each panel against its wave before, see :func:`analysis.models.panels.since`.
    """

    known: pd.DataFrame
    tests: pd.DataFrame
    changes: pd.DataFrame


@in_every_language
def panels(report: Report) -> Figure:
    """Chart: per question the share of favourable answers of both panels, with what of their differences is shown."""
    if none := common.nothing(report, NAME, TABLE):
        return none
    words, found = report.words, _found(report.now, report.plan_id, report.quarter)
    if found.known.empty:
        return Figure(NAME, "absent", title=words.t("Nothing of this was delivered"))
    known = _judged(_named(report, found.known), found.changes)
    differing = found.tests.loc[found.tests["oordeel"] != 0, "vraag_code"].tolist()
    room = peilingen_beeld.room(known["vraag_code"].nunique(), known.groupby("vraag_code")["kwartaal"].nunique().max())
    drawn = known[known["vraag_code"].isin(_clearest(found, room.questions))]
    title = panels_title(words, found.tests, found.changes)
    return Figure(
        NAME,
        "chart",
        title=title,
        subtitle=_subtitle(words, drawn, differing=bool(differing), earlier=room.earlier),
        alt=words.t("Dots per question. {title}. {shares}.", title=title, shares=_told(words, drawn)),
        grid=_grid(words, known, found),
        spec=peilingen_beeld.picture(words, drawn, differing, room.earlier),
        origins=common.origins(report),
        notes=common.notes(report, *_notes(words, found, room.questions)),
    )


@once
def _found(catalog: Catalog, plan_id: str, quarter: Quarter) -> Surveys:
    known = model.shares(until(catalog.delivered(TABLE, plan_id), quarter))
    return Surveys(known, model.between(known), model.since(known))


def _named(report: Report, known: pd.DataFrame) -> pd.DataFrame:
    """Return the shares with the question as the last wave words it, in the report's language."""
    rows = report.labelled(known)
    last = rows.sort_values("kwartaal", kind="stable").drop_duplicates("vraag_code", keep="last")
    return rows.assign(label=rows["vraag_code"].map(last.set_index("vraag_code")["label"]))


def _judged(known: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Return the shares with ``oordeel`` of those that are shown to differ from the wave before; 0 for the others."""
    key = [*model.KEY, "kwartaal"]
    rows = known.merge(changes[[*key, "oordeel"]], on=key, how="left")
    return rows.assign(oordeel=rows["oordeel"].fillna(0).astype(int))


def _clearest(found: Surveys, most: int) -> list[str]:
    """Return the questions that are drawn: where there are too many, those of which the panels differ most surely."""
    every = found.known["vraag_code"].drop_duplicates()
    p = every.map(found.tests.set_index("vraag_code")["p"]).fillna(1.0)
    return every[p.sort_values(kind="stable").index[:most]].tolist()


# --- the message ---


def panels_title(words: Words, tests: pd.DataFrame, changes: pd.DataFrame) -> str:
    """Say on how many questions the panels differ, and on how many a panel changed.

    Args:
        words: the language.
        tests: of each question that both panels were asked, ``oordeel`` (1: internal more favourable, -1: external).
        changes: of each panel's question that was asked before, ``vraag_code`` and ``oordeel``.
    """
    told = [_difference(words, len(tests), *(int((tests["oordeel"] == sign).sum()) for sign in (1, -1)))]
    if len(changes):
        told += _change(words, *(changes.loc[changes["oordeel"] == sign, "vraag_code"].nunique() for sign in (1, -1)))
    return words.joined(told)


def _difference(words: Words, total: int, internal: int, external: int) -> str:
    if not total:
        return words.t("No question was put to both panels in one wave")
    if not internal + external:
        return words.tn(
            "On the only question no difference between the panels is shown",
            "On none of the {n} questions a difference between the panels is shown",
            total,
        )
    if internal and external:
        return words.t(
            "On {n} of the {total} questions the internal panel is more favourable, on {other} the external one",
            n=words.number(internal),
            total=words.number(total),
            other=words.number(external),
        )
    where = words.t("On {n} of the {total} questions", n=words.number(internal + external), total=words.number(total))
    where = words.t("On the only question") if total == 1 else where
    if internal:
        return words.t("{where} the internal panel is more favourable than the external one", where=where)
    return words.t("{where} the external panel is more favourable than the internal one", where=where)


def _change(words: Words, risen: int, fallen: int) -> list[str]:
    told = [
        words.tn(
            "on {n} question a panel is more favourable than in the wave before",
            "on {n} questions a panel is more favourable than in the wave before",
            risen,
        )
        if risen
        else "",
        words.tn(
            "on {n} question a panel is less favourable than in the wave before",
            "on {n} questions a panel is less favourable than in the wave before",
            fallen,
        )
        if fallen
        else "",
    ]
    return [one for one in told if one] or [words.t("no change since the wave before is shown")]


def _subtitle(words: Words, drawn: pd.DataFrame, *, differing: bool, earlier: int) -> str:
    """Say what is measured, and what the marks of the drawing mean, as far as they are there."""
    wave = words.quarter(Quarter.parse(drawn["kwartaal"].max()))
    told = (
        (
            True,
            words.t("Share of favourable answers (%) in the wave of {wave}; the line is its 95 % interval", wave=wave),
        ),
        (earlier > 0, words.t("hollow marks: earlier waves")),
        (differing, words.t("bold: a shown difference between the panels")),
        (drawn["oordeel"].ne(0).any(), words.t("▲ ▼: a shown change since the wave before")),
    )
    return words.joined([text for holds, text in told if holds])


def _told(words: Words, drawn: pd.DataFrame) -> str:
    """Return the last shares of each question, for who does not see the chart."""
    names, told = _panel_names(words), []
    for _, own in drawn.groupby("vraag_code", sort=False):
        last = own[own["kwartaal"] == own["kwartaal"].max()]
        parts = [
            words.t("{name}: {value}", name=names[row.panel], value=words.t("{n} %", n=words.number(row.aandeel)))
            for row in standing.each(last)
        ]
        told.append(words.t("{text} ({mark})", text=own["label"].iloc[-1], mark=words.list(parts)))
    return words.joined(told)


def _panel_names(words: Words) -> dict[str, str]:
    return {model.INTERNAL: words.t("internal panel"), model.EXTERNAL: words.t("external panel")}


# --- the data behind it ---


def _grid(words: Words, known: pd.DataFrame, found: Surveys) -> Grid:
    columns = (
        Column(words.t("Panel or comparison")),
        Column(words.t("Wave")),
        Column(words.t("Answers"), "number"),
        Column(words.t("Favourable, or difference"), "number"),
        Column(words.t("Between (95 %)")),
        Column(words.t("Test, corrected")),
        Column(words.t("Effect (Cohen’s h)")),
    )
    rows: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for code, own in known.groupby("vraag_code", sort=False):
        groups[len(rows)] = str(own["label"].iloc[-1])
        rows += [_share(words, row) for row in standing.each(own.sort_values("kwartaal", ascending=False))]
        tests, changes = (of[of["vraag_code"] == code] for of in (found.tests, found.changes))
        rows += [_tested(words, row, words.t("internal minus external")) for row in standing.each(tests)]
        rows += [_tested(words, row, _changed(words, row)) for row in standing.each(changes)]
    return Grid(columns, tuple(rows), groups)


def _share(words: Words, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    return (
        _panel_names(words)[row.panel],
        short(words, row.kwartaal),
        words.number(row.antwoorden),
        common.percent(words, row.aandeel, 1),
        words.t("{low} to {high}", low=words.number(row.onder, 1), high=words.number(row.boven, 1)),
        UNKNOWN_SIGN,
        UNKNOWN_SIGN,
    )


def _changed(words: Words, row: Any) -> str:  # noqa: ANN401
    before = short(words, row.vorig_kwartaal)
    return words.t("{panel}: change since {wave}", panel=_panel_names(words)[row.panel], wave=before)


def _tested(words: Words, row: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401
    said = {
        "groot": words.t("effect: large"),
        "middelgroot": words.t("effect: medium"),
        "klein": words.t("effect: small"),
        model.LESS: words.t("effect: less than small"),
    }
    low, high = (words.number(bound, 1, sign=True) for bound in (row.onder, row.boven))
    h = words.number(row.h, 2, sign=True)
    return (
        name,
        short(words, row.kwartaal),
        UNKNOWN_SIGN,
        text.points(words, row.verschil, words.number(row.verschil, 1, sign=True)),
        words.t("{low} to {high}", low=low, high=high),
        cell_of_test(words, row.toets, row.p_holm),
        words.t("{text} ({mark})", text=h, mark=said[row.grootte]),
    )


def cell_of_test(words: Words, test: str, p: float) -> str:
    """Write which test was done, and its corrected likelihood under equal shares."""
    small = words.t("p < {p}", p=words.number(SMALLEST, 3))
    told = small if p < SMALLEST else words.t("p = {p}", p=words.number(p, 3))
    named = {model.POOLED: words.t("z test: {p}", p=told), model.FISHER: words.t("Fisher: {p}", p=told)}
    return named[test]


def _notes(words: Words, found: Surveys, most: int) -> tuple[str, ...]:
    small, medium, large = (words.number(model.SIZES[size], 1) for size in ("klein", "middelgroot", "groot"))
    told = [
        words.t(
            "Shown is a difference of which chance alone would give one in less than {percent} % of cases, corrected "
            "for the number of comparisons (Holm): those of the panels together, and those with the wave before "
            "together. The intervals are not corrected.",
            percent=words.number(100 * model.LEVEL),
        ),
        words.t(
            "A difference that is not shown is no proof that there is none: with more answers it may show. Nor does a "
            "shown difference have to be large: that is what the effect says."
        ),
        words.t(
            "The respondents of each wave count as another sample: the deliveries do not say who answered twice. Who "
            "does not answer may think otherwise than who does; no interval allows for that."
        ),
        words.t(
            "Intervals: Wilson for a share, Newcombe for a difference. Test: two-sided z test, or Fisher’s exact one "
            "where fewer than {few} answers are expected. Cohen’s h: {small} is small, {medium} medium, {large} large.",
            few=words.number(model.FEW),
            small=small,
            medium=medium,
            large=large,
        ),
    ]
    total = found.known["vraag_code"].nunique()
    if total > most:
        told.append(
            words.t(
                "Drawn are the {n} of the {total} questions on which the panels differ most surely; all stand in the "
                "table.",
                n=words.number(most),
                total=words.number(total),
            )
        )
    return tuple(told)
