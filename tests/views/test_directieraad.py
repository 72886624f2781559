"""Page one: a message, a table and decisions, all computed and short enough for one sheet of paper."""

from __future__ import annotations

import nbformat
import pandas as pd
import pytest

from analysis.models import changes
from analysis.models.money import PlanCheck
from analysis.paths import Project
from analysis.views import Report, directieraad
from analysis.views.directieraad import headline, outside
from analysis.views.directieraad.picture import Picture, look
from analysis.views.standing import statuses

VIEWS = (directieraad.message, directieraad.boordtabel, directieraad.decisions)
QUARTERS = ["2021Q3", "2021Q4", "2022Q2", "2024Q1", "2024Q4", "2026Q3"]


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_quarter_has_its_page_one(project: Project, quarter: str, language: str) -> None:
    """Three short sentences, a row of small cells per krachtlijn and one for the plan, at most six decisions."""
    report = Report(quarter, language, project=project)
    message, table, decisions = (view(report) for view in VIEWS)
    assert len(message.sentences) == 3
    assert table.grid is not None
    assert decisions.grid is not None
    assert len(table.grid.rows) == 5
    texts = [*message.sentences, *(cell for grid in (table.grid, decisions.grid) for row in grid.rows for cell in row)]
    for text in (message.title, table.title, decisions.title, *texts):
        assert text
        assert "{" not in text
    assert all(figure.origins for figure in (message, table, decisions))
    # it must fit on one A4
    assert len(message.title) <= 120
    assert max(map(len, message.sentences)) <= 280
    assert max(len(cell) for row in table.grid.rows for cell in row) <= 125
    assert len(decisions.grid.rows) <= 6


def test_the_numbers_of_page_one_are_those_of_the_register(project: Project) -> None:
    """The same count in the headline, in the table and in the decisions."""
    report = Report("2026Q3", "nl", project=project)
    without = (statuses(report)["status"] == "geen_spoor").sum()
    message, table, decisions = (view(report) for view in VIEWS)
    assert f"{without} van de 101" in message.title
    assert table.grid is not None
    assert decisions.grid is not None
    assert table.grid.rows[-1][4].replace("\u00a0", " ") == f"{without} van 101"
    assert any(f"{without} acties zonder openbaar spoor" in row[1] for row in decisions.grid.rows)


def test_what_moved_is_the_difference_with_the_previous_report(project: Project) -> None:
    """The codes in the table are exactly those whose status differs from one quarter ago."""
    report = Report("2026Q3", "nl", project=project)
    now, before = statuses(report).set_index("actie_code"), statuses(report.earlier()).set_index("actie_code")
    changed = set(now.index[now["status"] != before["status"]])
    table = directieraad.boordtabel(report).grid
    assert table is not None
    assert changed
    assert {code for code in now.index for row in table.rows if f"{code}," in row[3] or f"{code})" in row[3]} == changed


# --- the message: up, down, flat, unknown ---


def actions(*status: str, age: int = 30) -> pd.DataFrame:
    """Return actions with a status each; one without a trace has no evidence."""
    codes = [f"1.1.{number}" for number in range(1, len(status) + 1)]
    rows = pd.DataFrame({"actie_code": codes, "status": status, "leeftijd_dagen": age})
    return rows.assign(krachtlijn_code="1", bewijzen=(rows["status"] != "geen_spoor").astype(int))


def picture(now: pd.DataFrame, before: pd.DataFrame, year_ago: pd.DataFrame | None = None) -> Picture:
    """Return what page one looks at."""
    return Picture(now, before, year_ago, changes.status_changes(now, before), now.iloc[:0])


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (("gestart", "geen_spoor"), ("loopt", "geen_spoor"), "1 actie wisselde van status (1 vooruit); 1 van de 2 "),
        (("geen_spoor", "loopt"), ("gestart", "loopt"), "(1 eerste spoor); van alle 2 is er een"),
        (("loopt", "geen_spoor"), ("vertraagd", "geen_spoor"), "(1 vertraagd); "),
        (("loopt", "geen_spoor"), ("loopt", "geen_spoor"), "Geen enkele actie wisselde van status; "),
        (("geen_spoor", "geen_spoor"), ("geen_spoor", "geen_spoor"), "was over de 2 acties geen openbaar bewijs verz"),
    ],
)  # fmt: skip
def test_the_headline_is_true_up_down_flat_and_unknown(
    project: Project, before: tuple[str, ...], now: tuple[str, ...], said: str
) -> None:
    """It names what moved, says so when nothing did, and never takes silence for news."""
    report = Report("2024Q4", "nl", project=project)
    assert said in headline.headline(report, picture(actions(*now), actions(*before)))


def test_more_kinds_of_moves_than_fit_are_left_to_the_table(project: Project) -> None:
    """The headline then only says how many actions changed."""
    report = Report("2024Q4", "nl", project=project)
    before = actions("loopt", "loopt", "gestart", "geen_spoor")
    now = actions("vertraagd", "overgenomen", "loopt", "loopt")
    assert headline.headline(report, picture(now, before)).startswith("4 acties wisselden van status; ")


@pytest.mark.parametrize(
    ("before", "year_ago", "said"),
    [
        (1, 0, "1 meer dan vorig kwartaal, 2 meer dan een jaar geleden"),
        (3, 3, "1 minder dan vorig kwartaal, 1 minder dan een jaar geleden"),
        (2, 2, "evenveel als vorig kwartaal, evenveel als een jaar geleden"),
        (2, None, "evenveel als vorig kwartaal"),
    ],
)
def test_the_trend_is_true_up_down_flat_and_unknown(
    project: Project, before: int, year_ago: int | None, said: str
) -> None:
    """Against last quarter, and against a year ago where the plan existed."""
    report = Report("2024Q4", "nl", project=project)
    then = [None if n is None else actions(*["loopt"] * n, *["geen_spoor"] * (3 - n)) for n in (before, year_ago)]
    assert then[0] is not None
    assert headline.trend(report, picture(actions("loopt", "loopt", "geen_spoor"), then[0], then[1]), 2) == said


def test_the_worries_name_the_late_and_the_silent(project: Project) -> None:
    """Codes of what is late, a count of what is long silent; without any of it, that is said too."""
    report = Report("2024Q4", "nl", project=project)
    bad = headline.worries(report, actions("vertraagd", "loopt", "geen_spoor", age=731))
    assert bad.startswith("Aandacht: 1 vertraagd (1.1.1) en 1 begonnen actie zonder nieuws in twee jaar; van 1 actie ")
    assert "geen vertraging of overname bekend" in headline.worries(report, actions("loopt"))


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("gekanteld", "1 indicator keerde ten kwade"),
        ("slechter", "1 nieuw cijfer is slechter dan het vorige"),
        ("beter", "1 nieuw cijfer is beter dan het vorige en geen enkel slechter"),
        ("zonder_oordeel", "1 nieuw cijfer, zonder oordeel"),
    ],
)
def test_each_topic_of_the_environment_has_its_sentence(project: Project, topic: str, said: str) -> None:
    """Down, up, flat and unknown."""
    assert said in outside.on_figures(Report("2024Q4", "nl", project=project), topic, ["Armoede (30 %, 2024)"])


def test_the_debt_stands_beside_the_plan_as_far_as_it_is_known(project: Project) -> None:
    """Realised for the plan's year, estimated since, realised for another year, or nothing."""
    report = Report("2024Q4", "nl", project=project)
    day = {"periode_van": pd.Timestamp(2024, 1, 1), "periode_tot": pd.Timestamp(2024, 12, 31), "periode_soort": "jaar"}
    plan = pd.Series({"waarde": 10100.0, "jaar": 2025})
    real, none = pd.Series({"waarde": 11600.0, "jaar": 2024, **day}), pd.DataFrame()
    later = pd.DataFrame([{"waarde": 11400.0, **day}, {"waarde": 11500.0, **day}])
    checks = {
        "was 11,6 miljard euro, het plan verwachtte 10,1": PlanCheck(None, plan, real, reached=True, later=none),
        "geraamd op 11,4 tot 11,5 miljard euro (2024)": PlanCheck(None, plan, real, reached=False, later=later),
        "was 11,6 miljard euro (2024), het plan verwacht 10,1 voor 2025": PlanCheck(
            None, plan, real, reached=False, later=none
        ),
        "geen cijfer bekend": PlanCheck(None, plan, None, reached=False, later=none),
    }
    for said, check in checks.items():
        assert said in outside.on_debt(report, check, plan)


# --- the table and the decisions ---


def test_a_year_ago_is_compared_only_when_the_plan_existed(project: Project) -> None:
    """In 2021Q3 the plan is four months old."""
    assert look(Report("2021Q3", "nl", project=project)).year_ago is None
    assert look(Report("2022Q3", "nl", project=project)).year_ago is not None


def test_the_decisions_say_that_nobody_submitted_them(project: Project) -> None:
    """A rule proposes; a board decides."""
    for language, said in (("nl", "niemand heeft het formeel voorgelegd"), ("fr", "personne ne les a formellement")):
        assert said in directieraad.decisions(Report("2026Q3", language, project=project)).subtitle


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_decisions_point_to_sections_that_exist(project: Project, language: str) -> None:
    """Each 'more under' is a heading of the chapter on the krachtlijnen, letter for letter."""
    cells = nbformat.read(project.notebooks / "40_krachtlijnen.ipynb", as_version=4).cells
    own = [cell.source for cell in cells if language in cell.metadata.get("tags", [])]
    headings = {line.removeprefix("## ") for source in own for line in source.splitlines() if line.startswith("## ")}
    for plan in ("gob-2021-2026", "actiris-mandaat"):
        grid = directieraad.decisions(Report("2026Q3", language, plan=plan, project=project)).grid
        assert grid is not None
        assert {row[2] for row in grid.rows} <= headings


def test_when_nothing_is_asked_that_is_said(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, no empty table."""
    monkeypatch.setattr("analysis.models.decisions.asked", lambda *_: [])
    figure = directieraad.decisions(Report("2026Q3", "nl", project=project))
    assert figure.kind == "sentences"
    assert "niets waarover de directieraad moet beslissen" in figure.title


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_other_plans_have_a_page_one_too(project: Project, language: str) -> None:
    """The mandate has targets in place of actions; the support plan of 2018 is over and nobody looked for evidence."""
    mandate = [view(Report("2026Q3", language, plan="actiris-mandaat", project=project)) for view in VIEWS]
    assert [figure.kind for figure in mandate] == ["sentences", "sentences", "table"]
    support = [view(Report("2026Q3", language, plan="hr-begeleiding-2018", project=project)) for view in VIEWS]
    assert [figure.kind for figure in support] == ["sentences", "table", "table"]
    assert "2018" in str(support[2].grid)
