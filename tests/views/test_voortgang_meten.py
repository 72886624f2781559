"""The meetpunten, the recurring duties, the KPIs and the forecast, on the fictitious deliveries."""

from __future__ import annotations

import json
import math
import re
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from analysis.build import drawing
from analysis.build.figures import DISCLOSED_ROWS, DRAWN_BYTES, disclosed_rows
from analysis.figure import Figure
from analysis.language import Words
from analysis.models.delivered import forecast as model
from analysis.models.delivered.trajectory import STATUSES
from analysis.paths import Project
from analysis.quarter import Quarter
from analysis.views import Report, voortgang
from analysis.views.voortgang.chances import COLUMNS, Outlook, chances, forecast_of, likelihood, outlook
from analysis.views.voortgang.kansen import chances_title
from analysis.views.voortgang.kpis import kpis_title
from analysis.views.voortgang.meetpunten import gauges_title
from analysis.views.voortgang.meetpunten_panelen import PANELS, kept, shown
from analysis.views.voortgang.meetpunten_reeks import Gauge, gauges_of
from analysis.views.voortgang.meetpunten_tabel import signals_title
from analysis.views.voortgang.taken import Tally, duties_title
from analysis.views.voortgang.vooruitblik import forecast_title
from analysis.views.voortgang.vooruitblik_record import record_title

# What the reports are made of is reckoned once, by one worker.
pytestmark = pytest.mark.xdist_group("voortgang-meten")

IDS = {
    "gauges": "voortgang-meetpunten",
    "gauge_table": "voortgang-meetpunten-stand",
    "duties": "voortgang-taken",
    "kpis": "voortgang-optiris",
    "forecast": "voortgang-vooruitblik",
    "record": "voortgang-vooruitblik-record",
    "chances_table": "voortgang-kansen",
}
ACTIRIS = "actiris-mandaat"
BREAKABLE = re.compile(r"\S [:;?!%]|« ")
NL, FR = Words("nl"), Words("fr")


def view(name: str, report: Report) -> Figure:
    """Make a figure of the chapter by its name."""
    return cast(Figure, getattr(voortgang, name)(report))


def opened(project: Project, quarter: str = "2026Q3", language: str = "nl", plan: str | None = None) -> Report:
    """Open a report with the fictitious deliveries."""
    return Report(quarter, language, plan, deliveries="examples", project=project)


@pytest.fixture(scope="module")
def report(examples: Project) -> Report:
    """The report of the last quarter on the plan of the GOB."""
    return opened(examples)


def texts(figure: Figure) -> list[str]:
    """Return all that a reader meets."""
    cells = [cell for row in figure.grid.rows for cell in row] if figure.grid else []
    heads = [*(column.label for column in figure.grid.columns), *figure.grid.groups.values()] if figure.grid else []
    return [figure.title, figure.subtitle, figure.alt, *figure.sentences, *figure.notes, *heads, *cells]


@pytest.mark.parametrize("plan", [None, ACTIRIS])
@pytest.mark.parametrize("quarter", ["2021Q3", "2024Q2", "2026Q3"])
def test_every_view_speaks_both_languages_in_every_quarter(examples: Project, quarter: str, plan: str | None) -> None:
    """Each figure has its id, a message and sources, says first that it is made up, and leaves no place open."""
    both = opened(examples, quarter, "nl+fr", plan)
    for name, known in IDS.items():
        dutch = view(name, both)
        for language, figure in (("nl", dutch), ("fr", dutch.others["fr"])):
            assert figure.id == known
            assert figure.title
            assert not [text for text in texts(figure) if "{" in text or re.search(r"\b(nan|NaT|None)\b", text)], known
            if figure.kind != "absent":
                assert figure.origins, known
                assert figure.notes[0].startswith({"nl": "Fictief", "fr": "Fictif"}[language]), known
            if language == "fr":
                assert not [text for text in texts(figure) if BREAKABLE.search(text)], known
        assert {dutch.kind} == {other.kind for other in dutch.others.values()}


@pytest.mark.parametrize("name", IDS)
def test_without_deliveries_nothing_is_shown(project: Project, name: str) -> None:
    """A table that nobody delivered leaves its figure out."""
    assert view(name, Report("2026Q3", "nl", project=project)).kind == "absent"


def test_a_plan_shows_only_what_it_has(examples: Project) -> None:
    """The mandate of Actiris has duties and no actions, the plan of the GOB the other way round."""
    with_duties = opened(examples, plan=ACTIRIS)
    kinds = {name: view(name, with_duties).kind for name in IDS}
    assert [name for name, kind in kinds.items() if kind == "absent"] == ["forecast", "record", "chances_table"]
    assert view("duties", opened(examples)).kind == "absent"


# --- meetpunten ---


def test_drawings_stay_light_and_hold_no_cases(report: Report) -> None:
    """Both drawings of each chart fit in the report, and no source or code leaks into them."""
    for name in ("gauges", "forecast"):
        spec = view(name, report).spec
        assert spec
        assert disclosed_rows(spec) <= DISCLOSED_ROWS
        drawn = "".join(drawing.draw(spec, width, "nl", "x") for width in (drawing.WIDE, drawing.NARROW))
        assert len(drawn.encode()) < DRAWN_BYTES
        assert "levering" not in json.dumps(spec["datasets"])


def test_every_meetpunt_is_counted_drawn_and_in_the_table(report: Report) -> None:
    """As many panels and rows as meetpunten; the title counts each once; the table goes by objective."""
    every = gauges_of(report)
    chart, table = view("gauges", report), view("gauge_table", report)
    assert chart.spec
    assert table.grid
    assert len(chart.spec["facet"]["sort"]) == len(table.grid.rows) == len(every)
    assert sum(map(int, re.findall(r"\d+", chart.title))) == 2 * len(every)
    objectives = [str(gauge.row["doelstelling_code"]) for gauge in every]
    assert [text.split()[0] for text in table.grid.groups.values()] == list(dict.fromkeys(objectives))


def test_a_target_that_was_changed_is_told(examples: Project) -> None:
    """Before the change nothing is said of it, afterwards both targets are."""
    before, after = (view("gauge_table", opened(examples, quarter)) for quarter in ("2023Q2", "2026Q3"))
    assert after.grid
    told = [row for row in after.grid.rows if "eerst" in row[1]]
    assert [row[0] for row in told] == ["Doorlooptijd van een dossier (dagen)"]
    assert told[0][1].startswith("≤ 22,7")
    assert "eerst ≤ 20" in told[0][1]
    assert not [text for text in texts(before) if "eerst ≤" in text]


def test_few_measurements_are_provisional_or_nothing(examples: Project) -> None:
    """A signal of 7 to 11 points is provisional, of fewer there is none; only a quiet series is held to its target."""
    cells = {
        quarter: [row[-1] for row in grid.rows]
        for quarter in ("2021Q4", "2023Q2", "2026Q3")
        if (grid := view("gauge_table", opened(examples, quarter)).grid)
    }
    assert all("te weinig metingen" in cell for cell in cells["2021Q4"])
    assert all("voorlopig" in cell and ";" not in cell for cell in cells["2023Q2"])
    assert not [cell for cell in cells["2026Q3"] if "voorlopig" in cell]
    assert {cell.split(";")[0] for cell in cells["2026Q3"] if ";" in cell} == {"geen signaal"}


def gauge(expected: float, unit: str, days: int) -> Gauge:
    """Return a meetpunt of which the growth leads somewhere, measured so many days after its base."""
    start = pd.Timestamp(2021, 1, 1)
    row: dict[Any, Any] = {"eenheid": unit, "basis_periode_tot": start}
    points = pd.DataFrame({"periode_tot": [start + pd.Timedelta(days=days)], "waarde": [1.0]})
    return Gauge(row, row, {"verwacht": expected}, points)


def test_what_is_expected_keeps_within_what_can_be() -> None:
    """No share above 100 %, no count below nought, and nothing from a few months of history."""
    assert gauge(708.4, "%", 400).expected == 100
    assert gauge(-0.5, "aantal", 400).expected == 0
    assert gauge(-0.5, "dagen", 400).expected == -0.5
    assert math.isnan(gauge(50.0, "%", 200).expected)


def many(number: int, *, every: int) -> list[Gauge]:
    """Return meetpunten of which every second one missed its target, measured every so many months."""
    days = pd.date_range("2021-01-01", periods=20, freq=f"{every}MS")
    points = pd.DataFrame({"periode_van": days, "periode_tot": days + pd.offsets.MonthEnd(0), "waarde": 1.0})
    found = (
        SimpleNamespace(code=str(n), status="gemist" if n % 2 else "bereikt", points=points) for n in range(number)
    )
    return cast("list[Gauge]", list(found))


def test_of_too_many_meetpunten_the_worst_are_drawn_in_their_order() -> None:
    """Only so many as fit, each with its youngest measurements; holes in a line take room too."""
    drawn, broken = shown(many(60, every=1), STATUSES), shown(many(60, every=2), STATUSES)
    assert [one.code for one in drawn] == [str(n) for n in range(1, 2 * len(drawn), 2)]
    assert 1 < len(broken) < len(drawn) <= PANELS
    assert kept(drawn) * len(drawn) < DISCLOSED_ROWS
    assert len(shown(many(3, every=1), STATUSES)) == 3


def test_titles_of_meetpunten_count_right() -> None:
    """None of a status is not named; one and more have their own form."""
    assert gauges_title(NL, ["bereikt"]) == "Van 1 meetpunt: 1 bereikt"
    assert gauges_title(FR, ["bereikt", "bereikt", "onbekend"]) == "Sur 3 indicateurs\xa0: 2 atteints et 1 inconnu"
    assert signals_title(NL, []).startswith("Geen enkel meetpunt heeft al genoeg")
    assert "blijven binnen hun gewone" in signals_title(NL, ["", ""])
    assert "verbetert er 1 en verslechteren er 2," in signals_title(NL, ["", "verbetering", *2 * ["verslechtering"]])
    assert "1 s’améliore," in signals_title(FR, ["verbetering"])


# --- duties ---


def test_outcomes_of_duties_add_up(examples: Project) -> None:
    """Of each duty what was met, late and missed is all that was due, and the title counts what the rows say."""
    figure = view("duties", opened(examples, plan=ACTIRIS))
    assert figure.grid
    for row in figure.grid.rows:
        assert int(row[2]) == sum(int(cell) for cell in row[3:6])
    kept_duties = sum(row[2] == row[3] for row in figure.grid.rows)
    missed = sum(int(row[5]) for row in figure.grid.rows)
    assert [int(n) for n in re.findall(r"\b\d\b", figure.title)][1] == kept_duties
    assert f"{missed} termijn" in figure.title


def test_duties_without_a_calendar_are_counted_and_never_good(examples: Project) -> None:
    """Bound and ongoing duties stand in notes only."""
    plan = opened(examples, plan=ACTIRIS)
    figure = view("duties", plan)
    kinds = plan.now.plan("streefwaarden", ACTIRIS)["tijdschema_soort"].value_counts()
    assert figure.grid
    assert len(figure.grid.rows) == kinds["terugkerend"]
    assert any(note.startswith(f"{kinds['gebonden']} taken zijn aan gebeurtenissen") for note in figure.notes)
    assert any(note.startswith(f"{kinds['doorlopend']} taken lopen door") for note in figure.notes)


@pytest.mark.parametrize(
    ("due", "counts", "state"),
    [
        (0, (0, 0, 0), "termijn_loopt"),
        (4, (4, 0, 0), "nagekomen"),
        (4, (3, 0, 0), "onbekend"),
        (4, (0, 0, 0), "onbekend"),
        (4, (3, 1, 0), "deels"),
        (4, (0, 0, 4), "niet_nagekomen"),
        (4, (0, 0, 3), "deels"),
    ],
)
def test_a_duty_is_only_met_when_all_is_known(due: int, counts: tuple[int, ...], state: str) -> None:
    """What was not delivered is never taken for met."""
    assert Tally(due, dict(zip(("op_tijd", "te_laat", "gemist"), counts, strict=True))).state == state


def test_titles_of_duties_count_right() -> None:
    """Duties of which nothing was due are not among those that could have been met."""
    start = Quarter(2025, 4).start
    assert duties_title(NL, ["termijn_loopt"], 0, start).startswith("Sinds 1 oktober 2025 is nog geen termijn")
    told = duties_title(NL, ["nagekomen", "deels", "termijn_loopt"], 1, start)
    assert told.startswith("Van de 2 terugkerende taken met een termijn is er 1")
    assert told.endswith("1 termijn is gemist")
    assert "gemist" not in duties_title(NL, ["nagekomen", "nagekomen"], 0, start)


# --- KPIs ---


def test_kpis_say_why_they_are_unknown(examples: Project) -> None:
    """Actiris has no actions; the GOB measures no proposals and no satisfaction."""
    actiris, gob = (view("kpis", opened(examples, plan=plan)).grid for plan in (ACTIRIS, None))
    assert actiris
    assert gob
    assert [row[1] != "onbekend" for row in actiris.rows] == [True, False, False, False, True]
    assert [row[1] != "onbekend" for row in gob.rows] == [False, False, False, True, False]
    assert all(row[-1] for row in (*actiris.rows, *gob.rows))
    assert re.fullmatch(r"\d+,\d–\d+,\d", gob.rows[3][3])


def test_titles_of_kpis_count_right() -> None:
    """What is known is told, what is not is counted."""
    none = dict.fromkeys(("1_voorstellen", "1_kwaliteit", "1_besparingen", "2_op_tijd", "3_tevredenheid"), math.nan)
    assert kpis_title(NL, none) == "OPTIris: 3 van de drie KPI’s onbekend"
    one = none | {"1_voorstellen": 1.0, "2_op_tijd": 0.0, "3_tevredenheid": 80.0}
    assert kpis_title(NL, one) == "OPTIris: 1 voorstel ingediend, 0,0\xa0% van de acties op tijd en 80,0\xa0% tevreden"


# --- the forecast ---


def test_the_forecast_is_that_of_the_model(report: Report) -> None:
    """Title, table and text alternative tell the model's number for the end of the plan."""
    told, figure = outlook(report.now, report.plan_id, report.quarter), view("forecast", report)
    rows = model.completed(forecast_of(report.now, report.plan_id, report.quarter)).set_index("kwartaal")
    assert told == Outlook(Quarter(2026, 4), 101, *(int(rows[name]["2026Q4"]) for name in ("p50", "p10", "p90")))
    assert f"{told.likely} van de 101" in figure.title
    assert figure.grid
    row = next(row for row in figure.grid.rows if row[0] == "vierde kwartaal 2026")
    assert row[1:] == ("–", "101", str(told.low), str(told.likely), str(told.high))
    done = [int(row[1]) for row in figure.grid.rows if row[1] != "–"]
    assert done == sorted(done)


def test_too_few_quarters_carry_no_forecast(examples: Project) -> None:
    """Three deliveries give a sentence and no table, four give a chart."""
    early, later = opened(examples, "2022Q1"), opened(examples, "2022Q2")
    assert view("forecast", early).kind == "sentences"
    assert view("chances_table", early).kind == "absent"
    assert set(chances(early, "")["reden"]) == {"te_kort"}
    assert chances(early, "")["kans"].isna().all()
    assert view("forecast", later).kind == "chart"


@pytest.mark.parametrize("level", ["", "krachtlijn_code", "doelstelling_code"])
def test_chances_are_shared_and_never_guessed(report: Report, level: str) -> None:
    """A row per group; a likelihood between 0 and 1, or none with a reason, and then no more than what is possible."""
    found = chances(report, level)
    assert set(COLUMNS) <= set(found.columns)
    known = found["kans"].notna()
    assert found.loc[known, "kans"].between(0, 1).all()
    assert (known == (found["reden"] == "")).all()
    assert (found.loc[~known, ["p50", "p85"]] == "").to_numpy().all()
    assert chances(report.in_language("fr"), level).equals(found)


def test_a_plan_without_actions_has_no_chances(examples: Project) -> None:
    """No row, and no failure."""
    assert chances(opened(examples, plan=ACTIRIS), "").empty


def test_every_objective_has_its_likelihood(report: Report) -> None:
    """A row per objective; what is done has no date, what has no forecast says why."""
    grid = view("chances_table", report).grid
    assert grid
    found = chances(report, "doelstelling_code")
    assert len(grid.rows) == len(found) == 20
    assert len(grid.groups) == 4
    for row, kans, reason in zip(grid.rows, found["kans"], found["reden"], strict=True):
        assert (row[2].startswith("De gegevens dragen geen voorspelling")) == bool(reason)
        assert (row[2] == "klaar") == (kans == 1)


def test_likelihoods_are_not_written_as_certain() -> None:
    """Nought out of a thousand draws is not never, and all of them is not for sure."""
    assert [likelihood(FR, chance) for chance in (0.0, 0.01, 0.5, 0.99, 1.0)] == ["< 1", "1", "50", "99", "> 99"]


def test_titles_of_the_forecast_count_right() -> None:
    """One action, none, or a sure number; the end of a year by its year."""
    told = forecast_title(NL, Outlook(Quarter(2026, 4), 3, 1, 1, 1))
    assert told == "Tegen eind 2026 is naar verwachting 1 van de 3 acties voltooid"
    told = forecast_title(FR, Outlook(Quarter(2026, 1), 9, 0, 0, 2))
    assert told.startswith("D’ici la fin du 1er trimestre 2026, 0 des 9 actions sera probablement achevée")
    assert told.endswith("entre 0 et 2")
    rows = pd.DataFrame(
        [(2, 2, 1.0, ""), (3, 1, 0.5, ""), (3, 1, 0.2, ""), (1, 0, math.nan, "zonder")],
        columns=["acties", "voltooid", "kans", "reden"],
    )
    parts = "1 klaar, 1 waarschijnlijk klaar tegen eind 2026, 1 waarschijnlijk niet klaar tegen eind 2026"
    assert chances_title(NL, rows, Quarter(2026, 4)) == f"Van de 4 doelstellingen: {parts} en 1 zonder voorspelling"


def test_the_record_admits_what_it_did_not_beat(report: Report) -> None:
    """The title counts the questions on which the forecast is better than both simple guesses."""
    grid = view("record", report).grid
    assert grid
    scores = [[float(cell.replace(",", ".")) for cell in row[2:5]] for row in grid.rows if "Brier" in row[1]]
    better = sum(own < min(others) for own, *others in scores)
    assert len(scores) == 2
    assert f"bij {better} vra" in view("record", report).title
    held = pd.DataFrame({"maat": ["dekking"], "voorspelling": [0.8], "basis": [math.nan], "status": [math.nan]})
    assert record_title(NL, held.assign(aantal=5)) == "In 4 van de 5 eerdere intervallen viel het werkelijke aantal"
