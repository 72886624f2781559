"""The course of each action: its status in every quarter since the first delivery, and since when it is what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.models.delivered.status import MAX_AGE_QUARTERS, RANK
from analysis.quarter import Quarter
from analysis.views.report import Report
from analysis.views.voortgang import common

UNKNOWN = "onbekend"
#: What is over needs no news: a quarter that says nothing of it changes nothing.
OVER = ("voltooid", "overgenomen", "stopgezet")
#: A year, in quarters.
YEAR = 4


@dataclass(frozen=True)
class Course:
    """One action over time.

    Attributes:
        seen: its status in each quarter; ``onbekend`` where nothing was delivered, except of what is over.
        held: the same, where the quarter before answers for a quarter without delivery, as it does in the status now.
        now: its status now.
    """

    seen: tuple[str, ...]
    held: tuple[str, ...]
    now: str

    @property
    def length(self) -> int:
        """Return for how many quarters on end it has had the status of now; this one counts."""
        return 1 + _same(self.held[:-1], self.now)

    def before(self, quarters: int) -> str:
        """Return the status so many quarters ago; unknown before the first delivery."""
        return self.held[-1 - quarters] if quarters < len(self.held) else UNKNOWN


def _same(statuses: Sequence[str], status: str) -> int:
    """Count how many at the end are this status.

    >>> _same(["rood", "groen", "rood", "rood"], "rood")
    2
    """
    other = [place for place, each in enumerate(statuses) if each != status]
    return len(statuses) - (other[-1] + 1 if other else 0)


def quarters(report: Report) -> list[Quarter]:
    """Return the quarters from the first that was reported on to that of the report."""
    known = [Quarter.parse(text) for text in common.histories(report)["kwartaal"].unique()]
    told, last = min(known, default=report.quarter), report.quarter
    found = [told]
    while found[-1] < last:
        found.append(found[-1].next())
    return found


def courses(report: Report, names: Sequence[Quarter]) -> dict[str, Course]:
    """Return the course of each action of the plan through these quarters, in its order."""
    actions, known = common.statuses(report), common.histories(report)
    table = known.pivot(index="actie_code", columns="kwartaal", values="status")
    columns = [str(quarter) for quarter in names]
    rows = table.reindex(index=actions["actie_code"], columns=columns).fillna("").to_numpy().tolist()
    return {
        str(code): course([str(status) for status in row], str(now))
        for code, row, now in zip(actions["actie_code"], rows, actions["status"], strict=True)
    }


def course(told: Sequence[str], now: str) -> Course:
    """Return a course out of what each quarter told.

    Args:
        told: the status of each quarter, "" where nothing was delivered.
        now: the status that holds now.

    >>> course(["groen", "", "rood", "voltooid", ""], "voltooid").seen
    ('groen', 'onbekend', 'rood', 'voltooid', 'voltooid')
    """
    seen: list[str] = []
    for status in told:
        over = bool(seen) and seen[-1] in OVER
        seen.append(status or (seen[-1] if over else UNKNOWN))
    held = [
        status if text or status != UNKNOWN else _young(told[max(0, place - MAX_AGE_QUARTERS) : place])
        for place, (text, status) in enumerate(zip(told, seen, strict=True))
    ]
    return Course(tuple(seen), tuple(held), now)


def _young(told: Sequence[str]) -> str:
    """Return the last status that was told in these quarters; unknown when there is none."""
    return next((status for status in reversed(told) if status), UNKNOWN)


def runs(statuses: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return the statuses with where each begins and ends, equal neighbours as one.

    >>> runs(["rood", "rood", "groen"])
    [('rood', 0, 2), ('groen', 2, 3)]
    """
    found, start = [], 0
    for status, own in groupby(statuses):
        end = start + len(list(own))
        found.append((status, start, end))
        start = end
    return found


@dataclass(frozen=True)
class Tally:
    """What the title says of all actions.

    Attributes:
        total: actions.
        red: those that are red now.
        long: those that have been red in each quarter of a year or longer.
        better: those that were worse a year ago, among those whose two statuses can be compared.
        worse: those that were better.
        compared: whether there is a quarter of a year ago to compare with.
    """

    total: int
    red: int
    long: int
    better: int
    worse: int
    compared: bool


def tally(known: dict[str, Course]) -> Tally:
    """Count what the courses show."""
    all_of = list(known.values())
    red = [each for each in all_of if each.now == "rood"]
    moves = [
        RANK[each.now] - RANK[each.before(YEAR)] for each in all_of if {each.now, each.before(YEAR)} <= RANK.keys()
    ]
    return Tally(
        total=len(all_of),
        red=len(red),
        long=sum(each.length > YEAR for each in red),
        better=sum(move > 0 for move in moves),
        worse=sum(move < 0 for move in moves),
        compared=any(len(each.held) > YEAR for each in all_of),
    )
