"""The course of the plan and its krachtlijnen: the average, its bounds, and the least advanced action."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from analysis.build import drawing, figures
from analysis.language import Words
from analysis.models.delivered import rollup
from analysis.models.delivered.latest import history
from analysis.paths import Project
from analysis.quarter import Quarter
from analysis.views import Report, standing
from analysis.views.voortgang import common, koers, koers_beeld, koers_tekst
from analysis.views.voortgang.koers_tekst import Told

# What the reports are made of is reckoned once, by one worker.
pytestmark = pytest.mark.xdist_group("voortgang-koers")

NL, FR = Words("nl"), Words("fr")
NAN = float("nan")
TOLD = Told(Quarter(2026, 3), average=60.0, low=50.0, high=70.0, back=4, gain=12.4, lines={"1": 9.0, "2": 21.0})


@pytest.fixture(scope="module")
def reports(examples: Project) -> Callable[[str], Report]:
    """The reports on the examples, in both languages, one per quarter."""
    known: dict[str, Report] = {}

    def of(quarter: str) -> Report:
        if quarter not in known:
            known[quarter] = Report(quarter, "nl+fr", deliveries="examples", project=examples)
        return known[quarter]

    return of


@pytest.mark.parametrize("quarter", ["2021Q3", "2024Q2", "2026Q3"])
def test_the_course_is_a_whole_figure_in_both_languages(reports: Callable[[str], Report], quarter: str) -> None:
    """It has a message, says what it measures and where it comes from, and warns that the deliveries are made up."""
    report = reports(quarter)
    figure = koers.course(report)
    warnings = {"nl": "Fictief:", "fr": "Fictif\u00a0:"}
    for language, one in (("nl", figure), ("fr", figure.others["fr"])):
        assert (one.id, one.kind) == ("voortgang-koers", "chart")
        assert all((one.title, one.subtitle, one.alt, one.origins))
        assert one.notes[0].startswith(warnings[language])
        assert one.grid is not None
        assert one.spec is not None
        groups = 1 + len(standing.krachtlijnen(report))
        assert len(one.grid.rows) == groups * common.rows(report, "voortgang")["kwartaal"].nunique()
        assert figures.disclosed_rows(one.spec) <= figures.DISCLOSED_ROWS
        assert _weight(one.spec) <= figures.DRAWN_BYTES
    assert figure.title != figure.others["fr"].title


def _weight(spec: dict[str, object]) -> int:
    widths = ((drawing.WIDE, "voortgang-w"), (drawing.NARROW, "voortgang-n"))
    return sum(len(drawing.draw(spec, width, "nl", prefix).encode()) for width, prefix in widths)


def test_without_deliveries_or_actions_the_course_is_absent(project: Project, examples: Project) -> None:
    """A report without deliveries, or on a plan without actions, leaves the section out."""
    assert koers.course(Report("2026Q3", "nl", project=project)).kind == "absent"
    other = Report("2026Q3", "fr", plan="actiris-mandaat", deliveries="examples", project=examples)
    assert koers.course(other).kind == "absent"


def test_the_course_agrees_with_the_model(reports: Callable[[str], Report]) -> None:
    """The table has the numbers of every quarter and group; the note those of the advance, and the title its ends."""
    report = reports("2026Q3").in_language("nl")
    known, actions = history(common.rows(report, "voortgang"), ["actie_code"]), standing.actions(report)
    figure = koers.course(report)
    assert figure.grid is not None
    for by in ("", "krachtlijn_code"):
        model = rollup.over_time(known, actions, by)
        for row in model[model["kwartaal"].isin(["2022Q1", "2026Q3"])].to_dict("records"):
            name, quarter = koers.name(report, row["code"]), NL.quarter(Quarter.parse(row["kwartaal"]))
            first = next(place for place, heading in figure.grid.groups.items() if heading == name)
            told = next(cells for cells in figure.grid.rows[first:] if cells[0] == quarter)
            assert told[1:4] == tuple(NL.number(row[one], 1) for one in ("gemiddelde", "onder", "boven"))
            assert told[4] == NL.number(100 * row["dekking"])
            assert told[5].startswith(row["slechtste"])
            assert told[6] == NL.number(row["slechtste_voortgang"])
    gained = rollup.gains(known, actions, "krachtlijn_code").set_index("code")["winst"]
    assert f"Krachtlijn 1: {gained['1']:+.0f} (" in figure.notes[1]
    assert f"{gained.max():+.0f} procentpunten" in figure.title
    assert f"{gained.min():+.0f} procentpunten" in figure.title


def test_what_left_is_not_named_as_the_least_advanced(reports: Callable[[str], Report]) -> None:
    """Of the last quarter, by what its owner said in it; a note tells that it keeps its progress."""
    report = reports("2026Q3").in_language("nl")
    left = set(common.statuses(report).query("status in ['stopgezet', 'overgenomen']")["actie_code"])
    rows = koers.courses(report)
    assert left
    assert not left & set(rows.loc[rows["kwartaal"] == "2026Q3", "slechtste"])
    assert f"{len(left)} acties die stopgezet of overgenomen zijn" in koers.course(report).notes[-1]


def test_a_plan_without_krachtlijnen_has_one_panel(
    reports: Callable[[str], Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of the plan, with a message about the plan."""
    report = reports("2026Q3").in_language("nl")
    rows, gained = koers.courses(report), koers.gains(report)
    monkeypatch.setattr(koers, "courses", lambda _: rows[rows["code"] == ""])
    monkeypatch.setattr(koers, "gains", lambda _: gained[gained["code"] == ""])
    figure = koers.course(report)
    assert figure.spec is not None
    assert figure.spec["columns"] == 1
    assert figure.title.startswith("In 4 kwartalen ging het plan, voor zover bekend, ")
    assert drawing.draw(figure.spec, drawing.NARROW, "nl", "x")


def test_a_course_of_which_nothing_is_known_is_drawn_and_said(
    reports: Callable[[str], Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its band runs from 0 to 100; no average and no action is named."""
    report = reports("2021Q3").in_language("nl")
    names = ["gemiddelde", "slechtste_voortgang"]
    unknown = koers.courses(report).assign(**dict.fromkeys(names, NAN), slechtste="", slechtste_aantal=0)
    silent = unknown.assign(onder=0.0, boven=100.0, dekking=0.0)
    monkeypatch.setattr(koers, "courses", lambda _: silent)
    figure = koers.course(report)
    assert figure.title == "Van geen enkele actie is de voortgang op het einde van het derde kwartaal 2021 bekend"
    assert figure.spec is not None
    assert figure.grid is not None
    assert drawing.draw(figure.spec, drawing.WIDE, "nl", "x").count("geen bekend") == silent["code"].nunique()
    assert figure.grid.rows[0][1:] == ("–", "0,0", "100,0", "0", "–", "–")


@pytest.mark.parametrize(
    ("found", "dutch"),
    [
        (
            TOLD,
            (
                "In 4 kwartalen ging, voor zover bekend, krachtlijn 2 het meest vooruit (+21 procentpunten) en "
                "krachtlijn 1 het minst (+9 procentpunten)"
            ),
        ),
        (
            replace(TOLD, back=1, lines={"1": 4.8, "2": 5.2, "3": 1.1, "4": 0.6}),
            (
                "In 1 kwartaal gingen, voor zover bekend, de krachtlijnen 1 en 2 het meest vooruit (+5 procentpunten) "
                "en de krachtlijnen 3 en 4 het minst (+1 procentpunt)"
            ),
        ),
        (
            replace(TOLD, lines={"1": 1.0, "2": 1.2}),
            "In 4 kwartalen ging elke krachtlijn, voor zover bekend, 1 procentpunt vooruit",
        ),
        (
            replace(TOLD, lines={"1": 9.0, "2": NAN}),
            "In 4 kwartalen ging het plan, voor zover bekend, 12 procentpunten vooruit",
        ),
        (replace(TOLD, lines={"1": 9.0}), "In 4 kwartalen ging het plan, voor zover bekend, 12 procentpunten vooruit"),
        (replace(TOLD, lines={}, gain=1.0), "In 4 kwartalen ging het plan, voor zover bekend, 1 procentpunt vooruit"),
        (
            replace(TOLD, lines={}, gain=-1.0),
            "In 4 kwartalen ging het plan, voor zover bekend, 1 procentpunt achteruit",
        ),
        (
            replace(TOLD, lines={"1": 0.0, "2": -1.0}, gain=-0.4),
            "In 4 kwartalen ging het plan, voor zover bekend, niet vooruit",
        ),
        (
            replace(TOLD, gain=NAN),
            (
                "Hoever het plan in 4 kwartalen kwam, valt niet te zeggen: van te weinig acties is de voortgang toen "
                "en nu bekend"
            ),
        ),
        (
            replace(TOLD, back=0),
            (
                "Op het einde van het derde kwartaal 2026 staat het plan gemiddeld op 60\u00a0%; met de stille acties "
                "erbij is dat 50\u00a0% tot 70\u00a0%"
            ),
        ),
        (
            replace(TOLD, back=0, low=60.0, high=60.0),
            "Op het einde van het derde kwartaal 2026 staat het plan gemiddeld op 60\u00a0%",
        ),
        (
            replace(TOLD, average=NAN),
            "Van geen enkele actie is de voortgang op het einde van het derde kwartaal 2026 bekend",
        ),
    ],
)
def test_the_title_of_the_course(found: Told, dutch: str) -> None:
    """The krachtlijnen only where each is known well enough; else the plan, and where it stands without a past."""
    assert koers_tekst.course_title(NL, found).replace("\u00a0", " ") == dutch.replace("\u00a0", " ")
    assert koers_tekst.course_title(FR, found)


def test_an_advance_of_which_less_than_half_is_known_is_unknown() -> None:
    """Of the plan and of a krachtlijn; exactly a half is enough."""
    rows = pd.DataFrame([{"kwartaal": "2026Q3", "code": "", "gemiddelde": 5.0, "onder": 2.0, "boven": 60.0}])
    gained = pd.DataFrame({"code": ["", "1", "2"], "kwartalen": 4, "winst": 3.0, "aandeel": [0.49, 0.5, 0.2]})
    found = koers_tekst.told(rows, gained)
    assert math.isnan(found.gain)
    assert found.lines["1"] == 3
    assert math.isnan(found.lines["2"])
    assert koers_tekst.told(rows, gained.iloc[:0]).back == 0


def _many(groups: int, quarters: int) -> pd.DataFrame:
    """Return the course of many krachtlijnen over many quarters, each moving all the time."""
    at, rows = Quarter(2026, 3), []
    for back in range(quarters):
        for place in range(groups):
            value = (37.3 * place + 53.7 * back) % 100
            row = {"kwartaal": str(at), "code": str(place) if place else "", "gemiddelde": value, "onder": value / 2}
            least = {"boven": 50 + value / 2, "slechtste": "12.10.11", "slechtste_aantal": 1}
            rows.append({**row, **least, "slechtste_voortgang": value / 3})
        at = at.previous()
    return pd.DataFrame(rows[::-1]).sort_values("kwartaal", kind="stable")


@pytest.mark.parametrize(("groups", "quarters", "panels"), [(9, 21, 6), (5, 33, 4), (12, 8, 9), (3, 80, 2), (2, 4, 2)])
def test_the_fullest_picture_can_still_be_sent(
    reports: Callable[[str], Report], groups: int, quarters: int, panels: int
) -> None:
    """What does not fit stays in the table; the plan is always drawn, and the krachtlijnen with the least average."""
    rows = _many(groups, quarters)
    drawn = koers_beeld.shown(rows)
    names = {code: f"{code} Goed bestuur, PDCA-cyclus en een wendbare overheid" for code in drawn["code"].unique()}
    spec = koers_beeld.picture(reports("2026Q3").in_language("fr"), drawn, names)
    assert drawn["code"].nunique() == panels
    assert "" in set(drawn["code"])
    last = rows[(rows["kwartaal"] == "2026Q3") & (rows["code"] != "")].set_index("code")["gemiddelde"]
    assert set(last.nsmallest(panels - 1).index) == set(drawn["code"]) - {""}
    assert _weight(spec) <= figures.DRAWN_BYTES
    assert figures.disclosed_rows(spec) <= figures.DISCLOSED_ROWS


def test_a_quarter_without_deliveries_is_a_hole(reports: Callable[[str], Report]) -> None:
    """The line is not drawn through it, and a quarter that stands alone is a point."""
    rows = _many(1, 6)
    spec = koers_beeld.picture(
        reports("2026Q3").in_language("nl"), rows[~rows["kwartaal"].isin(["2025Q4", "2026Q2"])], {"": "Het hele plan"}
    )
    facts = [row for part in spec["datasets"].values() for row in part if row["tekst"] == ""]
    assert [(row["stuk"], row["alleen"]) for row in facts] == [(0, False), (0, False), (1, True), (2, True)]


@pytest.mark.parametrize(("average", "least"), [(0, 0), (2, 0), (50, 49), (52, 45), (100, 100), (97, 91), (14, 1)])
def test_the_values_at_the_end_stand_clear_of_each_other_and_of_the_lines(average: float, least: float) -> None:
    """Wherever they are: the average above, each away from the lines behind the panel."""
    ends = koers_beeld._ends(NL, pd.Series({"y": average, "minst": least, "paneel": "", "x": 2026.75}))
    high, low = ends["y"]
    assert high - low >= koers_beeld.APART
    assert all(abs(place - line) >= koers_beeld.CLEAR for place in (high, low) for line in koers_beeld.BEHIND)
    assert 0 < low < high < 100
