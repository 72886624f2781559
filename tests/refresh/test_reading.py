"""What is taken from an answer, and from which answer nothing is taken."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from analysis.errors import KrachtlijnError
from analysis.refresh import bestat, compare, eurostat
from analysis.refresh.answer import Answer
from analysis.refresh.compare import Known
from analysis.refresh.links import Link
from tests.refresh.serving import cube

FILTERS = {"freq": "A", "unit": "PC", "geo": "BE10"}
RATE = Link("neet", "BE10", "eurostat", "edat", FILTERS, unit="%")
INDEX = Link("index", "BE", "bestat", "208b69bd", value="Health index", period="Month")


def read(answer: dict[str, Any]) -> Answer:
    """Read an answer of Eurostat."""
    return eurostat.read(json.dumps(answer).encode(), RATE)


def test_a_cube_is_read_digit_by_digit() -> None:
    """Periods as we write them, figures as they were written, the day of the dataset, and what is said of figures."""
    answer = read(cube(FILTERS, {"2023": 11.2, "2024-Q1": 10, "2024-S2": 9.10, "2025-09": 1.1}, {"2023": "bu"}))
    assert answer.figures == {
        "2023": Decimal("11.2"),
        "2024Q1": Decimal(10),
        "2024H2": Decimal("9.1"),
        "2025-09": Decimal("1.1"),
    }
    assert answer.flags == {"2023": "bu"}
    assert answer.updated == dt.date(2026, 7, 8)


def test_figures_may_stand_in_a_list_and_be_unknown() -> None:
    """JSON-stat allows both forms; null is unknown and no figure."""
    answer = read(cube(FILTERS, {"2023": 0, "2024": 0}) | {"value": [None, 5.5], "status": None, "updated": None})
    assert answer == Answer({"2024": Decimal("5.5")})


def without_unit(given: dict[str, Any]) -> dict[str, Any]:
    """An answer that lost a dimension."""
    place = given["id"].index("unit")
    return given | {key: [one for at, one in enumerate(given[key]) if at != place] for key in ("id", "size")}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without_unit, "the dimension 'unit' is missing"),
        (lambda c: c | {"dimension": c["dimension"] | {"unit": c["dimension"]["geo"]}}, "'unit' is BE10 where PC was"),
        (lambda c: c | {"id": [*c["id"], "isced11"], "size": [*c["size"], 3]}, "'isced11' has several categories"),
        (lambda c: c | {"value": {"0": "11,2"}}, "for 2023 it gives '11,2' where a number is expected"),
        (lambda c: c | {"value": {"0": True}}, "where a number is expected"),
        (lambda c: c | {"value": {"7": 1.0}}, "a figure at place 7"),
        (lambda c: c | {"value": {}}, "not one figure"),
        (lambda c: c | {"value": "none"}, "neither a list nor an object"),
        (lambda c: c | {"dimension": {}}, "does not say which categories"),
        (lambda c: c | {"class": "collection"}, "not a dataset"),
        (lambda _: {"warning": {"label": "asynchronous"}}, "it is a message"),
        (lambda _: [], "no JSON object"),
    ],
)
def test_an_answer_of_another_form_gives_nothing(change: Callable[[Any], Any], said: str) -> None:
    """Each names the series and what is other; no figure is guessed."""
    with pytest.raises(KrachtlijnError) as fault:
        read(change(cube(FILTERS, {"2023": 11.2})))
    assert said in fault.value.why
    assert fault.value.where == "neet BE10, eurostat edat"
    assert fault.value.do


@pytest.mark.parametrize("content", [b'{"value": {"0": 1', b"", b"<html>", b'{"value": {"0": NaN}}'])
def test_what_is_no_whole_json_is_named(content: bytes) -> None:
    """Cut off, empty, a page in its place, or a number that is none."""
    with pytest.raises(KrachtlijnError, match="not as we know it"):
        eurostat.read(content, RATE)


def facts(*rows: dict[str, Any]) -> bytes:
    """An answer of be.STAT."""
    return json.dumps({"facts": list(rows)}).encode()


def test_a_view_is_read_by_its_columns() -> None:
    """Months by name, in the language of the view; what has no figure yet is left out."""
    rows = [{"Year": "2025", "Month": month, "Health index": value} for month, value in (("Augustus 2025", 135.64),)]
    rows += [{"Year": "2025", "Month": "December 2025", "Health index": 136.69}]
    rows += [{"Year": "2026", "Month": "January 2026", "Health index": None}]
    assert bestat.read(facts(*rows), INDEX).figures == {"2025-08": Decimal("135.64"), "2025-12": Decimal("136.69")}


def test_the_filters_of_a_view_pick_its_rows() -> None:
    """An empty cell is asked for with nothing behind the sign."""
    link = Link("rate", "BE", "bestat", "7d30", {"Region": "", "Total": "Total"}, value="Rate", period="Year")
    rows = [{"Region": None, "Total": "Total", "Year": "2024", "Rate": 0.719}]
    rows += [{"Region": "Brussels", "Total": "Total", "Year": "2024", "Rate": 0.65}]
    assert bestat.read(facts(*rows), link).figures == {"2024": Decimal("0.719")}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (facts({"Month": "May 2025", "Index": 1}), "the column 'Health index' is missing; there are: Month, Index"),
        (facts({"Month": "5/2025", "Health index": 1}), "'5/2025' is no period"),
        (facts({"Month": "May 2025", "Health index": "x"}), "'x' where a number"),
        (facts(*[{"Month": "May 2025", "Health index": 1}] * 2), "two figures for 2025-05"),
        (facts(), "not one figure"),
        (b'{"views": []}', "no list of rows"),
    ],
)
def test_a_view_of_another_form_gives_nothing(content: bytes, said: str) -> None:
    """As for Eurostat."""
    with pytest.raises(KrachtlijnError) as fault:
        bestat.read(content, INDEX)
    assert said in fault.value.why


KNOWN = Known(
    {name: Decimal(value) for name, value in {"2021": "12.5", "2022": "12", "2023": "11.2"}.items()}, "%", "werk"
)


def figures(**given: str) -> Answer:
    """An answer with these figures, the years written as y2024."""
    return Answer({name[1:]: Decimal(value) for name, value in given.items()})


def test_only_what_is_new_or_other_comes_in() -> None:
    """11.20 is 11.2; 2020 lies before the first figure known; 12 was 12.0 in a series with one decimal."""
    found = compare.news(figures(y2020="9", y2021="12.50", y2022="12.1", y2023="11.2", y2024="10.4"), RATE, KNOWN)
    assert found.fresh == {"2024": Decimal("10.4")}
    assert found.revised == {"2022": (Decimal(12), Decimal("12.1"))}
    assert list(found.figures) == ["2022", "2024"]


def test_a_figure_in_fewer_decimals_is_no_other_figure() -> None:
    """What we know as 83986.65 is given as 83986.7: the provider rounds."""
    before = Known({"2018": Decimal("83986.65")}, "%")
    assert compare.news(figures(y2018="83986.7"), RATE, before).figures == {}
    assert compare.news(figures(y2018="83986.8"), RATE, before).figures == {"2018": Decimal("83986.8")}


def test_a_factor_brings_figures_into_our_unit() -> None:
    """A share of one becomes a per cent, without a digit more than there was."""
    link = Link("neet", "BE10", "bestat", "x", unit="%", factor=Decimal("100.0"))
    assert compare.news(figures(y2023="0.112", y2024="0.104"), link, KNOWN).figures == {"2024": Decimal("10.4")}


@pytest.mark.parametrize(
    ("answer", "known", "said"),
    [
        (figures(y2021="0.125", y2022="0.12"), KNOWN, "99 % from those known, 10 % is allowed (2022: 12 known, 0.12"),
        (figures(y2024="10.4"), KNOWN, "no period of it is known"),
        (figures(y2023="11.2"), Known(), "unknown: the table omgeving holds no figure"),
        (figures(y2023="11.2"), Known(KNOWN.figures, "personen"), "'personen' with us, and '%' in its row"),
    ],
)
def test_what_may_be_another_series_is_refused(answer: Answer, known: Known, said: str) -> None:
    """Another unit or base year shows in the figures that both have."""
    with pytest.raises(KrachtlijnError) as fault:
        compare.news(answer, RATE, known)
    assert said in fault.value.why
