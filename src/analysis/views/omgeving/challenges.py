"""The challenges of the plan: each with its indicators, how they moved, and the targets beside them."""

from __future__ import annotations

import pandas as pd

from analysis.errors import KrachtlijnError
from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models import indicators
from analysis.views.facts import decimals, place_name
from analysis.views.omgeving import data, text
from analysis.views.omgeving.targets import differing, target_cell
from analysis.views.report import Report, in_every_language

#: A title with the names of the indicators is not longer than this; else it counts them.
_LONGEST = 130


@in_every_language
def challenge(report: Report, code: str) -> Figure:
    """Return the indicators of one challenge (and of its sub-challenges) beside their targets.

    Args:
        report: the report.
        code: of a challenge at the top of the table ``uitdagingen``.

    Raises:
        KrachtlijnError: no such challenge.
    """
    words, env, mine = report.words, data.look(report), _challenge(report, code)
    links = data.linked(report, mine["uitdaging_code"].tolist())
    codes = links["indicator"].tolist()
    rows, beside = data.current(report, codes), data.beside(report, codes)
    known = rows[rows["waarde"].notna()]
    goals = data.targets(report)
    goals = goals[goals["indicator"].isin(rows["indicator"])]
    measured = goals[["meet_bron_id"]].rename(columns={"meet_bron_id": "bron_id"})
    return Figure(
        f"omgeving-{code.replace('_', '-')}",
        "table",
        title=challenge_title(words, rows.assign(label=rows["indicator"].map(env.register["label"]))),
        subtitle=words.t("{challenge}: the latest known figures for the Region", challenge=mine["label"].iloc[0]),
        grid=_challenge_grid(report, env, rows, beside, goals, _headings(mine, links)),
        origins=report.origins(known, data.earlier(known), beside, goals, measured, links, mine, _broken(env, known)),
        notes=(*data.borrowed(report), *_challenge_notes(report, rows, goals)),
    )


def _broken(env: data.Environment, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the breaks that decided what the rows are compared with."""
    return env.breaks[env.breaks["reeks"].isin(rows["indicator"])]


def _challenge(report: Report, code: str) -> pd.DataFrame:
    """Return a challenge and its sub-challenges."""
    every = data.challenges(report)
    top = every[every["hoort_bij"] == ""]["uitdaging_code"].tolist()
    if code not in top:
        raise KrachtlijnError(f"'{code}' is not a challenge", do=f"allowed: {', '.join(top)}")
    return pd.concat([every[every["uitdaging_code"] == code], every[every["hoort_bij"] == code]])


def _headings(mine: pd.DataFrame, links: pd.DataFrame) -> dict[int, str]:
    """Return the name of a sub-challenge above its first indicator."""
    labels = mine.set_index("uitdaging_code")["label"]
    first = links["uitdaging_code"].ne(links["uitdaging_code"].shift())
    head = mine["uitdaging_code"].iloc[0]
    codes = links.loc[first, "uitdaging_code"]
    return {int(str(row)): str(labels[code]) for row, code in codes.items() if code != head}


def challenge_title(words: Words, rows: pd.DataFrame) -> str:
    """Say which indicators got worse and which better, by name where that is short enough.

    Args:
        words: the language.
        rows: a row per indicator with ``label``, ``waarde`` (NaN when unknown) and ``oordeel``.
    """
    if rows["waarde"].isna().all():
        return words.t("No indicator of this challenge has a known figure yet")
    moved = {code: rows.loc[rows["oordeel"] == code, "label"].tolist() for code in ("slecht", "goed", "gelijk")}
    told = {code: labels for code, labels in moved.items() if labels}
    if not told:
        return words.tn(
            "Of the only indicator nobody can say whether it got better or worse",
            "Of none of the {n} indicators can be said whether it got better or worse",
            len(rows),
        )
    if len(rows) > 1 and len(told) == 1 and len(next(iter(told.values()))) == len(rows):
        return _all_alike(words, next(iter(told)), len(rows))
    named = _by_name(words, told, len(rows))
    return named if len(named) <= _LONGEST else _by_number(words, told, len(rows))


def _all_alike(words: Words, code: str, n: int) -> str:
    texts = {
        "slecht": words.t("All {n} indicators got worse", n=words.number(n)),
        "goed": words.t("All {n} indicators got better", n=words.number(n)),
        "gelijk": words.t("None of the {n} indicators changed", n=words.number(n)),
    }
    return texts[code]


def _by_name(words: Words, told: dict[str, list[str]], total: int) -> str:
    names = {code: words.list([_lower(label) for label in labels]) for code, labels in told.items()}
    texts = {
        "slecht": words.t("Worse: {names}", names=names.get("slecht", "")),
        "goed": words.t("Better: {names}", names=names.get("goed", "")),
        "gelijk": words.t("Unchanged: {names}", names=names.get("gelijk", "")),
    }
    return _with_rest(words, [texts[code] for code in told], told, total)


def _by_number(words: Words, told: dict[str, list[str]], total: int) -> str:
    count = {code: len(labels) for code, labels in told.items()}
    bad, good, same = (count.get(code, 0) for code in ("slecht", "goed", "gelijk"))
    texts = {
        "slecht": words.tn("{n} indicator got worse", "{n} indicators got worse", bad),
        "goed": words.tn("{n} indicator got better", "{n} indicators got better", good),
        "gelijk": words.tn("{n} indicator did not change", "{n} indicators did not change", same),
    }
    return _with_rest(words, [texts[code] for code in told], told, total)


def _with_rest(words: Words, parts: list[str], told: dict[str, list[str]], total: int) -> str:
    """Add of how many nothing can be said, and start each part after the first in lower case."""
    rest = total - sum(len(labels) for labels in told.values())
    parts = [parts[0], *(_lower(part) for part in parts[1:])]
    if rest:
        parts.append(words.t("no verdict on {n} of the {total}", n=words.number(rest), total=words.number(total)))
    return words.joined(parts)


def _lower(label: str) -> str:
    """Start a name in lower case, unless it starts with an abbreviation.

    >>> _lower("Mediaanprijs van een huis"), _lower("OV-gebruik")
    ('mediaanprijs van een huis', 'OV-gebruik')
    """
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] in " ’'" else label


def _challenge_grid(
    report: Report,
    env: data.Environment,
    rows: pd.DataFrame,
    beside: pd.DataFrame,
    goals: pd.DataFrame,
    headings: dict[int, str],
) -> Grid:
    """Return the table; a column in which nothing would stand is left out (the chapter's first figure says so)."""
    words = report.words
    columns = [
        Column(words.t("Indicator (unit)")),
        Column(words.t("Latest known figure"), "number"),
        Column(words.t("Figure about")),
        Column(words.t("Change, and what to keep in mind")),
    ]
    columns += [Column(words.t("Belgium and other regions"))] if len(beside) else []
    columns += [Column(words.t("Official target and distance"))] if len(goals) else []
    cells = []
    for _, row in rows.iterrows():
        own = beside[beside["indicator"] == row["indicator"]]
        places = decimals(row["eenheid"], row["waarde"], row["verandering"], *own["waarde"])
        cell = [*_figure_cells(report, env, row, places)]
        cell += [text.beside_cell(words, row, own, places)] if len(beside) else []
        aims = goals[goals["indicator"] == row["indicator"]]
        cell += [target_cell(words, aims)] if len(goals) else []
        cells.append(tuple(cell))
    return Grid(tuple(columns), tuple(cells), headings)


def _figure_cells(report: Report, env: data.Environment, row: pd.Series, places: int) -> tuple[str, str, str, str]:
    words, label = report.words, env.label(row["indicator"])
    return (
        text.named(words, label, row["eenheid"]) if row["eenheid"] else label,
        words.number(row["waarde"], places),
        _about(words, row),
        _moved(words, row, places, report),
    )


def _moved(words: Words, row: pd.Series, places: int, report: Report) -> str:
    """Write the change and what to keep in mind; where neither is known, why."""
    marks = text.marks(words, row, report.as_of)
    if pd.notna(row["verandering"]):
        return words.joined([text.change_cell(words, row, places), *marks])
    if row["reden"] == "een_meting" and not row["andere_methode"]:
        marks = [words.t("only one measurement"), *marks]
    return words.joined(marks)


def _about(words: Words, row: pd.Series) -> str:
    """Write the period, and the area where the figure is not that of the Region."""
    when = text.dated(words, row)
    if row["geo"] in ("", indicators.HOME):
        return when
    return words.t("{period}, {area}", period=when, area=place_name(words, row["geo"]))


def _challenge_notes(report: Report, rows: pd.DataFrame, goals: pd.DataFrame) -> tuple[str, ...]:
    words, notes = report.words, []
    if any(text.is_dated_later(rule) for rule in rows["bekend_regel"]):
        notes.append(
            words.t(
                "{sign} Publication day derived from the period, or figure from a later version of its series.",
                sign=text.DATED,
            )
        )
    if (rows["reden"] == "elders").any():
        notes.append(
            words.t(
                "Debt and balance: rows of one series differ in kind (estimate or result) or in "
                "scope, so no change is given. The chapter on staff and budget keeps them apart "
                "and may have a later figure."
            )
        )
    if differing(goals):
        notes.append(words.t("All targets that sources name are shown, also where they differ."))
    return tuple(notes)
