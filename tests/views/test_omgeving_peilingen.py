"""Panels and public surveys in the chapter on the environment: figures by hand, and sentences that count right."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from analysis.build import drawing, figures
from analysis.figure import Figure
from analysis.language import Words
from analysis.models.panels import between, shares, since
from analysis.models.surveys import surveys
from analysis.paths import Project
from analysis.views import Report, omgeving
from analysis.views.omgeving import data, peilingen_beeld
from analysis.views.omgeving.bevragingen import how_many, surveys_title
from analysis.views.omgeving.peilingen import cell_of_test, panels_title
from tests.views.by_hand import EARLY, LATE, at

pytestmark = pytest.mark.xdist_group("omgeving-peilingen")
NL, FR = Words("nl"), Words("fr")
NAN = float("nan")


def plain(text: str) -> str:
    """A text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def figures_of(figure: Figure) -> list[str]:
    """The rows of a table below the headings of their groups, without the second column: what is counted."""
    assert figure.grid is not None
    lines = []
    for number, row in enumerate(figure.grid.rows):
        lines += [f"# {figure.grid.groups[number]}"] if number in figure.grid.groups else []
        lines.append(" | ".join((row[0].partition(" (")[0], *row[1:])))
    return [plain(line) for line in lines]


# --- public surveys ---------------------------------------------------------------------------------------------------

#: Written out from data/raw/omgeving by eye; the answers needed were reckoned apart, with the formula on paper.
BY_HAND = """
    26: # Veldwerk december 2023 tot april 2024, % van de ondervraagden
    26: Verwachte toegang tot begrotingscijfers | 36,0 | 23,6 | 23,0 | 24,7 | +11,3 | 260
    26: Vertrouwen in de rechters | 71,2 | 54,0 | 65,4 | 59,4 | +11,7 | 260
    26: Lokaal bestuur houdt rekening met burgers | 36,1 | 22,9 | 26,2 | 25,4 | +10,7 | 300
    26: Deelname aan een openbare raadpleging | 30,3 | 22,4 | 16,2 | 21,3 | +9,0 | 380
    26: Corruptiebestrijding is doeltreffend | 28,8 | 23,0 | 16,2 | 21,5 | +7,4 | 550
    26: Corruptie vermoed bij het nationale bestuur | 21,6 | 12,8 | 17,4 | 15,2 | +6,4 | 580
    26: Inspraak bij het lokale bestuur is mogelijk | 66,5 | 54,6 | 65,0 | 59,2 | +7,4 | 670
    26: Corruptie vermoed bij het lokale bestuur | 20,2 | 12,2 | 18,6 | 15,1 | +5,2 | 860
    26: Overheid werkt samen met het middenveld | 47,7 | 43,9 | 40,2 | 43,2 | +4,5 | 1.920
    26: Lokaal bestuur behandelt klachten doeltreffend | 49,0 | 46,6 | 39,7 | 44,7 | +4,3 | 2.110
    26: Lokale informatie is begrijpelijk | 52,4 | 57,0 | 51,9 | 54,9 | −2,5 | 6.250
    26: Vertrouwen in de politie | 70,8 | 67,4 | 72,1 | 69,2 | +1,5 | 14.460
    26: Lokale informatie is online vindbaar | 64,4 | 64,8 | 59,5 | 63,1 | +1,3 | 22.860
    26: Lokaal bestuur informeert over rechten | 48,2 | 50,5 | 43,7 | 48,1 | +0,1 | meer dan 100.000
    26: # Cijfer over 2023, score op 10
    26: Tevredenheid over de MIVB | 7,3 | – | – | – | – | –
    # Cijfer over 2021, % van de bevolking
    26: Vertrouwen in instellingen, ESS | – | – | – | 36,5 | – | –
    23: Vertrouwen in instellingen, ESS | – | – | – | 36,5
    23: # Cijfer over 2021, score op 10
    23: Tevredenheid over de MIVB | 7,3 | – | – | –
    # Cijfer over 2018, % van de ondervraagden
    26: Vertrouwen in de Brusselse regering | 25 | – | – | – | – | –
    26: Vertrouwen in de gemeenten | 40 | – | – | – | – | –
    23: Vertrouwen in de Brusselse regering | 25 | – | – | –
    23: Vertrouwen in de gemeenten | 40 | – | – | –
    # Cijfer over 2014, % van de bevolking
    26: Vertrouwen in instellingen, ESS, oude versie | – | – | – | 36 | – | –
    23: Vertrouwen in instellingen, ESS, oude versie | – | – | – | 36
"""
TITLES = {
    EARLY: "Geen van de 5 vragen uit openbare bevragingen heeft een cijfer van zowel Brussel als België",
    LATE: "Op 11 van de 14 vragen antwoordt Brussel gunstiger dan België, op 3 minder gunstig; of dat toeval is, valt "
    "uit de bronnen niet op te maken",
}


@pytest.mark.parametrize("quarter", [EARLY, LATE])
def test_public_surveys_by_hand(project: Project, quarter: str) -> None:
    """Every figure of the table, without the column that says what is counted."""
    found = omgeving.public_surveys(Report(quarter, "nl", project=project))
    assert figures_of(found) == at(BY_HAND, quarter)
    assert plain(found.title) == TITLES[quarter]


@pytest.mark.parametrize("quarter", ["2021Q4", LATE])
def test_public_surveys_read_in_both_languages(project: Project, quarter: str) -> None:
    """A title, sources, and the warning that no number of answers is known; the same rows in French."""
    dutch = omgeving.public_surveys(Report(quarter, "nl+fr", project=project))
    french = dutch.others["fr"]
    assert dutch.grid is not None
    assert french.grid is not None
    assert [len(row) for row in dutch.grid.rows] == [len(row) for row in french.grid.rows]
    assert "hoeveel mensen" in dutch.notes[0]
    assert "combien de personnes" in french.notes[0]
    assert {one.bron_id for one in dutch.origins} >= {"vrt-be-e5bd87"}
    assert not any("Agree" in cell for row in french.grid.rows for cell in row)


def test_areas_stand_together_only_in_one_period_and_unit(project: Project) -> None:
    """The latest Brussels year decides; a Belgian figure of another year or another count stays out."""
    facts = data.look(Report(LATE, "nl", project=project)).facts
    own = facts[facts["indicator"] == "vertrouwen_politie"]
    country = own["geo"] == "BE"
    assert surveys(own)["verschil"].iloc[0] == pytest.approx(70.75 - 69.24)
    for other in ({"periode": "2023"}, {"eenheid": "% bevolking"}, {"methode": "telefonisch"}):
        found = surveys(pd.concat([own[~country], own[country].assign(**other)])).iloc[0]
        assert (found["BE10"], found["BE2"]) == (70.75, 67.39)
        assert found[["BE", "verschil", "nodig"]].isna().all()
    assert surveys(own.assign(te_controleren=True)).empty


@pytest.mark.parametrize(
    ("differences", "directions", "nl", "fr"),
    [
        (
            [5.0],
            ["hoger"],
            "Op 1 van 1 vraag antwoordt Brussel gunstiger dan België, op 0 minder gunstig",
            "À 1 question",
        ),
        ([5.0, 5.0, NAN], ["hoger", "lager", "lager"], "Op 1 van de 2 vragen", "À 1 des 2 questions, Bruxelles répond"),
        ([-5.0, 0.0], ["lager", "hoger"], "Op 1 van de 2 vragen antwoordt Brussel gunstiger", "À 1 des 2 questions"),
        ([5.0, 5.0], ["", "hoger"], "Op 1 van de 2 vragen antwoordt Brussel gunstiger", "À 1 des 2 questions"),
        ([NAN], ["hoger"], "De enige vraag uit een openbare bevraging heeft geen cijfer", "La seule question"),
    ],
)
def test_the_title_counts_what_is_favourable(differences: list[float], directions: list[str], nl: str, fr: str) -> None:
    """Less corruption seen is better; without a good side, or equal, is neither; one is written as one."""
    rows = pd.DataFrame({"verschil": differences, "richting": directions})
    assert plain(surveys_title(NL, rows)).startswith(nl)
    assert plain(surveys_title(FR, rows)).startswith(fr)


def test_answers_needed_are_an_order_of_magnitude() -> None:
    """Rounded up to tens; above a hundred thousand no number; a dash where there is nothing to tell apart."""
    assert [how_many(NL, n) for n in (251.0, 260.0, 99_991.0, 100_001.0, NAN)] == [
        "260",
        "260",
        "100.000",
        "meer dan 100.000",
        "–",
    ]


# --- panels -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("quarter", ["2023Q4", LATE])
def test_panels_draw_and_tell_in_both_languages(examples: Project, quarter: str) -> None:
    """The drawing is light enough, says that it is fictitious, and stands for what the table holds."""
    figure = omgeving.panels(Report(quarter, "nl+fr", deliveries="examples", project=examples))
    for language, told in (("nl", figure), ("fr", figure.others["fr"])):
        assert told.kind == "chart"
        assert told.notes[0].startswith("Fictief" if language == "nl" else "Fictif")
        assert told.origins
        assert told.spec is not None
        drawn = [drawing.draw(told.spec, width, language, "x") for width in (drawing.WIDE, drawing.NARROW)]
        assert sum(len(one.encode()) for one in drawn) < figures.DRAWN_BYTES
        assert told.spec["height"] <= 1040


def test_panels_say_what_the_model_found(examples: Project) -> None:
    """One question each way, one that rose; the rows of the question that differs most, as the model has them."""
    figure = omgeving.panels(Report(LATE, "nl", deliveries="examples", project=examples))
    assert plain(figure.title) == (
        "Op 1 van de 6 vragen antwoordt het interne panel gunstiger dan het externe, op 1 is het omgekeerd; op 1 vraag "
        "antwoordt minstens één panel gunstiger dan in de vorige golf"
    )
    assert figure.grid is not None
    rows = Report(LATE, "nl", deliveries="examples", project=examples).now.delivered("peilingen", "gob-2021-2026")
    known = shares(rows)
    tests, changes = between(known), since(known)
    assert len(figure.grid.rows) == len(known) + len(tests) + len(changes)
    place = next(row for row, text in figure.grid.groups.items() if text.startswith("Ik weet waar deze dienst"))
    test = tests.set_index("vraag_code").loc["V2"]
    cells = figure.grid.rows[place + 6]
    assert cells[0] == "intern min extern"
    assert plain(cells[3]) == f"{NL.number(test['verschil'], 1, sign=True)} procentpunt"
    assert cells[5] == "z-toets: p < 0,001"


@pytest.mark.parametrize(("quarter", "plan"), [("2021Q4", "gob-2021-2026"), (LATE, "actiris-mandaat")])
def test_panels_that_were_not_delivered_are_absent(examples: Project, quarter: str, plan: str) -> None:
    """Before the first wave, and of a plan whose institution asked nobody."""
    report = Report(quarter, "nl", plan, deliveries="examples", project=examples)
    assert omgeving.panels(report).kind == "absent"


def test_without_deliveries_there_are_no_panels(project: Project) -> None:
    """Nothing is shown of what nobody asked."""
    assert omgeving.panels(Report(LATE, "nl", project=project)).kind == "absent"


NONE_SHOWN = (
    "Op geen van de 2 vragen is een verschil tussen de panels aangetoond; "
    "sinds de vorige golf is geen verandering aangetoond"
)
MUCH_SHOWN = (
    "Op 2 van de 3 vragen antwoordt het interne panel gunstiger dan het externe, op 1 is het omgekeerd; "
    "op 2 vragen antwoordt minstens één panel gunstiger dan in de vorige golf; "
    "op 1 vraag antwoordt minstens één panel minder gunstig dan in de vorige golf"
)


@pytest.mark.parametrize(
    ("between_", "since_", "nl", "fr"),
    [
        ([], {}, "Geen enkele vraag is in dezelfde golf aan beide panels gesteld", "Aucune question n’a été posée"),
        ([0], {}, "Op de enige vraag is geen verschil tussen de panels aangetoond", "À la seule question, aucune"),
        (
            [0, 0],
            {"V1": 0},
            NONE_SHOWN,
            "À aucune des 2 questions",
        ),
        (
            [1],
            {},
            "Op de enige vraag antwoordt het interne panel gunstiger dan het externe",
            "À la seule question, le panel",
        ),
        (
            [0, -1],
            {},
            "Op 1 van de 2 vragen antwoordt het externe panel gunstiger dan het interne",
            "À 1 des 2 questions",
        ),
        (
            [1, -1, 1],
            {"V1": 1, "V2": 1, "V3": -1},
            MUCH_SHOWN,
            "À 2 des 3 questions, le panel interne répond plus favorablement que le panel externe ; à 1, c’est",
        ),
    ],
)
def test_the_title_of_the_panels_counts(between_: list[int], since_: dict[str, int], nl: str, fr: str) -> None:
    """None, one or more; of the panels, and of the waves where there was one before."""
    tests = pd.DataFrame({"oordeel": between_}, dtype=int)
    changes = pd.DataFrame({"vraag_code": list(since_), "oordeel": list(since_.values())})
    assert plain(panels_title(NL, tests, changes)) == nl
    assert plain(panels_title(FR, tests, changes)).startswith(fr)


def test_a_question_that_rose_in_both_panels_counts_once() -> None:
    """Questions are counted, not panels."""
    changes = pd.DataFrame({"vraag_code": ["V1", "V1"], "oordeel": [1, 1]})
    assert "op 1 vraag antwoordt" in panels_title(NL, pd.DataFrame({"oordeel": [0]}), changes)


def test_a_test_is_named_with_its_likelihood() -> None:
    """Very small ones are only said to be below a thousandth."""
    assert [plain(cell_of_test(NL, test, p)) for test, p in (("z", 0.0004), ("fisher", 0.4857), ("z", 1.0))] == [
        "z-toets: p < 0,001",
        "Fisher: p = 0,486",
        "z-toets: p = 1,000",
    ]


def answers(questions: int, waves: tuple[str, ...], label: str) -> pd.DataFrame:
    """Shares of so many questions with a long text, asked of both panels in some waves."""
    rows = [
        (wave, f"V{number}", panel, 300, 100 + 5 * number)
        for wave in waves
        for number in range(questions)
        for panel in ("intern", "extern")
    ]
    columns = ["kwartaal", "vraag_code", "panel", "antwoorden", "gunstig"]
    known = shares(pd.DataFrame(rows, columns=columns).assign(bekend_op=pd.Timestamp("2026-08-01")))
    return known.assign(label=label, oordeel=1)


@pytest.mark.parametrize(("questions", "waves"), [(1, 1), (7, 5), (8, 5), (30, 5)])
def test_the_drawing_keeps_within_its_sheet(questions: int, waves: int) -> None:
    """However many questions, waves and words are delivered: the limit of bytes and about that of height."""
    names = tuple(f"{2020 + year}Q2" for year in range(waves))
    room = peilingen_beeld.room(questions, waves)
    known = answers(min(questions, room.questions), names, "Een heel lange stelling over deze dienst " * 20)
    drawn: dict[str, Any] = peilingen_beeld.picture(NL, known, ["V1"], room.earlier)
    assert drawn["height"] <= 1040
    svg = [drawing.draw(drawn, width, "nl", "x") for width in (drawing.WIDE, drawing.NARROW)]
    assert sum(len(one.encode()) for one in svg) < figures.DRAWN_BYTES
    assert "lange stelling" in json.dumps(drawn)
