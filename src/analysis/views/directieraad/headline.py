"""The message of the quarter: one headline and three sentences."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Figure
from analysis.models import changes
from analysis.models.progress import PROGRESS
from analysis.views import levels, standing
from analysis.views.directieraad.outside import outside
from analysis.views.directieraad.picture import Picture, look, moves, without_actions
from analysis.views.report import Report, in_every_language

#: A headline names at most so many kinds of moves; the table below has them all.
MOVES_IN_HEADLINE = 3
#: A sentence names at most so many actions.
NAMED = 8


@in_every_language
def message(report: Report) -> Figure:
    """Return the headline, what moved, what is late or unknown, and what matters outside the plan."""
    picture, around = look(report), outside(report)
    now = picture.now
    sentences: tuple[str, ...]
    if now.empty:
        title = without_actions(report)
        sentences = (_targets_only(report), around.text)
    else:
        title = headline(report, picture)
        sentences = (_where(report, picture), worries(report, now), around.text)
    return Figure(
        id="directieraad-boodschap",
        kind="sentences",
        title=title,
        sentences=tuple(text for text in sentences if text),
        origins=standing.origins(report, now, report.now.plan("plannen", report.plan_id), *around.rows),
        notes=levels.notes(report),
    )


def headline(report: Report, picture: Picture) -> str:
    """Say how many actions moved, in which way, and of how many nothing is known."""
    words, now = report.words, picture.now
    if not now["bewijzen"].any():
        return standing.all_silent(report, now)
    return words.t("{moved}; {unknown}", moved=_moved(report, picture.changed), unknown=_unknown(report, now))


def _moved(report: Report, changed: pd.DataFrame) -> str:
    words = report.words
    if changed.empty:
        return words.t("No action changed its status")
    text = words.tn("{n} action changed its status", "{n} actions changed their status", len(changed))
    kinds = moves(report, changed)
    if len(kinds) > MOVES_IN_HEADLINE:
        return text
    return words.t("{moved} ({kinds})", moved=text, kinds=", ".join(kinds))


def _unknown(report: Report, now: pd.DataFrame) -> str:
    words, total = report.words, report.words.number(len(now))
    silent = int((now["status"] == "geen_spoor").sum())
    if not silent:
        return words.t("each of the {total} has a public trace", total=total)
    return words.tn(
        "{n} of the {total} without public trace",
        "{n} of the {total} actions without public trace",
        silent,
        total=total,
    )


def _where(report: Report, picture: Picture) -> str:
    """Say how many actions show progress, and whether that is more than before."""
    words, now = report.words, picture.now
    counts = now["status"].value_counts()
    kinds = [standing.counted(words, status, int(counts[status])) for status in PROGRESS if status in counts]
    n = sum(int(counts.get(status, 0)) for status in PROGRESS)
    total = words.number(len(now))
    text = words.tn(
        "Public progress is known of {n} of the {total} actions",
        "Public progress is known of {n} of the {total} actions (more)",
        n,
        total=total,
    )
    text = text if n else words.t("Of none of the {total} actions public progress is known", total=total)
    text = words.t("{text} ({kinds})", text=text, kinds=", ".join(kinds)) if kinds else text
    return words.t("{text}: {trend}.", text=text, trend=trend(report, picture, n))


def trend(report: Report, picture: Picture, n: int) -> str:
    """Set the ``n`` actions with public progress against those of the last quarter and of a year ago."""
    words = report.words
    quarter = n - _progress(picture.before)
    since = _compared(
        quarter,
        words.tn("{n} more than last quarter", "{n} more than last quarter (actions)", abs(quarter)),
        words.tn("{n} fewer than last quarter", "{n} fewer than last quarter (actions)", abs(quarter)),
        words.t("as many as last quarter"),
    )
    if picture.year_ago is None:
        return since
    year = n - _progress(picture.year_ago)
    longer = _compared(
        year,
        words.tn("{n} more than a year ago", "{n} more than a year ago (actions)", abs(year)),
        words.tn("{n} fewer than a year ago", "{n} fewer than a year ago (actions)", abs(year)),
        words.t("as many as a year ago"),
    )
    return words.t("{since}, {longer}", since=since, longer=longer)


def _compared(difference: int, more: str, fewer: str, same: str) -> str:
    return same if difference == 0 else more if difference > 0 else fewer


def _progress(rows: pd.DataFrame) -> int:
    return int(rows["status"].isin(PROGRESS).sum())


def worries(report: Report, now: pd.DataFrame) -> str:
    """Say what is late, taken over or long silent, and how much is unknown."""
    words, quiet = report.words, changes.silent(now)
    late, taken = (now[now["status"] == status] for status in ("vertraagd", "overgenomen"))
    parts = []
    for rows, status in ((late, "vertraagd"), (taken, "overgenomen")):
        if len(rows):
            text = standing.counted(words, status, len(rows))
            codes = standing.short_list(words, list(rows["actie_code"]), NAMED)
            parts.append(words.t("{moves} ({codes})", moves=text, codes=codes))
    if not parts:
        parts.append(words.t("no delay or take-over known"))
    if len(quiet):
        parts.append(
            words.tn(
                "{n} begun action without news for two years",
                "{n} begun actions without news for two years",
                len(quiet),
            )
        )
    text = words.list(parts)
    silent = int((now["status"] == "geen_spoor").sum())
    share = words.number(100 * silent / len(now))
    unknown = words.tn(
        "of {n} action ({share} %) it is unknown whether it began",
        "of {n} actions ({share} %) it is unknown whether they began",
        silent,
        share=share,
    )
    return words.t("Worry: {text}; {unknown}.", text=text, unknown=unknown)


def _targets_only(report: Report) -> str:
    """Say what is known of a plan that has targets in place of actions."""
    words, targets = report.words, report.now.plan("streefwaarden", report.plan_id)
    if targets.empty:
        return words.t("It has no targets either: nothing can be said of its progress.")
    return words.tn(
        "It sets {n} target; whether it was reached is not known from public sources.",
        "It sets {n} targets; whether they were reached is not known from public sources.",
        len(targets),
    )
