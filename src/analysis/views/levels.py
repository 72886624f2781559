"""The words of a report for the levels of a plan, beside those of the plan itself.

Sentences keep one set of words for every plan, since they bend with them ("each action", "of its objective"); headers
show what the plan says, see :func:`analysis.views.standing.level`. Where the two differ, a note tells it.
"""

from __future__ import annotations

from analysis.language import Words
from analysis.views import standing
from analysis.views.report import Report


def usual_words(words: Words) -> dict[str, str]:
    """Return what sentences call the levels of any plan, whatever the plan calls them."""
    return {
        "krachtlijn": words.t("level: krachtlijn"),
        "doelstelling": words.t("level: objective"),
        "actie": words.t("level: action"),
        "meetpunt": words.t("level: meetpunt"),
    }


def notes(report: Report) -> tuple[str, ...]:
    """Say which levels the plan calls otherwise than the sentences of the report do; headers use the plan's names."""
    words, known = report.words, set(report.now.plan("plan_niveaus", report.plan_id)["niveau"])
    pairs = [(usual, standing.level(report, name)) for name, usual in usual_words(words).items() if name in known]
    told = [
        words.t("“{usual}” where the plan says “{own}”", usual=usual, own=own)
        for usual, own in pairs
        if usual.casefold() != own.casefold()
    ]
    return (words.t("Sentences in this report say {list}.", list=words.list(told)),) if told else ()
