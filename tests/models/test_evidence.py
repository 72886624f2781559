"""One status per action, out of its public events."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from analysis.models.evidence import STATUSES, action_status, events_until, standing_delay

AS_OF = dt.date(2026, 11, 14)
NO_REFORM = pd.DataFrame(columns=["actie_code", "datum", "bewijs_bron_id"])


def events(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Build events of action 1.1.1 out of first day, last day, kind and effect."""
    table = pd.DataFrame(rows, columns=["datum_van", "datum_tot", "soort", "effect_op_voortgang"])
    return table.assign(
        actie_code="1.1.1",
        datum=table["datum_van"],
        datum_soort=["dag" if first == last else "jaar" for first, last, *_ in rows],
        datum_van=pd.to_datetime(table["datum_van"]),
        datum_tot=pd.to_datetime(table["datum_tot"]),
        zekerheid="hoog",
        bron_id="bron",
    )


def status_of(evidence: pd.DataFrame, takeovers: pd.DataFrame = NO_REFORM) -> pd.Series:
    """Return what is found of action 1.1.1."""
    actions = pd.DataFrame({"actie_code": ["1.1.1"], "doelstelling_code": ["1.1"]})
    return action_status(actions, evidence, takeovers, AS_OF).iloc[0]


START = ("2022-01-01", "2022-01-01", "start", "gestart")
RUNS = ("2023-01-01", "2023-01-01", "mijlpaal", "loopt")
LATE = ("2024-01-01", "2024-01-01", "vertraging", "loopt")
DONE = ("2025-01-01", "2025-01-01", "afgerond", "voltooid")
CONTEXT = ("2025-06-01", "2025-06-01", "context", "onbekend")


@pytest.mark.parametrize(
    ("rows", "status", "rule"),
    [
        ([], "geen_spoor", "geen_bewijs"),
        ([CONTEXT], "geen_spoor", "enkel_context"),
        ([START], "gestart", "gestart"),
        ([START, RUNS], "loopt", "loopt"),
        ([("2023-01-01", "2023-01-01", "mijlpaal", "grotendeels")], "loopt", "grotendeels"),
        ([START, RUNS, LATE], "vertraagd", "vertraagd"),
        ([START, LATE, CONTEXT], "vertraagd", "vertraagd"),
        ([LATE, DONE], "voltooid", "voltooid"),
    ],
)
def test_the_first_rule_that_applies_gives_the_status(rows: list, status: str, rule: str) -> None:
    """Completed goes before late, late before running; context never changes a status."""
    found = status_of(events(*rows))
    assert (found["status"], found["regel"]) == (status, rule)
    assert status in STATUSES


def test_a_reform_takes_over_what_is_not_completed() -> None:
    """The link names one event; an action that was completed stays completed."""
    link = pd.DataFrame({"actie_code": ["1.1.1"], "datum": ["2025-06-01"], "bewijs_bron_id": ["bron"]})
    assert status_of(events(RUNS, LATE, CONTEXT), link)["status"] == "overgenomen"
    assert status_of(events(DONE, CONTEXT), link)["status"] == "voltooid"


def test_in_doubt_a_delay_stands() -> None:
    """A milestone that is dated by year only may have come before the delay of that year."""
    year_only = ("2024-01-01", "2024-12-31", "mijlpaal", "loopt")
    late = ("2024-04-12", "2024-04-12", "vertraging", "loopt")
    after = ("2024-05-01", "2024-05-01", "mijlpaal", "loopt")
    assert status_of(events(late, year_only))["status"] == "vertraagd"
    assert status_of(events(late, after))["status"] == "loopt"


def test_a_delay_stands_since_the_last_progress() -> None:
    """Of three delays, the one that progress followed no longer counts."""
    later = ("2024-06-01", "2024-06-01", "vertraging", "loopt")
    early = ("2022-06-01", "2022-06-01", "vertraging", "loopt")
    known = events_until(events(early, RUNS, LATE, later), NO_REFORM, AS_OF)
    assert standing_delay(known)["datum"].tolist() == ["2024-01-01", "2024-06-01"]


def test_an_event_after_the_as_of_date_does_not_count() -> None:
    """Even when it was announced before."""
    assert status_of(events(START, ("2026-11-15", "2026-11-15", "afgerond", "voltooid")))["status"] == "gestart"


def test_the_age_of_evidence_is_never_overstated() -> None:
    """It counts from the last day of a date that is a year; a year that still runs has age nought."""
    assert status_of(events(("2025-01-01", "2025-12-31", "start", "gestart")))["leeftijd_dagen"] == 318
    assert status_of(events(("2026-01-01", "2026-12-31", "start", "gestart")))["leeftijd_dagen"] == 0


def test_silence_has_no_certainty() -> None:
    """No event decided, so there is nothing to be certain of; the youngest evidence is still dated."""
    found = status_of(events(CONTEXT))
    assert found["zekerheid"] == ""
    assert (found["laatste_van"], found["laatste_soort"]) == (pd.Timestamp("2025-06-01"), "dag")


def test_a_plan_without_actions_gives_an_empty_table() -> None:
    """With all its columns, so that nothing after it fails."""
    none = pd.DataFrame(columns=["actie_code", "doelstelling_code"])
    assert "status" in action_status(none, events(START), NO_REFORM, AS_OF)


@pytest.mark.parametrize("effect", ["gestart", "loopt", "grotendeels", "voltooid"])
def test_context_alone_carries_no_status_whatever_it_suggests(effect: str) -> None:
    """An event around an action says nothing of the action itself; beside a milestone it changes nothing."""
    context = ("2024-01-01", "2024-01-01", "context", effect)
    assert status_of(events(context))[["status", "regel"]].tolist() == ["geen_spoor", "enkel_context"]
    start = ("2022-01-01", "2022-01-01", "start", "gestart")
    assert status_of(events(start, context))["status"] == "gestart"
