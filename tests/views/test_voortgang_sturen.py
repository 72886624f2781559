"""The tables on steering: what the board must decide, loops, contradictions, movements, PDCA and means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd
import pytest

from analysis.build.drawing import NARROW, WIDE, draw
from analysis.build.figures import DRAWN_BYTES
from analysis.figure import Figure
from analysis.language import Words
from analysis.models.delivered import asks as asking
from analysis.models.delivered import contradictions as contradicting
from analysis.models.delivered import loop
from analysis.models.delivered import movements as moving
from analysis.paths import Project
from analysis.views import Report, voortgang
from analysis.views.voortgang import (
    beslispunten,
    beslissingen,
    bewegingen,
    bewegingen_tekst,
    common,
    lussen,
    steering,
    tegenspraak,
)
from analysis.views.voortgang.bewegingen import ORDER, TABLES, changes, tally
from analysis.views.voortgang.bewegingen import title as movements_title
from analysis.views.voortgang.middelen import title as means_title
from analysis.views.voortgang.pdca import claims, phases_title, positions
from analysis.views.voortgang.pdca import title as pdca_title

# What the reports are made of is reckoned once, by one worker.
pytestmark = pytest.mark.xdist_group("voortgang-sturen")

VIEWS = (
    voortgang.asks,
    voortgang.loops,
    voortgang.decisions,
    voortgang.contradictions,
    voortgang.movements,
    voortgang.pdca,
    voortgang.phases,
    voortgang.means,
)
NL, FR = Words("nl"), Words("fr")


@pytest.fixture(scope="module")
def last(examples: Project) -> Report:
    """The report on the last quarter with the fictitious deliveries."""
    return Report("2026Q3", "nl", deliveries="examples", project=examples)


def texts(figure: Figure) -> list[str]:
    """Return every text of a figure that a reader sees."""
    grid = figure.grid
    cells = [cell for row in grid.rows for cell in row] + list(grid.groups.values()) if grid else []
    return [figure.title, figure.subtitle, figure.alt, *figure.sentences, *figure.notes, *cells]


def heads(figure: Figure) -> list[str]:
    """Return the code with which each row begins."""
    assert figure.grid is not None
    return [row[0].split()[0] for row in figure.grid.rows]


# --- every quarter and language ---


@pytest.mark.parametrize("quarter", ["2021Q3", "2024Q2", "2026Q3"])
def test_every_view_speaks_both_languages_in_every_quarter(examples: Project, quarter: str) -> None:
    """A title, its origin, the warning that all is made up; nothing unknown is written as a computer does."""
    report = Report(quarter, "nl+fr", deliveries="examples", project=examples)
    for view in VIEWS:
        figure = view(report)
        for one, warning in ((figure, "Fictief"), (figure.others["fr"], "Fictif")):
            assert one.title
            assert one.origins
            assert one.notes[0].startswith(warning)
            told = " ".join(texts(one))
            assert not {"nan", "NaT", "None", "<NA>"} & set(told.replace("(", " ").split()), one.id
            assert "{" not in told
            assert one.kind != "table" or (one.grid is not None and one.grid.rows)


def test_without_deliveries_all_are_left_out(project: Project) -> None:
    """There is nothing to say, and no empty table."""
    report = Report("2026Q3", "nl", deliveries="received", project=project)
    assert {view(report).kind for view in VIEWS} == {"absent"}


def test_a_plan_without_actions_shows_only_what_moved(examples: Project) -> None:
    """Of measuring points alone there are targets and measurements to compare; the rest is left out."""
    report = Report("2025Q1", "fr", plan="actiris-mandaat", deliveries="examples", project=examples)
    kinds = {view(report).id: view(report).kind for view in VIEWS}
    assert kinds.pop("voortgang-bewegingen") == "table"
    assert set(kinds.values()) == {"absent"}


# --- what the board is asked ---


def test_the_asks_are_those_of_the_model_the_most_urgent_first(last: Report) -> None:
    """A page of them, each kind with how many there are and how many are shown."""
    found, figure = steering.asks(last), voortgang.asks(last)
    short = asking.shortlist(found)
    abouts = [row.actie_code or row.doelstelling_code for row in short.itertuples()]
    assert heads(figure) == abouts
    assert len(abouts) == asking.MOST
    assert figure.grid is not None
    assert len(figure.grid.groups) == found["soort"].nunique()
    assert figure.title.startswith(f"{len(found)} punten vragen een beslissing")
    assert figure.grid.groups[0].endswith(f"waarvan hier {(short['soort'] == found['soort'][0]).sum()}")


@pytest.mark.parametrize("kind", asking.KINDS)
def test_every_kind_of_ask_has_its_words(kind: str) -> None:
    """For one and for more, in both languages."""
    for words in (NL, FR):
        one, more = (beslispunten.topic(words, kind, n) for n in (1, 2))
        assert (one[0], more[0]) == ("1", "2")
        assert one[1:] != more[1:]


def test_a_single_ask_is_told_as_one() -> None:
    """No 'most urgent' where there is only one kind of one."""
    assert beslispunten.title(NL, "stil", {"stil": 1}) == (
        "1 punt vraagt een beslissing: 1 actie waarover niets meer geleverd wordt"
    )
    assert beslispunten.title(FR, "stil", {"stil": 2, "mijlpaal_te_laat": 1}).startswith("3 points demandent")


def test_nothing_to_decide_is_said_in_one_sentence(last: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is not empty: it is not there."""
    monkeypatch.setattr(steering, "asks", lambda report: asks_of(report).iloc[:0])
    figure = voortgang.asks(last)
    assert (figure.kind, figure.grid) == ("sentences", None)


asks_of = steering.asks


# --- loops and decisions ---


def test_every_open_loop_stands_once_under_its_state(last: Report) -> None:
    """Closed ones are only counted."""
    found, figure = steering.loops(last), voortgang.loops(last)
    own = found[found["lus"] != "gesloten"]
    assert sorted(heads(figure)) == sorted(own["actie_code"])
    assert figure.reference == (len(own) > lussen.MOST)
    assert figure.grid is not None
    assert len(figure.grid.groups) == own["lus"].nunique()
    assert any(str((found["lus"] == "gesloten").sum()) in note for note in figure.notes)
    again = [row for row in figure.grid.rows if "opgelost geacht" in row[1]]
    assert len(again) == (own["lus"] == "heropend").sum()


def test_all_states_and_causes_have_words() -> None:
    """What a model can say, a table can tell."""
    rows = pd.DataFrame({"lus": [state for state in loop.LOOPS if state != "gesloten"]})
    assert len(lussen._groups(NL, rows)) == len(rows)
    assert len(beslissingen._states(FR, pd.DataFrame({"lus": loop.DECISIONS}))) == len(loop.DECISIONS)
    assert steering.role(NL, "rolnaam van een ander bestuur") == "rolnaam van een ander bestuur"
    assert steering.causes(NL)[""] == "niet genoemd"


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((0, 0, 0), "Er staat geen enkele afwijking open"),
        ((1, 0, 0), "1 afwijking staat open: overal zijn oorzaak, maatregel, verantwoordelijke en datum bekend"),
        ((2, 1, 1), "2 afwijkingen staan open: 1 leek al opgelost en bij 1 ontbreekt een oorzaak"),
        ((7, 0, 3), "7 afwijkingen staan open: 3 leken al opgelost en overal zijn oorzaak"),
    ],
)
def test_the_title_of_the_loops(numbers: tuple[int, int, int], expected: str) -> None:
    """None, one and more."""
    assert lussen.loops_title(NL, *numbers).startswith(expected)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((0, 0, 0, 0), "Er was toen nog geen beslissing van de directieraad"),
        ((1, 0, 0, 0), "1 beslissing van de directieraad: geen enkele over de termijn"),
        ((3, 1, 2, 1), "3 beslissingen van de directieraad: 1 open over de termijn en 2 uitgevoerd, waarvan 1 zonder"),
        ((2, 2, 0, 0), "2 beslissingen van de directieraad: 2 open over de termijn"),
    ],
)
def test_the_title_of_the_decisions(numbers: tuple[int, int, int, int], expected: str) -> None:
    """None, one and more."""
    assert beslissingen.decisions_title(NL, *numbers).startswith(expected)


def test_the_decisions_stand_with_the_latest_first(last: Report) -> None:
    """Over their deadline, then open, then carried out."""
    found, figure = steering.decisions(last), voortgang.decisions(last)
    assert figure.grid is not None
    assert len(figure.grid.rows) == len(found)
    late = (found["lus"] == "te_laat").sum()
    assert all("over de termijn" in row[5] for row in figure.grid.rows[:late])
    assert not any("over de termijn" in row[5] for row in figure.grid.rows[late:])


# --- contradictions ---


def test_every_contradiction_is_counted_under_its_kind(last: Report) -> None:
    """Many of a kind that are alike stand in one row with all their codes."""
    found, figure = steering.contradictions(last), voortgang.contradictions(last)
    assert figure.grid is not None
    unseen = found[found["soort"] == "voltooid_zonder_bewijs"]["actie_code"]
    assert len(unseen) > tegenspraak.MOST
    assert any(all(code in row[0] for code in unseen) for row in figure.grid.rows)
    red = found[found["soort"] == "groen_maar_rood"]
    assert figure.grid.groups[0] == f"Groen of voltooid gemeld, rood berekend ({len(red)})"
    assert heads(figure)[: len(red)] == red["actie_code"].tolist()
    assert any(origin.kind != "eigen" for origin in figure.origins)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((0, 0, 0, 0), "Nergens spreekt de trekker de eigen gegevens tegen"),
        ((1, 1, 0, 0), "Bij 1 actie spreekt de trekker de eigen gegevens tegen, waarvan 1 groen gemeld"),
        (
            (0, 0, 1, 0),
            "Nergens spreekt de trekker de eigen gegevens tegen; 1 voltooide actie heeft geen openbaar spoor",
        ),
        ((3, 0, 2, 1), "Bij 3 acties spreekt de trekker de eigen gegevens tegen; 2 voltooide acties hebben geen"),
    ],
)
def test_the_title_of_the_contradictions(numbers: tuple[int, int, int, int], expected: str) -> None:
    """None, one and more."""
    assert tegenspraak.title(NL, *numbers).startswith(expected)


#: Two values of each kind that do not agree, as the model gives them.
PAIRS: dict[str, tuple[Any, Any]] = {
    "groen_maar_rood": ("groen", "rood"),
    "voltooid_open_mijlpaal": ("voltooid", 2.0),
    "voltooid_onder_100": ("voltooid", 90.0),
    "voltooid_zonder_einde": ("voltooid", pd.NaT),
    "voltooid_zonder_bewijs": ("voltooid", "geen_spoor"),
    "groen_maar_oranje": ("voltooid", "oranje"),
    "teruggevallen": (60.0, 40.0),
    "groen_maar_uitloop": ("groen", 31.0),
    "groen_maar_stilstand": ("groen", 3.0),
    "einde_onder_100": (pd.Timestamp("2026-06-30"), 80.0),
    "voortgang_voor_start": (5.0, pd.Timestamp("2027-01-01")),
    "woord_verouderd": ("rood", "2024Q1"),
}


@pytest.mark.parametrize("kind", contradicting.KINDS)
def test_every_kind_of_contradiction_is_told_in_both_languages(kind: str) -> None:
    """What was said and what was found, never the same."""
    for words in (NL, FR):
        said, found = tegenspraak.pair(words, kind, *PAIRS[kind])
        assert said
        assert found
        assert said != found
        assert said in tegenspraak.clause(words, kind, *PAIRS[kind])
    assert tegenspraak.pair(NL, "voortgang_voor_start", 5.0, "niet_gestart")[1] == "niet gestart"
    assert tegenspraak.pair(NL, "voltooid_zonder_einde", "voltooid", pd.Timestamp("2027-01-01"))[1].endswith("2027")


# --- movements ---


class Moved(NamedTuple):
    """A row of the movements, as ``itertuples`` gives it."""

    soort: str
    veld: str
    was: Any
    nu: Any
    code: str = "1.1.1"
    onderdeel: str = ""
    kwartaal_was: str = "2026Q2"
    kwartaal_nu: str = "2026Q3"


NEW_YEAR, SPRING = pd.Timestamp("2026-12-31"), pd.Timestamp("2027-03-31")


@pytest.mark.parametrize(
    ("moved", "cells"),
    [
        (Moved("status_slechter", "status", "groen", "rood"), ("berekende status", "■ groen", "▲ rood")),
        (
            Moved("herpland", "gepland_einde", NEW_YEAR, SPRING),
            ("gepland einde", "31 december 2026", "31 maart 2027 (90 dagen later)"),
        ),
        (Moved("datum_gewist", "gepland_einde", NEW_YEAR, pd.NaT), ("gepland einde", "31 december 2026", "–")),
        (
            Moved("mijlpaal_verschoven", "gepland", SPRING, NEW_YEAR, onderdeel="M2"),
            ("geplande datum van mijlpaal ‘Proef’", "31 maart 2027", "31 december 2026 (90 dagen vroeger)"),
        ),
        (Moved("voortgang", "voortgang_pct", 40.0, 25.0), ("voortgang", "40 %", "25 % (−15 punten)")),
        (Moved("voortgang", "voortgang_pct", float("nan"), 25.0), ("voortgang", "–", "25 %")),
        (Moved("gewicht", "gewicht", 1.0, 2.5), ("gewicht", "1", "2,5")),
        (
            Moved("doel_gewijzigd", "richting", "hoger", "band"),
            ("gewenste richting", "hoger is beter", "binnen een band"),
        ),
        (
            Moved("doel_gewijzigd", "streef_periode", "2026Q4", "2027"),
            ("periode van de streefwaarde", "vierde kwartaal 2026", "2027"),
        ),
        (
            Moved("stil_gewijzigd", "voortgang_pct", 40.0, 35.0, kwartaal_nu="2026Q1"),
            ("voortgang, eerste kwartaal 2026", "40 %", "35 % (−5 punten)"),
        ),
        (
            Moved("stil_gewijzigd", "waarde", 8.3, 8.6, onderdeel="2026Q1"),
            ("meting, eerste kwartaal 2026", "8,3", "8,6"),
        ),
        (Moved("trekker", "trekker_rol", "diensthoofd", ""), ("trekker", "diensthoofd", "–")),
        (
            Moved("verdwenen", "actie_code", "1.1.1", ""),
            ("levering", "laatst geleverd over het tweede kwartaal 2026", "niet geleverd (▲ rood)"),
        ),
        (
            Moved("verschenen", "actie_code", "", "1.1.1", kwartaal_was=""),
            ("levering", "nooit geleverd", "geleverd (▲ rood)"),
        ),
        (
            Moved("mijlpaal_verschenen", "mijlpaal_code", "", "M2", onderdeel="M2", kwartaal_was=""),
            ("mijlpaal ‘Proef’", "nooit geleverd", "geleverd"),
        ),
        (
            Moved("mijlpaal_verdwenen", "mijlpaal_code", "M2", "", onderdeel="M2"),
            ("mijlpaal ‘Proef’", "laatst geleverd over het tweede kwartaal 2026", "niet geleverd"),
        ),
        (
            Moved("stil_gewijzigd", "waarde", 8.3, 8.6, onderdeel="2026-02"),
            ("meting, februari 2026", "8,3", "8,6"),
        ),
    ],
)
def test_each_movement_is_told_in_its_own_unit(moved: Moved, cells: tuple[str, str, str]) -> None:
    """Field, what it was and what it is now; unknown is a dash, and a milestone has its name."""
    told = bewegingen_tekst.row(NL, moved, "1.1.1 Iets", "rood", "Proef" if moved.onderdeel == "M2" else "")
    assert tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in told) == ("1.1.1 Iets", *cells)


def test_every_kind_and_field_of_movement_has_a_name() -> None:
    """What a model can say, a table can tell."""
    assert set(ORDER) == set(moving.KINDS) == set(bewegingen_tekst.topics(FR))
    fields = {*moving.REPORTED, *moving.PLANNED, *moving.TARGETS, "status", "gepland", "mijlpaal_code", "waarde"}
    assert set(bewegingen_tekst.fields(FR)) == fields


def test_the_movements_are_those_of_the_model(last: Report) -> None:
    """All of them are in the table's count; the title counts what the table holds."""
    found, figure = changes(last), voortgang.movements(last)
    told, milestones, points, measured = (common.rows(last, name) for name in TABLES)
    every = moving.movements(told, milestones, points, measured, last.quarter.end, last.quarter)
    assert sorted(every["soort"]) == sorted(found["soort"])
    assert figure.grid is not None
    assert len(figure.grid.rows) == 30
    dates = found[found["soort"] == "herpland"]
    later = set(dates.loc[dates["nu"] > dates["was"], "code"])
    assert tally(found, set())["later"] == len(later) > 0
    assert tally(found, set())["verdwenen"] == (found["soort"] == "verdwenen").sum()
    assert tally(found, set(found["code"]))["verdwenen"] == 0


def test_a_milestone_that_comes_with_its_action_is_no_news(last: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is one that goes with it; of an action that was there all the time both are told."""
    told = [
        Moved("verschenen", "actie_code", "", "1.1.1"),
        Moved("mijlpaal_verschenen", "mijlpaal_code", "", "M1", "1.1.1", "M1"),
        Moved("verdwenen", "actie_code", "1.1.2", "", "1.1.2"),
        Moved("mijlpaal_verdwenen", "mijlpaal_code", "M1", "", "1.1.2", "M1"),
        Moved("mijlpaal_verschenen", "mijlpaal_code", "", "M3", "1.1.3", "M3"),
        Moved("mijlpaal_verdwenen", "mijlpaal_code", "M4", "", "1.1.3", "M4"),
    ]
    monkeypatch.setattr(bewegingen, "_movements", lambda *_: pd.DataFrame(told)[list(moving.COLUMNS)])
    found = changes(last)
    assert found.loc[found["veld"] == "mijlpaal_code", "onderdeel"].tolist() == ["M4", "M3"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({}, "Geen status, datum of streefdoel is gewijzigd"),
        ({"slechter": 1}, "Tegenover de vorige levering: 1 actie slechter"),
        ({"slechter": 2, "stil_gewijzigd": 1}, "Tegenover de vorige levering: 2 acties slechter en 1 vroeger cijfer"),
        ({"verdwenen": 3}, "Tegenover de vorige levering: 3 acties niet meer geleverd"),
    ],
)
def test_the_title_of_the_movements(numbers: dict[str, int], expected: str) -> None:
    """None, one and more."""
    names = ("slechter", "beter", "later", "stil_gewijzigd", "doel_gewijzigd", "verdwenen")
    assert movements_title(NL, dict.fromkeys(names, 0) | numbers).startswith(expected)


# --- PDCA and means ---


def test_an_objective_stands_where_its_weakest_action_stands(last: Report) -> None:
    """A silent action makes it unknown, at most where the weakest known one is."""
    found, figure = positions(last), voortgang.pdca(last)
    assert figure.grid is not None
    assert len(figure.grid.rows) == found["doelstelling_code"].nunique()
    for row in figure.grid.rows:
        own = found[found["doelstelling_code"] == row[0].split()[0]]
        assert own.loc[own["actie_code"] == row[2], "score"].item() == own["score"].min()
        assert row[3].startswith("≤") == row[1].startswith("onbekend") == bool(own["score"].isna().any())
    later, known = claims(found)
    assert figure.title.startswith(f"Bij {later} van de {known} acties")


def test_the_chart_of_the_phases_counts_every_action_twice(last: Report) -> None:
    """Once by the data and once by its owner; both drawings stay small."""
    figure = voortgang.phases(last)
    assert figure.grid is not None
    assert figure.spec is not None
    for column in (1, 2):
        assert sum(int(row[column]) for row in figure.grid.rows) == len(positions(last))
    drawn = [draw(figure.spec, width, "nl", "x", None) for width in (WIDE, NARROW)]
    assert sum(len(svg.encode()) for svg in drawn) < DRAWN_BYTES


@pytest.mark.parametrize("told", [pdca_title, phases_title])
def test_the_titles_of_pdca(told: Callable[[Words, int, int], str]) -> None:
    """None known, none later, one and more."""
    assert told(NL, 0, 0) == "Geen enkele trekker zegt in welke PDCA-fase een actie staat"
    assert told(NL, 0, 8).endswith("(vergeleken acties: 8)")
    assert told(NL, 1, 4).startswith("Bij 1 van de 4" if told is pdca_title else "Bij 25")
    assert told(FR, 2, 4).startswith("Pour 2 des 4" if told is pdca_title else "Pour 50")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (
            (20, 7, ["3.2"]),
            "7 van de 20 doelstellingen zijn aan een basisallocatie én aan personeel gekoppeld; 1 heeft",
        ),
        ((20, 1, []), "1 van de 20 doelstellingen is aan een basisallocatie én aan personeel gekoppeld; geen enkele"),
        ((9, 0, [f"1.{n}" for n in range(8)]), "0 van de 9 doelstellingen zijn"),
    ],
)
def test_the_title_of_the_means(numbers: tuple[int, int, list[str]], expected: str) -> None:
    """None, one and more; only so many codes."""
    assert means_title(NL, *numbers).startswith(expected)
    assert means_title(NL, 9, 0, [f"1.{n}" for n in range(8)]).endswith("1.5 en 2 andere")


def test_each_objective_has_its_shares_and_the_rest_its_own_row(last: Report) -> None:
    """The shares of a code are one whole, over all rows."""
    figure = voortgang.means(last)
    assert figure.grid is not None
    objectives = last.now.plan("plan_doelstellingen", last.plan_id)
    assert len(figure.grid.rows) == len(objectives) + 1
    shares = " ".join(row[1] for row in figure.grid.rows)
    for code in ("VB-BA-01", "VB-BA-10"):
        parts = [part.split("\N{NO-BREAK SPACE}")[0] for part in shares.split(f"{code} (")[1:]]
        assert sum(map(int, parts)) == 100


# --- words that they share ---


def test_a_time_is_told_in_days_up_to_a_quarter() -> None:
    """Then in months, whichever way it goes."""
    assert [steering.lasting(NL, days) for days in (1, -31, 92, 93, 365)] == [
        "1 dag",
        "31 dagen",
        "92 dagen",
        "3 maanden",
        "12 maanden",
    ]


def test_a_deviation_says_by_how_much() -> None:
    """By the rule that found it; a rule that measures nothing says nothing."""
    rules = ("einde_voorbij", "uitloop", "niet_gestart", "achterstand")
    told = [steering.deviation(NL, rule, 30) for rule in rules]
    assert len(set(told)) == len(rules)
    assert all("30" in text for text in told)
    assert steering.deviation(NL, "stil", 3) == ""
