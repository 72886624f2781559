"""What the suites check: rules out of the data package, and the few that it cannot say.

Nothing here imports Great Expectations, so that the rules can be read and tested without it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from analysis.intake import references, staff, swot
from analysis.schema import Field, ForeignKey, Table


@dataclass(frozen=True)
class Rule:
    """One rule about a table.

    Args:
        name: the constraint's name (``required``, ``enum``, ``key``, ``reference``, ...).
        expectation: the Great Expectations type that judges it.
        kwargs: the expectation's arguments.
        column: the column to show to the user.
        reason: why a row breaks it.
        do: what the user can do.
        when: judge only rows where a column ``is`` (or ``is not``) a value.
    """

    name: str
    expectation: str
    kwargs: dict[str, Any]
    column: str
    reason: str
    do: str = "correct the cell at its source"
    when: tuple[str, Literal["is", "is not"], str] | None = None


def of_package(table: Table) -> list[Rule]:
    """Return the rules that the data package states for a table."""
    rules = [rule for item in table.fields for rule in _of_field(item)]
    if table.primary_key:
        rules.append(_unique(table.primary_key))
    references = [_reference(table, key) for key in table.foreign_keys]
    return [*rules, *references, *([] if table.may_be_empty else [_not_empty()])]


def own(table: Table) -> list[Rule]:
    """Return the rules of a table that the data package cannot say."""
    return [rule for name, rule in (_OF_DELIVERIES if table.may_be_empty else _OWN) if name == table.name]


def helpers(table: Table, rows: pd.DataFrame, kept: dict[str, pd.DataFrame]) -> dict[str, pd.Series]:
    """Return the columns that only the judge needs: whether a reference leads to a row, what several cells give.

    Args:
        table: the declaration.
        rows: its rows, an empty text as a missing value.
        kept: the rows kept so far, per table, for the foreign keys (the table's own rows for a self-reference).
    """
    made = {
        references.column(key): references.found(table, key, rows, kept[key.table or table.name])
        for key in table.foreign_keys
    }
    if table.name in _SUMS:
        column, by = _SUMS[table.name]
        made[_sum_of(column)] = rows.groupby(by, dropna=False)[column].transform("sum")
    if table.name == staff.TABLE and table.may_be_empty:
        made["_categorie"] = staff.fault_of_category(rows)
    if table.name == "swot_scores":
        made["_antwoorden"] = swot.answers(rows)
    if table.name == "swot_vergelijkingen":
        made |= {"_paar": swot.fault_of_pair(rows), "_product": swot.product(rows)}
    return made


def _of_field(item: Field) -> list[Rule]:
    made, said = [], item.constraints
    if item.required:
        made.append(_column(item, "required", "not_be_null", {}, "the cell may not be empty"))
    if "enum" in said:
        allowed = ", ".join(map(str, said["enum"]))
        made.append(_column(item, "enum", "be_in_set", {"value_set": said["enum"]}, f"allowed are: {allowed}"))
    if "pattern" in said:
        regex = f"^(?:{said['pattern']})$"
        made.append(_column(item, "pattern", "match_regex", {"regex": regex}, f"the form is {said['pattern']}"))
    if "minimum" in said or "maximum" in said:
        low, high = said.get("minimum"), said.get("maximum")
        reason = f"the value lies outside {'…' if low is None else low} to {'…' if high is None else high}"
        made.append(_column(item, "range", "be_between", {"min_value": low, "max_value": high}, reason))
    if said.get("unique"):
        made.append(_column(item, "unique", "be_unique", {}, "the value stands in an earlier row too"))
    return made


def _column(item: Field, name: str, check: str, kwargs: dict[str, Any], reason: str) -> Rule:
    return Rule(name, f"expect_column_values_to_{check}", {"column": item.name, **kwargs}, item.name, reason)


def _unique(key: tuple[str, ...]) -> Rule:
    return Rule(
        "key",
        "expect_compound_columns_to_be_unique" if len(key) > 1 else "expect_column_values_to_be_unique",
        {"column_list": list(key)} if len(key) > 1 else {"column": key[0]},
        ", ".join(key),
        "an earlier row has the same key",
        "keep one of the two rows, or correct the key",
    )


def _reference(table: Table, key: ForeignKey) -> Rule:
    delivered = [pair for pair in zip(key.fields, key.reference, strict=True) if pair[0] not in table.constants]
    other = f"'{key.table}'" if key.table else "this table"
    return Rule(
        "reference",
        "expect_column_values_to_be_in_set",
        {"column": references.column(key), "value_set": [references.FOUND]},
        ", ".join(own for own, _ in delivered),
        f"no row of {other} has this {', '.join(named for _, named in delivered)}",
        f"correct the code, or add the missing row to {other}",
    )


def _not_empty() -> Rule:
    return Rule(
        "rows",
        "expect_table_row_count_to_be_between",
        {"min_value": 1},
        "",
        "the table has no rows",
    )


def _sum_of(column: str) -> str:
    return f"_som_{column}"


def _not_before(later: str, earlier: str, reason: str) -> Rule:
    pair = {"column_A": later, "column_B": earlier, "or_equal": True, "ignore_row_if": "either_value_is_missing"}
    return Rule("order", "expect_column_pair_values_a_to_be_greater_than_b", pair, later, reason)


def _known_by(column: str) -> Rule:
    """A delivery cannot tell what happened after it was handed in."""
    return replace(
        _not_before("ontvangen", column, "the day lies after the day on which the delivery came"), column=column
    )


def _band(column: str) -> Rule:
    return Rule(
        "band",
        "expect_column_values_to_not_be_null",
        {"column": column},
        column,
        "a meetpunt with the direction 'band' has both limits",
        when=("richting", "is", "band"),
    )


def _no_pair(fault: str, reason: str) -> Rule:
    known = {"column": "_paar", "value_set": [fault]}
    do = "compare two items of one group, or two groups by their letter"
    return Rule("pair", "expect_column_values_to_not_be_in_set", known, "rechts", reason, do)


def _no_category(fault: str, reason: str) -> Rule:
    known = {"column": "_categorie", "value_set": [fault]}
    return Rule(
        "category",
        "expect_column_values_to_not_be_in_set",
        known,
        "categorie",
        reason,
        f"allowed are: {staff.allowed()}",
    )


#: Of these tables, a column that is summed over the rows that agree in others.
_SUMS = {"verbanden": ("aandeel_pct", ["levering", "soort", "code"])}

#: The short list: (table, rule). A loosened rule carries the date and the reason.
_OWN: tuple[tuple[str, Rule], ...] = (
    (
        "budget",
        Rule(
            "rating",
            "expect_column_values_to_match_regex",
            {
                "column": "waarde",
                "regex": r"^(AAA|AA[+-]?|A[+-]?|BBB[+-]?|BB[+-]?|B[+-]?|CCC[+-]?|CC|C|D)$",
            },
            "waarde",
            "a rating is a grade such as AA-",
            when=("eenheid", "is", "rating"),
        ),
    ),
    (
        "bewijs_acties",
        Rule(
            "precision",
            "expect_column_pair_values_to_be_equal",
            {"column_A": "datum_soort", "column_B": "datum_precisie"},
            "datum_precisie",
            "the precision is not that of the date",
            "write dag for 2024-04-12, maand for 2024-04, jaar for 2024",
        ),
    ),
    (
        "omgeving_doelen",
        Rule(
            "target",
            "expect_column_values_to_not_be_null",
            {"column": "doelwaarde"},
            "doelwaarde",
            "a target without a number is a 'kwalitatief doel'",
            when=("eenheid", "is not", "kwalitatief doel"),
        ),
    ),
)
#: The same for the tables of a delivery.
_OF_DELIVERIES: tuple[tuple[str, Rule], ...] = (
    *(
        ("voortgang", _not_before(f"{kind}_einde", f"{kind}_start", "the end lies before the start"))
        for kind in ("gepland", "verwacht", "werkelijk")
    ),
    ("voortgang", _known_by("werkelijk_start")),
    ("voortgang", _known_by("werkelijk_einde")),
    ("mijlpalen", _known_by("gerealiseerd")),
    ("uitvoeringen", _known_by("datum")),
    ("metingen", _known_by("periode_van")),
    ("meetpunten", _not_before("streef_boven", "streef_onder", "the upper limit lies below the lower one")),
    ("meetpunten", _band("streef_onder")),
    ("meetpunten", _band("streef_boven")),
    ("beslissingen", _known_by("datum")),
    ("beslissingen", _known_by("uitgevoerd_op")),
    ("beslissingen", _not_before("tegen", "datum", "it is due before it was decided")),
    ("beslissingen", _not_before("uitgevoerd_op", "datum", "it was carried out before it was decided")),
    (
        "verbanden",
        Rule(
            "sum",
            "expect_column_values_to_be_between",
            {"column": _sum_of("aandeel_pct"), "min_value": 99.99, "max_value": 100.01},
            "aandeel_pct",
            "the shares of this code are together not 100 %",
            "correct the shares; what goes to no objective is a row without doelstelling_code",
        ),
    ),
    (
        "peilingen",
        replace(_not_before("antwoorden", "gunstig", "more answers are favourable than there are"), column="gunstig"),
    ),
    ("personeel", _no_category(staff.HALF, "a part has a dimension and a category, the whole has neither")),
    ("personeel", _no_category(staff.STRANGE, "the dimension has no such category")),
    ("personeel", _no_category(staff.ELSEWHERE, "the series has no such dimension")),
    (
        "swot_scores",
        Rule(
            "given",
            "expect_column_values_to_be_between",
            {"column": "_antwoorden", "min_value": 1},
            "belang",
            "the row has no score",
            "give at least one score, or take the row out",
        ),
    ),
    ("swot_vergelijkingen", _no_pair(swot.ITSELF, "an item is compared with itself")),
    ("swot_vergelijkingen", _no_pair(swot.APART, "the two are not of one group")),
    (
        "swot_vergelijkingen",
        Rule(
            "reciprocal",
            "expect_column_values_to_be_between",
            {"column": "_product", "min_value": swot.PRODUCT[0], "max_value": swot.PRODUCT[1]},
            "waarde",
            "the comparison in the other direction says otherwise: together they do not make 1",
            "take one of the two out, or write what they are, such as 3 and 1/3",
        ),
    ),
)
