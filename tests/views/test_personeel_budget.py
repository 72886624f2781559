"""The chapter on people and money, on the real data."""

from __future__ import annotations

import itertools
import json
import re

import pandas as pd
import pytest

from analysis.catalog import Catalog
from analysis.figure import Figure
from analysis.models import people
from analysis.paths import Project
from analysis.views import Report, personeel_budget

#: A place not filled in, or a value that is not written in the reader's language.
RAW = re.compile(r"\{|\bnan\b|NaT|None|\d\.0\b")
VIEWS = [getattr(personeel_budget, name) for name in personeel_budget.__all__]


@pytest.fixture
def report(project: Project) -> Report:
    """The report of the latest quarter, in Dutch."""
    return Report("2026Q3", "nl", project=project)


def _texts(figure: Figure) -> str:
    return json.dumps(figure.carrier(), ensure_ascii=False, default=str)


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("quarter", ["2021Q3", "2022Q2", "2024Q4", "2026Q3"])
def test_every_figure_stands_in_every_quarter(project: Project, quarter: str, language: str) -> None:
    """Each has its sources and a message of at most 140 characters; no place or number is left raw; ids are unique."""
    report = Report(quarter, language, project=project)
    figures = [view(report) for view in VIEWS]
    assert len({figure.id for figure in figures}) == len(VIEWS)
    for figure in (figure for figure in figures if figure.kind != "absent"):
        assert 0 < len(figure.title) <= 140
        assert figure.origins
        shown = (figure.title, figure.subtitle, figure.alt, *figure.notes, *figure.sentences)
        cells = [cell for row in figure.grid.rows for cell in row] if figure.grid else []
        assert not [text for text in (*shown, *cells) if RAW.search(text)]


@pytest.mark.parametrize("plan", ["actiris-mandaat", "hr-begeleiding-2018"])
def test_another_plan_says_what_it_lacks(project: Project, plan: str) -> None:
    """A plan without amounts says so; no figure of the other plan becomes its own."""
    report = Report("2026Q3", "nl", plan=plan, project=project)
    for view in VIEWS:
        assert view(report).title
    assert "dit plan noemt geen cijfer" in personeel_budget.direct_debt(report).title
    assert "noemt geen bedrag" in personeel_budget.strategic_investments(report).title


def test_an_institution_without_series_gets_a_table(project: Project) -> None:
    """Actiris has a single count: no chart is made of it, a table holds it."""
    figure = personeel_budget.staff(Report("2026Q3", "fr", plan="actiris-mandaat", project=project))
    assert figure.kind == "table"
    assert "Aucune série" in figure.title
    assert len(figure.grid.rows) == 1


@pytest.mark.parametrize("view", VIEWS, ids=personeel_budget.__all__)
def test_nothing_known_is_said_and_does_not_fail(report: Report, monkeypatch, view) -> None:
    """With empty tables every view still gives a message."""
    whole = Catalog.table

    def emptied(self: Catalog, name: str) -> pd.DataFrame:
        rows = whole(self, name)
        return rows.iloc[0:0] if name in ("personeel", "budget") else rows

    monkeypatch.setattr(Catalog, "table", emptied)
    figure = view(report)
    assert figure.title
    assert figure.kind != "chart"


def test_a_report_knows_nothing_published_later(project: Project) -> None:
    """In 2022Q2 the debt of 2022 and the downgrade of 2024 are unknown, in 2026Q3 they are not."""
    early, late = (Report(quarter, "nl", project=project) for quarter in ("2022Q2", "2026Q3"))
    for view, text in ((personeel_budget.direct_debt, "8,85"), (personeel_budget.rating, "maart 2024")):
        assert text not in _texts(view(early))
        assert text in _texts(view(late))


def test_the_plans_debt_is_set_beside_estimates_as_such(report: Report) -> None:
    """No figure of 2025 is realised yet: the title speaks of estimates of 2024, the subtitle names the missing year."""
    figure = personeel_budget.direct_debt(report)
    assert "geraamd op 11,4 tot 11,5 miljard euro (2024), meer dan de 10,1 miljard" in figure.title
    assert "Voor 2025 is nog geen gerealiseerd cijfer bekend" in figure.subtitle


def test_no_line_joins_estimates_or_crosses_a_gap(report: Report) -> None:
    """Lines hold realised year ends of consecutive years, or the plan's own two points."""
    spec = personeel_budget.direct_debt(report).spec
    lines = [layer for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    assert len(lines) == 2
    assert all("raming" not in json.dumps(layer["transform"]) for layer in lines)
    points = pd.concat([pd.DataFrame(rows) for rows in spec["datasets"].values()])
    realised = points[(points["merk"] == "gerealiseerd") & points["eind"]].drop_duplicates("x")
    gaps = realised.groupby("deel")["x"].apply(lambda x: x.sort_values().diff().max())
    assert gaps.dropna().le(1).all()


def test_staff_per_administration_adds_up(report: Report) -> None:
    """Eight administrations, together the 1,453 of the plan."""
    grid = personeel_budget.administrations(report).grid
    assert len(grid.rows) == 9
    assert grid.rows[-1][1] == "1.453"
    assert sum(int(row[1]) for row in grid.rows[:-1]) == 1453


def test_two_perimeters_are_drawn_as_two_series(report: Report) -> None:
    """The former perimeter ends in 2017; today's begins in 2018 and is another line."""
    rows = personeel_budget.staff(report).grid.rows
    by_count = pd.DataFrame(rows).groupby(1)[0].agg(list)
    assert [day[-4:] for day in by_count["vroegere perimeter"]] == ["2015", "2016", "2017"]
    assert [day[-4:] for day in by_count["werkelijk"]] == ["2018", "2019", "2020"]
    assert by_count["jaarverslagen"] == ["2020", "2021", "2022"]


def test_every_count_stands_in_the_table_and_differing_ones_are_marked(report: Report) -> None:
    """1,454 and 1,455, 1,453 and 1,452, and the 1,541 of 2018 carry the mark; what is not drawn is also in a note."""
    figure = personeel_budget.staff(report)
    assert len(figure.grid.rows) == 17
    marked = {row[2] for row in figure.grid.rows if "*" in row[2]}
    assert marked == {f"{n} *" for n in ("1.400", "1.541", "1.454", "1.455", "1.452", "1.453")}
    note = next(note for note in figure.notes if note.startswith("Andere tellingen"))
    assert all(value in note for value in ("1.541 (2018)", "1.481 (juli 2019 tot juni 2024)", "meer dan 1.600"))


def test_contractual_staff_are_not_derived(report: Report) -> None:
    """No cell holds what 100 % or the total leaves over."""
    figure = personeel_budget.profile(report)
    shares = people.statutory_shares(report.now.table("personeel"), "GOB")
    rests = {str(int(rest)) for rest in shares["totaal"] - shares["waarde"]}
    assert rests.isdisjoint(cell for row in figure.grid.rows for cell in row)
    assert "contractuelen" in " ".join(figure.notes)


def test_the_profile_draws_only_years_that_are_counted_alike(report: Report) -> None:
    """2018 stands in the table and in the notes: teleworkers with mobile work, women by another source."""
    figure = personeel_budget.profile(report)
    points = pd.concat([pd.DataFrame(rows) for rows in figure.spec["datasets"].values()])
    assert sorted(set(points["jaar"])) == [2020, 2021, 2022]
    assert [row[1] for row in figure.grid.rows if row[0] == "2018"] == ["50,7", "–"]
    notes = " ".join(figure.notes)
    assert "Vrouwen in 2018: 50,7 %" in notes
    assert "Telewerkers in 2018: 1.369 personen" in notes


def test_a_single_year_is_no_chart(project: Project) -> None:
    """In 2021Q3 only 2020 is known of each share: a table says it."""
    assert personeel_budget.profile(Report("2021Q3", "fr", project=project)).kind == "table"


def test_what_is_not_found_stays_a_dash(report: Report) -> None:
    """Absence, full-time equivalents, departures, levels and age bands of the GOB are unknown."""
    rows = {row[0]: row[1] for row in personeel_budget.not_found(report).grid.rows}
    unknown = ("Ziekteverzuim", "Voltijdse equivalenten", "Uitstroom", "Personeel per niveau")
    assert all(rows[topic] == "–" for topic in (*unknown, "Personeel per leeftijdsgroep"))


def test_every_figure_with_several_values_shows_one_and_all_others(report: Report) -> None:
    """Each heading has exactly one shown value, or all of them where they are estimates."""
    grid = personeel_budget.several_values(report).grid
    end = min(place for place, heading in grid.groups.items() if "Verwante" in heading)
    starts = [place for place in sorted(grid.groups) if place <= end]
    for start, end in itertools.pairwise(starts):
        uses = [row[2] for row in grid.rows[start:end]]
        assert uses == ["ja", *["nee"] * (len(uses) - 1)] or set(uses) == {"alle"}
        assert len({row[1] for row in grid.rows[start:end]}) > 1
    assert any("23 september 2022" in heading for heading in grid.groups.values())


def test_the_three_balances_stand_apart(report: Report) -> None:
    """Three headings; 2024 has a value of its own under each, and none is a mixture."""
    grid, number = personeel_budget.balances(report).grid, report.words.number
    assert len(grid.groups) == 3
    realised = [number(-1514.9, 1), number(-1552), f"{number(-1648.4, 1)} †"]
    assert [row[1] for row in grid.rows if row[0] == "2024"] == realised


def _cells(figure: Figure, heading: str) -> list[tuple[str, ...]]:
    """The rows under the heading that begins so."""
    starts = [*sorted(figure.grid.groups), len(figure.grid.rows)]
    pairs = itertools.pairwise(starts)
    return [row for a, b in pairs if figure.grid.groups[a].startswith(heading) for row in figure.grid.rows[a:b]]


def test_a_balance_with_a_notion_of_its_own_carries_a_sign(report: Report) -> None:
    """Neutralised, corrected, with or without investments, or of unknown concept: marked and explained."""
    figure, number = personeel_budget.balances(report), report.words.number
    esa = {row[0]: row for row in _cells(figure, "Vorderingensaldo")}
    assert (esa["2018"][2], esa["2019"][2], esa["2021"][3]) == ("0 †", "0 †", f"{number(-914)} †")
    assert "†" not in "".join(esa["2024"])
    budget = {row[0]: row for row in _cells(figure, "Begrotingssaldo")}
    assert budget["2022"][1] == f"{number(-1500)} †"
    assert "na neutralisering: 2018 (initiële begroting) en 2019 (initiële begroting)" in " ".join(figure.notes)
    assert not re.search("geen neutraliseringen|saldo zonder strategische", " ".join(figure.notes))


@pytest.mark.parametrize("quarter", ["2021Q3", "2022Q4", "2023Q2", "2025Q2"])
def test_a_title_compares_no_balances_of_two_sources(project: Project, quarter: str) -> None:
    """Until one source gives both for 2024, no title says better or worse than the budget."""
    title = personeel_budget.balance(Report(quarter, "nl", project=project)).title
    assert not re.search("beter|slechter", title)


def test_the_chart_of_the_balance_names_every_year(report: Report) -> None:
    """A year without a figure says so, a budget that counts otherwise carries the sign."""
    figure, number = personeel_budget.balance(report), report.words.number
    assert "2023: geen cijfer gevonden" in figure.alt
    assert f"2018: gerealiseerd {number(-437.3, 1)} en begroot 0 †" in figure.alt
    assert f"2024: gerealiseerd {number(-1514.9, 1)} en begroot {number(-1080.1, 1)}" in figure.alt


def test_a_title_compares_two_balances_of_one_source(report: Report) -> None:
    """The Court gives -1,514.9 and -1,080.1 for 2024 in the same book."""
    assert "435 miljoen slechter" in personeel_budget.balance(report).title


def test_several_values_are_not_called_contradictions(report: Report) -> None:
    """One article before and after corrections is one source; two notions are named as such."""
    figure = personeel_budget.several_values(report)
    headings = " | ".join(figure.grid.groups.values())
    assert "Begrotingssaldo, 2023, initiële begroting (één bron geeft meerdere waarden)" in headings
    assert "Begrotingssaldo, 2022, initiële begroting (begrip verschilt of is niet vermeld)" in headings
    assert "Begrotingssaldo, 2024, initiële begroting (begrip verschilt of is niet vermeld)" in headings
    assert "tegenspreken" not in figure.title
    assert "na correcties" in _texts(figure)


def test_related_figures_of_one_year_stand_apart_and_labelled(report: Report) -> None:
    """The debt of 2023 by its estimate, and the balance of 2024 by its other series."""
    figure = personeel_budget.several_values(report)
    debt = _cells(figure, "Verwante cijfers voor 2023")
    assert [row[1] for row in debt] == ["13.300", "13.000", "14.500"]
    assert debt[-1][0].startswith("Geconsolideerde brutoschuld, raming: ")
    balance = {row[1]: row[0] for row in _cells(figure, "Verwante cijfers voor 2024")}
    assert balance[report.words.number(-1514.9, 1)].startswith("Vorderingensaldo, gerealiseerd: ")
    assert balance[report.words.number(-1552)].startswith("Begrotingssaldo, gerealiseerd: ")


@pytest.mark.parametrize(("language", "public"), [("nl", "openbare? cijfer"), ("fr", "chiffre public trouvé")])
def test_what_was_not_found_is_not_called_unpublished(project: Project, language: str, public: str) -> None:
    """Parts of sources were not kept, so a missing figure may be public."""
    report = Report("2026Q3", language, project=project)
    for figure in (personeel_budget.not_found(report), personeel_budget.profile(report)):
        texts = " ".join((figure.title, figure.subtitle, *figure.notes))
        assert not re.search(public, texts)
        assert re.search(r"bewaarde\)|conservées\)", texts)


@pytest.mark.parametrize("quarter", ["2022Q4", "2023Q2", "2023Q4"])
def test_a_doubtful_rating_is_no_fact(project: Project, quarter: str) -> None:
    """The title names both grades as long as sources or notes differ on the last assessment."""
    assert (
        "AA of AA\N{MINUS SIGN}, de bronnen verschillen"
        in personeel_budget.rating(Report(quarter, "nl", project=project)).title
    )
    assert (
        "AA ou AA\N{MINUS SIGN}, les sources" in personeel_budget.rating(Report(quarter, "fr", project=project)).title
    )


def test_a_debt_with_other_values_carries_a_star(report: Report) -> None:
    """5.4 billion for 2019 stands beside 6.4: marked, and the note names the year."""
    figure = personeel_budget.consolidated_debt(report)
    assert "2019: 5,4 *" in figure.alt
    assert any(note.startswith("* Voor") and "2019" in note for note in figure.notes)


def test_ratings_stand_in_stretches_with_every_assessment(report: Report) -> None:
    """Thirteen assessments in four rows, the youngest first; doubtful ones are a row of their own."""
    rows = personeel_budget.rating(report).grid.rows
    assert [row[0] for row in rows] == ["A", "A+", "AA of AA\N{MINUS SIGN}", "AA"]
    assert sum(len(re.split(", | en ", row[1])) for row in rows) == 13


def test_years_without_a_bar_are_named(report: Report) -> None:
    """Between the estimates of 2025 and 2029 a row says that nothing was found."""
    assert "2026 tot 2028: geen cijfer gevonden; 2029: 22,2 (raming)" in personeel_budget.consolidated_debt(report).alt


def test_tables_to_look_things_up_stand_apart(report: Report) -> None:
    """Four tables are reference; no chart and no message to the board is."""
    figures = [view(report) for view in VIEWS]
    names = {figure.id.split("-")[1] for figure in figures if figure.reference}
    assert names == {"balances", "several_values", "absence_elsewhere", "open_forecasts"}
    assert not [figure for figure in figures if figure.reference and figure.kind != "table"]
