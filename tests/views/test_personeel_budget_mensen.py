"""The delivered staff in the chapter on people and money: absent without deliveries, and right where there are some."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from analysis.language import Words
from analysis.models import absence
from analysis.paths import Project
from analysis.quarter import Quarter
from analysis.views import Report, personeel_budget
from analysis.views.personeel_budget import beweging, leeftijd, pensioen, verzuim, woonplaats

VIEWS = ("movement", "composition", "ages", "retirements")
RAW = re.compile(r"\{|\bnan\b|NaT|None|\d\.0\b")
NL = Words("nl")


def plain(text: str) -> str:
    """Return a text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_delivered_is_nothing_shown(project: Project, name: str) -> None:
    """An absent figure leaves the report, and its section with it."""
    assert getattr(personeel_budget, name)(Report("2026Q3", "nl", project=project)).kind == "absent"


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("quarter", ["2021Q3", "2023Q4", "2026Q3"])
def test_every_figure_stands_and_says_that_it_is_made_up(examples: Project, quarter: str, language: str) -> None:
    """From the first delivery on; a first one alone has no signal and no turnover yet."""
    report = Report(quarter, language, deliveries="examples", project=examples)
    for name in VIEWS:
        figure = getattr(personeel_budget, name)(report)
        assert figure.kind in ("chart", "table")
        assert 0 < len(figure.title) <= 140
        assert figure.notes[0].startswith(("Fictief", "Fictif"))
        carried = json.dumps(
            [figure.title, figure.subtitle, figure.alt, figure.notes, figure.sentences, figure.grid.rows]
        )
        assert not RAW.search(carried.encode().decode("unicode_escape").replace("null", ""))


def test_the_shift_that_the_examples_hold_is_found(examples: Project) -> None:
    """Twice as many leave from the second quarter of 2025 on: found five quarters later, and not before."""
    late = personeel_budget.movement(Report("2026Q3", "nl", deliveries="examples", project=examples))
    assert "meer uitstroom dan gewoonlijk sinds het" in plain(late.title).lower()
    early = personeel_budget.movement(Report("2024Q4", "nl", deliveries="examples", project=examples))
    assert "meer uitstroom" not in plain(early.title).lower()


def test_what_is_held_back_is_told_and_not_shown(examples: Project) -> None:
    """Level E has fewer than five people; level D would give it away."""
    figure = personeel_budget.composition(Report("2026Q3", "nl", deliveries="examples", project=examples))
    rows = {row[0]: row[1:] for row in figure.grid.rows}
    assert rows["niveau D"] == rows["niveau E"] == ("achtergehouden", "–", "–", "–")
    people, full_time, share, _ = (cell.replace(".", "").replace(",", ".") for cell in rows["samen"])
    assert share == "100.0"
    assert 0.8 * float(people) < float(full_time) < float(people)
    assert any("2 cijfers zijn achtergehouden" in note for note in figure.notes)


def test_absence_stands_beside_what_is_measured_alike_only(examples: Project) -> None:
    """The delivered rate and the federal one are days of 100 working days; all others are not comparable."""
    figure = personeel_budget.absence_elsewhere(Report("2026Q3", "nl", deliveries="examples", project=examples))
    groups = list(figure.grid.groups.values())
    assert groups[0].startswith("Geleverd")
    assert "dezelfde maat" in groups[1]
    assert all(text.endswith("niet vergelijkbaar") for text in groups[2:])
    assert not figure.reference


@pytest.mark.parametrize(
    ("signs", "share", "title"),
    [
        ({}, float("nan"), "Instroom, uitstroom en ziekte: tot nu toe geen signaal"),
        (
            {},
            5.0,
            "In vier kwartalen vertrokken 50 mensen, 5,0 % van het personeel; geen enkele reeks toont een signaal",
        ),
        (
            {"uitstroom": ("hoger", "vierde kwartaal 2025"), "verzuim": ("lager", "eerste kwartaal 2026")},
            5.0,
            "Meer uitstroom dan gewoonlijk sinds het vierde kwartaal 2025; minder ziekteverzuim dan gewoonlijk sinds",
        ),
        (
            {"instroom": ("lager", "eerste kwartaal 2026")},
            float("nan"),
            "Minder instroom dan gewoonlijk sinds het eerste",
        ),
    ],
)
def test_the_title_names_each_signal(signs: dict[str, tuple[str, str]], share: float, title: str) -> None:
    """Signals first, then who left in a year; nothing is called usual before it can be known."""
    turnover = pd.Series({"verloop": share, "vertrokken": 50.0})
    assert plain(beweging.movement_title(NL, signs, turnover)).startswith(title)


def test_ages_by_title() -> None:
    """30 + 10 of 200 are 55 or older: 20 %. Where one of those bands is held back, the share is not given."""
    bands = {"45-49": 160.0, "55-59": 30.0, "60-64": 10.0}
    known = leeftijd.Ages(Quarter(2026, 3), bands, [], 200.0)
    assert plain(leeftijd.age_title(NL, known)).startswith(
        "20,0 % van het personeel (40) is 55 of ouder; 45 tot 49 jaar"
    )
    hidden = known._replace(held=["65_plus"])
    assert leeftijd.age_title(NL, hidden) == "45 tot 49 jaar is de grootste leeftijdsgroep: 160 personen"


def test_retirements_by_title() -> None:
    """The fifth year ahead, with its bounds; the share is that of the middle."""
    rows = pd.DataFrame({"jaar": range(2027, 2037), "onder": 5.0, "midden": 20.0, "boven": 40.0})
    said = plain(pensioen.retirement_title(NL, rows, 200.0))
    assert said == (
        "Tegen eind 2031 bereiken ongeveer 20 mensen (5 tot 40) de wettelijke pensioenleeftijd, 10 % van het personeel"
    )
    assert "%" not in pensioen.retirement_title(NL, rows, float("nan"))


def test_absence_by_title() -> None:
    """The own rate first; beside it the last one of the same measure, or that there is none."""
    own = {"kwartaal": "derde kwartaal 2026", "waarde": 6.61}
    rows = pd.DataFrame({"entiteit": ["FED", "VL"], "maat": [absence.WORKING, absence.AVAILABLE], "jaar": [2023, 2020]})
    said = plain(verzuim.own_title(NL, own, rows.assign(waarde=[6.71, 7.54])))
    assert said.endswith("volgens dezelfde maat federale overheid 6,7 % in 2023")
    alone = verzuim.own_title(NL, own, rows.assign(waarde=[6.71, 7.54]).iloc[1:])
    assert alone.endswith("geen andere werkgever met dezelfde maat gevonden")


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ([44.0, 45.2], "45,2 % van het personeel woonde in het Gewest (2020), 1,2 procentpunt meer dan op 2019"),
        ([45.2, 44.0], "1,2 procentpunt minder"),
        ([45.21, 45.2], "evenveel als"),
        ([45.2], "45,2 % van het personeel woonde in het Gewest (2020)"),
        ([], "Waar het personeel woont, is niet gevonden"),
    ],
)
def test_residence_by_title(values: list[float], title: str) -> None:
    """More, less, the same, one year, none."""
    years = [2021 - len(values) + n for n in range(len(values))]
    own = pd.DataFrame({"waarde": values, "jaar": years, "vroeger": False, "periode": [str(year) for year in years]})
    days = pd.to_datetime([f"{year}-12-31" for year in years])
    starts = pd.to_datetime([f"{year}-01-01" for year in years])
    own = own.assign(periode_tot=days, periode_van=starts, periode_soort="jaar")
    assert title in plain(woonplaats.residence_title(NL, own))
