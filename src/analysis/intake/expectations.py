"""Let Great Expectations judge a table. The only module that imports it: it takes seconds to load."""

from __future__ import annotations

import logging
import os
import warnings
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # before the import: no word leaves this machine
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # deprecations inside the library and its dependencies
    import great_expectations as gx
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations.expectation import Expectation
    from great_expectations.expectations.registry import get_expectation_impl
    from great_expectations.expectations.row_conditions import Column

import pandas as pd

from analysis.intake.rules import Rule

logging.getLogger("great_expectations").setLevel(logging.ERROR)

#: Great Expectations names the rows that break a rule by this column.
NUMBER = "_nr"
_FORMAT = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [NUMBER],
    "exclude_unexpected_values": True,  # values of rows never stand in a result that is kept
}


class Judge:
    """One ephemeral Great Expectations context for a whole intake."""

    def __init__(self) -> None:
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        self._source = context.data_sources.add_pandas("intake")

    def judge(self, name: str, rows: pd.DataFrame, rules: list[Rule]) -> tuple[dict[str, Any], list[list[int]]]:
        """Judge a table by its rules.

        Args:
            name: of the table.
            rows: typed rows, empty texts as missing values.
            rules: see :mod:`analysis.intake.rules`.

        Returns:
            The validation result as JSON (without any value of the rows), and per rule the index labels of the
            rows that break it.
        """
        numbered = rows.assign(**{NUMBER: range(len(rows))})
        asset = self._source.add_dataframe_asset(name)
        batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": numbered})
        suite = gx.ExpectationSuite(name, expectations=[_expectation(rule, i) for i, rule in enumerate(rules)])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = batch.validate(suite, result_format=_FORMAT)
        broken: list[list[int]] = [[] for _ in rules]
        for outcome in result.results:
            _refuse_crash(name, outcome)
            broken[_number(outcome)] = [rows.index[position] for position in _positions(outcome.result)]
        content = result.to_json_dict()
        # the same rows give the same bytes: a clock time would make every report look as if its data had changed
        content["meta"].get("batch_markers", {}).pop("ge_load_time", None)
        return content, broken


def _expectation(rule: Rule, number: int) -> Expectation:
    meta = {"number": str(number), "rule": rule.name, "column": rule.column, "reason": rule.reason}
    kwargs = dict(rule.kwargs)
    if rule.when:
        name, relation, value = rule.when
        kwargs["row_condition"] = Column(name) == value if relation == "is" else Column(name) != value
    return get_expectation_impl(rule.expectation)(**kwargs, meta=meta)


def _number(outcome: ExpectationValidationResult) -> int:
    config = outcome.expectation_config
    return int(config.meta["number"]) if config and config.meta else -1


def _positions(result: dict[str, Any]) -> list[int]:
    """Read the row numbers; Great Expectations gives one dict of lists, or one dict per row."""
    found: list[int] = []
    for entry in result.get("unexpected_index_list") or []:
        value = entry[NUMBER]
        found += [int(item) for item in value] if isinstance(value, list) else [int(value)]
    return sorted(found)


def _refuse_crash(name: str, outcome: ExpectationValidationResult) -> None:
    """A rule that could not be judged is a fault of ours, never a rule that holds."""
    info = outcome.exception_info or {}
    crashes = [info, *(value for value in info.values() if isinstance(value, dict))]
    for crash in crashes:
        if crash.get("raised_exception"):
            raise RuntimeError(f"table {name}, rule {_number(outcome)}: {crash.get('exception_message')}")
