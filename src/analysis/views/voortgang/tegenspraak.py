"""Green outside, red inside: what an owner says beside what the same owner delivered, or the public can see."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models.delivered.contradictions import KINDS
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common, steering

#: Kinds of which all actions show the same: many of them stand in one row.
ALIKE = ("voltooid_zonder_bewijs", "woord_verouderd")
#: So many rows of one kind show what it is about.
MOST = 8
#: The owner's own word on an action is green or completed, and the data give red.
GREEN_BUT_RED = "groen_maar_rood"
#: The kinds in which the data give red or orange; the rule of the status says why.
DEVIATING = ("groen_maar_rood", "groen_maar_oranje")
_PERCENT = ("voltooid_onder_100", "teruggevallen", "einde_onder_100")


@in_every_language
def contradictions(report: Report) -> Figure:
    """Table: where an owner's word does not agree with the data, the most severe kind first."""
    if none := common.nothing(report, "voortgang-tegenspraak", "voortgang", "plan_acties"):
        return none
    words, found = report.words, _with_reasons(report)
    message = title(words, *counts(found))
    if found.empty:
        return Figure(
            id="voortgang-tegenspraak",
            kind="sentences",
            title=message,
            sentences=(_checked(words),),
            origins=common.origins(report),
            notes=common.notes(report),
        )
    columns = (
        Column(standing.level(report, "actie")),
        Column(words.t("What its owner says")),
        Column(words.t("What is found")),
        Column(words.t("Since")),
    )
    cells, groups = _table(report, found)
    return Figure(
        id="voortgang-tegenspraak",
        kind="table",
        title=message,
        subtitle=words.t(
            "The owner’s own word beside what the same owner delivered or the public can see, at the end of {quarter}",
            quarter=words.quarter(report.quarter),
        ),
        grid=Grid(columns, cells, groups),
        origins=(*common.origins(report), *_public(report, found)),
        notes=common.notes(report, _checked(words)),
    )


def _with_reasons(report: Report) -> pd.DataFrame:
    """Return the contradictions; red or orange with its rule, which tells of a later end where that is the reason."""
    found = steering.contradictions(report)
    statuses = common.statuses(report)[["actie_code", "regel", "gemeten"]]
    deviating = found.loc[found["soort"].isin(DEVIATING), "actie_code"]
    told = (found["soort"] == "groen_maar_uitloop") & found["actie_code"].isin(deviating)
    return found[~told].merge(statuses, on="actie_code", how="left")


def counts(found: pd.DataFrame) -> tuple[int, int, int, int]:
    """Return of how many actions word and data do not agree, how many of these are red, unseen and outdated."""
    own = found[~found["soort"].isin(ALIKE)]
    red, unseen, outdated = (int((found["soort"] == kind).sum()) for kind in (GREEN_BUT_RED, *ALIKE))
    return int(own["actie_code"].nunique()), red, unseen, outdated


def title(words: Words, own: int, red: int, unseen: int, outdated: int) -> str:
    """Say of how many actions the owner's word does not hold.

    Args:
        words: the language.
        own: actions of which word and data contradict each other.
        red: of these, called green or completed and computed red.
        unseen: actions called completed without any public trace.
        outdated: actions of which the last word is too old to count.
    """
    said = words.t("No owner’s word contradicts what was delivered")
    if own:
        said = words.tn(
            "Of {n} action the owner’s word contradicts the owner’s own data",
            "Of {n} actions the owner’s word contradicts the owner’s own data",
            own,
        )
    if red:
        said = words.tn(
            "{said}, {n} of them green but red inside",
            "{said}, {n} of them green but red inside (actions)",
            red,
            said=said,
        )
    parts = [
        words.tn("{n} completed action has no public trace", "{n} completed actions have no public trace", unseen)
        if unseen
        else "",
        words.tn("{n} word is out of date", "{n} words are out of date", outdated) if outdated else "",
    ]
    told = [part for part in parts if part]
    return words.joined([said, words.list(told)]) if told else said


# --- the table ---


def _table(report: Report, found: pd.DataFrame) -> tuple[tuple[tuple[str, ...], ...], dict[int, str]]:
    """Return the rows and the headings above each kind; a kind of which all are alike is one row when they are many."""
    words, names = report.words, steering.names(report)
    cells: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for kind in KINDS:
        own = found[found["soort"] == kind]
        if own.empty:
            continue
        heading = topic(words, kind, len(own))
        if len(own) > MOST and kind not in ALIKE:
            heading = words.t("{topic}, of which {n} here", topic=heading, n=words.number(MOST))
        groups[len(cells)] = heading
        if len(own) > MOST and kind in ALIKE:
            cells.append(_together(words, kind, own))
        else:
            cells.extend(_row(words, row, names[row.actie_code]) for row in standing.each(own.head(MOST)))
    return tuple(cells), groups


def _row(words: Words, row: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    said, found = pair(words, row.soort, row.gezegd, row.gevonden)
    why = steering.deviation(words, row.regel, row.gemeten) if row.soort in DEVIATING else ""
    found = words.t("{told}: {why}", told=found, why=why) if why else found
    return name, said, found, steering.quarter(words, row.sinds)


def _together(words: Words, kind: str, rows: pd.DataFrame) -> tuple[str, ...]:
    """Return one row that names the actions by their codes."""
    said = [common.own_words(words)[code] for code in dict.fromkeys(rows["gezegd"])]
    first, last = (words.quarter(Quarter.parse(text)) for text in (rows["sinds"].min(), rows["sinds"].max()))
    since = first if first == last else words.t("{first} to {last}", first=first, last=last)
    found = words.t("no public trace") if kind == "voltooid_zonder_bewijs" else words.t("no delivery since")
    return words.list(list(rows["actie_code"])), words.list(said), found, since


def _public(report: Report, found: pd.DataFrame) -> tuple[Any, ...]:
    """Return the sources of the public evidence, where a contradiction rests on it."""
    unseen = found["soort"] == "voltooid_zonder_bewijs"
    return report.origins(standing.actions(report), standing.events(report)) if unseen.any() else ()


def _checked(words: Words) -> str:
    return words.t(
        "Checked are status, progress, dates and milestones of the same delivery, and the public evidence. That the "
        "public sees nothing does not prove that an action is not completed."
    )


# --- words ---


def topic(words: Words, kind: str, n: int) -> str:
    """Say what one kind of contradiction is, and how often it is found."""
    topics = {
        "groen_maar_rood": words.t("Green or completed outside, red inside"),
        "voltooid_open_mijlpaal": words.t("Called completed, with a milestone still open"),
        "voltooid_onder_100": words.t("Called completed, with progress below 100 %"),
        "voltooid_zonder_einde": words.t("Called completed, without a realised end"),
        "voltooid_zonder_bewijs": words.t("Completed, without any public trace"),
        "groen_maar_oranje": words.t("Green or completed outside, orange inside"),
        "teruggevallen": words.t("Progress fell back"),
        "groen_maar_uitloop": words.t("Called green, with a later end than first planned"),
        "groen_maar_stilstand": words.t("Called green, without any progress"),
        "einde_onder_100": words.t("Ended, with progress below 100 %"),
        "voortgang_voor_start": words.t("Progress before the start"),
        "woord_verouderd": words.t("The last word is more than a quarter old"),
    }
    return words.t("{topic} ({n})", topic=topics[kind], n=words.number(n))


def clause(words: Words, kind: str, said: object, found: object, why: str = "") -> str:
    """Say in one clause what does not agree; ``why`` is by how much the action deviates."""
    told, known = pair(words, kind, said, found)
    known = words.t("{told} ({shift})", told=known, shift=why) if why and kind in DEVIATING else known
    return words.t("Its owner says: {said}; the data say: {found}", said=told, found=known)


def pair(words: Words, kind: str, said: Any, found: Any) -> tuple[str, str]:  # noqa: ANN401 - a status, number or date
    """Return what was said and what was found, in words, by the kind."""
    own = common.own_words(words)
    if kind == "teruggevallen":
        return words.t("{done} done before", done=common.percent(words, said)), _found(words, kind, found)
    if kind == "einde_onder_100":
        return words.t("ended on {date}", date=steering.day(words, said)), _found(words, kind, found)
    if kind == "voortgang_voor_start":
        return words.t("{done} done", done=common.percent(words, said)), _found(words, kind, found)
    return own[said], _found(words, kind, found)


def _found(words: Words, kind: str, found: Any) -> str:  # noqa: ANN401
    if kind in _PERCENT:
        return words.t("{done} done", done=common.percent(words, found))
    if kind in ("groen_maar_rood", "groen_maar_oranje"):
        return common.signed(words, found)
    if kind == "voltooid_open_mijlpaal":
        return words.tn("{n} milestone not realised", "{n} milestones not realised", int(found))
    if kind == "groen_maar_stilstand":
        return words.tn("the same progress for {n} quarter", "the same progress for {n} quarters", int(found))
    if kind == "groen_maar_uitloop":
        return words.t("ends {time} later than first planned", time=steering.lasting(words, found))
    if kind == "voltooid_zonder_bewijs":
        return words.t("no public trace")
    if kind == "woord_verouderd":
        return words.t("no delivery after {quarter}", quarter=steering.quarter(words, found))
    return _dated(words, kind, found)


def _dated(words: Words, kind: str, found: Any) -> str:  # noqa: ANN401
    """Say what was found of an end or a start, which is a date, none, or the word that there was none yet."""
    if kind == "voltooid_zonder_einde":
        if pd.isna(found):
            return words.t("no realised end")
        return words.t("a realised end that has yet to come: {date}", date=steering.day(words, found))
    if found == "niet_gestart" or pd.isna(found):
        return words.t("progress: not started")
    return words.t("starts on {date}", date=steering.day(words, found))
