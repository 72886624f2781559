"""The chapter on the environment, on the project's own data."""

import re
from itertools import pairwise

import pytest

from analysis.errors import KrachtlijnError
from analysis.language import Words
from analysis.paths import Project
from analysis.views import Report, omgeving
from analysis.views.facts import unit_name
from analysis.views.omgeving import data

CHALLENGES = (
    "leefkwaliteit",
    "milieu",
    "economie_werk",
    "mobiliteit",
    "vertrouwen_relaties",
    "klimaat_energie",
    "middelen",
    "mobiliteit_innovatie",
    "voeding",
    "gezondheid_welzijn",
    "participatie_inclusie",
    "begroting",
    "ambtenarij",
)
VIEWS = (
    omgeving.movements,
    omgeving.apartment_price,
    omgeving.unemployment,
    omgeving.poverty,
    omgeving.targets,
    omgeving.definitions,
    omgeving.conflicts,
)
COURSES = (omgeving.unemployment, omgeving.apartment_price, omgeving.poverty)


@pytest.fixture(scope="module")
def report(project: Project) -> Report:
    """The latest report, in Dutch."""
    return Report("2026Q3", "nl", project=project)


def figures(report: Report):
    """Return every figure of the chapter."""
    yield from (view(report) for view in VIEWS)
    yield from (omgeving.challenge(report, code) for code in CHALLENGES)


def row(figure, start: str) -> tuple[str, ...]:
    """Return the one row of a table whose first cell starts so."""
    found = [cells for cells in figure.grid.rows if cells[0].startswith(start)]
    assert len(found) == 1, [cells[0] for cells in figure.grid.rows]
    return found[0]


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("quarter", ["2021Q3", "2022Q2", "2024Q4", "2026Q3"])
def test_every_figure_is_whole_in_every_quarter_and_language(project: Project, quarter: str, language: str):
    """Each has a title, sources for its data, and as many cells per row as columns; ids are unique."""
    made = list(figures(Report(quarter, language, project=project)))
    assert len({figure.id for figure in made}) == len(made) == 20
    for figure in made:
        assert figure.title
        assert "nan" not in re.findall(r"\w+", " ".join([figure.title, *figure.notes]).lower())
        if figure.grid:
            assert figure.origins, figure.id
            for cells in figure.grid.rows:
                assert len(cells) == len(figure.grid.columns)
                assert not {"nan", "NaT", "None", "<NA>"} & set(cells), figure.id


def test_the_thirteen_challenges_are_those_of_the_plan(report: Report):
    """No challenge at the top of the plan's list is without a table."""
    every = data.challenges(report)
    assert every[every["hoort_bij"] == ""]["uitdaging_code"].tolist() == list(CHALLENGES)


def test_every_link_is_shown_under_its_challenge_or_that_of_its_sub_challenge(report: Report):
    """The 13 tables together hold every linked indicator."""
    env = data.look(report)
    shown = {cells[0].rsplit(" (", 1)[0] for code in CHALLENGES for cells in omgeving.challenge(report, code).grid.rows}
    assert {env.label(code) for code in data.linked(report)["indicator"]} == shown


def test_a_challenge_that_does_not_exist_is_named_with_what_is_allowed(report: Report):
    """A typing mistake in a notebook gives a clear message."""
    with pytest.raises(KrachtlijnError, match="leefkwalitiet"):
        omgeving.challenge(report, "leefkwalitiet")


def test_a_table_shows_value_period_change_and_neighbours(report: Report):
    """Unemployment 15-64: 14.2 % in 2025Q1 against 11.9 % in 2024Q1, with Belgium at 6.2 %."""
    cells = row(omgeving.challenge(report, "economie_werk"), "Werkloosheidsgraad 15-64")
    assert cells[1:5] == (
        "14,2",
        "1e kw. 2025\u00a0°",
        "+2,3 procentpunt sinds 1e kw. 2024: slechter",
        "België 6,2; Vlaanderen 4,2; Wallonië 7,5",
    )


def test_the_earlier_report_does_not_know_later_figures(project: Project):
    """In 2022Q2 the latest quarter of the survey is 2022Q1, and no emission of 2022 is known."""
    report = Report("2022Q2", "nl", project=project)
    cells = row(omgeving.challenge(report, "economie_werk"), "Werkloosheidsgraad 15-64")
    assert cells[1:3] == ("11,3", "1e kw. 2022\u00a0°")
    assert row(omgeving.challenge(report, "milieu"), "Broeikasgasuitstoot")[1] == "–"


def test_old_figures_say_how_old_they_are(report: Report):
    """The income of 2017 is 8 years old in November 2026."""
    cells = row(omgeving.challenge(report, "gezondheid_welzijn"), "Beschikbaar inkomen")
    assert "oud: 8 jaar" in cells[3]


def test_a_figure_for_belgium_alone_is_marked_and_not_judged(report: Report):
    """Overweight is only known for Belgium: it is no Brussels figure and has no verdict."""
    cells = row(omgeving.challenge(report, "voeding"), "Overgewicht")
    assert "enkel een Belgisch cijfer" in cells[3]
    assert cells[2].endswith(", België")
    assert not {"beter", "slechter"} & set(re.findall(r"\w+", cells[3]))


def test_both_climate_targets_for_2030_are_shown(report: Report):
    """-40 and -47 stand side by side; the note says that sources differ."""
    figure = omgeving.challenge(report, "milieu")
    cell = row(figure, "Broeikasgasuitstoot")[-1]
    assert "−40 tegen 2030: nog 13 procentpunt te gaan" in cell
    assert "−47 tegen 2030: nog 20 procentpunt te gaan" in cell
    assert any("doelen" in note for note in figure.notes)


def test_belgian_targets_are_not_presented_as_brussels_targets(report: Report):
    """The poverty target is Belgium's, beside the Belgian figure and not the Brussels one."""
    figure = omgeving.targets(report)
    cells = row(figure, "Risico op armoede")
    assert cells[2] == "16,5"
    above = max(start for start in figure.grid.groups if start <= figure.grid.rows.index(cells))
    assert figure.grid.groups[above] == "Belgische doelen, niet van het Gewest"


def test_targets_count_in_the_title(report: Report):
    """The counts in the message are those of the rows: none reached, so the others add up to all."""
    figure = omgeving.targets(report)
    numbers = [int(number) for number in re.findall(r"\d+", figure.title)]
    assert figure.title.startswith("Van geen van de")
    assert numbers[0] == sum(numbers[1:]) == len(figure.grid.rows)


def test_the_movements_count_every_indicator_once(report: Report):
    """The rows of the overview add up to the linked indicators."""
    figure = omgeving.movements(report)
    assert sum(int(cells[1]) for cells in figure.grid.rows) == len(data.linked(report))


@pytest.mark.parametrize("view", COURSES)
def test_a_course_holds_one_series_in_one_precision(report: Report, view):
    """The chart draws no more points than its table holds, and only of the four areas."""
    figure = view(report)
    (rows,) = figure.spec["datasets"].values()
    points = [point for point in rows if point.get("waarde") is not None]
    cells = [cell for cells in figure.grid.rows for cell in cells[1:] if cell != "–"]
    assert {point["geo"] for point in points} <= {"BE10", "BE", "BE2", "BE3"}
    assert len({(point["x"], point["geo"]) for point in points}) == len(cells)


@pytest.mark.parametrize("view", COURSES)
def test_a_panel_shows_its_own_area_and_brussels(report: Report, view):
    """One area per panel, Brussels in each, and each area's own line in one panel only."""
    (rows,) = view(report).spec["datasets"].values()
    for panel in {point["paneel"] for point in rows}:
        areas = {point["geo"] for point in rows if point["paneel"] == panel}
        own = {point["geo"] for point in rows if point["paneel"] == panel and point["eigen"]}
        assert len(own) == 1
        assert areas == own | {"BE10"}


def test_a_measurement_on_its_own_is_a_dot(report: Report):
    """Poverty of 2024 stands between two holes: no line reaches it, in its own panel or behind another."""
    (rows,) = omgeving.poverty(report).spec["datasets"].values()
    alone = [point for point in rows if point["alleen"] and point["geo"] == "BE10"]
    assert {point["x"] for point in alone} == {2024}
    assert {point["eigen"] for point in alone} == {True, False}


def test_too_few_points_give_sentences_instead_of_a_chart(project: Project):
    """In 2022Q2 two quarters of the survey are known: no line."""
    figure = omgeving.unemployment(Report("2022Q2", "nl", project=project))
    assert figure.kind == "sentences"
    assert "11,3" in figure.sentences[0]


def test_poverty_is_never_joined_with_the_old_definition(report: Report):
    """33.3 and 34.3 are figures in the old definition of 2020; the new one says 36.4."""
    cells = [cell for cells in omgeving.poverty(report).grid.rows for cell in cells]
    assert "36,4" in cells
    assert not {"33,3", "34,3"} & set(cells)


def test_families_of_definitions_hold_more_than_one_series(report: Report):
    """A heading without something to confuse it with would say nothing."""
    figure = omgeving.definitions(report)
    starts = [*sorted(figure.grid.groups), len(figure.grid.rows)]
    assert all(after - before > 1 for before, after in pairwise(starts))


def test_conflicts_show_the_best_ranked_source_first(report: Report):
    """Buildings' share of emissions in 2019: 54 is shown, 59 is kept."""
    cells = row(omgeving.conflicts(report), "Aandeel gebouwen in de broeikasgasuitstoot")
    assert cells[1].startswith("54")
    assert cells[2].startswith("59")


def test_another_plan_says_whose_challenges_these_are(project: Project):
    """The list of challenges is that of the GOB's plan, also beside another plan."""
    other = omgeving.movements(Report("2026Q3", "nl", plan="actiris-mandaat", project=project))
    assert any("Strategisch plan GOB 2021-2026" in note for note in other.notes)


def test_every_unit_of_the_data_is_translated(report: Report):
    """A unit that the French report would show in Dutch is a missing translation."""
    same = {"%", "GWh", "µg/m³"}
    units = set(data.look(report).everything["eenheid"])
    assert {code for code in units - same if unit_name(Words("fr"), code) == code.replace("_", " ")} == set()


@pytest.mark.parametrize("quarter", ["2021Q3", "2022Q2", "2024Q4", "2026Q3"])
def test_debt_and_balance_get_no_change_and_no_verdict(project: Project, quarter: str):
    """Estimate and result stand in one series: only the latest figure, and where the reader finds more."""
    figure = omgeving.challenge(Report(quarter, "nl", project=project), "begroting")
    starts = ("Geconsolideerde brutoschuld", "Tekort volgens de regering", "Directe schuld")
    rows = [cells for cells in figure.grid.rows if cells[0].startswith(starts) and cells[1] != "–"]
    assert rows
    assert not [cells[3] for cells in rows if "sinds" in cells[3]]
    assert all("zie personeel en budget" in cells[3] for cells in rows)
    assert any("Schuld en saldo" in note for note in figure.notes)


@pytest.mark.parametrize(
    ("code", "start"),
    [
        ("mobiliteit_innovatie", "Aandeel transport"),
        ("voeding", "Overgewicht"),
        ("milieu", "Fijn stof"),
        ("mobiliteit", "Verplaatsingen met de fiets"),
    ],
)
def test_no_change_is_given_across_a_break_of_method(report: Report, code: str, start: str):
    """Road only, another survey, another model: no change, and the row says why."""
    cells = row(omgeving.challenge(report, code), start)
    assert "sinds" not in cells[3]
    assert "anders geteld" in cells[3]


def test_fine_dust_of_another_method_has_no_neighbours_and_no_distance(report: Report):
    """7.4 of another model does not stand beside Belgium's 9.6, nor is it held against the guideline."""
    cells = " ".join(row(omgeving.challenge(report, "milieu"), "Fijn stof"))
    assert "België" not in cells
    assert "te gaan" not in cells
    assert "onbekend (cijfer anders geteld" in row(omgeving.targets(report), "Fijn stof")[-1]


def test_a_change_since_a_disputed_figure_says_so(report: Report):
    """Buildings in 2019 are 54 or 59: +1 may as well be -4."""
    cells = row(omgeving.challenge(report, "milieu"), "Aandeel gebouwen")
    assert cells[3].split(";")[0] == "+1 procentpunt sinds 2019 (bronnen verschillen)"


@pytest.mark.parametrize(("language", "mark"), [("nl", "te controleren"), ("fr", "à vérifier")])
def test_a_figure_to_be_checked_is_no_finding(project: Project, language: str, mark: str):
    """Poverty 2025 is marked, has no change, and is not in the title of the chart."""
    report = Report("2026Q3", language, project=project)
    start = "Risico op armoede" if language == "nl" else "Risque de pauvreté"
    cells = row(omgeving.challenge(report, "participatie_inclusie"), start)
    assert mark in cells[3]
    assert not {"sinds", "depuis"} & set(cells[3].split())
    figure = omgeving.poverty(report)
    assert "2025" not in figure.title
    assert any(mark in note and "2025" in note for note in figure.notes)


def test_the_breaks_stand_with_the_figure_and_not_in_the_definition(project: Project):
    """In 2022Q2 no text speaks of 2025; in 2026Q3 the figure without a house type is marked."""
    start = "Mediaanprijs van een huis met 2-3 gevels per kwartaal"
    early = row(omgeving.definitions(Report("2022Q2", "nl", project=project)), start)
    assert "2025" not in " ".join(early)
    late = row(omgeving.definitions(Report("2026Q3", "nl", project=project)), start)
    assert late[2] == "3e kw. 2025 (anders geteld dan vroegere cijfers)"
