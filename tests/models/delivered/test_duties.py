"""What was due of a recurring duty, and what was done of it."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.delivered.duties import COLUMNS, OUTCOMES, STATES, Window, duty_status, expected, met, rule_of

START, END = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
MONTHLY = "FREQ=MONTHLY;BYMONTHDAY=15"
UNKNOWN = float("nan")


def day(text: str) -> dt.date:
    """Read a day of 2024, written as month and day."""
    return dt.date.fromisoformat(f"2024-{text}")


def dues(rule: str, start: dt.date = START, end: dt.date = END) -> list[str]:
    """Return the due dates of a rule, as month and day."""
    return [f"{window.due:%m-%d}" for window in expected(rule, start, end)]


@pytest.mark.parametrize(
    ("frequency", "days"),
    [
        (1, ["12-31"]),
        (2, ["06-30", "12-31"]),
        (3, ["04-30", "08-31", "12-31"]),
        (4, ["03-31", "06-30", "09-30", "12-31"]),
        (6, ["02-29", "04-30", "06-30", "08-31", "10-31", "12-31"]),
        (5, ["03-13", "05-25", "08-06", "10-18", "12-31"]),  # days 73, 146, 219 and 292 of the year
    ],
)
def test_so_many_times_a_year_is_a_rule_of_the_calendar(frequency: float, days: list[str]) -> None:
    """Due at the end of equal parts of the year; 2024 has a 29th of February."""
    assert dues(rule_of(frequency)) == days


def test_twelve_times_a_year_is_the_end_of_each_month() -> None:
    """In a common year the February one is on the 28th."""
    common = dues(rule_of(12), dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    assert (len(common), common[1]) == (12, "02-28")
    assert len(dues(rule_of(52))) == 52
    assert len(dues(rule_of(365))) == 365


@pytest.mark.parametrize("frequency", [0.5, 4.5, -1, 366, float("inf")])
def test_a_frequency_that_no_calendar_has_is_refused(frequency: float) -> None:
    """The number is in the message."""
    with pytest.raises(ValueError, match=f"'{frequency}'"):
        rule_of(frequency)


@pytest.mark.parametrize("frequency", [0, UNKNOWN])
def test_without_a_frequency_there_is_no_rule(frequency: float) -> None:
    """And a duty without a rule has no rhythm."""
    assert rule_of(frequency) == ""


def test_a_window_runs_from_the_day_after_the_last_due_date() -> None:
    """The four quarters of 2024; the first window begins with the duty."""
    windows = [f"{window.start:%m-%d}/{window.due:%m-%d}" for window in expected(rule_of(4), START, END)]
    assert windows == ["01-01/03-31", "04-01/06-30", "07-01/09-30", "10-01/12-31"]


def test_the_fifteenth_of_each_month() -> None:
    """Twelve windows; of a duty that begins on the 16th the first is due a month later."""
    assert dues(MONTHLY) == [f"{month:02}-15" for month in range(1, 13)]
    assert expected(MONTHLY, day("01-16"), END)[0] == Window(day("01-16"), day("02-15"))
    assert expected(MONTHLY, day("01-15"), END)[0] == Window(day("01-15"), day("01-15"))


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["01-31", "02-29", "03-31", "04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["01-31", "02-29", "03-31", "04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=30", ["01-30", "02-29", "03-30", "04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=29", ["01-29", "02-29", "03-29", "04-29"]),
        ("DTSTART:20240131\nRRULE:FREQ=MONTHLY", ["01-31", "02-29", "03-31", "04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=15,31", ["01-15", "01-31", "02-15", "02-29", "03-15", "03-31", "04-15", "04-30"]),
        ("FREQ=YEARLY;BYMONTH=2,4;BYMONTHDAY=30", ["02-29", "04-30"]),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2,4;BYMONTHDAY=31", ["02-29", "04-30"]),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=4;BYMONTHDAY=30", ["04-30"]),
        ("FREQ=MONTHLY;BYDAY=1MO", ["01-01", "02-05", "03-04", "04-01"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["01-31", "02-29", "03-29", "04-30"]),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=10", ["01-10", "03-10"]),
        ("FREQ=MONTHLY;COUNT=2;BYMONTHDAY=10", ["01-10", "02-10"]),
        ("FREQ=MONTHLY;UNTIL=20240301T000000Z;BYMONTHDAY=1", ["01-01", "02-01", "03-01"]),
        ("FREQ=WEEKLY;INTERVAL=8", ["01-01", "02-26", "04-22"]),
        ("freq=monthly;bymonthday=15;until=20240131", ["01-15"]),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20231231", []),
    ],
)
def test_a_rule_is_read_as_a_person_means_it(rule: str, days: list[str]) -> None:
    """Due dates until the end of April 2024; what a month lacks is its last day."""
    assert dues(rule, end=day("04-30")) == days


def test_a_leap_day_is_the_last_of_february_in_other_years() -> None:
    """A duty of each year that begins on the 29th of February."""
    yearly = expected("FREQ=YEARLY", dt.date(2024, 2, 29), dt.date(2028, 12, 31))
    assert [window.due.isoformat()[:7] for window in yearly] == [f"{year}-02" for year in range(2024, 2029)]
    assert [window.due.day for window in yearly] == [29, 28, 28, 28, 29]


def test_a_rule_may_count_from_another_day() -> None:
    """From before the duty: only what is due in it. From later: the first window begins there."""
    each_two = "DTSTART;VALUE=DATE:20231110\nRRULE:FREQ=MONTHLY;INTERVAL=2"
    assert dues(each_two, end=day("04-30")) == ["01-10", "03-10"]
    later = expected("DTSTART:20240301T090000Z\nFREQ=MONTHLY;BYMONTHDAY=15", START, END)
    assert later[0] == Window(day("03-01"), day("03-15"))


def test_after_its_end_nothing_is_due() -> None:
    """Nor when the end lies before the start."""
    assert dues(MONTHLY, end=day("03-14")) == ["01-15", "02-15"]
    assert expected(MONTHLY, END, START) == []


@pytest.mark.parametrize(
    "rule",
    [
        *("", " ", "elke maand", "minstens op de 15e van elke maand", "BYMONTHDAY=15", "FREQ=", "FREQ=QUARTERLY"),
        *("FREQ=HOURLY", "FREQ=MONTHLY;", "FREQ=MONTHLY;FREQ=DAILY", "FREQ=MONTHLY;FOO=1", "FREQ=MONTHLY;BYMONTHDAY"),
        *(
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "FREQ=MONTHLY;BYMONTHDAY=x",
            "FREQ=DAILY;BYMONTH=-1",
        ),
        *("FREQ=MONTHLY;BYMONTHDAY=1=2", "FREQ=YEARLY;BYMONTH=13", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1"),
        *("FREQ=DAILY;INTERVAL=1,2", "FREQ=DAILY;COUNT=0", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;WKST=XX"),
        *(
            "FREQ=DAILY;UNTIL=20241399",
            "FREQ=DAILY;UNTIL=soon",
            "FREQ=DAILY;COUNT=2;UNTIL=20240301",
            "FREQ=DAILY;BYDAY=",
        ),
        *(
            "DTSTART:20240101",
            "DTSTART:20241301\nFREQ=DAILY",
            "DTSTART:soon\nFREQ=DAILY",
            "FREQ=MONTHLY;BYMONTHDAY=1_5",
        ),
        *(
            "FREQ=DAILY\nFREQ=DAILY",
            "FREQ=DAILY\nEXDATE:20240105",
            "FREQ=WEEKLY;BYMONTHDAY=1",
            "FREQ=MONTHLY;BYMONTHDAY=15,40",
            "FREQ=MONTHLY;BYMONTHDAY=-32",
            "FREQ=YEARLY;BYYEARDAY=367",
            "FREQ=YEARLY;BYYEARDAY=-367",
            "FREQ=YEARLY;BYWEEKNO=54",
            "FREQ=YEARLY;BYWEEKNO=-54",
            "FREQ=DAILY;COUNT=99999",
            "FREQ=DAILY;BYYEARDAY=1",
        ),
    ],
)
def test_what_is_not_a_rule_is_refused_by_name(rule: str) -> None:
    """The text is in the message, so that it can be found."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the text itself is looked for
        expected(rule, START, END)
    assert f"'{rule}'" in str(caught.value)


@pytest.mark.parametrize(
    ("days", "outcomes"),
    [
        ([], ["gemist"] * 3),
        (["01-15", "02-15", "03-15"], ["op_tijd"] * 3),  # on the due date itself
        (["01-01", "01-16", "02-16"], ["op_tijd"] * 3),  # on the first day of each window
        (["01-16"], ["gemist", "op_tijd", "gemist"]),  # one day late is the next window's
        (["01-16", "01-17"], ["te_laat", "op_tijd", "gemist"]),
        (["01-05", "01-06", "01-07"], ["op_tijd", "gemist", "gemist"]),  # too early makes up for nothing
        (["03-01", "03-02", "03-03"], ["te_laat", "te_laat", "op_tijd"]),
        (["03-16"], ["te_laat", "gemist", "gemist"]),  # after the last window
        (["03-16", "03-17", "03-18", "03-19"], ["te_laat"] * 3),
        (["02-01", "02-02", "03-16"], ["te_laat", "op_tijd", "te_laat"]),
    ],
)
def test_an_execution_meets_its_own_window_first(days: list[str], outcomes: list[str]) -> None:
    """Windows due on the 15th of January, February and March; only a surplus makes up for an earlier one."""
    windows = expected(MONTHLY, START, day("03-31"))
    assert [found.outcome for found in met(windows, [day(text) for text in reversed(days)])] == outcomes


def test_an_outcome_names_its_execution() -> None:
    """The first in the window; for a late one the first surplus."""
    found = met(expected(MONTHLY, START, day("03-31")), [day("02-03"), day("02-01"), day("02-02")])
    assert [one.done for one in found] == [day("02-02"), day("02-01"), None]


DAYS = st.lists(st.dates(dt.date(2023, 12, 1), dt.date(2025, 2, 1)), max_size=30)


@given(DAYS, st.sampled_from([rule_of(4), rule_of(12), MONTHLY, "FREQ=WEEKLY;INTERVAL=3"]))
@settings(max_examples=100, deadline=None)
def test_each_execution_counts_once_and_one_more_never_harms(days: list[dt.date], rule: str) -> None:
    """Each window has one outcome; a date more never makes one fewer met, in time or at all."""
    windows = expected(rule, START, END)
    found, fewer = met(windows, days), met(windows, days[1:])
    assert [one.window for one in found] == windows
    assert all((one.done is None) == (one.outcome == "gemist") for one in found)
    used = [one.done for one in found if one.done]
    assert all(used.count(one) <= days.count(one) for one in used)
    for good in (("op_tijd",), ("op_tijd", "te_laat")):
        assert sum(one.outcome in good for one in found) >= sum(one.outcome in good for one in fewer)


@given(st.sampled_from([1, 2, 3, 4, 5, 6, 7, 12, 26]), st.dates(dt.date(2020, 1, 1), dt.date(2025, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_windows_follow_each_other_without_gap(frequency: int, start: dt.date) -> None:
    """From the first day of the duty; of a calendar year there are as many as the frequency says."""
    windows = expected(rule_of(frequency), start, dt.date(2026, 12, 31))
    assert windows[0].start == start
    for before, after in pairwise(windows):
        assert after.start - before.due == dt.timedelta(days=1)
    assert sum(window.due.year == 2026 for window in windows) == frequency


def duty(kind: str = "terugkerend", **changes: Any) -> pd.DataFrame:
    """Return a table of one duty, four times a year."""
    row = {"meetpunt_code": "SD1.1", "volgnr": 1, "tijdschema_soort": kind, "tijdschema_jaar": UNKNOWN}
    row |= {"frequentie_per_jaar": 4.0 if kind == "terugkerend" else UNKNOWN, "herhaling": ""}
    return pd.DataFrame([row | changes])


def done(*days: str, quarter: str = "2024Q4", known: str = "2025-01-20", number: int = 1) -> pd.DataFrame:
    """Return executions of that duty."""
    rows = [("SD1.1", number, one, quarter, known) for one in days]
    frame = pd.DataFrame(rows, columns=["meetpunt_code", "volgnr", "datum", "kwartaal", "bekend_op"])
    return frame.astype({"datum": "datetime64[us]", "bekend_op": "datetime64[us]", "volgnr": int})


QUARTERS = ("2024-03-01", "2024-06-01", "2024-09-01", "2024-12-01")
AS_OF = dt.date(2025, 2, 14)


def status(duties: pd.DataFrame, executions: pd.DataFrame, as_of: dt.date = AS_OF, end: dt.date | None = None) -> Any:
    """Return the state of the one duty of a mandate since 2024."""
    return duty_status(duties, executions, START, as_of, end).iloc[0]


@pytest.mark.parametrize(
    ("days", "counts", "state"),
    [
        (QUARTERS, [4, 4, 0, 0, 0], "nagekomen"),
        (QUARTERS[:3], [4, 3, 0, 1, 0], "deels"),
        (("2024-05-01", "2024-05-02"), [4, 1, 1, 2, 0], "deels"),
        (("2025-01-05", "2025-01-06"), [4, 0, 1, 3, 0], "deels"),  # the first of these is for the window that runs
        (("2023-12-01",), [4, 0, 0, 4, 0], "niet_nagekomen"),  # before the mandate
        ((), [4, 0, 0, 0, 4], "onbekend"),
    ],
)
def test_the_state_of_a_recurring_duty(days: tuple[str, ...], counts: list[int], state: str) -> None:
    """Four windows in 2024, all delivered on: due, in time, late, missed, unknown. Nothing delivered is not: missed."""
    found = status(duty(), done(*days))
    assert found[["verwacht", *OUTCOMES, "niet_bekend"]].tolist() == counts
    assert found["stand"] == state
    assert found["volgende_termijn"] == pd.Timestamp("2025-03-31")


def test_what_nobody_could_report_yet_is_not_missed() -> None:
    """A duty of each month; what is due in January and February comes after the quarter that was delivered on."""
    monthly = duty(herhaling=MONTHLY)
    days = [f"2024-{month:02}-10" for month in range(1, 13)]
    found = status(monthly, done(*days))
    assert found[["verwacht", "op_tijd", "niet_bekend", "stand"]].tolist() == [13, 12, 1, "nagekomen"]
    assert found["bekend_tot"] == pd.Timestamp("2024-12-31")
    early = status(monthly, done(*days, "2025-01-10"))
    assert early[["verwacht", "op_tijd", "niet_bekend"]].tolist() == [13, 13, 0]


@pytest.mark.parametrize(
    ("quarter", "counts", "state"),
    [
        ("2024Q4", [1, 3, 0], "deels"),
        ("2024Q3", [1, 2, 1], "deels"),
        ("2024Q2", [1, 1, 2], "onbekend"),
        ("2024Q1", [1, 0, 3], "onbekend"),
    ],
)
def test_silence_is_unknown(quarter: str, counts: list[int], state: str) -> None:
    """In the report of 2024Q4: a delivery on that quarter or the one before counts, an older one does not."""
    found = status(duty(), done("2024-03-01", quarter=quarter))
    assert found[["op_tijd", "gemist", "niet_bekend"]].tolist() == counts
    assert found["stand"] == state


def test_other_duties_show_that_there_was_a_delivery() -> None:
    """This duty was reported in the second quarter only, another one in the fourth: the rest was missed."""
    reports = pd.concat([done("2024-03-01", quarter="2024Q2"), done("2024-12-01", number=2)])
    found = status(duty(), reports)
    assert found[["op_tijd", "gemist", "niet_bekend", "stand"]].tolist() == [1, 3, 0, "deels"]


def test_a_correction_replaces_the_dates_of_its_quarter() -> None:
    """Those of the duty that it names; another quarter stays, and one date twice is one execution."""
    reports = pd.concat(
        [
            done("2024-03-30", "2024-03-31", quarter="2024Q1", known="2024-04-10"),
            done("2024-04-02", quarter="2024Q1", known="2024-05-01"),
            done("2024-06-01", quarter="2024Q2", known="2024-07-10"),
            done("2024-06-01", "2024-12-01"),
        ]
    )
    found = status(duty(), reports)
    assert found[OUTCOMES_AND_LAST].tolist() == [2, 1, 1, pd.Timestamp("2024-12-01")]


OUTCOMES_AND_LAST = [*OUTCOMES, "laatste_uitvoering"]


def test_what_is_announced_is_not_done() -> None:
    """A date after the as-of date; one on that day is done."""
    found = status(duty(), done("2024-03-01", "2025-02-15"))
    assert found["laatste_uitvoering"] == pd.Timestamp("2024-03-01")
    assert status(duty(), done("2025-02-14"))["laatste_uitvoering"] == pd.Timestamp("2025-02-14")


def test_the_next_due_date_lies_ahead() -> None:
    """What is due today is due; the next one may be most of a year away."""
    assert status(duty(), done(), dt.date(2025, 3, 31))["volgende_termijn"] == pd.Timestamp("2025-06-30")
    yearly = status(duty(frequentie_per_jaar=1.0), done(), dt.date(2025, 1, 1))
    assert yearly["volgende_termijn"] == pd.Timestamp("2025-12-31")


@pytest.mark.parametrize(
    ("kind", "changes", "days", "as_of", "state"),
    [
        ("doorlopend", {}, ("2024-05-01",), AS_OF, "doorlopend"),
        ("gebonden", {}, ("2024-05-01",), AS_OF, "gebonden"),
        ("doorlopend", {"herhaling": MONTHLY}, ("2024-01-10",), AS_OF, "deels"),
        ("terugkerend", {"frequentie_per_jaar": UNKNOWN}, ("2024-05-01",), AS_OF, "onbekend"),
        ("terugkerend", {}, (), day("03-30"), "termijn_loopt"),
        ("terugkerend", {}, (), day("03-31"), "onbekend"),
        ("jaar", {"tijdschema_jaar": 2024.0}, (), day("12-30"), "termijn_loopt"),
        ("jaar", {"tijdschema_jaar": 2024.0}, (), AS_OF, "termijn_voorbij"),
        ("jaar", {"tijdschema_jaar": 2024.0}, ("2024-12-31",), AS_OF, "nagekomen"),
        ("jaar", {"tijdschema_jaar": 2024.0}, ("2025-01-01",), AS_OF, "deels"),
        ("jaar", {"tijdschema_jaar": 2030.0}, ("2024-12-31",), AS_OF, "nagekomen"),
        ("jaar", {"tijdschema_jaar": 2023.0}, (), AS_OF, "termijn_voorbij"),
        ("jaar", {}, ("2024-12-31",), AS_OF, "onbekend"),
        ("einde_mandaat", {}, (), AS_OF, "termijn_loopt"),
        ("einde_mandaat", {}, (), dt.date(2027, 1, 1), "termijn_voorbij"),
        ("einde_mandaat", {}, ("2024-05-01",), AS_OF, "nagekomen"),
    ],
)
def test_each_kind_of_timetable_has_its_states(
    kind: str, changes: dict[str, Any], days: tuple[str, ...], as_of: dt.date, state: str
) -> None:
    """Without a rhythm, bound to events, with a deadline ahead or past; the mandate ends with 2026."""
    found = status(duty(kind, **changes), done(*days), as_of, dt.date(2026, 12, 31))
    assert found["stand"] == state
    assert state in STATES
    assert found[[*OUTCOMES, "niet_bekend"]].sum() == found["verwacht"]


def test_without_the_end_of_the_mandate_its_deadline_is_unknown() -> None:
    """What is bound to it has no date."""
    found = status(duty("einde_mandaat"), done())
    assert found["stand"] == "onbekend"
    assert pd.isna(found["volgende_termijn"])


def test_after_the_mandate_nothing_is_due() -> None:
    """The windows end with it."""
    found = status(duty(), done(*QUARTERS), end=day("11-30"))
    assert found["verwacht"] == 3
    assert pd.isna(found["volgende_termijn"])


def test_a_deadline_that_was_met_early_is_met_however_long_ago_it_was_reported() -> None:
    """It does not have to be reported again."""
    found = status(duty("jaar", tijdschema_jaar=2024.0), done("2024-02-01", quarter="2024Q1"), dt.date(2026, 2, 14))
    assert found["stand"] == "nagekomen"


def test_a_wrong_rule_is_refused() -> None:
    """In the table too."""
    with pytest.raises(ValueError, match="'elke maand'"):
        status(duty(herhaling="elke maand"), done())


def test_each_duty_has_its_own_executions() -> None:
    """By code and number, in the order of the plan; a table without rules makes them of the frequency."""
    duties = pd.concat([duty(), duty(volgnr=2)]).drop(columns="herhaling")
    found = duty_status(duties, done(*QUARTERS, number=2), START, AS_OF)
    assert found["stand"].tolist() == ["onbekend", "nagekomen"]
    assert found["herhaling"].tolist() == [rule_of(4)] * 2


def test_unknown_fields_may_be_of_any_kind() -> None:
    """The table of the plan has whole numbers that may be missing, and texts that may be."""
    table = duty("jaar", tijdschema_jaar=2025, frequentie_per_jaar=None, herhaling=None)
    table = pd.concat([table, duty(tijdschema_jaar=None)]).astype({"tijdschema_jaar": "Int64", "herhaling": "str"})
    found = duty_status(table, done(*QUARTERS), START, AS_OF)
    assert found["volgende_termijn"].tolist() == [pd.Timestamp("2025-12-31"), pd.Timestamp("2025-03-31")]


def test_empty_tables_have_all_columns() -> None:
    """Without duties, and without a delivery."""
    assert duty_status(duty().iloc[:0], done(*QUARTERS), START, AS_OF).columns.tolist() == list(COLUMNS)
    found = status(duty(), done())
    assert found["stand"] == "onbekend"
    assert pd.isna(found["bekend_tot"])
