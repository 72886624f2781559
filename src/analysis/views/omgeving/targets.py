"""The official targets: what they ask, of whom, and how far the figure is from them."""

from __future__ import annotations

import math

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models.official_targets import STATES, target_unit
from analysis.views.facts import decimals, period_of
from analysis.views.omgeving import data, text
from analysis.views.report import Report, in_every_language

#: Whose target: the Region's own come first.
_OWNERS = ("BE10", "BE", "EU", "advies")
_SAME = ["indicator", "doeljaar", "doelwaarde", "eenheid"]


@in_every_language
def targets(report: Report) -> Figure:
    """Return all official targets that are known, with the figure and the distance beside each."""
    words, env = report.words, data.look(report)
    every = data.targets(report)
    place = every["doelgebied"].map({area: number for number, area in enumerate(_OWNERS)})
    shown = every.assign(_place=place).drop_duplicates(_SAME).sort_values("_place", kind="stable")
    shown = shown.drop(columns="_place").reset_index(drop=True)
    if shown.empty:
        known = words.t("No official target was known on {date}.", date=words.date(report.as_of))
        return Figure("omgeving-doelen", "sentences", title=known, sentences=(known,))
    columns = (
        Column(words.t("Indicator (unit)")),
        Column(words.t("What is asked")),
        Column(words.t("Latest measurement"), "number"),
        Column(words.t("Measured in")),
        Column(words.t("Where it stands")),
    )
    cells = tuple(_row(report, env, row) for _, row in shown.iterrows())
    return Figure(
        "omgeving-doelen",
        "table",
        title=targets_title(words, shown["stand"].tolist()),
        subtitle=words.t("Official targets for the indicators of this chapter, by whose target it is"),
        grid=Grid(columns, cells, _headings(words, shown)),
        origins=report.origins(every, _measured(every), report.now.table("doelen_datering")),
        notes=_notes(words, shown),
    )


def _headings(words: Words, shown: pd.DataFrame) -> dict[int, str]:
    """Return whose targets follow, above the first of them."""
    firsts = shown.drop_duplicates("doelgebied")["doelgebied"]
    texts = {
        "BE10": words.t("Targets of the Region"),
        "BE": words.t("Belgian targets, not of the Region"),
        "EU": words.t("European targets, not of the Region"),
        "advies": words.t("Guideline values, no targets of the Region"),
    }
    return {int(str(row)): texts[area] for row, area in firsts.items()}


def _measured(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the sources of the figures beside the targets."""
    return rows[["meet_bron_id"]].rename(columns={"meet_bron_id": "bron_id"})


def targets_title(words: Words, stands: list[str]) -> str:
    """Say how many targets are reached, and how many of the others are not, or unknown.

    Args:
        words: the language.
        stands: of each target, one of :data:`analysis.models.official_targets.STATES`.
    """
    done, going, missed, unknown = (stands.count(state) for state in STATES)
    parts = [
        words.tn("{n} not reached yet", "{n} not reached yet (targets)", going) if going else "",
        words.tn("{n} missed in the target year", "{n} missed in their target year", missed) if missed else "",
        words.tn("{n} unknown", "{n} unknown (targets)", unknown) if unknown else "",
    ]
    rest = words.list([part for part in parts if part])
    total = words.number(len(stands))
    if not rest:
        return words.t("All {total} official targets are reached", total=total)
    if not done:
        return words.tn(
            "Of the only official target it is not known that it is reached: {rest}",
            "Of none of the {n} official targets is it known that it is reached: {rest}",
            len(stands),
            rest=rest,
        )
    return words.tn(
        "{n} of the {total} official targets is reached: {rest}",
        "{n} of the {total} official targets are reached: {rest}",
        done,
        total=total,
        rest=rest,
    )


def _notes(words: Words, shown: pd.DataFrame) -> tuple[str, ...]:
    notes = [
        words.t(
            "The distance is the difference with the latest figure, in the unit of the indicator; "
            "it is only given where target and figure have the same unit."
        )
    ]
    if set(shown["doelgebied"]) - {"BE10"}:
        notes.append(
            words.t(
                "A Belgian target is compared with the Belgian figure and does not hold for the "
                "Region; European targets and guideline values are no commitment of the Region."
            )
        )
    if differing(shown):
        notes.append(words.t("Where sources name different targets for one year, all of them are shown."))
    return tuple(notes)


def differing(targets: pd.DataFrame) -> bool:
    """Say whether sources name different targets for one indicator and year."""
    different = targets.drop_duplicates(_SAME)
    return bool(different.duplicated(["indicator", "doeljaar"], keep=False).any())


def _row(report: Report, env: data.Environment, row: pd.Series) -> tuple[str, ...]:
    words, code = report.words, str(row["indicator"])
    places = _places(row)
    return (
        text.named(words, env.label(code), _unit(env, row)),
        aim(words, row),
        words.number(row["waarde"], places),
        text.brief(words, row),
        standing(words, row),
    )


def _unit(env: data.Environment, row: pd.Series) -> str:
    """Return the unit of the indicator where it has figures, else that of the target."""
    own = env.facts.loc[env.facts["indicator"] == row["indicator"], "eenheid"]
    return str(own.iloc[0]) if len(own) else target_unit(row)


def _places(row: pd.Series) -> int:
    return decimals(str(row["eenheid"]), row["doelwaarde"], row["waarde"])


def owner(words: Words, area: str) -> str:
    """Write whose target it is."""
    texts = {
        "BE10": words.t("target of the Region"),
        "BE": words.t("Belgium, not the Region"),
        "EU": words.t("Europe, not the Region"),
        "advies": words.t("guideline value, no target of the Region"),
    }
    return texts[area]


def standing(words: Words, row: pd.Series) -> str:
    """Write whether a target is reached, with the distance, or why that is unknown."""
    reasons = {
        "geen_getal": words.t("target without a number"),
        "geen_meting": words.t("unknown: no figure to compare with"),
        "andere_eenheid": words.t("unknown: target and figure have another unit or age group"),
        "andere_methode": words.t("unknown: figure counted otherwise than the rest of its series"),
        "te_controleren": words.t("unknown: the figure is still to be checked"),
        "geen_richting": words.t("unknown: no good direction is set"),
    }
    if row["reden"] in reasons:
        return reasons[row["reden"]]
    gap = _gap(words, row)
    if row["reden"] == "voor_doeljaar":
        then = period_of(words, row)
        return words.t("unknown: last measured in {period}, then {gap} short", period=then, gap=gap)
    states = {
        "bereikt": words.t("reached, {gap} beyond the target", gap=gap),
        "nog_niet": words.t("{gap} to go", gap=gap),
        "niet_bereikt": words.t("not reached, {gap} short", gap=gap),
    }
    return states[row["stand"]]


def _gap(words: Words, row: pd.Series) -> str:
    distance = abs(float(row["afstand"]))
    number = words.number(distance, _places(row))
    if str(row["eenheid"]).startswith("%"):
        return text.points(words, distance, number)
    return number


def aim(words: Words, row: pd.Series) -> str:
    """Write what a target asks: its value and its year."""
    number = words.number(row["doelwaarde"], _places(row))
    if math.isnan(row["doelwaarde"]) or not row["doeljaar"]:
        return number
    if row["voorbij"]:
        return words.t("{number} in {year}", number=number, year=row["doeljaar"])
    return words.t("{number} by {year}", number=number, year=row["doeljaar"])


def target_cell(words: Words, own: pd.DataFrame) -> str:
    """Write all targets of one indicator with their distance, for a cell of a table."""
    told = [_short(words, row) for _, row in own.drop_duplicates(_SAME).iterrows()]
    return words.joined(told)


def _short(words: Words, row: pd.Series) -> str:
    asked = words.t("{aim}: {standing}", aim=aim(words, row), standing=standing(words, row))
    if row["doelgebied"] == "BE":
        value = words.number(row["waarde"], _places(row))
        return words.t("Belgian target {target} (Belgian figure {value})", target=asked, value=value)
    if row["doelgebied"] == "EU":
        return words.t("European target {target}", target=asked)
    if row["doelgebied"] == "advies":
        return words.t("guideline value {target}", target=asked)
    return asked
