"""Which rules the data keep: every rule that was judged, the rows that break it, and the sums per table and kind.

A rule is broken when the validation says so or when a row was set aside because of it. Two kinds of rules are judged
by the reader, before the validation: each row has as many cells as its table has columns (``cells``), each number
or date can be read (``type``), and nothing was published after the data were collected (``collected``).
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.schema import PUBLISHED, Table

#: The kinds of rules, in the order in which they are explained: form, presence, identity, contents, own rules.
KINDS = (
    "cells",
    "rows",
    "type",
    "collected",
    "required",
    "key",
    "unique",
    "reference",
    "enum",
    "pattern",
    "range",
    "rating",
    "precision",
    "target",
)
_TYPED = ("number", "integer", "year", "date")
_RULE = ["tabel", "regel", "kolom"]


def rules(judged: pd.DataFrame, aside: pd.DataFrame, tables: Mapping[str, Table]) -> pd.DataFrame:
    """Return every rule with its outcome.

    Args:
        judged: the validation (``tabel``, ``regel``, ``kolom``, ``voldaan``).
        aside: one row per fault of a row in quarantine (``tabel``, ``bestand``, ``rij``, ``kolom``, ``regel``).
        tables: the declarations, for the rules of the reader.

    Returns:
        ``judged`` and the reader's rules, with ``rijen`` (number of rows set aside by the rule) and ``voldaan``.

    >>> judged = pd.DataFrame({"tabel": ["swot"], "regel": ["required"], "kolom": ["groep"], "voldaan": [False]})
    >>> aside = pd.DataFrame({"tabel": ["swot"], "bestand": ["a.csv"], "rij": [9], "kolom": ["groep"],
    ...     "regel": ["required"]})
    >>> rules(judged, aside, {})[["regel", "voldaan", "rijen"]].values.tolist()
    [['required', False, 1]]
    """
    every = pd.concat([_reader_rules(tables), judged], ignore_index=True)
    # a row with too few cells has no one column that is wrong
    faults = aside.assign(kolom=aside["kolom"].where(aside["regel"] != "cells", ""))
    rows = faults.drop_duplicates([*_RULE, "bestand", "rij"]).groupby(_RULE).size()
    count = pd.Series(rows.reindex(pd.MultiIndex.from_frame(every[_RULE])).fillna(0).to_numpy(int), index=every.index)
    return every.assign(rijen=count, voldaan=every["voldaan"].astype(bool) & (count == 0))


def _reader_rules(tables: Mapping[str, Table]) -> pd.DataFrame:
    found = [(name, "cells", "", True) for name in tables]
    for name, table in tables.items():
        typed = [item.name for item in table.fields if item.type in _TYPED or item.kind or item.number_unless]
        found += [(name, "type", column, True) for column in typed]
        if PUBLISHED in typed:
            found.append((name, "collected", PUBLISHED, True))
    return pd.DataFrame(found, columns=[*_RULE, "voldaan"])


def per_table(
    outcome: pd.DataFrame, aside: pd.DataFrame, known: Mapping[str, pd.DataFrame], tables: Mapping[str, Table]
) -> pd.DataFrame:
    """Return one row per table, in the order of the package.

    Args:
        outcome: the result of :func:`rules`.
        aside: one row per fault of a row in quarantine.
        known: the rows of each table as known on the as-of date (see :func:`analysis.models.known.as_known`).
        tables: the declarations.

    Returns:
        ``tabel``, ``groep``, ``rijen``, ``regels``, ``geschonden`` (rules broken), ``quarantaine`` (rows set aside)
        and ``verbeterd`` (cells corrected).
    """
    by_table = outcome.groupby("tabel")["voldaan"]
    rows_aside = aside.drop_duplicates(["tabel", "bestand", "rij"]).groupby("tabel").size()
    corrected = known["correcties"].groupby("tabel").size()
    found = pd.DataFrame({"tabel": list(tables), "groep": [table.group for table in tables.values()]})
    name = found["tabel"]
    return found.assign(
        rijen=[len(known[table]) for table in tables],
        regels=name.map(by_table.size()).fillna(0).astype(int),
        geschonden=name.map(by_table.size() - by_table.sum()).fillna(0).astype(int),
        quarantaine=name.map(rows_aside).fillna(0).astype(int),
        verbeterd=name.map(corrected).fillna(0).astype(int),
    )


def per_kind(outcome: pd.DataFrame) -> pd.DataFrame:
    """Return how many rules of each kind were judged and how many are broken, in the order of :data:`KINDS`.

    Returns:
        ``regel``, ``regels``, ``geschonden``; a kind without a rule has no row. Kinds outside the list come last.
    """
    kinds = [*KINDS, *sorted(set(outcome["regel"]) - set(KINDS))]
    groups = outcome.groupby("regel")["voldaan"]
    sizes = pd.DataFrame({"regels": groups.size(), "geschonden": (groups.size() - groups.sum()).astype(int)})
    return sizes.reindex([kind for kind in kinds if kind in sizes.index]).rename_axis("regel").reset_index()


def broken(outcome: pd.DataFrame) -> pd.DataFrame:
    """Return the broken rules, those that set aside most rows first."""
    failed = outcome[~outcome["voldaan"]].drop_duplicates(_RULE)
    return failed.sort_values("rijen", ascending=False, kind="stable").reset_index(drop=True)
