"""Every title is a message, true for the data at hand: up, down, flat, unknown, and what lies between."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.language import Words
from analysis.views.krachtlijnen.events import recent_title
from analysis.views.krachtlijnen.register import evidence_age
from analysis.views.krachtlijnen.status import silent_objectives
from analysis.views.krachtlijnen.timeline import course_of_events
from analysis.views.omgeving.challenges import challenge_title
from analysis.views.omgeving.lines import course_title
from analysis.views.omgeving.movements import movement_title
from analysis.views.omgeving.targets import targets_title
from analysis.views.swot.groups import answers_title
from analysis.views.swot.tables import items_title

NL, FR = Words("nl"), Words("fr")
NAN = float("nan")


def plain(text: str) -> str:
    """Return a title with ordinary spaces."""
    return text.replace("\u00a0", " ")


# --- omgeving: the course of one indicator ---


def course_row(earlier: float, value: float, *, season: bool = False) -> pd.Series:
    """Return a latest yearly figure of 2024 with the one of 2023 before it (NaN: none)."""
    return pd.Series(
        {
            "waarde": value,
            "vorige_waarde": earlier,
            "verandering": value - earlier,
            "eenheid": "% bevolking",
            "periode_soort": "jaar",
            "seizoen": season,
            "periode_van": pd.Timestamp("2024-01-01"),
            "periode_tot": pd.Timestamp("2024-12-31"),
            "vorige_van": pd.Timestamp("2023-01-01"),
            "vorige_tot": pd.Timestamp("2023-12-31"),
        }
    )


@pytest.mark.parametrize(
    ("row", "nl", "fr"),
    [
        (course_row(8, 9.5), "De graad steeg van 8,0 % (2023) tot 9,5 % (2024)", "Le taux est monté de 8,0 % (2023) à"),
        (course_row(8, 6), "De graad daalde van 8,0 % (2023) tot 6,0 % (2024)", "Le taux est descendu de 8,0 % (2023)"),
        (course_row(8, 8), "De graad bleef op 8,0 % (2023 en 2024)", "Le taux est resté à 8,0 % (2023 et 2024)"),
        (course_row(NAN, 8), "De graad bedroeg 8,0 % (2024)", "Le taux était de 8,0 % (2024)"),
        (course_row(7, 8, season=True), "De graad bedroeg 8,0 % (2024)", "Le taux était de 8,0 % (2024)"),
    ],
    ids=["up", "down", "flat", "nothing before", "other season"],
)
def test_a_course_says_where_it_went(row: pd.Series, nl: str, fr: str) -> None:
    """From where to where, or only where it stands; another season is no movement."""
    assert plain(course_title(NL, "De graad", row, NAN, 1)) == nl
    assert plain(course_title(FR, "Le taux", row, NAN, 1)).startswith(fr)


def test_a_course_names_belgium_where_it_is_known() -> None:
    """Belgium stands beside it only for the same period; without a figure it is not named."""
    assert plain(course_title(NL, "De graad", course_row(8, 9), 5.5, 1)).endswith("; België: 5,5 %")
    assert "België" not in course_title(NL, "De graad", course_row(8, 9), NAN, 1)


# --- omgeving: indicators and targets ---


def judged(*verdicts: str, label: str = "Afval") -> pd.DataFrame:
    """Return one indicator per verdict; 'onbekend' has no figure."""
    return pd.DataFrame(
        {
            "label": [f"{label} {number}" for number, _ in enumerate(verdicts, 1)],
            "waarde": [NAN if verdict == "onbekend" else 1.0 for verdict in verdicts],
            "oordeel": ["geen" if verdict == "onbekend" else verdict for verdict in verdicts],
        }
    )


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (judged("slecht", "geen"), "Slechter: afval 1; geen oordeel over 1 van de 2"),
        (judged("goed", "slecht"), "Slechter: afval 2; beter: afval 1"),
        (judged("gelijk", "geen"), "Gelijk: afval 1; geen oordeel over 1 van de 2"),
        (judged("slecht", "slecht"), "Alle 2 indicatoren gaan achteruit"),
        (judged("goed", "goed"), "Alle 2 indicatoren gaan vooruit"),
        (judged("gelijk", "gelijk"), "Geen van de 2 indicatoren veranderde"),
        (judged("geen", "onbekend"), "Van geen van de 2 indicatoren is te zeggen of het beter of slechter gaat"),
        (judged("geen"), "Van de enige indicator is niet te zeggen of het beter of slechter gaat"),
        (judged("onbekend", "onbekend"), "Over deze uitdaging is nog geen enkel cijfer bekend"),
        (
            judged("goed", "slecht", "geen", label="Een heel lange naam " * 4),
            "1 indicator gaat achteruit; 1 indicator gaat vooruit; geen oordeel over 1 van de 3",
        ),
    ],
    ids=["worse", "both", "flat", "all worse", "all better", "all flat", "no verdict", "only one", "unknown", "long"],
)
def test_a_challenge_says_what_got_worse_and_what_better(rows: pd.DataFrame, title: str) -> None:
    """By name where that is short, else by number; what nobody can judge is said."""
    assert challenge_title(NL, rows) == title


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (judged("goed", "slecht", "geen"), "Van 3 indicatoren gaat er 1 de goede kant op, 1 de verkeerde kant"),
        (judged("slecht", "slecht"), "Van 2 indicatoren gaan er 0 de goede kant op, 2 de verkeerde kant"),
        (judged("onbekend"), "geen enkel"),
    ],
    ids=["both", "only worse", "unknown"],
)
def test_all_indicators_together_are_counted(rows: pd.DataFrame, title: str) -> None:
    """Good and bad as they are; without any figure there is nothing to count."""
    assert title in movement_title(NL, rows)


@pytest.mark.parametrize(
    ("stands", "title"),
    [
        (["nog_niet", "onbekend"], "Van geen van de 2 officiële doelen is bekend dat het bereikt is"),
        (["bereikt", "niet_bereikt"], "1 van de 2 officiële doelen is bereikt: 1 niet bereikt in het doeljaar"),
        (["bereikt", "bereikt", "nog_niet"], "2 van de 3 officiële doelen zijn bereikt: 1 nog niet bereikt"),
        (["bereikt", "bereikt"], "Alle 2 officiële doelen zijn bereikt"),
        (["onbekend"], "Van het enige officiële doel is niet bekend dat het bereikt is: 1 onbekend"),
    ],
    ids=["none", "one", "some", "all", "unknown"],
)
def test_targets_say_how_many_are_reached(stands: list[str], title: str) -> None:
    """An unknown target is not called missed, nor reached."""
    assert targets_title(NL, stands).startswith(title)


# --- krachtlijnen ---


@pytest.mark.parametrize(
    ("years", "title"),
    [
        ([2021, 2021, 2024, 2025], "2021 telt de meeste openbare gebeurtenissen (2 van de 4); 2025 telt er 1"),
        ([2021, 2021, 2024], "2021 telt de meeste openbare gebeurtenissen (2 van de 3); uit 2025 is er geen bekend"),
        ([2024, 2025, 2025], "2025 telt de meeste openbare gebeurtenissen (2 van de 3)"),
        ([2021, 2022], "2021 en 2022 tellen de meeste openbare gebeurtenissen (elk 1 van de 2); uit 2025 is er geen"),
        ([2025], "2025 telt de meeste openbare gebeurtenissen (1 van de 1)"),
    ],
    ids=["fewer now", "none now", "most now", "tie", "one"],
)
def test_the_time_line_says_when_most_was_heard(years: list[int], title: str) -> None:
    """The year with most events, beside the report's own."""
    assert course_of_events(NL, years, 2025).startswith(title)
    assert course_of_events(FR, years, 2025)


@pytest.mark.parametrize(
    ("certainties", "title"),
    [
        (["hoog", "laag"], "2 openbare gebeurtenissen in de laatste vier kwartalen, 1 met hoge zekerheid"),
        (["laag", "laag"], "2 openbare gebeurtenissen in de laatste vier kwartalen, geen enkele met hoge zekerheid"),
        (["hoog", "hoog"], "2 openbare gebeurtenissen in de laatste vier kwartalen, allemaal met hoge zekerheid"),
        ([], "Er is geen openbare gebeurtenis bekend die zeker in de laatste vier kwartalen viel"),
    ],
    ids=["some", "none", "all", "no event"],
)
def test_the_last_year_says_how_sure_its_events_are(certainties: list[str], title: str) -> None:
    """None, some or all of high certainty; nothing known is said as such."""
    assert recent_title(NL, certainties) == title


def evidence(*days: int | None) -> pd.DataFrame:
    """Return one action per age of its youngest evidence in days; None has none."""
    return pd.DataFrame({"bewijzen": [int(age is not None) for age in days], "leeftijd_dagen": days}, dtype=float)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (evidence(10, None), "hoogstens twee jaar geleden"),
        (evidence(10, 2000, None), "bij 1 is de jongste meer dan twee jaar oud"),
    ],
    ids=["young", "old"],
)
def test_the_register_says_how_old_its_evidence_is(rows: pd.DataFrame, title: str) -> None:
    """Actions without evidence are not counted as old."""
    assert title in evidence_age(SimpleNamespace(words=NL), rows)  # type: ignore[arg-type]


def test_objectives_without_any_trace_are_named() -> None:
    """One of two is silent: named; none silent: how old the evidence is."""
    rows = pd.DataFrame(
        {"doelstelling_code": ["1.1", "1.2"], "acties": [2, 3], "geen_spoor": [2, 1], "leeftijd_dagen": [None, 2000]}
    )
    report = SimpleNamespace(words=NL)
    assert silent_objectives(report, rows).endswith(": 1.1")  # type: ignore[arg-type]
    assert "bij 1 van de 1" in silent_objectives(report, rows[1:])  # type: ignore[arg-type]


# --- SWOT ---


@pytest.mark.parametrize(
    ("answered", "weak", "title"),
    [
        (8, 3, "8 van de 9 items krijgen een antwoord in het plan; bij 3 daarvan toont minder dan de helft"),
        (8, 0, "8 van de 9 items krijgen een antwoord in het plan; bij elk daarvan toont minstens de helft"),
        (8, 8, "8 van de 9 items krijgen een antwoord in het plan; bij geen enkel daarvan toont de helft"),
        (0, 0, "Het plan beantwoordt geen van de 9 items van de SWOT"),
    ],
    ids=["some weak", "none weak", "all weak", "no answer"],
)
def test_the_swot_says_how_many_items_are_answered(answered: int, weak: int, title: str) -> None:
    """With an answer, and with an answer that makes progress, are two things."""
    assert answers_title(NL, 9, answered, weak).startswith(title)


def answers(*progress: tuple[int, int]) -> pd.DataFrame:
    """Return one answered item per pair of actions with progress and actions in all."""
    return pd.DataFrame(
        {
            "swot_code": [f"S{number}" for number, _ in enumerate(progress, 1)],
            "beantwoord": True,
            "vooruit": [some for some, _ in progress],
            "acties": [every for _, every in progress],
        }
    )


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (answers((1, 4), (3, 4)), "Meeste openbare voortgang bij S2 (75 % van de acties), minste bij S1 (25 %)"),
        (answers((0, 4), (0, 2), (1, 2)), "Meeste openbare voortgang bij S3 (50 % van de acties), minste bij S1 en S2"),
        (answers(*[(0, 2)] * 4, (1, 2)), "minste bij 4 items (0 %)"),
        (answers((1, 2), (2, 4)), "Bij elk beantwoord item toont 50 % van de acties openbare voortgang"),
        (answers((0, 2), (0, 4)), "Bij geen enkel item van de SWOT toont een actie openbare voortgang"),
    ],
    ids=["apart", "tie", "many", "alike", "nothing"],
)
def test_the_items_say_where_most_and_least_happens(found: pd.DataFrame, title: str) -> None:
    """Named where they are few; a plan of which nothing is known shows no winner."""
    assert title in plain(items_title(NL, found))
