"""What is said beside the weights: where they come from, and which rules of the matrices are broken."""

from __future__ import annotations

from analysis.language import Words
from analysis.models.scoring import matrices
from analysis.models.swot import GROUPS
from analysis.views import standing
from analysis.views.report import Report
from analysis.views.swot import common, paren, scores

#: More codes than this are counted in a note, not named.
NAMED = 10


def sources(report: Report, by_pairs: tuple[str, ...], left: tuple[str, ...]) -> tuple[str, ...]:
    """Say where the weights come from.

    Args:
        report: the report.
        by_pairs: what has its weights from comparisons in pairs, as :func:`analysis.views.swot.gewogen.weights` returns
            it.
        left: what was compared in pairs, but has its weights from importance all the same.
    """
    words = report.words
    names = common.group_words(report) | {"": words.t("the groups themselves")}
    if not by_pairs and not left:
        return (words.t("Weights come from the scores of importance: nobody compared the groups in pairs."),)
    within = [group for group in by_pairs if group]
    told = [
        words.t("The weight of a group comes from the comparisons in pairs.")
        if "" in by_pairs
        else words.t("The weight of a group comes from the scores of importance."),
        _within(words, [names[group] for group in within], every=len(within) == len(GROUPS)),
    ]
    if left:
        told.append(
            words.t(
                "Compared in pairs, but not enough of them, or with too many contradictions, to build on: {names}.",
                names=words.list([names[of] for of in left]),
            )
        )
    moment = scores.moments(report, paren.TABLE)[-1]
    if moment != scores.moments(report, "swot_scores")[-1]:
        told.append(words.t("The comparisons are those of {quarter}.", quarter=words.quarter(moment)))
    return (" ".join(told),)


def _within(words: Words, named: list[str], *, every: bool) -> str:
    """Say where the weight of an item in its group comes from."""
    if every:
        return words.t("The weight of an item in its group comes from the comparisons in pairs.")
    if not named:
        return words.t("The weight of an item in its group comes from the scores of importance.")
    return words.tn(
        "The weight of an item in its group comes from the comparisons in pairs in the group {names}, and from the "
        "scores of importance elsewhere. Weights out of comparisons lie further apart: that alone may put an item in "
        "front.",
        "The weight of an item in its group comes from the comparisons in pairs in the groups {names}, and from the "
        "scores of importance elsewhere. Weights out of comparisons lie further apart: that alone may put an item in "
        "front.",
        len(named),
        names=words.list(named),
    )


def rules(words: Words, found: list[matrices.Evaluation]) -> tuple[str, ...]:
    """Say which rules of the matrices are broken, and by what; or that they hold.

    Args:
        words: the language.
        found: the matrices.
    """
    told = []
    for one in found:
        unknown = [broken.swot_code for broken in one.broken if broken.regel == "onbekend"]
        parts = [_broken(words, broken) for broken in one.broken if broken.regel != "onbekend"]
        if unknown:
            parts.append(
                words.t(
                    "importance or performance unknown, and so left out: {codes}",
                    codes=standing.short_list(words, unknown, NAMED),
                )
            )
        if parts:
            told.append(
                words.t("Rules of the {matrix} that are broken: {parts}.", matrix=one.soort, parts=words.joined(parts))
            )
    if told:
        return tuple(told)
    return (
        words.t("The rules of both matrices hold: weights sum to 1, and each rating is one that its group allows."),
    )


def _broken(words: Words, one: matrices.Broken) -> str:
    """Say what is wrong with the weights as a whole, or with the weight or the rating of an item."""
    value, code = words.number(one.waarde, 2), one.swot_code
    told = {
        "som_gewichten": words.t("the weights sum to {value}, not to 1", value=value),
        "gewicht_bereik": words.t("{code} weighs {value}, not between 0 and 1", code=code, value=value),
    }
    if one.regel in told:
        return told[one.regel]
    least, most = (words.number(bound) for bound in matrices.BOUNDS[code[:1]])
    return words.t(
        "{code} has the rating {value}, and its group allows {least} to {most}",
        code=code,
        value=value,
        least=least,
        most=most,
    )
