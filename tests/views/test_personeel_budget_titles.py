"""The messages of the chapter on people and money: up, down, flat and unknown, on tables that the eye can check."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.language import Words
from analysis.models import money, people
from analysis.models.money import DIRECT, ESTIMATE, INITIAL, REALISED
from analysis.views.personeel_budget.aantal import staff_title
from analysis.views.personeel_budget.begrippen import balances_title
from analysis.views.personeel_budget.bestuur import administration_title
from analysis.views.personeel_budget.geconsolideerd import consolidated_title
from analysis.views.personeel_budget.investeringen import investment_title
from analysis.views.personeel_budget.profiel import profile_title
from analysis.views.personeel_budget.rating import rating_title
from analysis.views.personeel_budget.saldo import balance_title
from analysis.views.personeel_budget.schuld import debt_title
from analysis.views.personeel_budget.verzuim import absence_title
from analysis.views.personeel_budget.waarden import several_title
from analysis.views.personeel_budget.werk import not_found_title

NL, FR = Words("nl"), Words("fr")
UNKNOWN = float("nan")


def _years(*rows: tuple[int, object], **columns: object) -> pd.DataFrame:
    """One row per (year, value), each the whole year."""
    frame = pd.DataFrame(list(rows), columns=["jaar", "waarde"])
    end = pd.to_datetime(frame["jaar"].astype(str) + "-12-31")
    start = pd.to_datetime(frame["jaar"].astype(str) + "-01-01")
    return frame.assign(periode_van=start, periode_tot=end, periode_soort="jaar", **columns)


@pytest.mark.parametrize(
    ("rows", "count", "title"),
    [
        ([(2020, 10), (2022, 12)], people.ANNUAL, "Volgens de jaarverslagen groeide het personeel tot 12"),
        ([(2020, 12), (2022, 10)], people.ACTUAL, "Volgens het plan daalde het personeel tot 10"),
        ([(2020, 12), (2022, 12)], people.ACTUAL, "waren er 12 personeelsleden in 2022, evenveel als in 2020"),
        ([(2020, 12)], people.FORMER, "Volgens het plan (vroegere perimeter) waren er 12 personeelsleden in 2020"),
        ([], people.OTHER, "geen reeks gevonden"),
    ],
    ids=["up", "down", "flat", "one", "unknown"],
)
def test_the_staff_grows_or_shrinks_by_whose_count(rows: list[tuple[int, int]], count: str, title: str) -> None:
    """The direction is that of the two ends of one series, whose maker is named."""
    assert title in staff_title(NL, _years(*rows, telling=count))


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ([3, 1], "A was het grootste bestuur (2020): 3 van de 4 personeelsleden (75,0 %)"),
        ([2, 2], "A en B waren even groot (2020): elk 2 van de 4 personeelsleden (50,0 %)"),
    ],
    ids=["largest", "equal"],
)
def test_the_largest_administration_has_a_date(values: list[int], title: str) -> None:
    """Two that are equally large are both named."""
    shares = [100 * value / sum(values) for value in values]
    rows = _years(*[(2020, value) for value in values], label=["A", "B"], aandeel=shares)
    assert administration_title(NL, rows) == title


@pytest.mark.parametrize(
    ("change", "title"),
    [
        (5.0, "Het aandeel vrouwen steeg tot 55,0 % in 2022, 5,0 procentpunt meer dan in 2020; telewerkers 80,0 %"),
        (-5.0, "Het aandeel vrouwen daalde tot 55,0 % in 2022, 5,0 procentpunt minder dan in 2020; telewerkers 80,0 %"),
        (0.04, "Het aandeel vrouwen was 55,0 % in 2022, evenveel als in 2020; telewerkers 80,0 %"),
        (UNKNOWN, "Aandelen in het personeel: vrouwen 55,0 % (2022) en telewerkers 80,0 % (2022)"),
    ],
    ids=["up", "down", "flat", "unknown"],
)
def test_the_share_that_changed_most_leads(change: float, title: str) -> None:
    """A change that rounds to nought is none; without an earlier year no direction is given."""
    latest = pd.DataFrame(
        {
            "onderwerp": ["vrouwen", "telewerk"],
            "jaar": 2022,
            "aandeel": [55.0, 80.0],
            "eerste": 2020,
            "verandering": [change, UNKNOWN],
        }
    )
    assert profile_title(NL, latest) == title


def test_a_share_of_another_year_names_it() -> None:
    """What stands beside the lead is of the same year, or says its own."""
    latest = pd.DataFrame(
        {
            "onderwerp": ["statutair", "vrouwen"],
            "jaar": [2022, 2021],
            "aandeel": [60.0, 50.0],
            "eerste": 2020,
            "verandering": [1.0, 0.5],
        }
    )
    assert profile_title(FR, latest).endswith("femmes 50,0\N{NO-BREAK SPACE}% (2021)")


@pytest.mark.parametrize(("unknown", "title"), [(0, "Over alle 7"), (1, "Over 1 van de 7"), (7, "Over 7 van de 7")])
def test_what_was_not_found_is_counted(unknown: int, title: str) -> None:
    """Also when everything or nothing was found."""
    assert not_found_title(NL, unknown, 7).startswith(title)


def _balance(*rows: tuple[str, int, str, str]) -> pd.DataFrame:
    """One row per (kind, value, source, notion), all of 2024."""
    frame = pd.DataFrame(list(rows), columns=["soort", "waarde", "bron_id", "begrip"])
    return frame.assign(jaar=2024)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([(REALISED, -15, "a", ""), (INITIAL, -10, "a", "")], "5 miljoen slechter dan de initiële begroting"),
        ([(REALISED, -5, "a", ""), (INITIAL, -10, "a", "")], "5 miljoen beter dan de initiële begroting"),
        ([(REALISED, -10, "a", ""), (INITIAL, -10, "a", "")], "zoals in de initiële begroting"),
        ([(REALISED, -15, "a", ""), (INITIAL, -10, "b", "")], "een begroting die hetzelfde telt, is niet bekend"),
        ([(REALISED, -15, "a", "")], "een begroting die hetzelfde telt, is niet bekend"),
        ([(REALISED, -15, "a", "na_correcties"), (INITIAL, -10, "a", "")], "miljoen euro (na correcties)"),
        ([(INITIAL, -10, "a", "")], "Het gerealiseerde saldo is nog niet bekend"),
        ([], "Het gerealiseerde saldo is nog niet bekend"),
    ],
    ids=["worse", "better", "equal", "two-sources", "no-budget", "notion", "not-realised", "unknown"],
)
def test_a_balance_is_compared_with_the_budget_of_its_own_source(
    rows: list[tuple[str, int, str, str]], title: str
) -> None:
    """Better or worse is said only where one source gives both and names no notion of its own."""
    assert balance_title(NL, _balance(*rows)).endswith(title)


@pytest.mark.parametrize(
    ("budgets", "plan", "title"),
    [
        ([400, 300], 500, "In 2022 en 2023 is minder begroot"),
        ([500, 600], 500, "In 2022 en 2023 is voor strategische investeringen minstens"),
        ([400, 600], 500, "In 1 van de 2 vergelijkbare jaren is minder begroot"),
        ([400, UNKNOWN], 500, "In 2022 is minder begroot"),
        ([UNKNOWN, UNKNOWN], 500, "van die jaren is nog geen begroting bekend"),
        ([400, 300], UNKNOWN, "Dit plan noemt geen bedrag"),
    ],
    ids=["less", "enough", "mixed", "one", "unknown", "no-plan"],
)
def test_budgets_are_held_against_the_plan_per_year(budgets: list[float], plan: float, title: str) -> None:
    """Only years with a budget and a plan count; the plan's amount is 'about'."""
    wide = pd.DataFrame({"jaar": [2022, 2023], INITIAL: budgets, "plan": plan})
    text = investment_title(NL, wide.assign(afwijking=wide[INITIAL] - wide["plan"]))
    assert title in text
    assert ("ongeveer 500 miljoen" in text) == (plan == 500)


def _debt(*rows: tuple[int, int, str, str]) -> pd.DataFrame:
    """One row per (year, millions, kind, source); the plan is of 2021, the others of 2023."""
    frame = pd.DataFrame(list(rows), columns=["jaar", "waarde_getal", "soort", "bron_id"])
    known = frame["bron_id"].map({"plan": pd.Timestamp(2021, 7, 1)}).fillna(pd.Timestamp(2023, 7, 1))
    dated = _years(*[(row[0], str(row[1])) for row in rows])
    frame = frame.drop(columns="jaar").join(dated)
    frame = frame.assign(reeks=DIRECT, entiteit="BHG", eenheid=money.MILLIONS, bekend_op=known, rang=1.0)
    return money.amounts(frame, (DIRECT,), "plan")


PLAN = [(2021, 6000, REALISED, "plan"), (2025, 10000, ESTIMATE, "plan")]


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([*PLAN, (2025, 11000, REALISED, "a")], "was 11,0 miljard euro eind 2025, 1,00 miljard meer dan het plan"),
        ([*PLAN, (2025, 9000, REALISED, "a")], "was 9,0 miljard euro eind 2025, 1,00 miljard minder dan het plan"),
        ([*PLAN, (2025, 10000, REALISED, "a")], "was 10,0 miljard euro eind 2025, zoals het plan verwachtte"),
        ([*PLAN, (2022, 8000, REALISED, "a")], "was 8,0 miljard euro (2022); het plan verwachtte 10,0 miljard"),
        ([*PLAN, (2022, 12000, REALISED, "a")], "was 12,0 miljard euro (2022), meer dan de 10,0 miljard"),
        ([*PLAN, (2024, 11000, ESTIMATE, "a")], "geraamd op 11,0 miljard euro (2024), meer dan de 10,0 miljard"),
        ([*PLAN, (2024, 9000, ESTIMATE, "a")], "Het plan ziet de directe schuld gaan van 6,0 miljard euro (2021)"),
        (PLAN, "Het plan ziet de directe schuld gaan van 6,0 miljard euro (2021) naar 10,0 miljard in 2025"),
        (PLAN[1:], "nog geen gerealiseerd cijfer bekend; het plan verwachtte 10,0 miljard euro voor 2025"),
        ([(2022, 8000, REALISED, "a")], "was 8,0 miljard euro (2022); dit plan noemt geen cijfer"),
        ([(2024, 9000, ESTIMATE, "a")], "nog geen gerealiseerd cijfer bekend, en dit plan noemt geen cijfer"),
    ],
    ids=[
        *("up", "down", "flat", "before", "above-before", "estimated-above"),
        *("estimated-below", "plan-only", "target-only", "no-plan", "unknown"),
    ],
)
def test_the_debt_is_held_against_the_plan(rows: list[tuple[int, int, str, str]], title: str) -> None:
    """A deviation is given for the plan's own year only; an estimate is called one."""
    assert title in debt_title(NL, money.plan_check(_debt(*rows)))


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([(2024, 15600, REALISED)], "was 15,6 miljard euro eind 2024"),
        ([(2024, 15600, REALISED), (2029, 22200, ESTIMATE)], "15,6 miljard euro eind 2024; voor 2029 is 22,2 miljard"),
        (
            [(2024, 15600, REALISED), (2029, 22200, ESTIMATE), (2029, 21000, ESTIMATE)],
            "voor 2029 is 21,0 tot 22,2 miljard geraamd",
        ),
        ([(2024, 15600, REALISED), (2023, 14500, ESTIMATE)], "was 15,6 miljard euro eind 2024"),
        ([(2029, 22200, ESTIMATE)], "nog geen gerealiseerd cijfer bekend"),
    ],
    ids=["realised", "estimate", "two-estimates", "old-estimate", "unknown"],
)
def test_the_consolidated_debt_names_its_furthest_estimate(rows: list[tuple[int, int, str]], title: str) -> None:
    """No rise or fall between sources that count differently; an estimate of a year that is realised is left out."""
    shown = _years(*[row[:2] for row in rows], merk=[row[2] for row in rows])
    text = consolidated_title(NL, shown)
    assert title in text
    assert ("geraamd" in text) == ("2029" in text)


@pytest.mark.parametrize(
    ("grades", "also", "title"),
    [
        (["AA", "A"], [(), ()], "A (2021), 3 treden lager dan de AA van 2020"),
        (["AA", "AA-"], [(), ()], "AA\N{MINUS SIGN} (2021), 1 trede lager dan de AA van 2020"),
        (["A", "AA"], [(), ()], "AA (2021), 3 treden hoger dan de A van 2020"),
        (["AA", "AA"], [(), ()], "AA in alle 2 gevonden beoordelingen, van 2020 tot 2021"),
        (["AA", "A", "AA"], [(), (), ()], "Laatst gevonden rating van het Gewest bij Standard & Poor’s: AA (2022)"),
        (["AA"], [()], "Laatst gevonden rating van het Gewest bij Standard & Poor’s: AA (2020)"),
        (["AA", "AA"], [(), ("AA-",)], "(2021): AA of AA\N{MINUS SIGN}, de bronnen verschillen"),
        (["AA", "A"], [("AA-",), ()], "Laatst gevonden rating van het Gewest bij Standard & Poor’s: A (2021)"),
        (["AA", "CCC"], [(), ()], "Laatst gevonden rating van het Gewest bij Standard & Poor’s: CCC (2021)"),
    ],
    ids=["down", "one-down", "up", "flat", "back", "one", "doubtful", "doubtful-start", "off-the-scale"],
)
def test_a_rating_moves_by_notches(grades: list[str], also: list[tuple[str, ...]], title: str) -> None:
    """Notches count between two certain grades; otherwise only the last one found is said."""
    steps = [money.SCALE.index(grade) if grade in money.SCALE else UNKNOWN for grade in grades]
    rows = _years(*[(2020 + place, grade) for place, grade in enumerate(grades)], trede=steps)
    assert rating_title(NL, rows.assign(ook=pd.Series(also, dtype=object))).endswith(title)


@pytest.mark.parametrize(
    ("series", "nl", "fr"),
    [
        (["a", "b", "a"], "De bronnen gebruiken 2 begrippen van saldo", "Les sources emploient 2 notions de solde"),
        (["a", "a"], "De bronnen gebruiken 1 begrip van saldo", "Les sources emploient 1 notion de solde"),
        ([], "Geen cijfer over het saldo gevonden", "Aucun chiffre trouvé sur le solde"),
    ],
    ids=["several", "one", "unknown"],
)
def test_the_senses_of_the_balance_are_counted(series: list[str], nl: str, fr: str) -> None:
    """Each once; only of several it is said that they cannot be compared."""
    facts = pd.DataFrame({"reeks": series})
    assert balances_title(NL, facts).startswith(nl)
    assert balances_title(FR, facts).startswith(fr)
    assert ("niet met elkaar te vergelijken" in balances_title(NL, facts)) == (len(set(series)) > 1)


def _outcomes(*years: int) -> pd.DataFrame:
    """One related row per year."""
    return pd.DataFrame({"jaar": list(years), "familie": "saldo", "entiteit": "BHG"})


@pytest.mark.parametrize(
    ("shown", "years", "title"),
    [
        ([True, False, True, False, False], [], "Voor 2 cijfers over schuld, saldo of rating zijn meerdere waarden"),
        ([True, False], [2022, 2023], "Voor 1 cijfer over schuld, saldo of rating zijn meerdere waarden gevonden"),
        ([], [2022, 2022, 2023], "Voor 2 cijfers over schuld, saldo of rating zijn meerdere waarden gevonden"),
        ([], [], "Voor geen enkel cijfer over schuld, saldo of rating zijn meerdere waarden gevonden"),
    ],
    ids=["several", "one", "related-only", "unknown"],
)
def test_figures_with_several_values_are_counted_once(shown: list[bool], years: list[int], title: str) -> None:
    """A figure counts once, whatever number of values it has; related outcomes count where no figure is disputed."""
    assert several_title(NL, pd.DataFrame({"getoond": shown}), _outcomes(*years)).startswith(title)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([("FED", 2022, 6.0), ("FED", 2023, 7.25)], "elders: federale overheid 7,3 % in 2023. Over de eigen"),
        ([("FED", 2022, 7.0), ("FED", 2023, 6.0)], "elders: federale overheid 6,0 % in 2023. Over de eigen"),
        ([("FED", 2022, 6.0), ("FED", 2023, 6.0)], "elders: federale overheid 6,0 % in 2023. Over de eigen"),
        ([("FED", 2023, 6.0), ("VL", 2021, 5.5)], "federale overheid 6,0 % in 2023 en Vlaamse overheid 5,5 % in 2021."),
        ([], "Geen verzuimcijfers van andere overheden gevonden"),
    ],
    ids=["up", "down", "flat", "two", "unknown"],
)
def test_absence_elsewhere_is_that_of_the_last_year(rows: list[tuple[str, int, float]], title: str) -> None:
    """Only the level of each employer's own last year, whichever way it went: the employers measure differently."""
    shown = pd.DataFrame(rows, columns=["entiteit", "jaar", "waarde"])
    assert title in absence_title(NL, shown).replace("\N{NO-BREAK SPACE}", " ")
