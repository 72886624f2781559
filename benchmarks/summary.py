"""Raw figures -> the lines of the page: medians, ratios, and each goal beside what was measured."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks import ways
from benchmarks.clock import ratio

#: What the build should reach at least, or at most.
TIMES_ONE_QUARTER, TIMES_OF_LIMIT, TIMES_ALL_QUARTERS = 12, 2, 25
SECONDS_UNCHANGED = 0.3
TIMES_TWO_WORKERS = 1.7
BYTES_IN_MEMORY = 1.5e9

Results = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One line of the table of results.

    Attributes:
        what: was measured.
        measured: in words.
        goal: in words; empty where there is none.
        met: whether it was reached; None where there is none.
    """

    what: str
    measured: str
    goal: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Speed:
    """One way to make a quarter: its median, and how it compares with plain commands and with the limit."""

    way: str
    seconds: float
    faster: float
    of_limit: float


def speeds(results: Results) -> list[Speed]:
    """Return all ways to make a quarter, the slowest first.

    >>> taken = {ways.PLAIN: [40.0], ways.OURS: [4.0], ways.LIMIT: [2.0]}
    >>> [(one.seconds, one.faster, one.of_limit) for one in speeds({"ways": taken})]
    [(40.0, 1.0, 20.0), (4.0, 10.0, 2.0), (2.0, 20.0, 1.0)]
    """
    taken: dict[str, list[float]] = results["ways"]
    found = [
        Speed(name, statistics.median(times), ratio(taken[ways.PLAIN], times), ratio(times, taken[ways.LIMIT]))
        for name, times in taken.items()
    ]
    return sorted(found, key=lambda one: -one.seconds)


def _quarter(results: Results) -> Iterator[Line]:
    ours = next(one for one in speeds(results) if one.way == ways.OURS)
    told = f"{seconds(ours.seconds)}; {ours.faster:.1f} times faster than plain commands, {ours.of_limit:.1f} times"
    goal = f"at least {TIMES_ONE_QUARTER} times faster, at most {TIMES_OF_LIMIT} times the limit"
    met = ours.faster >= TIMES_ONE_QUARTER and ours.of_limit <= TIMES_OF_LIMIT
    yield Line("one quarter, cold, two languages", f"{told} the limit", goal, met)


def _unchanged(results: Results) -> Iterator[Line]:
    for name, times in results["ways"].items():
        taken = statistics.median(times)
        if name == "nothing changed":
            goal = f"less than {seconds(SECONDS_UNCHANGED)}"
            yield Line("the same quarter again, nothing changed", seconds(taken), goal, taken < SECONDS_UNCHANGED)
        else:
            yield Line(f"the same quarter again, {name}", seconds(taken))


def _all(results: Results) -> Iterator[Line]:
    per_quarter = statistics.mean(statistics.median(times) for times in results["plain"].values())
    ours, count = statistics.median(results["ours"]), results["quarters"]
    plain = per_quarter * count
    told = f"{seconds(ours)}; {plain / ours:.1f} times faster than plain commands, reckoned from"
    told = f"{told} {len(results['plain'])} of them ({seconds(plain)})"
    goal, met = f"at least {TIMES_ALL_QUARTERS} times faster", plain / ours >= TIMES_ALL_QUARTERS
    yield Line(f"{count} quarters, cold, two languages", told, goal, met)


def _dask(results: Results) -> Iterator[Line]:
    for state, told in (("warm", "workers that have begun"), ("cold", "workers that just start")):
        times = ratio(results[state]["1"], results[state]["2"])
        what = f"the notebooks of {results['quarters']} quarters on 2 Dask workers against 1, {told}"
        both = f"{times:.2f} times faster ({_both(results[state])})"
        goal = state == "warm"
        yield Line(
            what, both, f"at least {TIMES_TWO_WORKERS} times" * goal, times >= TIMES_TWO_WORKERS if goal else None
        )


def _both(times: dict[str, list[float]]) -> str:
    return " and ".join(seconds(statistics.median(times[workers])) for workers in ("1", "2"))


def _growth(results: Results) -> Iterator[Line]:
    first = results["rows"][0]
    for entry in results["rows"][1:]:
        more = f"{entry['times']} times the figures ({entry['rows']} rows in all, {first['rows']} before)"
        steps = () if "failed" in entry else ("intake", "report")
        for step in steps:
            flat = _taken(entry, step) / entry["rows"] <= _taken(first, step) / first["rows"]
            yield Line(f"{step}: {more}", _compared(entry, first, step), "no more time per row", flat)
        if not steps:
            yield Line(more, entry["failed"])
    alone, *several = results["plans"]
    yield Line("1 plan, one quarter, cold, two languages", _per_plan(alone))
    for entry in several:
        what = f"{entry['plans']} plans, one quarter, cold, two languages"
        if "failed" in entry:
            yield Line(what, entry["failed"])
        else:
            flat = _taken(entry, "report") / entry["plans"] <= _taken(alone, "report")
            yield Line(what, _per_plan(entry), "no more time per plan", flat)


def _taken(entry: Results, step: str) -> float:
    return statistics.median(entry[step])


def _compared(entry: Results, first: Results, step: str) -> str:
    after, before = _taken(entry, step), _taken(first, step)
    per_row = f"{_per_row(after, entry)} per row instead of {_per_row(before, first)}"
    return f"{seconds(after)} instead of {seconds(before)}; {per_row}"


def _per_plan(entry: Results) -> str:
    taken = _taken(entry, "report")
    return f"{seconds(taken)}; {seconds(taken / entry['plans'])} per plan"


def _per_row(taken: float, entry: Results) -> str:
    return f"{1000 * taken / entry['rows']:.2f} ms"


def _memory(results: Results) -> Iterator[Line]:
    many = f"{results['quarters']} quarters"
    for name, shown in (("one quarter", "one quarter"), ("many quarters", many)):
        peak = statistics.median(results[name])
        goal = f"less than {BYTES_IN_MEMORY / 1e9:.1f} GB"
        yield Line(f"memory of all processes at most, {shown}", f"{peak / 1e9:.2f} GB", goal, peak < BYTES_IN_MEMORY)


def _size(results: Results) -> Iterator[Line]:
    for language, page in results.items():
        drawn = page["drawings"]
        told = f"{page['bytes'] / 1000:.0f} kB, of which {drawn['count']} drawings {drawn['bytes'] / 1000:.0f} kB"
        yield Line(f"the static report, {language}", f"{told}; the heaviest drawing {drawn['heaviest'] / 1000:.1f} kB")


LINES: dict[str, Callable[[Results], Iterator[Line]]] = {
    "quarter": _quarter,
    "all": _all,
    "unchanged": _unchanged,
    "dask": _dask,
    "growth": _growth,
    "memory": _memory,
    "size": _size,
}


def seconds(value: float) -> str:
    """Write a time with as many digits as it deserves.

    >>> seconds(0.1234), seconds(4.2), seconds(61.7), seconds(840)
    ('0.12 s', '4.2 s', '62 s', '14 min')
    """
    if value >= 600:
        return f"{value / 60:.0f} min"
    return f"{value:.2f} s" if value < 1 else f"{value:.1f} s" if value < 20 else f"{value:.0f} s"
