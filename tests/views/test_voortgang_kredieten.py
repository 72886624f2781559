"""Credits beside progress as a reader sees them: the message, the parts that make the total, what is not known."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd
import pytest

from analysis.build import drawing, figures
from analysis.language import Words
from analysis.models.delivered import credits as model
from analysis.paths import Project
from analysis.views import Report, voortgang
from analysis.views.voortgang import common, kredieten, kredieten_tekst

# What the reports are made of is reckoned once, by one worker.
pytestmark = pytest.mark.xdist_group("voortgang-kredieten")

NL, FR = Words("nl"), Words("fr")
NONE = dict.fromkeys((model.AHEAD, model.BEHIND, model.EVEN, model.EARLY, model.UNKNOWN), 0)


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
def test_both_are_whole_figures_in_both_languages(reports: Callable[[str], Report], quarter: str) -> None:
    """A message, what is measured, where it comes from, the warning; the chart fits."""
    for view, kind in ((voortgang.credits, "table"), (voortgang.credits_chart, "chart")):
        figure = view(reports(quarter))
        for one, warning in ((figure, "Fictief:"), (figure.others["fr"], "Fictif\u00a0:")):
            assert one.kind == kind
            assert all((one.title, one.subtitle, one.origins, one.notes[0].startswith(warning)))
            assert one.grid is not None
            assert len(one.grid.columns) <= 7
        assert figure.title != figure.others["fr"].title
        if figure.spec:
            drawn = [drawing.draw(figure.spec, width, "nl", "x") for width in (drawing.WIDE, drawing.NARROW)]
            assert sum(len(one.encode()) for one in drawn) <= figures.DRAWN_BYTES
            assert figures.disclosed_rows(figure.spec) <= figures.DISCLOSED_ROWS


def test_the_rows_are_the_total(reports: Callable[[str], Report]) -> None:
    """The shown parts add up to what was delivered, but for rounding; no objective stands twice."""
    report = reports("2026Q3")
    grid = voortgang.credits(report).grid
    assert grid is not None
    delivered = common.rows(report, "kredieten")
    own = delivered[delivered["kwartaal"] == "2026Q3"]
    for column, name in ((1, "begroot_aangepast"), (3, "vereffend")):
        *parts, total = (int(row[column].replace(".", "")) for row in grid.rows)
        assert total == pytest.approx(own[name].sum() / 1000, abs=0.5)
        assert sum(parts) == pytest.approx(total, abs=len(parts))
    assert len({row[0] for row in grid.rows}) == len(grid.rows)


def test_an_objective_by_hand(reports: Callable[[str], Report]) -> None:
    """The credit of the first objective is what its shares of the delivered credits make."""
    report = reports("2026Q3")
    links, money = common.rows(report, "verbanden"), common.rows(report, "kredieten")
    now = links[(links["kwartaal"] == "2026Q3") & (links["soort"] == "basisallocatie")]
    paid = money[money["kwartaal"] == "2026Q3"].set_index("code")["vereffend"]
    grid = voortgang.credits(report).grid
    assert grid is not None
    code = grid.rows[0][0].split()[0]
    own = now[now["doelstelling_code"] == code]
    shown = int(grid.rows[0][3].replace(".", ""))
    assert shown == pytest.approx(sum(own["aandeel_pct"] / 100 * own["code"].map(paid)) / 1000, abs=0.5)


def test_the_examples_go_through_a_year(reports: Callable[[str], Report]) -> None:
    """Within a year payments never fall and never pass what is committed; 3 to 12 % is left at its end."""
    rows = common.rows(reports("2026Q3"), "kredieten").sort_values("kwartaal")
    assert rows.groupby(["code", "periode"])["vereffend"].agg(lambda own: own.is_monotonic_increasing).all()
    assert (rows["vereffend"] <= rows["vastgelegd"]).all()
    end = rows[rows["kwartaal"].str.endswith("Q4")]
    assert (1 - end["vereffend"] / end["begroot_aangepast"]).between(0.0299, 0.1201).all()


def test_before_the_adjustment_the_initial_credit_is_marked(reports: Callable[[str], Report]) -> None:
    """In spring every credit carries the sign, and a note says what it means; in autumn none does."""
    for quarter, marked in (("2024Q2", True), ("2026Q3", False)):
        figure = voortgang.credits(reports(quarter))
        assert figure.grid is not None
        assert {row[1].endswith(kredieten.INITIAL) for row in figure.grid.rows} == {marked}
        assert any(note.startswith(kredieten.INITIAL) for note in figure.notes) is marked


def test_nothing_is_shown_without_credits(project: Project, examples: Project) -> None:
    """Neither without deliveries, nor of a plan that delivers none."""
    for report in (
        Report("2026Q3", "nl", project=project),
        Report("2026Q3", "nl", "actiris-mandaat", deliveries="examples", project=examples),
    ):
        assert {view(report).kind for view in (voortgang.credits, voortgang.credits_chart)} == {"absent"}


def test_the_links_say_that_amounts_are_not_delivered_only_where_that_is_so(
    reports: Callable[[str], Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With credits the table of links says nothing of missing euros."""
    report, said = reports("2026Q3"), "Bedragen zijn niet geleverd"
    assert not any(note.startswith(said) for note in voortgang.means(report).notes)
    rows = common.rows
    monkeypatch.setattr(
        common, "rows", lambda report, table: rows(report, table).iloc[: 0 if table == "kredieten" else None]
    )
    assert any(note.startswith(said) for note in voortgang.means(report).notes)


@pytest.mark.parametrize(
    ("paid", "counts", "nl"),
    [
        (52.6, {model.EVEN: 1}, "is 53 % betaald; bij de 1 doelstelling die te vergelijken is, loopt dat gelijk op"),
        (52.6, {model.EVEN: 4}, "is 53 % betaald; bij geen van de 4 doelstellingen"),
        (
            52.6,
            {model.AHEAD: 1, model.BEHIND: 2},
            "bij 1 doelstelling loopt de betaling ver voor op de voortgang; bij 2",
        ),
        (52.6, {model.BEHIND: 1, model.EVEN: 9}, "betaald; bij 1 doelstelling blijft de betaling ver achter"),
        (11.0, {model.EARLY: 3}, "is 11 % betaald; het is te vroeg in het jaar"),
        (math.nan, {model.UNKNOWN: 3}, "is niet volledig bekend; voor geen enkele doelstelling"),
    ],
)
def test_the_title(paid: float, counts: dict[str, int], nl: str) -> None:
    """What is paid, and what does not go together; one and more."""
    assert nl in kredieten_tekst.title(NL, 2026, paid, NONE | counts).replace("\u00a0", " ")
    assert "2026" in kredieten_tekst.title(FR, 2026, paid, NONE | counts)


def test_the_title_of_the_chart() -> None:
    """The largest difference, to either side; two that are as far are both named; what is not compared is not."""
    rows = pd.DataFrame(
        {
            "code": ["1.1", "1.2", "1.3", "1.4"],
            "verschil": [-30.2, 29.8, 10.0, math.nan],
            "oordeel": [model.BEHIND, model.AHEAD, model.EVEN, model.UNKNOWN],
        }
    )
    assert kredieten_tekst.chart_title(NL, rows, 0.75, 50.0).endswith("bij 1.1 en 1.2: 30 punten")
    early = kredieten_tekst.chart_title(NL, rows.assign(oordeel=model.EARLY), 0.25, 11.0)
    assert early.replace("\u00a0", " ") == "Van het jaar is 25 % verstreken, van de kredieten is 11 % betaald"


def test_what_is_partly_unknown_is_at_least_so_much(
    reports: Callable[[str], Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One basisallocatie without an amount: what it serves says so, and so does the total; no rate is given."""
    report = reports("2026Q3")
    rows = common.rows(report, "kredieten").copy()
    rows.loc[(rows["code"] == "VB-BA-01") & (rows["kwartaal"] == "2026Q3"), "vereffend"] = math.nan
    known = model.of_year(rows, report.quarter)
    parts = model.divided(known, common.rows(report, "verbanden"))
    found = model.beside(parts, model.progress(common.statuses(report)), 0.75)
    monkeypatch.setattr(kredieten, "_found", lambda *_: kredieten.Found(found, report.quarter, 0.75))
    figure = kredieten.credits.__wrapped__(Report("2026Q3", "nl", deliveries="examples", project=report.now.project))
    assert figure.grid is not None
    total = figure.grid.rows[-1]
    assert total[3].startswith(kredieten.AT_LEAST)
    assert not total[1].startswith(kredieten.AT_LEAST)
    assert total[4] == "–"
    assert any("VB-BA-01" in note for note in figure.notes)
