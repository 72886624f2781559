"""Revenue, expenditure and interest: one perimeter in the chart, every amount as it stands in the raw data."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.language import Words
from analysis.models.money import ADJUSTED, ESTIMATE, INITIAL, REALISED
from analysis.paths import Project
from analysis.views import Report, personeel_budget
from analysis.views.personeel_budget import rente, stromen_beeld
from analysis.views.personeel_budget.stromen import flows_title, interest_title

NL = Words("nl")
# read in data/raw/budget: rente_uitgaven
INTEREST = {
    "2023Q4": ["2022 gerealiseerd 145", "2023 raming 250", "2028 raming 440"],
    "2026Q3": [
        "2016 gerealiseerd 91",
        "2022 gerealiseerd 145",
        "2023 raming 250",
        "2024 gerealiseerd 399",
        "2026 raming 550",
        "2028 raming 440",
        "2029 raming 548",
    ],
}
# ontvangsten and uitgaven of BHG; of 4,500 and 5,183 for 2018 and of 7,500 and 6,800 for 2022 the best ranked is shown
REGION = {
    "2023Q4": [
        "2016 raming 4.000",
        "2018 initiële begroting 4.220",
        "2018 gerealiseerd 4.700",
        "2024 initiële begroting 5.691",
        "2018 initiële begroting 5.183",
        "2020 initiële begroting 5.300",
        "2022 initiële begroting 6.800",
        "2023 initiële begroting 7.000",
        "2024 initiële begroting 6.990",
    ],
    "2026Q3": [
        "2016 raming 4.000",
        "2018 initiële begroting 4.220",
        "2018 gerealiseerd 4.700",
        "2024 initiële begroting 5.691",
        "2024 raming 6.500",
        "2026 initiële begroting 6.622",
        "2018 initiële begroting 5.183",
        "2020 initiële begroting 5.300",
        "2022 initiële begroting 6.800",
        "2023 initiële begroting 7.000",
        "2024 initiële begroting 6.990",
        "2024 raming 7.800",
        "2026 initiële begroting 7.613",
    ],
}
# the same of BHG+GGC+VGC+Cocof and of BHG-DBHR, and what is counted by another definition (with loans; commitment and
# payment credits), in both quarters; of the raw 6,614.96084224 and 5,956.227 one decimal is shown
REVENUE_ELSEWHERE = [
    "2022 initiële begroting 9.900",
    "2020 initiële begroting 4.723",
    "2020 raming 4.712",
    "2021 raming 4.738",
    "2022 raming 4.845",
    "2023 raming 4.965",
    "2024 raming 5.094",
    "2025 raming 5.228",
    "2019 initiële begroting 5.956,2",
    "2020 aangepaste begroting 6.028,0",
    "2020 gerealiseerd 6.615,0",
    "2021 initiële begroting 5.245,5",
    "2024 initiële begroting 7.325,0",
]
SPENDING_ELSEWHERE = [
    "2022 initiële begroting 10.400",
    "2020 initiële begroting 5.704",
    "2020 raming 5.697",
    "2019 initiële begroting 6.655,7",
    "2019 aangepaste begroting 6.601,6",
    "2020 aangepaste begroting 6.777,6",
    "2021 initiële begroting 6.890,6",
]
# uitgaven_vereffend: known since 2025
HALVES = ["januari 2024 tot juni 2024 gerealiseerd 3.759", "januari 2025 tot juni 2025 gerealiseerd 3.512"]
PAYMENT = ["2019 initiële begroting 6.710,5", "2019 aangepaste begroting 6.650,5", "2021 initiële begroting 6.957,8"]
ELSEWHERE = {
    "2023Q4": [*REVENUE_ELSEWHERE, *SPENDING_ELSEWHERE, *PAYMENT],
    "2026Q3": [*REVENUE_ELSEWHERE, *SPENDING_ELSEWHERE, *HALVES, *PAYMENT],
}
# rente_aandeel_uitgaven and rente_aandeel_ontvangsten
SHARES = {
    "2023Q4": ["Rentelast tegenover de uitgaven 2018: 1,87 % (gerealiseerd)"],
    "2026Q3": [
        "Rentelast tegenover de ontvangsten 2024: 5,9 % (raming)",
        "Rentelast tegenover de ontvangsten 2028: 9,0 % (raming)",
        "Rentelast tegenover de uitgaven 2018: 1,87 % (gerealiseerd)",
    ],
}


@pytest.mark.parametrize("quarter", ["2023Q4", "2026Q3"])
def test_every_amount_stands_in_the_raw_data(project: Project, quarter: str) -> None:
    """Row by row, in order, nothing more and nothing less."""
    report = Report(quarter, "nl", project=project)
    for view, wanted in (
        ("interest", INTEREST[quarter]),
        ("income_and_spending", [*REGION[quarter], *ELSEWHERE[quarter]]),
    ):
        figure = getattr(personeel_budget, view)(report)
        assert [" ".join(row[:3]) for row in figure.grid.rows] == wanted


def test_other_perimeters_are_not_drawn(project: Project) -> None:
    """The chart holds the Region's own amounts: none of 9,900 or 10,400, which count the commissions too."""
    figure = personeel_budget.income_and_spending(Report("2026Q3", "nl", project=project))
    drawn = [row["mln"] for row in next(iter(figure.spec["datasets"].values()))]
    assert len(drawn) == len(REGION["2026Q3"])
    assert not {9900, 10400, 4723, 5704} & set(drawn)


@pytest.mark.parametrize("quarter", ["2023Q4", "2026Q3"])
def test_interest_as_a_share_of_revenue_is_said_to_be_unknown(project: Project, quarter: str) -> None:
    """No year has both realised; what sources publish is named with its kind, and each of them is an origin."""
    figure = personeel_budget.interest(Report(quarter, "nl", project=project))
    *_, unknown, published = (note.replace("\u00a0", " ") for note in figure.notes)
    assert unknown.startswith("Welk deel van de ontvangsten de rente is, is niet bekend")
    assert published == f"Wat bronnen publiceren, met een eigen noemer: {'; '.join(SHARES[quarter])}."
    assert "jaarverslag-financien-begroting-brussels-56e861" in {origin.bron_id for origin in figure.origins}


def test_interest_as_a_share_where_both_are_realised() -> None:
    """399 of 6,000 is 6.65 %."""
    shares = pd.DataFrame({"entiteit": ["BHG"], "jaar": [2024], "aandeel": [6.65]})
    assert (
        rente.share_note(NL, shares)
        .replace("\u00a0", " ")
        .startswith("Rente in % van de gerealiseerde ontvangsten: 2024")
    )


def test_every_kind_can_be_drawn(project: Project) -> None:
    """An adjusted budget of the Region has a mark too, though none is known today."""
    report = Report("2026Q3", "nl", project=project)
    kinds = [REALISED, INITIAL, ADJUSTED, ESTIMATE]
    rows = amounts(*(("uitgaven", 2020 + place, kind, 5000.0) for place, kind in enumerate(kinds)))
    assert stromen_beeld.picture(report, rows, ["uitgaven"])["datasets"]


def test_before_anything_is_known_there_is_no_figure_of_interest(project: Project) -> None:
    """At the end of 2021 no interest was known; the section leaves the report."""
    assert personeel_budget.interest(Report("2021Q4", "nl", project=project)).kind == "absent"


def amounts(*rows: tuple[str, int, str, float]) -> pd.DataFrame:
    """Return rows as the chart has them."""
    return pd.DataFrame(rows, columns=["reeks", "jaar", "merk", "waarde"]).assign(bron_id="een")


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([(2016, REALISED, 91.0), (2024, REALISED, 399.0)], "Rente van 2024: 399 miljoen euro, 4,4 keer die van 2016"),
        (
            [(2016, REALISED, 91.0), (2029, ESTIMATE, 548.0)],
            "Rente van 2016: 91 miljoen euro; voor 2029 is 548 miljoen",
        ),
        ([(2029, ESTIMATE, 548.0)], "Rente: voor 2029 is 548 miljoen euro geraamd"),
        ([(2023, ESTIMATE, 250.0), (2024, REALISED, 399.0)], "Rente van 2024: 399 miljoen euro"),
        ([(2023, INITIAL, 250.0)], "Rente: alleen begrotingen bekend"),
    ],
)
def test_the_title_of_interest(rows: list[tuple[int, str, float]], title: str) -> None:
    """An estimate of a year that is realised by now is no outlook."""
    said = interest_title(NL, amounts(*(("rente_uitgaven", *row) for row in rows)))
    assert said.startswith(title)
    assert ("geraamd" in said) is ("geraamd" in title or title.rsplit(maxsplit=1)[-1] == "miljoen")


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            [
                ("ontvangsten", 2024, INITIAL, 5691.0),
                ("uitgaven", 2024, INITIAL, 6990.0),
                ("uitgaven", 2026, INITIAL, 7613.0),
            ],
            "Begroot voor 2024: 5,69 miljard euro ontvangsten, 6,99 miljard uitgaven; geen gerealiseerde",
        ),
        ([("ontvangsten", 2018, REALISED, 4700.0)], "gerealiseerd, zo geteld: niets gevonden na 2018"),
    ],
)
def test_the_title_of_revenue_and_expenditure(rows: list[tuple[str, int, str, float]], title: str) -> None:
    """The last year for which both were budgeted; and how old the last realised amount is."""
    assert flows_title(NL, amounts(*rows)).lower().startswith(title.lower())
