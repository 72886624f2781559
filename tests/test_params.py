"""Parameter files: typed and strict, each fault named by file and key before anything runs."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.errors import KrachtlijnError
from analysis.params import known_plans, settle
from analysis.paths import Project

TODAY = dt.date(2026, 11, 22)


def write(project: Project, name: str, text: str) -> None:
    """Replace a parameter file."""
    (project.params / name).write_text(text, encoding="utf-8")


def test_every_quarter_of_the_plan_has_its_file(project: Project) -> None:
    """2021Q3 to 2026Q3 settle, each looking at the world 45 days after its end."""
    names = sorted(path.stem for path in project.params.glob("2*.yaml"))
    assert (names[0], names[-1], len(names)) == ("2021Q3", "2026Q3", 21)
    for name in names:
        run = settle(project, name, today=TODAY)
        assert run.as_of == run.quarter.end + dt.timedelta(days=45)
        assert not run.provisional


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            "quarter: 2026Q3\nquartr: 1\n",
            "quartr",
            "allowed keys: quarter, as_of, plan, languages, publication_lag_days",
        ),
        ("quarter: 2026Q3\nlanguages: [nl, de]\n", "languages", "a list out of: nl, fr"),
        ("quarter: 2026Q3\nlanguages: []\n", "languages", "a list out of: nl, fr"),
        ("quarter: 2026Q3\nplan: gob\n", "plan", "gob-2021-2026, actiris-mandaat"),
        ("quarter: 2026Q3\nas_of: 14/11/2026\n", "as_of", "a date such as 2026-11-14"),
        ("quarter: 2026Q3\nas_of: 45\n", "as_of", "a date such as 2026-11-14"),
        ("quarter: 2026Q3\npublication_lag_days: '45'\n", "publication_lag_days", "a whole number"),
        ("quarter: 2026-Q3\n", "quarter", "write it as 2026Q3"),
        ("quarter: 2026Q2\n", "quarter", "write 'quarter: 2026Q3'"),
    ],
)
def test_a_wrong_key_or_value_names_file_key_and_what_is_allowed(
    sandbox: Project, text: str, key: str, allowed: str
) -> None:
    """The message points at the file and the key, and says what may stand there."""
    write(sandbox, "2026Q3.yaml", text)
    with pytest.raises(KrachtlijnError) as fault:
        settle(sandbox, "2026Q3", today=TODAY)
    assert "params/2026Q3.yaml" in fault.value.where
    assert f"'{key}'" in fault.value.where
    assert allowed in fault.value.do


def test_a_key_that_stands_twice_is_refused_with_its_line(sandbox: Project) -> None:
    """YAML would silently keep the last one."""
    write(sandbox, "2026Q3.yaml", "quarter: 2026Q3\nplan: gob-2021-2026\nplan: actiris-mandaat\n")
    with pytest.raises(KrachtlijnError, match="YAML") as fault:
        settle(sandbox, "2026Q3", today=TODAY)
    assert fault.value.where == "params/2026Q3.yaml, line 3"


@pytest.mark.parametrize("text", ["", "- 2026Q3\n", "quarter: [2026Q3\n"])
def test_a_file_that_is_no_list_of_keys_is_refused(sandbox: Project, text: str) -> None:
    """Empty, a list, or broken YAML: one message with the file."""
    write(sandbox, "2026Q3.yaml", text)
    with pytest.raises(KrachtlijnError) as fault:
        settle(sandbox, "2026Q3", today=TODAY)
    assert fault.value.where.startswith("params/2026Q3.yaml")


def test_a_quarter_without_a_file_says_which_there_are(project: Project) -> None:
    """The message names the span of known quarters and how to add one."""
    with pytest.raises(KrachtlijnError, match="no parameters for 2031Q1") as fault:
        settle(project, "2031Q1", today=TODAY)
    assert "2021Q3 to 2026Q3" in fault.value.why


def test_a_quarter_that_is_not_over_needs_an_as_of_date(sandbox: Project) -> None:
    """Without the date it fails; with it the report is provisional."""
    write(sandbox, "2026Q4.yaml", "quarter: 2026Q4\n")
    with pytest.raises(KrachtlijnError, match="not over yet"):
        settle(sandbox, "2026Q4", today=TODAY)
    run = settle(sandbox, "2026Q4", today=TODAY, as_of="2026-11-20")
    assert run.provisional
    assert run.as_of == dt.date(2026, 11, 20)


def test_a_report_before_its_as_of_date_is_provisional(project: Project) -> None:
    """Facts may still come in between the end of the quarter and its as-of date."""
    assert settle(project, "2026Q3", today=dt.date(2026, 10, 15)).provisional
    assert not settle(project, "2026Q3", today=dt.date(2026, 11, 14)).provisional


@pytest.mark.parametrize("as_of", ["2026-12-01", "2026-06-30"])
def test_an_as_of_date_in_the_future_or_before_the_quarter_is_refused(sandbox: Project, as_of: str) -> None:
    """No report can know the future, or look back from before its quarter."""
    write(sandbox, "2026Q4.yaml", "quarter: 2026Q4\n")
    with pytest.raises(KrachtlijnError, match="as-of date"):
        settle(sandbox, "2026Q4", today=TODAY, as_of=as_of)


def test_a_quarter_that_is_over_waits_no_longer_than_its_usual_lag(project: Project) -> None:
    """A later as-of date than today is the usual one at most; nobody can ask what will be known after that."""
    today = dt.date(2026, 10, 20)
    assert settle(project, "2026Q3", today=today).provisional
    assert settle(project, "2026Q3", today=today, as_of="2026-11-14").provisional
    with pytest.raises(KrachtlijnError, match="lies in the future"):
        settle(project, "2026Q3", today=today, as_of="2026-11-15")


def test_the_plans_come_from_the_data(project: Project) -> None:
    """Three plans are registered; the parameters accept exactly those."""
    assert known_plans(project) == ["gob-2021-2026", "actiris-mandaat", "hr-begeleiding-2018"]
