"""Estimates with their errors, real terms and execution: figures by hand from ``data/raw``, and what is never mixed."""

from __future__ import annotations

import itertools
import re

import pandas as pd
import pytest

from analysis.catalog import Catalog
from analysis.figure import Figure
from analysis.language import Words
from analysis.models import vintages
from analysis.models.vintages import CHECKED, FAVOURABLE, OPEN, OTHERWISE, UNFAVOURABLE
from analysis.paths import Project
from analysis.views import Report
from analysis.views.personeel_budget.raming_fouten import errors_title, forecast_errors, open_forecasts
from analysis.views.personeel_budget.ramingen import forecasts, forecasts_title
from analysis.views.personeel_budget.reeel import real_terms, real_title
from analysis.views.personeel_budget.uitvoering import execution, execution_title

VIEWS = [forecasts, forecast_errors, open_forecasts, real_terms, execution]
RAW = re.compile(r"\{|\bnan\b|NaT|None|<NA>")
LANGUAGES = ("nl", "fr")
NONE, DASH, MINUS = "geen", "–", "−"
ESA, BUDGET, NET = "Vorderingensaldo", "Begrotingssaldo", "Netto te financieren saldo"


def _cells(figure: Figure, heading: str) -> list[tuple[str, ...]]:
    """The rows under the heading that begins so."""
    assert figure.grid
    starts = [*sorted(figure.grid.groups), len(figure.grid.rows)]
    pairs = itertools.pairwise(starts)
    return [row for a, b in pairs if figure.grid.groups[a].startswith(heading) for row in figure.grid.rows[a:b]]


@pytest.mark.parametrize("quarter", ["2021Q4", "2023Q4", "2026Q3"])
def test_every_figure_stands_in_both_languages(project: Project, quarter: str) -> None:
    """Each has its sources and a message of at most 140 characters; nothing is left raw; the two hold equal numbers."""
    both = Report(quarter, "nl+fr", project=project)
    for view in VIEWS:
        dutch = view(both)
        french = dutch.others["fr"]
        for figure in (dutch, french):
            assert figure.origins
            assert 0 < len(figure.title) <= 140
            assert figure.id.startswith("personeel_budget-")
            said = (figure.title, figure.subtitle, figure.alt, *figure.notes, *figure.grid.groups.values())
            cells = [cell for row in figure.grid.rows for cell in row]
            assert not [text for text in (*said, *cells) if RAW.search(text)]
        assert len(dutch.grid.rows) == len(french.grid.rows)
        assert dutch.title != french.title


def test_another_plan_has_no_plan_of_its_own_in_the_money(project: Project) -> None:
    """For Actiris the expectation of the plan of the GOB is one estimate among others."""
    report = Report("2026Q3", "nl", plan="actiris-mandaat", project=project)
    for view in VIEWS:
        figure = view(report)
        assert figure.title
        assert "plan" not in {cell for row in figure.grid.rows for cell in row}


@pytest.mark.parametrize("emptied", [("budget",), ("omgeving",)])
def test_without_figures_the_section_is_absent(project: Project, monkeypatch, emptied: tuple[str, ...]) -> None:
    """Without a budget nothing is shown; without prices only the real amounts are missing."""
    whole = Catalog.table

    def table(self: Catalog, name: str) -> pd.DataFrame:
        rows = whole(self, name)
        return rows.iloc[0:0] if name in emptied else rows

    monkeypatch.setattr(Catalog, "table", table)
    report = Report("2026Q3", "nl", project=project)
    absent = {view.__name__ for view in VIEWS if view(report).kind == "absent"}
    assert absent == ({view.__name__ for view in VIEWS} if emptied == ("budget",) else {"real_terms"})


# --- by hand, from data/raw ---


def test_the_errors_of_2023_by_hand(project: Project) -> None:
    """As known on 14 February 2024: -1,500 was budgeted for 2021 and -1,391 came, 434 days (1.2 years) later."""
    figure = forecast_errors(Report("2023Q4", "nl", project=project))
    initial = ("2021", "initiële begroting", "oktober 2020", "1,2", f"{MINUS}1.500", f"{MINUS}1.391")
    assert (*initial, f"{MINUS}109", f"{MINUS}7,8", "") in _cells(figure, ESA)
    government = ("2021", "aangepaste begroting", "oktober 2022 °", DASH, f"{MINUS}914", f"{MINUS}1.391")
    assert (*government, DASH, DASH, "aangepaste begroting: na correcties") in _cells(figure, ESA)
    court = ("2022", "initiële begroting", "oktober 2023 °", DASH, f"{MINUS}2.000", f"{MINUS}1.500")
    assert (*court, f"{MINUS}500", f"{MINUS}33,3", "") in _cells(figure, BUDGET)
    assert "zijn er 3 te toetsen: 0 te gunstig, 3 te ongunstig" in figure.title


def test_the_errors_of_2026_by_hand(project: Project) -> None:
    """The Court's -1,080.1 and -1,514.9 for 2024 differ by 434.8, that is 28.7 %; no debt can be checked."""
    figure = forecast_errors(Report("2026Q3", "nl", project=project))
    court = ("2024", "initiële begroting", "november 2025 °", DASH, f"{MINUS}1.080,1", f"{MINUS}1.514,9")
    assert (*court, "+434,8", "+28,7", "") in _cells(figure, ESA)
    adjusted = ("2020", "aangepaste begroting", "november 2021 °", DASH, f"{MINUS}2.000", f"{MINUS}1.400")
    assert (*adjusted, f"{MINUS}600", f"{MINUS}42,9", "") in _cells(figure, NET)
    press = ("2023", "raming", "oktober 2024 °", DASH, "14.500", "13.300", DASH, DASH, "raming: begrip niet vermeld")
    assert _cells(figure, "Geconsolideerde brutoschuld") == [press]
    assert _cells(figure, "Directe schuld") == []
    assert "Van de 39 begrotingen en ramingen van schuld en saldo zijn er 4 te toetsen: 1 te gunstig" in figure.title


def test_the_open_estimates_by_hand(project: Project) -> None:
    """CERPE saw 11.2 billion for 2025 in June 2020, the plan 10.1 in July 2021; 17 billion for 2028 is the furthest."""
    early, late = (open_forecasts(Report(quarter, "nl", project=project)) for quarter in ("2023Q4", "2026Q3"))
    for figure in (early, late):
        debt = _cells(figure, "Directe schuld")
        assert ("2025", "raming", "juni 2020", "5,6", "11.200", NONE) in debt
        assert ("2025", "plan", "juli 2021", "4,4", "10.100", NONE) in debt
        assert debt[-1] == ("2028", "raming", "juli 2023", "5,5", "17.000", NONE)
    assert ("2024", "raming", "december 2024 °", "0,0", "11.500", NONE) not in _cells(early, "Directe schuld")
    assert ("2024", "raming", "december 2024 °", "0,0", "11.500", NONE) in _cells(late, "Directe schuld")


@pytest.mark.parametrize(
    ("quarter", "base", "later", "former"),
    [
        ("2023Q4", 2023, ("95,9", "9.233"), ("82,5", "4.995")),
        ("2026Q3", 2025, ("90,4", "9.788"), ("77,8", "5.295")),
    ],
    ids=["8,850 x 1,534.74 / 1,471.06", "8,850 x 1,627.01 / 1,471.06"],
)
def test_the_real_debt_by_hand(project: Project, quarter: str, base: int, later, former) -> None:
    """The months of 2017, 2022, 2023 and 2025 add up to 1,265.86, 1,471.06, 1,534.74 and 1,627.01."""
    figure = real_terms(Report(quarter, "nl", project=project))
    assert f"In prijzen van {base} (miljoen euro)" in [column.label for column in figure.grid.columns]
    debt = _cells(figure, "Directe schuld")
    assert ("2022", "8.850", *later, NONE) in debt
    # no index of 2018, and a day in February is no year
    assert ("2018", "3.400 *", DASH, DASH, NONE) in debt
    assert ("28 februari 2021", "6.000", DASH, DASH, NONE) in debt
    narrow = ("2017", "4.120", *former, "andere perimeter")
    assert narrow in _cells(figure, "Geconsolideerde brutoschuld")


def test_growth_stands_in_for_the_months_of_2016(project: Project) -> None:
    """1,217.45 / 12 = 101.4542 in 2015 and 2.09 % more: 91 million of interest in 2016 is 119 in prices of 2025."""
    figure = real_terms(Report("2026Q3", "nl", project=project))
    assert ("2016", "91", "76,4", "119", NONE) in _cells(figure, "Rente-uitgaven")
    assert ("2024", "399", DASH, DASH, NONE) in _cells(figure, "Rente-uitgaven")
    assert any(note.startswith("Niet omgerekend: 2018 en 2024,") for note in figure.notes)
    assert any(note.startswith("De index van 2016 volgt") for note in figure.notes)


def test_the_execution_by_hand(project: Project) -> None:
    """1,400 / 2,000 = 70 %; 6,614.961 / 6,028.032 = 109.7 %; -1,514.9 is 434.8 below the budgeted -1,080.1."""
    early, late = (execution(Report(quarter, "nl", project=project)) for quarter in ("2023Q4", "2026Q3"))
    for figure in (early, late):
        assert ("2020", DASH, f"{MINUS}2.000", f"{MINUS}1.400", "70,0", "+600", NONE) in _cells(figure, NET)
        receipts = ("2020", DASH, "6.028,0", "6.615,0", "109,7", "+586,9", NONE)
        assert _cells(figure, "Ontvangsten met leningen") == [receipts]
        assert ("2021", f"{MINUS}1.500", DASH, f"{MINUS}1.391", DASH, "+109 ‡", NONE) in _cells(figure, ESA)
        spare = _cells(figure, "Onderbenutting")
        assert ("2021", DASH, DASH, "500", DASH, DASH, "achteraf vastgesteld") in spare
        assert ("23 oktober 2023", DASH, DASH, "166", DASH, DASH, "tussenstand in de loop van het jaar") in spare
    court = ("2024", f"{MINUS}1.080,1", DASH, f"{MINUS}1.514,9", DASH, f"{MINUS}434,8", NONE)
    assert court in _cells(late, ESA)
    assert court not in _cells(early, ESA)
    assert ("2024", DASH, DASH, "472", DASH, DASH, "achteraf vastgesteld") in _cells(late, "Onderbenutting")


# --- the chart ---


@pytest.mark.parametrize("quarter", ["2021Q4", "2023Q4", "2026Q3"])
def test_no_line_joins_an_estimate_or_crosses_a_gap(project: Project, quarter: str) -> None:
    """The one line holds realised year ends only, a stretch per run of consecutive years."""
    spec = forecasts(Report(quarter, "nl", project=project)).spec
    lines = [layer for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    assert [layer["transform"] for layer in lines] == [[{"filter": "(datum.merk === 'gerealiseerd')"}]]
    assert lines[0]["encoding"]["detail"]["field"] == "deel"
    points = next(rows for rows in map(pd.DataFrame, spec["datasets"].values()) if "deel" in rows)
    realised = points[points["merk"] == "gerealiseerd"]
    assert not realised["jaar"].duplicated().any()
    assert realised.groupby("deel")["jaar"].apply(lambda years: years.diff().max()).dropna().le(1).all()


def test_each_estimate_says_when_it_was_made(project: Project) -> None:
    """Two for 2024 that nearly touch have one text, the plan's square says so, a derived year carries its sign."""
    spec = forecasts(Report("2026Q3", "nl", project=project)).spec
    rows = [row for part in spec["datasets"].values() for row in part if row.get("tekst")]
    texts = {(row["jaar"], row["tekst"]) for row in rows}
    expected = {
        (2019, "2019\N{NO-BREAK SPACE}°"),
        (2023, "2023"),
        (2024, "2023\N{NO-BREAK SPACE}°, 2024\N{NO-BREAK SPACE}°"),
        (2025, "2020"),
        (2025, "2021 (plan)"),
    }
    assert texts == expected | {(2022, "gerealiseerd 8,85"), (2027, "2022"), (2028, "2023")}


# --- the messages ---


def _made(*verdicts: str) -> pd.DataFrame:
    """One vintage per verdict; ``OPEN`` and ``OTHERWISE`` have none."""
    states = [one if one in (OPEN, OTHERWISE) else CHECKED for one in verdicts]
    return pd.DataFrame({"staat": states, "oordeel": verdicts})


@pytest.mark.parametrize(
    ("made", "debt", "errors"),
    [
        (_made(OPEN), "De ene raming van de directe schuld", "De ene begroting of raming"),
        (_made(OPEN, OTHERWISE), "Geen van de 2 ramingen", "Geen van de 2 begrotingen"),
        (
            _made(FAVOURABLE),
            "1 raming van de directe schuld valt te toetsen (1 te laag); 0",
            "is er 1 te toetsen: 1 te",
        ),
        (
            _made(FAVOURABLE, UNFAVOURABLE, FAVOURABLE, OPEN),
            "Van de 3 ramingen van de directe schuld die te toetsen zijn, waren er 2 te laag; 1",
            "Van de 4 begrotingen en ramingen van schuld en saldo zijn er 3 te toetsen: 2 te gunstig, 1 te ongunstig",
        ),
    ],
    ids=["one open", "none", "one", "more"],
)
def test_titles_count_what_can_be_checked(made: pd.DataFrame, debt: str, errors: str) -> None:
    """Nothing checked is no praise; what is not checked is counted too."""
    assert forecasts_title(Words("nl"), made).startswith(debt)
    assert errors in errors_title(Words("nl"), made)
    assert all(len(title(Words("fr"), made)) <= 140 for title in (forecasts_title, errors_title))


def test_the_title_of_the_real_amounts_knows_its_base() -> None:
    """A debt of the base year is already in its prices; without a converted debt the amounts are counted."""
    rows = pd.DataFrame({"reeks": ["directe_schuld"], "jaar": [2025], "waarde": [9000.0], "reeel": [9000.0]})
    assert "staat al in prijzen van 2025" in real_title(Words("nl"), rows, 2025)
    assert "toen 9,0 miljard euro, is 9,00 miljard in prijzen van 2026" in real_title(Words("nl"), rows, 2026)
    other = rows.assign(reeks="ontvangsten")
    assert real_title(Words("nl"), other, 2026) == "In prijzen van 2026: 1 van de 1 bedragen zijn om te rekenen"


@pytest.mark.parametrize(
    ("rates", "title"),
    [
        ([], "Er is geen begrotingscijfer"),
        ([None], "Van het ene"),
        ([None, None], "Van geen van de 2"),
        ([70.0], "Van 1 van de 1"),
    ],
)
def test_the_title_of_the_execution_counts_rates(rates: list[float | None], title: str) -> None:
    """None, one budget without a rate, several without, and one with."""
    rows = pd.DataFrame({"reeks": "a", "entiteit": "b", "jaar": range(len(rates)), "graad": rates}, dtype=object)
    assert execution_title(Words("nl"), rows).startswith(title)


def test_a_mean_error_is_told_once_three_agree(project: Project, monkeypatch) -> None:
    """With enough checked vintages the note gives their mean; in the real data there are too few."""
    report = Report("2026Q3", "nl", project=project)
    assert any(note.startswith("Er is geen gemiddelde fout") for note in forecast_errors(report).notes)
    mean = {"reeks": "directe_schuld", "entiteit": "BHG", "begrip": "", "soort": "raming", "horizon": 1.0}
    found = pd.DataFrame([mean | {"aantal": 3, "fout": -120.4, "fout_abs": 130.0}])
    monkeypatch.setattr(vintages, "means", lambda _: found)
    told = "Directe schuld van het Gewest, raming, 1 tot 2 jaar vooruit: gemiddelde fout {} miljoen over 3 cijfers."
    assert told.format(f"{MINUS}120") in forecast_errors(report).notes
