"""What a panel shows, as HTML: the sentences on top, and per group the picture and the table."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.explore import drawing, wording
from analysis.explore.scoring import TOP, Outcome
from analysis.language import UNKNOWN_SIGN, Words
from analysis.quarter import Quarter


def style() -> str:
    """Return the style of the panel; its colours are those of JupyterLab's theme."""
    return f"<style>{Path(__file__).with_name('panel.css').read_text(encoding='utf-8')}</style>"


def heading(
    words: Words, found: Outcome, quarter: Quarter, labels: Mapping[str, str], groups: Mapping[str, str]
) -> str:
    """Return the lines on top: what the choices do, who is left, and warnings."""
    said = "".join(f"<p class='said'>{escape(text)}</p>" for text in wording.message(words, found, labels))
    count = f"<p>{escape(wording.counts(words, found, quarter))}</p>"
    return said + count + "".join(f"<p>{warned(text)}</p>" for text in wording.warnings(words, found, groups))


def warned(text: str) -> str:
    """Return a warning."""
    return f"<span class='sign'>▲</span> {escape(text)}"


def said(*texts: str) -> str:
    """Return sentences in place of a ranking: the first says what is the matter, the others what to do."""
    first, *others = texts
    return f"<p class='said'>{escape(first)}</p>" + "".join(f"<p>{escape(text)}</p>" for text in others)


def pictures(words: Words, found: Outcome, labels: Mapping[str, str], groups: Mapping[str, str]) -> str:
    """Return the picture of each group that is shown, and what its marks stand for; nothing where nothing has a score.

    Args:
        words: the language.
        found: what comes of the choices.
        labels: the label of each item by its code.
        groups: what stands above each group.
    """
    parts = []
    for group in found.groups:
        own = found.items[found.items["groep"] == group]
        if svg := drawing.picture(words, own, labels):
            alt = escape(drawing.told(words, own, labels, groups[group]), quote=True)
            picture = f"<div class='picture' role='img' aria-label='{alt}'>{svg}</div>"
            parts.append(f"<h4>{escape(groups[group])}</h4>{picture}")
    return "".join(parts) + (legend(words) if parts else "")


def tables(words: Words, found: Outcome, labels: Mapping[str, str], groups: Mapping[str, str]) -> str:
    """Return the table of each group that is shown, and how to read it; as for :func:`pictures`."""
    own = [(groups[group], found.items[found.items["groep"] == group]) for group in found.groups]
    shown = [f"<h4>{escape(name)}</h4>{table(words, items, labels, name)}" for name, items in own]
    return "".join(shown) + notes(words)


def legend(words: Words) -> str:
    """Say what the marks of the picture stand for."""
    sure = words.number(100 * drawing.SURE)
    told = (
        words.t("● score with these choices, with the interval that holds it 95 times in 100"),
        words.t("○ score in the report, where it differs"),
        words.t(
            "dark: at least {sure} % likely among the first {n}, in both last columns of the table",
            sure=sure,
            n=words.number(TOP),
        ),
        words.t("▲ ▼ places up or down against the report"),
    )
    return f"<p class='small'>{'<br>'.join(escape(text) for text in told)}</p>"


def table(words: Words, items: pd.DataFrame, labels: Mapping[str, str], caption: str) -> str:
    """Return the ranking of a group as a table."""
    top = words.number(TOP)
    heads = (
        words.t("Place in the group"),
        words.t("Against the report"),
        words.t("Item"),
        words.t("Score (1 to 5)"),
        words.t("Interval (95 %)"),
        words.t("Raters"),
        words.t("Among the first {n}, had others scored (%)", n=top),
        words.t("Among the first {n}, with any weights (%)", n=top),
    )
    head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
    rows = "".join(_line(words, row, labels) for row in items.to_dict("records"))
    return (
        f"<table aria-label='{escape(caption, quote=True)}'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _line(words: Words, row: Mapping[Any, Any], labels: Mapping[str, str]) -> str:
    code = str(row["swot_code"])
    low, high = (words.number(row[name], 1) for name in ("score_onder", "score_boven"))
    between = (
        words.t("{low} to {high}", low=low, high=high) if row["score_onder"] == row["score_onder"] else UNKNOWN_SIGN
    )
    cells = (
        words.number(row["plaats"]),
        wording.moved(words, row["verschoven"], row["vroeger"]),
        f"{code} {labels.get(code, '')}".strip(),
        words.number(row["score"], 1),
        between,
        words.number(row["score_n"]),
        wording.likelihood(words, row["top"]),
        wording.likelihood(words, row["gewogen"]),
    )
    return "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in cells) + "</tr>"


def notes(words: Words) -> str:
    """Say how to read the picture and the table."""
    told = (
        words.t(
            "The report takes all raters, and questions that weigh the same. Places are those within a group: "
            "each group was asked other questions."
        ),
        words.t(
            "Had others scored: how often the item would be among the first if other raters of the same kind as those "
            "left were asked. With any weights: how often, if the weights were drawn at random, wherever the sliders "
            "stand."
        ),
    )
    return "".join(f"<p class='small'>{escape(text)}</p>" for text in told)
