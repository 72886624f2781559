"""What a panel says of the choices: what they change at the top, who is left, and what to beware of."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.explore.scoring import TOP, Outcome
from analysis.language import UNKNOWN_SIGN, Words
from analysis.quarter import Quarter

#: Nearer to 0 or 1 than this a likelihood is not told closer: the draws say no more.
EDGE = 0.01


def group_words(words: Words) -> dict[str, str]:
    """Return the names of the four groups."""
    return {
        "S": words.t("Strengths"),
        "W": words.t("Weaknesses"),
        "O": words.t("Opportunities"),
        "T": words.t("Threats"),
    }


def group_heads(words: Words, *, fictitious: bool) -> dict[str, str]:
    """Return what stands above each group; of made-up scores it says that they are."""
    names = group_words(words)
    if not fictitious:
        return names
    return {code: words.t("{group} (fictitious examples)", group=name) for code, name in names.items()}


def message(words: Words, found: Outcome, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Say in sentences what the choices do to the first three of each group that is shown.

    Args:
        words: the language.
        found: what comes of the choices.
        labels: the label of each item by its code.
    """
    if not found.changed:
        return (words.t("This is the ranking of the report: all raters, and questions that weigh the same."),)
    scored = found.items[found.items["plaats"].notna()]
    told = {str(group): _top(words, own, labels) for group, own in scored.groupby("groep", sort=False)}
    if not told:
        return (words.t("With these choices there is no ranking."),)
    changes = tuple(text for text in told.values() if text)
    if not changes and len(told) > 1:
        return (words.t("The order of the first three does not change in any group."),)
    if not changes:
        return (words.t("The order of the first three does not change."),)
    if len(changes) < len(told):
        changes = (*changes, words.t("In the other groups the order of the first three stays the same."))
    return changes


def _top(words: Words, items: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Say what changes among the first three of one group; nothing where nothing does."""
    now, before = _first(items, "plaats", 1), _first(items, "vroeger", 1)
    if now != before:
        return words.tn(
            "With these choices {now} is first, in place of {before}.",
            "With these choices {now} are first together, in place of {before}.",
            len(now),
            now=words.list([named(words, code, labels) for code in now]),
            before=words.list([named(words, code, labels) for code in before]) or UNKNOWN_SIGN,
        )
    now, before = _first(items, "plaats", TOP), _first(items, "vroeger", TOP)
    if now == before:
        return ""
    return words.t(
        "{first} stays first; at the top now stand {now}, in place of {before}.",
        first=words.list([named(words, code, labels) for code in _first(items, "plaats", 1)]),
        now=words.list(now),
        before=words.list(before),
    )


def _first(items: pd.DataFrame, column: str, places: int) -> list[str]:
    """Return the items on the first places, in their order; equals by their code."""
    top = items[items[column] <= places].sort_values([column, "swot_code"], kind="stable")
    return [str(code) for code in top["swot_code"]]


def named(words: Words, code: str, labels: Mapping[str, str]) -> str:
    """Return an item as a sentence calls it.

    >>> named(Words("nl"), "W1", {"W1": "Beperkt hr-kader"})
    'W1 ‘Beperkt hr-kader’'
    """
    return words.t("{code} ‘{label}’", code=code, label=labels[code]) if code in labels else code


def counts(words: Words, found: Outcome, quarter: Quarter) -> str:
    """Say how many raters are left, and how many items have another place."""
    left = words.tn(
        "{n} of {all} raters is left, of those who scored in {quarter}.",
        "{n} of {all} raters are left, of those who scored in {quarter}.",
        len(found.raters),
        all=words.number(found.of),
        quarter=words.quarter(quarter),
    )
    if not found.changed:
        return left
    moved = int((found.items["verschoven"].fillna(0) != 0).sum())
    return f"{left} " + words.tn(
        "{n} of the {shown} items has another place than in the report.",
        "{n} of the {shown} items have another place than in the report.",
        moved,
        shown=words.number(len(found.items)),
    )


def warnings(words: Words, found: Outcome, groups: Mapping[str, str]) -> tuple[str, ...]:
    """Say what to beware of: too few raters, raters who do not tell items apart, questions without weight.

    Args:
        words: the language.
        found: what comes of the choices.
        groups: the name of each group.
    """
    told = []
    if not found.raters:
        told.append(words.t("No rater is left: tick at least one."))
    if len(found.raters) == 1:
        told.append(words.t("One rater is no group: there is no interval, and nothing to say of other raters."))
    if found.flat:
        told.append(
            words.tn(
                "{n} rater who is left gave all items the same score and says nothing of their order: {names}.",
                "{n} raters who are left gave all items the same score and say nothing of their order: {names}.",
                len(found.flat),
                names=words.list(list(found.flat)),
            )
        )
    if found.weightless:
        names = words.list([groups[group] for group in found.weightless])
        told.append(words.t("No question counts for these groups: {names}. Give one a weight above 0.", names=names))
    return tuple(told)


def moved(words: Words, places: float, before: float) -> str:
    """Say how far an item moved against the ranking of the report.

    >>> moved(Words("nl"), 2.0, 4.0), moved(Words("nl"), 0.0, 1.0)
    ('▲ 2 (was 4)', '=')
    """
    if places != places:
        return UNKNOWN_SIGN
    if places == 0:
        return "="
    sign, n, was = "▲" if places > 0 else "▼", words.number(abs(places)), words.number(before)
    return words.t("{sign} {n} (was {before})", sign=sign, n=n, before=was)


def likelihood(words: Words, chance: float) -> str:
    """Write how likely something is, in %; the draws make nothing impossible, or certain.

    >>> likelihood(Words("nl"), 0.5), likelihood(Words("nl"), 1.0)
    ('50', '> 99')
    """
    if chance < EDGE:
        return words.t("less than {n}", n=words.number(100 * EDGE))
    if chance > 1 - EDGE:
        return words.t("more than {n}", n=words.number(100 - 100 * EDGE))
    return words.number(100 * chance)
