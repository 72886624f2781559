"""How far the plan answers its SWOT: a bar per group."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models import swot as model
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.swot import common
from analysis.views.theme import INK, LIGHT, PAPER, STRONG, base, scale, spec

#: What an item's bar looks like, and the number on it: the more progress behind the answer, the darker.
ANSWERS = {"sterk": (STRONG, PAPER), "zwak": (LIGHT, INK), "zonder": (PAPER, INK)}
#: Height of a bar and of its band, in pixels.
BAR, BAND = 26, 40


@in_every_language
def per_group(report: Report) -> Figure:
    """Chart: per group the items with an answer that makes progress, with an answer that hardly does, and without."""
    actions = standing.statuses(report)
    found = common.answers(report, actions)
    if found.empty:
        return common.absent(report, "swot-groepen")
    words, counts = report.words, _counts(found)
    names, answers = common.group_words(report), _answer_words(report)
    said = [
        words.t(
            "{group}: {counts}",
            group=names[row.groep],
            counts=words.list([f"{words.number(getattr(row, code))} {name}" for code, name in answers.items()]),
        )
        for row in standing.each(counts)
    ]
    heads = (Column(words.t("Group")), *(Column(head, "number") for head in answers.values()))
    cells = tuple(
        (names[row.groep], *(words.number(getattr(row, code)) for code in answers)) for row in standing.each(counts)
    )
    total, without, weak = len(found), int(counts["zonder"].sum()), int(counts["zwak"].sum())
    return Figure(
        id="swot-groepen",
        kind="chart",
        title=answers_title(words, total, total - without, weak),
        subtitle=words.t(
            "Number of items of the SWOT per group, by how many of the actions that answer them show public progress"
        ),
        alt=words.t("Stacked bars, one per group. {lines}.", lines="; ".join(said)),
        grid=Grid(heads, cells),
        spec=spec(_bars(report, counts), words, height=BAND * len(counts)),
        origins=report.origins(found, common.links(report), actions, standing.events(report)),
        notes=(common.own_links(report),),
    )


def answers_title(words: Words, total: int, answered: int, weak: int) -> str:
    """Say how many items have an answer, and at how many of these few actions show progress."""
    if not answered:
        return words.t("The plan answers none of the {total} items of the SWOT", total=words.number(total))
    said = words.t(
        "{answered} of the {total} items have an answer in the plan",
        answered=words.number(answered),
        total=words.number(total),
    )
    if not weak:
        return words.t("{said}; at each of these at least half of the actions show public progress", said=said)
    if weak == answered:
        return words.t("{said}; at none of these do half of the actions show public progress", said=said)
    return words.t(
        "{said}; at {weak} of these fewer than half of the actions show public progress",
        said=said,
        weak=words.number(weak),
    )


def _counts(found: pd.DataFrame) -> pd.DataFrame:
    """Count per group the items: ``sterk`` (half of the actions or more show progress), ``zwak``, ``zonder`` answer."""
    weak = found["beantwoord"] & ((2 * found["vooruit"] < found["acties"]) | (found["acties"] == 0))
    less = found[weak].groupby("groep").size()
    counts = model.per_group(found)
    thin = counts["groep"].map(less).fillna(0).astype(int)
    return counts.assign(sterk=counts["beantwoord"] - thin, zwak=thin, zonder=counts["onbeantwoord"])


def _answer_words(report: Report) -> dict[str, str]:
    words = report.words
    return {
        "sterk": words.t("at least half makes progress"),
        "zwak": words.t("less than half makes progress"),
        "zonder": words.t("without an objective"),
    }


def _bars(report: Report, counts: pd.DataFrame) -> alt.LayerChart:
    """A bar per group: the surer the answer, the darker; what has none stays empty."""
    names, answers = common.group_words(report), _answer_words(report)
    rows = []
    for row in standing.each(counts):
        start = 0
        for code, name in answers.items():
            n = int(getattr(row, code))
            if n:
                told = report.words.number(n)
                hint = report.words.t("{name}: {value}", name=name, value=told)
                rows.append((names[row.groep], name, start, start + n, start + n / 2, told, ANSWERS[code][1], hint))
            start += n
    table = pd.DataFrame(rows, columns=["groep", "antwoord", "van", "tot", "midden", "aantal", "inkt", "uitleg"])
    wide = alt.Scale(domain=[0, int(counts["items"].max())], nice=False)
    y = alt.Y("groep:N", sort=list(names.values()), axis=alt.Axis(title=None, domain=False, ticks=False))
    colours = scale({code: fill for code, (fill, _) in ANSWERS.items()}, answers)
    legend = alt.Legend(columns=1, symbolStrokeColor=INK, symbolStrokeWidth=1, labelLimit=0)
    bars = base(table).mark_bar(height=BAR, stroke=INK, strokeWidth=1)
    numbers = base(table).mark_text(fontWeight="bold")
    colour = alt.Color("antwoord:N", scale=colours, legend=legend)
    return alt.LayerChart(
        layer=[
            bars.encode(
                x=alt.X("van:Q", scale=wide, axis=None),
                x2=alt.X2("tot:Q"),
                y=y,
                color=colour,
                tooltip=alt.Tooltip("uitleg:N"),
            ),
            numbers.encode(
                x=alt.X("midden:Q", scale=wide),
                y=y,
                text=alt.Text("aantal:N"),
                color=alt.Color("inkt:N", scale=None),
                tooltip=alt.Tooltip("uitleg:N"),  # the number lies over the bar
            ),
        ]
    )
