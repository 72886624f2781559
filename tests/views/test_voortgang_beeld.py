"""The pictures of the deliveries: all actions, the earned schedule, the milestones, and who contributes."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Callable
from itertools import pairwise

import pandas as pd
import pytest

from analysis.build import drawing, figures
from analysis.figure import Figure
from analysis.language import Words
from analysis.models.delivered import earned, slippage
from analysis.models.delivered.rollup import WORST_FIRST
from analysis.paths import Project
from analysis.quarter import Quarter
from analysis.views import Report, standing
from analysis.views.voortgang import (
    acties,
    acties_beeld,
    beloop,
    common,
    kansen,
    mijlpalen,
    netwerk,
    verdiende_planning,
    verloop,
    verloop_stand,
)
from analysis.views.voortgang.beloop import Course, Tally

# What the reports are made of is reckoned once, by one worker.
pytestmark = pytest.mark.xdist_group("voortgang-beeld")

VIEWS: dict[str, Callable[[Report], Figure]] = {
    "voortgang-acties": acties.actions,
    "voortgang-verloop": verloop.curve,
    "voortgang-verdiende-planning": verdiende_planning.schedule,
    "voortgang-mijlpalen": mijlpalen.milestones,
    "voortgang-bijdragen": netwerk.network,
}
NL, FR = Words("nl"), Words("fr")


@pytest.fixture(scope="module")
def reports(examples: Project) -> Callable[[str], Report]:
    """The reports on the examples, in both languages, one per quarter."""
    known: dict[str, Report] = {}

    def of(quarter: str) -> Report:
        if quarter not in known:
            known[quarter] = Report(quarter, "nl+fr", deliveries="examples", project=examples)
        return known[quarter]

    return of


# --- every view ---


@pytest.mark.parametrize("quarter", ["2021Q3", "2024Q2", "2026Q3"])
@pytest.mark.parametrize("name", VIEWS)
def test_every_view_is_a_whole_figure_in_both_languages(
    reports: Callable[[str], Report], name: str, quarter: str
) -> None:
    """It has a message, says what it measures and where it comes from, and warns that the deliveries are made up."""
    figure = VIEWS[name](reports(quarter))
    warnings = {"nl": "Fictief:", "fr": "Fictif\u00a0:"}
    for language, one in (("nl", figure), ("fr", figure.others["fr"])):
        assert (one.id, one.kind) == (name, "table" if name == "voortgang-verdiende-planning" else "chart")
        assert all((one.title, one.subtitle, one.origins))
        assert one.notes[0].startswith(warnings[language])
        assert one.grid is not None
        assert one.grid.rows
    assert figure.title != figure.others["fr"].title


@pytest.mark.parametrize("name", VIEWS)
def test_without_deliveries_or_actions_a_view_is_absent(project: Project, examples: Project, name: str) -> None:
    """A report without deliveries, or on a plan without actions, leaves the section out."""
    assert VIEWS[name](Report("2026Q3", "nl", project=project)).kind == "absent"
    other = Report("2026Q3", "fr", plan="actiris-mandaat", deliveries="examples", project=examples)
    assert VIEWS[name](other).kind == "absent"


@pytest.mark.parametrize(
    "name", ["voortgang-acties", "voortgang-verloop", "voortgang-mijlpalen", "voortgang-bijdragen"]
)
def test_a_chart_keeps_within_what_the_report_may_hold(reports: Callable[[str], Report], name: str) -> None:
    """Both drawings together, and the rows of data behind them."""
    spec = VIEWS[name](reports("2026Q3")).spec
    assert spec is not None
    assert _weight(spec) <= figures.DRAWN_BYTES
    assert figures.disclosed_rows(spec) <= figures.DISCLOSED_ROWS


def _weight(spec: dict[str, object]) -> int:
    widths = ((drawing.WIDE, "voortgang-w"), (drawing.NARROW, "voortgang-n"))
    return sum(len(drawing.draw(spec, width, "nl", prefix).encode()) for width, prefix in widths)


# --- all actions ---


def test_silence_is_unknown_except_of_what_is_over() -> None:
    """A quarter without delivery is empty; what was completed stays so until a delivery says otherwise."""
    found = beloop.course(["", "groen", "", "", "rood", "voltooid", "", "rood"], "rood")
    assert found.seen == ("onbekend", "groen", "onbekend", "onbekend", "rood", "voltooid", "voltooid", "rood")
    assert found.held[2:4] == ("groen", "onbekend")


@pytest.mark.parametrize(
    ("told", "now", "length"),
    [
        (["groen", "rood", "rood"], "rood", 2),
        (["rood", "", "rood"], "rood", 3),
        (["rood", "", "", "rood"], "rood", 1),
        (["groen", "groen", ""], "rood", 1),
        (["rood", "", ""], "onbekend", 1),
        ([""], "onbekend", 1),
    ],
)
def test_how_long_a_status_lasts(told: list[str], now: str, length: int) -> None:
    """One silent quarter does not break a status, as it does not for the status now; two do."""
    assert beloop.course(told, now).length == length


def test_the_title_counts_what_the_courses_show() -> None:
    """Red for a year is red in five quarters on end; better and worse only between statuses with a rank."""
    told = {
        "1": beloop.course(["rood"] * 5, "rood"),
        "2": beloop.course(["groen", "rood", "rood", "rood", "rood"], "rood"),
        "3": beloop.course(["oranje", "", "rood", "groen", "voltooid"], "voltooid"),
        "4": beloop.course(["nog_niet_gepland"] * 4 + ["groen"], "groen"),
        "5": beloop.course([""] * 5, "onbekend"),
    }
    assert beloop.tally(told) == Tally(total=5, red=2, long=1, better=1, worse=1, compared=True)
    young = {code: Course(each.seen[-4:], each.held[-4:], each.now) for code, each in told.items()}
    assert beloop.tally(young) == Tally(total=5, red=2, long=0, better=0, worse=0, compared=False)


@pytest.mark.parametrize(
    ("found", "dutch", "french"),
    [
        (
            Tally(total=101, red=0, long=0, better=0, worse=0, compared=False),
            "Geen enkele van de 101 acties staat op rood",
            "Aucune des 101 actions n’est au rouge",
        ),
        (
            Tally(total=5, red=1, long=1, better=0, worse=0, compared=True),
            (
                "1 van de 5 acties staat op rood, waarvan 1 al een jaar of langer; "
                "geen enkele staat er beter of slechter voor dan een jaar geleden"
            ),
            (
                "1 des 5 actions est au rouge, dont 1 depuis un an ou plus\u00a0; "
                "aucune ne se porte mieux ou moins bien qu’il y a un an"
            ),
        ),
        (
            Tally(total=101, red=27, long=18, better=14, worse=7, compared=True),
            (
                "27 van de 101 acties staan op rood, waarvan 18 al een jaar of langer; "
                "beter dan een jaar geleden: 14, slechter: 7"
            ),
            (
                "27 des 101 actions sont au rouge, dont 18 depuis un an ou plus\u00a0; "
                "mieux qu’il y a un an\u00a0: 14, moins bien\u00a0: 7"
            ),
        ),
    ],
)
def test_the_title_of_the_actions(found: Tally, dutch: str, french: str) -> None:
    """None, one and more red ones; with and without a year to look back on."""
    assert acties.actions_title(NL, found) == dutch
    assert acties.actions_title(FR, found) == french


def test_the_picture_of_the_actions_agrees_with_the_statuses(reports: Callable[[str], Report]) -> None:
    """One row per action, with the sign of its status now; the title counts the red ones."""
    report = reports("2026Q3")
    figure, found = acties.actions(report), common.statuses(report.in_language("nl"))
    assert figure.grid is not None
    assert [row[1] for row in figure.grid.rows] == [common.signed(NL, status) for status in found["status"]]
    assert figure.title.startswith(f"{(found['status'] == 'rood').sum()} van de {len(found)} acties")
    assert figure.spec is not None
    rows = [row for part in figure.spec["datasets"].values() for row in part if row.get("naam") and "stand" in row]
    assert sorted(row["naam"].split()[1] for row in rows) == sorted(found["actie_code"])


def test_the_words_of_the_table_of_actions() -> None:
    """Since when, and the course in words; a dash for an action of which nothing was ever delivered."""
    quarters = [Quarter(2026, 1), Quarter(2026, 2), Quarter(2026, 3)]
    known = beloop.course(["groen", "rood", "rood"], "rood")
    assert acties.since(NL, known, quarters) == "tweede kwartaal 2026"
    assert acties.since(NL, beloop.course(["", "", ""], "onbekend"), quarters) == "–"
    assert acties.sequence(NL, known.seen) == "1 \u00d7 groen, 2 \u00d7 rood"


def test_with_too_many_pieces_the_picture_begins_later() -> None:
    """Later quarters are kept, and at least the last one."""
    course = beloop.course(["groen", "rood"] * 4, "rood")
    assert acties_beeld.since([course] * 3, most=24) == 0
    assert acties_beeld.since([course] * 3, most=23) == 1
    assert acties_beeld.since([course] * 3, most=1) == 7
    assert acties_beeld.since([]) == 0


def test_with_too_many_actions_the_worst_are_drawn() -> None:
    """In the order of the plan; what has been bad longer comes first."""
    courses = {
        "1": beloop.course(["groen", "groen"], "groen"),
        "2": beloop.course(["groen", "rood"], "rood"),
        "3": beloop.course(["rood", "rood"], "rood"),
        "4": beloop.course(["", ""], "onbekend"),
    }
    assert acties_beeld.drawn(courses, WORST_FIRST, most=1) == ["3"]
    assert acties_beeld.drawn(courses, WORST_FIRST, most=3) == ["2", "3", "4"]
    assert acties_beeld.drawn(courses, WORST_FIRST) == ["1", "2", "3", "4"]


@pytest.mark.parametrize(("actions", "blocks"), [(1, 1), (5, 1), (40, 2), (130, 2)])
def test_the_rows_of_the_picture_never_overlap(actions: int, blocks: int) -> None:
    """Few actions are one block, many are two of about the same height; no two rows are closer than a row."""
    rows = _plan(actions)
    layout = acties_beeld.placed(rows)
    assert layout.blocks == blocks
    assert list(layout.places) == rows["actie_code"].tolist()
    for block in range(blocks):
        tops = [place.y for place in layout.places.values() if place.block == block]
        steps = [later - earlier for earlier, later in pairwise(tops)]
        assert min(steps, default=acties_beeld.ROW) >= acties_beeld.ROW
        assert layout.height - max(tops) < max(0.1 * layout.height, 60)


def _plan(actions: int) -> pd.DataFrame:
    """Return a plan of objectives with five actions, and krachtlijnen with five objectives."""
    places = range(actions)
    codes = {
        "krachtlijn_code": [str(1 + place // 25 % 4) for place in places],
        "doelstelling_code": [f"{1 + place // 25 % 4}.{place // 5}" for place in places],
        "actie_code": [f"{1 + place // 25 % 4}.{place // 5}.{place}" for place in places],
    }
    return pd.DataFrame(codes | {"label": "Actie"})


def test_the_fullest_picture_can_still_be_sent(
    reports: Callable[[str], Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many actions as are drawn, whose status changes all the time, for six years."""
    draw = random.Random(5)  # noqa: S311 - no secret
    rows = _plan(acties_beeld.MOST_ACTIONS)
    statuses = ["rood", "oranje", "groen", "voltooid", ""]
    courses = {
        code: beloop.course(told := [draw.choice(statuses) for _ in range(24)], told[-1] or "onbekend")
        for code in rows["actie_code"]
    }
    quarters = [Quarter(year, number) for year in range(2021, 2027) for number in (1, 2, 3, 4)]
    quarters = quarters[acties_beeld.since(list(courses.values())) :]
    monkeypatch.setattr(common, "statuses", lambda _: rows)
    report = reports("2026Q3").in_language("nl")
    spec = acties_beeld.picture(report, courses, list(courses), quarters)
    assert len(quarters) >= 4
    assert figures.disclosed_rows(spec) <= figures.DISCLOSED_ROWS
    assert _weight(spec) <= figures.DRAWN_BYTES


# --- the earned schedule ---


@pytest.mark.parametrize(
    ("told", "dutch"),
    [
        (
            (-14, "2026Q4", "2028Q2", ""),
            (
                "Het plan loopt 14 maanden achter op zijn oorspronkelijke planning; in dit tempo "
                "eindigt het in het tweede kwartaal 2028 in plaats van in het vierde kwartaal 2026"
            ),
        ),
        (
            (-1, "2026Q4", "2026Q4", ""),
            (
                "Het plan loopt 1 maand achter op zijn oorspronkelijke planning; in dit tempo "
                "eindigt het zoals gepland in het vierde kwartaal 2026"
            ),
        ),
        (
            (0, "2026Q4", "2026Q4", ""),
            (
                "Het plan zit op zijn oorspronkelijke planning; in dit tempo eindigt het zoals "
                "gepland in het vierde kwartaal 2026"
            ),
        ),
        (
            (2, "2026Q4", "2026Q3", ""),
            (
                "Het plan loopt 2 maanden voor op zijn oorspronkelijke planning; in dit tempo "
                "eindigt het in het derde kwartaal 2026 in plaats van in het vierde kwartaal 2026"
            ),
        ),
        (
            (-2, "2026Q4", "2029Q1", "vroeg"),
            (
                "Het plan loopt 2 maanden achter op zijn oorspronkelijke planning; wanneer "
                "het eindigt, valt nog niet te zeggen"
            ),
        ),
        (
            (-9, "2026Q4", "onbekend", "te_ver"),
            (
                "Het plan loopt 9 maanden achter op zijn oorspronkelijke planning; in "
                "dit tempo komt er geen einde in zicht"
            ),
        ),
        (
            (-6, "2026Q4", "2028Q2", "klaar"),
            "Al het geplande werk waarvan de voortgang bekend is, is gedaan, 6 maanden later dan gepland",
        ),
        ((0, "2026Q4", "2026Q4", "klaar"), "Al het geplande werk waarvan de voortgang bekend is, is op tijd gedaan"),
    ],
)
def test_the_title_of_the_course(told: tuple[int, str, str, str], dutch: str) -> None:
    """Behind, on time, ahead; an end, too early for one, none, or reached."""
    assert verloop.curve_title(NL, *told) == dutch
    assert verloop.curve_title(FR, *told)


def test_the_course_agrees_with_the_model(reports: Callable[[str], Report]) -> None:
    """The title tells the delay and the end of the schedule; the table ends with what is planned and done now."""
    report = reports("2026Q3").in_language("nl")
    found = earned.schedule(verloop_stand.curves(report, "plan")).iloc[0]
    figure = verloop.curve(report)
    assert f"{round(-3 * found['sv'])} maanden achter" in figure.title
    assert NL.quarter(Quarter.parse(found["einde_verwacht"])) in figure.title
    now = verloop_stand.curves(report, "plan").query("kwartaal == '2026Q3'").iloc[0]
    assert figure.grid is not None
    told = next(row for row in figure.grid.rows if row[0] == "derde kwartaal 2026")
    assert told[1:3] == tuple(NL.number(100 * now[name] / now["gewicht"], 1) for name in ("gepland", "verdiend"))


def test_an_unknown_course_is_said_and_not_drawn(
    reports: Callable[[str], Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where too little is known there is a sentence with the reason."""
    report = reports("2026Q3").in_language("nl")
    now = pd.DataFrame([{"es": math.nan, "regel": "te_weinig_bekend"}])
    monkeypatch.setattr(verloop_stand, "standing", lambda *_: now)
    figure = verloop.curve(report)
    assert (figure.kind, figure.spec) == ("sentences", None)
    assert "minder dan de helft" in figure.sentences[0]


def test_what_was_stopped_or_taken_over_is_left_out(reports: Callable[[str], Report]) -> None:
    """The curves end with the weight of what remains, and both figures say how many actions are left out."""
    report = reports("2026Q3").in_language("nl")
    own = common.statuses(report)
    stays = ~own["status"].isin(["stopgezet", "overgenomen"])
    told = common.rows(report, "voortgang").sort_values("bekend_op", kind="stable")
    first = told[told["gewicht"].notna()].drop_duplicates("actie_code").set_index("actie_code")["gewicht"]
    weight = own.loc[stays, "actie_code"].map(first).fillna(1.0).sum()
    assert verloop_stand.curves(report, "plan")["gewicht_alles"].unique().tolist() == [weight]
    said = f"{int((~stays).sum())} acties die stopgezet of overgenomen zijn, tellen niet mee"
    for view in (verloop.curve, verdiende_planning.schedule):
        assert any(note.startswith(said) for note in view(report).notes)


def test_an_objective_of_which_all_was_stopped_has_no_planned_work(
    reports: Callable[[str], Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its row says so; it is not said that too little is known, or that it is done. Nor is of a plan."""
    report = reports("2024Q2").in_language("nl")
    real = common.rows(report, "voortgang").assign(kwartaal="2024Q2")
    actions = standing.actions(report)
    gone = real.assign(eigen_status="stopgezet").where(real["actie_code"].str.startswith("3.7."), real)
    rows = earned.curves(gone, actions, "doelstelling", Quarter(2021, 1), Quarter(2024, 2), Quarter(2026, 4))
    plan = earned.curves(
        real.assign(eigen_status="stopgezet"), actions, "plan", Quarter(2021, 1), Quarter(2024, 2), Quarter(2026, 4)
    )
    kept = verloop_stand.curves
    monkeypatch.setattr(
        verloop_stand,
        "curves",
        lambda asked, by: {
            "doelstelling": rows.assign(gepland_pct=0.0, verdiend_pct=0.0),
            "plan": plan.assign(gepland_pct=0.0, verdiend_pct=0.0),
        }.get(by, kept(asked, "krachtlijn")),
    )
    figure = verdiende_planning.schedule(report)
    assert figure.grid is not None
    told = next(row for row in figure.grid.rows if row[0].startswith("3.7 "))
    assert told[1:] == ("–", "–", "–", "er blijft geen gepland werk over")
    whole = verloop.curve(report)
    assert (whole.kind, whole.sentences) == ("sentences", ("De reden: er blijft geen gepland werk over.",))


def test_the_plan_and_each_krachtlijn_have_a_row_of_their_own(reports: Callable[[str], Report]) -> None:
    """The plan first, each krachtlijn at the head of its objectives, as in the model; the title counts none of them."""
    report = reports("2026Q3").in_language("nl")
    figure = verdiende_planning.schedule(report)
    assert figure.grid is not None
    lines = verloop_stand.standing(report, "krachtlijn").set_index("code")
    plan = verloop_stand.standing(report, "plan").iloc[0]
    heads = {figure.grid.rows[place][0]: figure.grid.rows[place] for place in figure.grid.groups}
    assert list(heads) == [f"Krachtlijn {code} als geheel" for code in lines.index]
    wholes = [("Het hele plan", plan), *((f"Krachtlijn {code} als geheel", row) for code, row in lines.iterrows())]
    for name, row in wholes:
        cells = next(cells for cells in figure.grid.rows if cells[0] == name)
        assert cells[1:3] == (NL.number(round(3 * row["sv"]), sign=True), NL.number(row["spi"], 2))
        assert cells[4].endswith(kansen.short(NL, row["einde_verwacht"]))
    assert figure.grid.rows[0][0] == "Het hele plan"
    objectives = len(verloop_stand.standing(report, "doelstelling"))
    assert len(figure.grid.rows) == objectives + len(lines) + 1
    assert f" van de {objectives} doelstellingen" in figure.title


def test_a_plan_without_krachtlijnen_has_only_its_own_row_beside_its_objectives(
    reports: Callable[[str], Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No row stands for the level that it does not have."""
    report = reports("2026Q3").in_language("nl")
    monkeypatch.setattr(verdiende_planning, "_wholes", lambda _: {})
    figure = verdiende_planning.schedule(report)
    assert figure.grid is not None
    assert len(figure.grid.rows) == 1 + len(verloop_stand.standing(report, "doelstelling"))
    monkeypatch.undo()
    monkeypatch.setattr(report.now, "plan", lambda *_: pd.DataFrame())
    assert verdiende_planning._wholes(report) == {}


def test_the_title_of_the_schedule() -> None:
    """What is done is not behind any more; those that are equally far behind are all named."""
    table = pd.DataFrame({"code": ["1", "2", "3", "4"], "sv": [-1.0, -1.1, -0.9, -5.0], "klaar": [False] * 3 + [True]})
    assert verdiende_planning.schedule_title(NL, table) == (
        "2 van de 4 doelstellingen lopen drie maanden of meer achter; het verst 2 en 1, met 3 maanden"
    )
    assert verdiende_planning.schedule_title(NL, table[:1]).startswith("1 van de 1 doelstellingen loopt")
    unknown = pd.DataFrame({"code": ["1"], "sv": [math.nan], "klaar": [False]})
    assert verdiende_planning.schedule_title(NL, unknown).startswith("Van geen van de 1 doelstellingen is bekend")


# --- the milestones ---


@pytest.mark.parametrize(
    ("found", "dutch"),
    [
        (
            mijlpalen.Tally(9, 0, 0),
            "Geen van de 9 mijlpalen is meer dan een kwartaal opgeschoven; geen enkele is nu over tijd",
        ),
        (
            mijlpalen.Tally(9, 1, 1),
            "1 van de 9 mijlpalen kwam of komt meer dan een kwartaal later dan eerst gepland; 1 is nu over tijd",
        ),
        (
            mijlpalen.Tally(9, 4, 2),
            "4 van de 9 mijlpalen kwamen of komen meer dan een kwartaal later dan eerst gepland; 2 zijn nu over tijd",
        ),
    ],
)
def test_the_title_of_the_milestones(found: mijlpalen.Tally, dutch: str) -> None:
    """None, one and more."""
    assert mijlpalen.milestones_title(NL, found) == dutch
    assert mijlpalen.milestones_title(FR, found)


def test_the_milestones_agree_with_the_model(reports: Callable[[str], Report]) -> None:
    """All that is overdue stands in the table, except of actions that were given up; the chart has the worst twelve."""
    report = reports("2026Q3").in_language("nl")
    given_up = common.statuses(report).query("status in ['stopgezet', 'overgenomen']")["actie_code"].tolist()
    rows = common.rows(report, "mijlpalen")
    model = slippage.slippage(rows, dt.date(2026, 9, 30), Quarter(2026, 3), given_up)
    late = model[model["stand"] == "te_laat"]
    lapsed = int((model["stand"] == "vervallen").sum())
    figure = mijlpalen.milestones(report)
    assert figure.grid is not None
    assert figure.spec is not None
    assert figure.grid.groups[0] == f"Over tijd ({len(late)})"
    assert figure.title.endswith(f"{len(late)} zijn nu over tijd")
    assert figures.disclosed_rows(figure.spec) == mijlpalen.DRAWN
    assert not any(row[0].split()[0] in set(given_up) for row in figure.grid.rows if row[3] == "–")
    assert lapsed > 1
    assert figure.notes[1].startswith(f"{lapsed} niet gehaalde mijlpalen zijn vervallen")
    assert figure.title.split()[3] == str(len(model) - lapsed)


# --- who contributes ---


@pytest.mark.parametrize(
    ("lead", "dutch"),
    [
        (
            netwerk.Lead(("A",), 3, 0, 9),
            "A werkt aan de meeste acties mee: 3 van de 9; geen enkele daarvan staat op rood",
        ),
        (
            netwerk.Lead(("A", "B"), 3, 1, 9),
            "A en B werken aan de meeste acties mee: elk 3 van de 9; 1 daarvan staat op rood",
        ),
        (
            netwerk.Lead(("A", "B", "C", "D", "E"), 3, 2, 9),
            "A, B, C en 2 andere werken aan de meeste acties mee: elk 3 van de 9; 2 daarvan staan op rood",
        ),
    ],
)
def test_the_title_of_the_contributions(lead: netwerk.Lead, dutch: str) -> None:
    """One that leads, or several."""
    assert netwerk.network_title(NL, lead) == dutch
    assert netwerk.network_title(FR, lead)


def test_the_contributions_agree_with_the_delivery(reports: Callable[[str], Report]) -> None:
    """Every organisation of the last quarter with its number of actions; the cells add up to the same."""
    report = reports("2026Q3").in_language("nl")
    rows = common.rows(report, "bijdragen")
    counts = rows[rows["kwartaal"] == "2026Q3"].groupby("organisatie_id")["actie_code"].nunique()
    figure = netwerk.network(report)
    assert figure.grid is not None
    assert figure.spec is not None
    assert [int(row[1]) for row in figure.grid.rows] == sorted(counts, reverse=True)
    cells = [row["aantal"] for part in figure.spec["datasets"].values() for row in part if "aantal" in row]
    assert sum(cells) == counts.sum()


def test_many_organisations_and_objectives_are_put_together(
    reports: Callable[[str], Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not fit a page shares a column, or becomes rows per krachtlijn; no action counts twice in a cell."""
    report = reports("2026Q3").in_language("nl")
    monkeypatch.setattr(netwerk, "MOST_COLUMNS", 3)
    monkeypatch.setattr(netwerk, "MOST_ROWS", 5)
    links = netwerk._links(report)
    heads, lines, counts = netwerk._cells(report, links, netwerk._organisations(report, links)[0])
    assert [len(heads), heads[-1].name] == [3, "andere"]
    assert len(lines) == links["krachtlijn_code"].nunique()
    assert counts.loc[counts["kolom"] == 2, "aantal"].sum() == heads[-1].actions
