"""The register of all actions: each status with the rule that gave it, in words, and what stands beside it."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from analysis.build.csv_text import csv_text
from analysis.figure import Figure
from analysis.language import Words
from analysis.models.delivered import forecast, status
from analysis.paths import Project
from analysis.views import Report, standing
from analysis.views.voortgang import actieregister as module
from analysis.views.voortgang import actieregister_tekst, chances, common
from analysis.views.voortgang.pdca import positions

# What the reports are made of is reckoned once, by one worker.
pytestmark = pytest.mark.xdist_group("voortgang-actieregister")

NL, FR = Words("nl"), Words("fr")
ENDS = ("oorspronkelijk_einde", "gepland_einde", "verwacht_einde", "einde")
NAN, SPRING, SUMMER = float("nan"), pd.Timestamp("2026-03-31"), pd.Timestamp("2027-06-30")


@pytest.fixture(scope="module")
def last(examples: Project) -> Report:
    """The report on the last quarter with the fictitious deliveries."""
    return Report("2026Q3", "nl", deliveries="examples", project=examples)


@pytest.fixture(scope="module")
def figure(last: Report) -> Figure:
    """Its register."""
    return module.register(last)


def rows(figure: Figure) -> dict[str, tuple[str, ...]]:
    """Return the rows by the code of their action, with plain spaces."""
    assert figure.grid is not None
    cells = ([cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in figure.grid.rows)
    return {row[0].split()[0]: tuple(row) for row in cells}


def row(**values: Any) -> SimpleNamespace:
    """Return an action of which nothing is remarkable but what is said."""
    usual = {
        "status": "rood",
        "regel": "achterstand",
        "gemeten": NAN,
        "drempel": NAN,
        "eigen_status": "groen",
        "voortgang_pct": 40.0,
        "kwartaal": "2026Q3",
        "leeftijd_kwartalen": 0.0,
        "oorspronkelijk_start": SPRING,
        "oorspronkelijk_einde": SUMMER,
        "werkelijk_einde": pd.NaT,
        "gepland_einde": SUMMER,
        "verwacht_einde": SUMMER,
        "einde": SUMMER,
        "uitloop_dagen": 0.0,
        "kans_gepland": 0.25,
        "kans_verwacht": 0.25,
        "kans_einde": NAN,
        "reden": "",
        "opmerking_nl": "",
        "opmerking_fr": "",
        "score": 70.0,
        "fase": "check",
        "eigen_fase": "check",
        "eigen_hoger": False,
    }
    return SimpleNamespace(**usual | values)


# --- the whole table ---


@pytest.mark.parametrize("quarter", ["2021Q3", "2024Q2", "2026Q3"])
def test_the_register_speaks_both_languages_in_every_quarter(examples: Project, quarter: str) -> None:
    """A row per action in the order of the plan, and nothing unknown is written as a computer does."""
    report = Report(quarter, "nl+fr", deliveries="examples", project=examples)
    found = module.register(report)
    for one, warning in ((found, "Fictief"), (found.others["fr"], "Fictif")):
        assert (one.id, one.kind, one.reference) == ("voortgang-register", "table", True)
        assert one.title
        assert one.origins
        assert one.notes[0].startswith(warning)
        assert one.grid is not None
        assert list(rows(one)) == report.now.plan("plan_acties", report.plan_id)["actie_code"].tolist()
        assert len(one.grid.groups) == len(report.now.plan("krachtlijnen", report.plan_id))
        told = " ".join([one.title, one.subtitle, *one.notes, *(cell for own in one.grid.rows for cell in own)])
        assert not {"nan", "NaT", "None", "<NA>", "()"} & set(told.replace("(", " ").replace(",", " ").split())
        assert "{" not in told


def test_without_deliveries_or_actions_there_is_no_register(project: Project, examples: Project) -> None:
    """Nothing delivered, or a plan that has measuring points only."""
    assert module.register(Report("2026Q3", "nl", deliveries="received", project=project)).kind == "absent"
    other = Report("2025Q1", "fr", plan="actiris-mandaat", deliveries="examples", project=examples)
    assert module.register(other).kind == "absent"


def test_each_row_holds_what_the_models_found(last: Report, figure: Figure) -> None:
    """Status, own status, progress and what the plan asks, of the same action."""
    told, named, own = rows(figure), common.status_words(NL), common.own_words(NL)
    places = positions(last).set_index("actie_code")
    for found in standing.each(common.statuses(last)):
        cells = told[found.actie_code]
        assert cells[1].split(":")[0].endswith(named[found.status])
        assert re.split(r" \(|; ", cells[2])[0] == own[found.eigen_status]
        assert cells[3:5] == (NL.number(found.voortgang_pct), NL.number(found.verwacht_pct))
        assert ("zegt" in cells[6]) == places.at[found.actie_code, "eigen_hoger"]
        assert ("oud)" in cells[2]) == (found.leeftijd_kwartalen > 0)


def test_likelihoods_stand_beside_the_ends_that_have_yet_to_come(last: Report, figure: Figure) -> None:
    """By the end that is planned now and by the expected one; never of what is over."""
    told = rows(figure)
    found = chances.forecast_of(last.now, last.plan_id, last.quarter).acties.set_index("actie_code").to_dict("index")
    delivered = module.table(last).set_index("actie_code").to_dict("index")
    asked = 0
    for code, cells in told.items():
        own = delivered[code]
        dates, _, by_the_end = cells[5].partition("; tegen ")
        assert not by_the_end or by_the_end == f"eind 2026: kans {chances.likelihood(NL, found[code]['kans_einde'])} %"
        planned, _, now = dates.partition("; nu: ")
        ends = ((planned, "gepland_einde", "kans_gepland"), (now, "verwacht_einde", "kans_verwacht"))
        for cell, end, chance in ends if now else ends[:1]:
            over = own["status"] in module.OVER or own[end] <= pd.Timestamp(last.quarter.end)
            assert ("kans" in cell) == (not over), code
            if not over and own["reden"] == "":
                asked += 1
                assert f"kans {chances.likelihood(NL, found[code][chance])} %" in cell
    assert asked > 10


def test_nothing_is_told_of_likelihoods_before_there_is_a_forecast(examples: Project) -> None:
    """The note says how much a forecast needs."""
    early = module.register(Report("2021Q3", "nl", deliveries="examples", project=examples))
    assert not any("kans" in cell for own in rows(early).values() for cell in own[1:])
    assert any(f"minstens {forecast.ENOUGH} kwartalen" in note for note in early.notes)
    assert not any(note.startswith("Kans:") for note in early.notes)


def test_the_title_counts_as_the_model_does(last: Report, figure: Figure) -> None:
    """How many are red, by which rule, and how many are unknown."""
    found = common.statuses(last)
    n = found["status"].value_counts()
    red = found.loc[found["status"] == "rood", "regel"].value_counts()
    assert figure.title.startswith(f"Waarom {n['rood']} van de {len(found)} acties rood zijn: ")
    assert f"{red['einde_voorbij']} niet af op het eerst geplande einde" in figure.title
    assert f"{red['uitloop']} met een te laat einde" in figure.title
    assert figure.title.endswith(f"over {n['onbekend']} is te weinig bekend")


def test_the_note_counts_where_owner_and_rules_disagree(last: Report, figure: Figure) -> None:
    """An action that is unknown, or that its owner calls not started, compares with nothing."""
    found = common.statuses(last)
    known = found[~found["status"].isin(["onbekend", "nog_niet_gepland"]) & (found["eigen_status"] != "niet_gestart")]
    differ = int((known["status"] != known["eigen_status"]).sum())
    assert differ > 1
    assert any(note.startswith(f"Bij {differ} acties meldt de trekker een andere status") for note in figure.notes)
    one = pd.DataFrame(
        {
            "status": ["rood", "onbekend", "rood", "nog_niet_gepland", "groen"],
            "eigen_status": ["groen", "groen", "niet_gestart", "groen", "groen"],
        }
    )
    assert module.differing(one) == 1


def test_a_remark_stands_behind_the_owners_word(last: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the report's language; what was not translated says so; without any, a note says that there is none."""
    found = module.table(last)
    assert not any("geen" in note.lower() and "opmerking" in note for note in module._notes(last, found))
    silent = found.assign(opmerking_nl="", opmerking_fr="")
    assert any("geen" in note.lower() and "opmerking" in note for note in module._notes(last, silent))
    remarks = {"1.1.1": ("Wacht op {advies}", "Attend l’avis"), "1.1.2": ("", "Terminé"), "1.1.3": ("Klaar", "")}
    for place, language in enumerate(("nl", "fr")):
        column = found["actie_code"].map({code: both[place] for code, both in remarks.items()}).fillna("")
        found[f"opmerking_{language}"] = column
    monkeypatch.setattr(module, "table", lambda _: found)
    dutch, french = module.register(last), module.register(last.in_language("fr"))
    assert rows(dutch)["1.1.1"][2].endswith("; Wacht op {advies}")
    assert rows(dutch)["1.1.2"][2] == "voltooid; Terminé (niet vertaald)"
    assert rows(french)["1.1.1"][2].endswith(" ; Attend l’avis")
    assert rows(french)["1.1.3"][2].endswith(" ; Klaar (non traduit)")
    assert not any("opmerking" in note for note in dutch.notes)


def test_the_csv_has_a_line_per_action_with_numbers_as_numbers(figure: Figure) -> None:
    """The krachtlijn stands on each line, and progress can be added up."""
    assert figure.grid is not None
    head, *lines = csv_text(figure.grid, NL).splitlines()
    assert len(head.split(";")) == len(figure.grid.columns) + 1
    assert len(lines) == len(figure.grid.rows)
    assert sum(";100;100;" in line for line in lines) > 10


# --- the rules ---


@pytest.mark.parametrize("rule", status.RULES, ids=lambda rule: f"{rule.status}-{rule.code}")
def test_every_rule_has_words_that_name_its_limit(rule: status.Rule) -> None:
    """In both languages, and not the same for two rules of one status."""
    own = row(status=rule.status, regel=rule.code, gemeten=rule.threshold + 1, drempel=rule.threshold)
    for words, first_day in ((NL, "vanaf de eerste dag"), (FR, "dès le premier jour")):
        told = actieregister_tekst.reason(words, own)
        assert told
        assert "nan" not in told
        if rule.measured:
            limit = words.number(rule.threshold) if rule.threshold else first_day
            assert limit in told.split("(")[1]
        else:
            assert "(" not in told


SAID = [
    ("achterstand", 34.2, 25.0, "34 punten achter op het oorspronkelijke plan (meer dan 25)"),
    ("achterstand", 25.04, 25.0, "25,04 punten achter op het oorspronkelijke plan (meer dan 25)"),
    ("achterstand", 10.3, 10.0, "10,3 punten achter op het oorspronkelijke plan (meer dan 10)"),
    ("uitloop", 45.0, 30.0, "einde 45 dagen later dan eerst gepland (meer dan 30 dagen)"),
    ("uitloop", 456.0, 90.0, "einde 15 maanden later dan eerst gepland (meer dan 90 dagen)"),
    ("einde_voorbij", 1.0, 0.0, "1 dag na het eerst geplande einde niet af (vanaf de eerste dag)"),
    ("niet_gestart", 91.0, 90.0, "91 dagen na de eerst geplande start niet begonnen (meer dan 90 dagen)"),
    ("niet_gestart", 15.0, 0.0, "15 dagen na de eerst geplande start niet begonnen (vanaf de eerste dag)"),
    ("stil", 3.0, 1.0, "laatste levering is 3 kwartalen oud (meer dan 1)"),
    ("op_schema", 3.4, 10.0, "3 punten achter op het oorspronkelijke plan (tot 10)"),
    ("op_schema", 1.0, 10.0, "1 punt achter op het oorspronkelijke plan (tot 10)"),
    ("op_schema", -0.4, 10.0, "precies volgens het oorspronkelijke plan"),
    ("op_schema", -1.0, 10.0, "1 punt voor op het oorspronkelijke plan"),
    ("op_schema", -12.0, 10.0, "12 punten voor op het oorspronkelijke plan"),
    ("geen_levering", NAN, NAN, "nooit geleverd"),
    ("start_later", NAN, NAN, "start eerst gepland op 31 maart 2026, nog geen voortgang"),
    ("geen_plan", NAN, NAN, "geplande start of gepland einde ontbreekt"),
]


@pytest.mark.parametrize(("rule", "measured", "limit", "expected"), SAID)
def test_a_rule_says_what_it_measured(rule: str, measured: float, limit: float, expected: str) -> None:
    """What is above a limit is never written as equal to it; none, one and more."""
    told = actieregister_tekst.reason(NL, row(regel=rule, gemeten=measured, drempel=limit))
    assert told.replace("\N{NO-BREAK SPACE}", " ") == expected


def test_what_is_completed_says_by_what() -> None:
    """By its realised end, or by its progress."""
    ended = row(regel="werkelijk_einde", werkelijk_einde=SPRING)
    assert actieregister_tekst.reason(NL, ended) == "beëindigd op 31 maart 2026"
    full = actieregister_tekst.reason(FR, row(regel="honderd_procent", voortgang_pct=100.0))
    assert full.replace("\N{NO-BREAK SPACE}", " ") == "avancement de 100 % livré"


def test_the_limits_in_the_note_are_those_of_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another limit is another note."""
    before = actieregister_tekst.rules_notes(NL)[1]
    limits = {
        "RED_SLIP_DAYS": 123,
        "RED_START_DAYS": 77,
        "ORANGE_POINTS": 44.0,
        "GREEN_SLIP_DAYS": 11,
        "GREEN_POINTS": 5.0,
        "MAX_AGE_QUARTERS": 6,
    }
    for name, limit in limits.items():
        assert NL.number(getattr(status, name)) in before
        monkeypatch.setattr(status, name, limit)
    after = actieregister_tekst.rules_notes(NL)[1]
    parts = ("123 dagen", "77 dagen", "44 punten", "11 dagen", "5 punten", "6 kwartalen")
    assert all(part in after for part in parts)


# --- the cells ---


@pytest.mark.parametrize(
    ("values", "planned", "now"),
    [
        ({}, "30 juni 2027 (kans 25 %)", "30 juni 2027 (kans 25 %)"),
        ({"kans_gepland": 0.0}, "30 juni 2027 (kans < 1 %)", "30 juni 2027 (kans 25 %)"),
        ({"kans_gepland": NAN}, "30 juni 2027 (kans onbekend)", "30 juni 2027 (kans 25 %)"),
        ({"reden": "te_kort"}, "30 juni 2027", "30 juni 2027"),
        ({"status": "voltooid", "reden": NAN, "uitloop_dagen": -1.0}, "30 juni 2027", "30 juni 2027 (1 dag vroeger)"),
        ({"status": "stopgezet", "reden": NAN}, "30 juni 2027", ""),
        ({"uitloop_dagen": 120.0}, "30 juni 2027 (kans 25 %)", "30 juni 2027 (4 maanden later, kans 25 %)"),
        (
            {"oorspronkelijk_einde": SPRING, "verwacht_einde": pd.NaT, "kans_verwacht": NAN},
            "31 maart 2026; nu gepland: 30 juni 2027 (kans 25 %)",
            "30 juni 2027 (kans 25 %)",
        ),
        (
            dict.fromkeys(ENDS, SPRING),
            "31 maart 2026",
            "31 maart 2026",
        ),
        (
            dict.fromkeys(ENDS, pd.NaT) | {"uitloop_dagen": NAN},
            "–",
            "–",
        ),
    ],
)
def test_an_end_says_how_late_and_how_likely(last: Report, values: dict[str, Any], planned: str, now: str) -> None:
    """Only what has yet to come has a likelihood; a dash where no end is known."""
    cells = [cell(last, row(**values)).replace("\N{NO-BREAK SPACE}", " ") for cell in (module._planned, module._end)]
    assert cells == [planned, now]
    both = module._ends(last, row(**values)).replace("\N{NO-BREAK SPACE}", " ")
    assert both in (planned, f"{planned}; nu: {now}")


def test_the_end_of_the_plan_has_a_likelihood_where_it_is_neither_end(last: Report) -> None:
    """By the end of 2026; not of what is over, and not twice."""
    told = module._ends(last, row(kans_einde=0.1)).replace("\N{NO-BREAK SPACE}", " ")
    assert told == "30 juni 2027 (kans 25 %); tegen eind 2026: kans 10 %"
    assert "tegen" not in module._ends(last, row(kans_einde=0.1, status="voltooid"))
    assert "tegen" not in module._ends(last, row(kans_einde=0.1, gepland_einde=pd.Timestamp("2026-12-31")))


def test_an_old_word_says_of_when_it_is(last: Report) -> None:
    """Nothing on an action of which nothing was ever delivered."""
    assert module._owner(last, row()) == "groen"
    assert module._owner(last, row(kwartaal="2026Q1", leeftijd_kwartalen=2.0)) == "groen (K1 2026, 2 kwartalen oud)"
    assert module._owner(last, row(kwartaal="", leeftijd_kwartalen=NAN, eigen_status="")) == "–"


def test_the_owners_phase_stands_only_where_it_is_later() -> None:
    """By the evidence first; unknown has no position."""
    assert module._phase(NL, row()) == "check (70)"
    assert module._phase(NL, row(eigen_fase="act", eigen_hoger=True)) == "check (70); trekker zegt act"
    assert module._phase(NL, row(fase="onbekend", score=NAN)) == "onbekend"


# --- the title and the notes ---


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({("onbekend", "stil"): 3}, "Van geen van de 3 acties is genoeg geleverd om een status te berekenen"),
        ({("groen", "op_schema"): 3}, "Geen van de 3 acties is rood of oranje"),
        (
            {("groen", "op_schema"): 3, ("onbekend", "stil"): 1},
            "Geen van de 4 acties is rood of oranje; over 1 is te weinig bekend",
        ),
        (
            {("oranje", "uitloop"): 1, ("groen", "op_schema"): 3},
            "Waarom 1 van de 4 acties oranje is en geen enkele rood: 1 met een te laat einde",
        ),
        (
            {("rood", "achterstand"): 1, ("oranje", "uitloop"): 9},
            "Waarom 1 van de 10 acties rood is: 1 te ver achter op het plan",
        ),
        (
            {("rood", "achterstand"): 2, ("rood", "niet_gestart"): 3, ("onbekend", "geen_levering"): 2},
            (
                "Waarom 5 van de 7 acties rood zijn: 3 niet op tijd gestart en 2 te ver achter op het plan; "
                "over 2 is te weinig bekend"
            ),
        ),
    ],
)
def test_the_title_says_why(found: dict[tuple[str, str], int], expected: str) -> None:
    """None, one and more; silence is never told as good news."""
    assert actieregister_tekst.title(NL, found) == expected
    assert actieregister_tekst.title(FR, found)


@pytest.mark.parametrize("reason", [code for code in forecast.REASONS if code != "niets_over"])
def test_every_reason_without_a_forecast_has_a_note(reason: str) -> None:
    """And without such actions there is none."""
    for words in (NL, FR):
        one, more = (actieregister_tekst.silence_notes(words, {reason: n}) for n in (1, 2))
        assert len(one) == len(more) == 1
        assert (one == more) == (reason in chances.PLAN_REASONS)
    assert actieregister_tekst.silence_notes(NL, {"": 4}) == ()


def test_a_register_is_drawn_for_another_language_from_the_same_numbers(last: Report, figure: Figure) -> None:
    """Only the words differ."""
    french = module.register(last.in_language("fr"))
    assert [own[3:5] for own in rows(french).values()] == [own[3:5] for own in rows(figure).values()]
    assert french.title != figure.title
