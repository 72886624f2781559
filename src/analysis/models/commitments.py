"""What a plan itself promises: whom it names for its actions, and which targets it sets."""

from __future__ import annotations

import datetime as dt

import pandas as pd

#: The GOB's administrations first, then ever further from it.
KIND_ORDER = (
    "bestuur",
    "gewestelijke_overheidsdienst",
    "dienst_van_gob",
    "gewestelijke_instelling",
    "orgaan",
    "extern",
)


def named_for_actions(parties: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows in which the plan names an organisation for an action itself.

    The other rows, whose ``vindplaats`` is a *titel*, come from the title of the objective: that
    names an organisation for all actions under it at once, which says little of each. A place that
    gives an action *with* a title ("1.2.2 met titel 1.2") is the action's own.
    """
    return parties[~parties["vindplaats"].str.contains(", titel")]


def per_organisation(parties: pd.DataFrame, organisations: pd.DataFrame) -> pd.DataFrame:
    """Count the actions for which the plan names each organisation.

    Args:
        parties: ``actie_code``, ``organisatie_id``, ``rol``.
        organisations: ``organisatie_id``, ``soort``; other columns are kept.

    Returns:
        The named organisations with ``acties`` and ``trekker`` (actions that it leads): the kind
        nearest to the GOB first, then most actions first.
    """
    led = parties[parties["rol"] == "trekker"]
    table = organisations.assign(acties=_actions(parties, organisations), trekker=_actions(led, organisations))
    table = table[table["acties"] > 0]
    near = table["soort"].map({kind: place for place, kind in enumerate(KIND_ORDER)})
    order = ["_near", "acties", "organisatie_id"]
    table = table.assign(_near=near).sort_values(order, ascending=[True, False, True])
    return table.drop(columns="_near")


def _actions(parties: pd.DataFrame, organisations: pd.DataFrame) -> pd.Series:
    found = parties.groupby("organisatie_id")["actie_code"].nunique()
    return organisations["organisatie_id"].map(found).fillna(0).astype(int)


def targets(indicators: pd.DataFrame, values: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Join the targets of a plan to their indicators.

    Args:
        indicators: table ``meetpunten``: ``doelstelling_code``, ``meetpunt_code``, labels.
        values: table ``streefwaarden``: ``waarde`` (NaN where the plan gives no number),
            ``eenheid``, ``tijdschema_soort``, ``tijdschema_jaar``.
        as_of: the day on which the report looks.

    Returns:
        One row per target in the order of the plan, with ``meetpunt_nl``, ``meetpunt_fr``,
        ``doelstelling_code``, ``becijferd`` (has a number) and ``verstreken`` (its year is over).
    """
    names = {"label_nl": "meetpunt_nl", "label_fr": "meetpunt_fr"}
    own = indicators[["doelstelling_code", "meetpunt_code", *names]].rename(columns=names)
    rows = own.merge(values, on="meetpunt_code", how="inner")
    over = pd.to_numeric(rows["tijdschema_jaar"]).astype(float) < as_of.year
    return rows.assign(becijferd=rows["waarde"].notna(), verstreken=over & (rows["tijdschema_soort"] == "jaar"))
