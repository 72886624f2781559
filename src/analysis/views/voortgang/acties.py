"""All actions in one picture: what each of them was in every quarter, and is now."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered.rollup import WORST_FIRST
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import acties_beeld, beloop, common
from analysis.views.voortgang.beloop import UNKNOWN, Course, Tally

#: How many quarters the table tells of each action.
TOLD = 8


@in_every_language
def actions(report: Report) -> Figure:
    """Chart: every action of the plan, its status in each quarter and now."""
    if none := common.nothing(report, "voortgang-acties", "voortgang", "plan_acties"):
        return none
    words, quarters = report.words, beloop.quarters(report)
    courses = beloop.courses(report, quarters)
    codes = acties_beeld.drawn(courses, WORST_FIRST)
    shown = quarters[acties_beeld.since([courses[code] for code in codes]) :]
    title = actions_title(words, beloop.tally(courses))
    return Figure(
        id="voortgang-acties",
        kind="chart",
        title=title,
        subtitle=_subtitle(words, quarters, shown, len(courses) - len(codes)),
        alt=words.t(
            "A row per action with its code, in which the colour of each quarter is its status then and the sign its "
            "status now. Now: {counts}.",
            counts=_counts(words, list(courses.values())),
        ),
        grid=_grid(report, courses, quarters),
        spec=acties_beeld.picture(report, courses, codes, shown),
        origins=common.origins(report),
        notes=common.notes(
            report,
            words.t(
                "Of an action on which this quarter says nothing, the delivery of the quarter before still counts for "
                "the status now; what is older counts as unknown."
            ),
            words.t(
                "The status follows from rules on progress and dates, not from the owner’s own word. Better and worse "
                "compare red, orange, green and completed only."
            ),
        ),
    )


def actions_title(words: Words, found: Tally) -> str:
    """Say how many actions are red, for how long, and how many moved in a year."""
    total, long = words.number(found.total), words.number(found.long)
    said = words.t("No action of the plan is red (out of {total})", total=total)
    if found.red:
        said = words.tn(
            "{n} of the {total} actions is red", "{n} of the {total} actions are red", found.red, total=total
        )
    if found.long:
        said = words.t("{said}, {long} of them for a year or longer", said=said, long=long)
    if not found.compared:
        return said
    if not found.better and not found.worse:
        return words.t("{said}; none moved up or down in a year", said=said)
    moved = {"better": words.number(found.better), "worse": words.number(found.worse)}
    return words.t("{said}; than a year ago {better} stand better and {worse} worse", said=said, **moved)


def _subtitle(words: Words, quarters: Sequence[Quarter], shown: Sequence[Quarter], left_out: int) -> str:
    """Say what is drawn, and what there was no room for."""
    said = words.t(
        "Computed status per action and quarter, {period}; the sign beside a row is the status now. A row is empty "
        "where nothing was delivered or too little is known",
        period=" – ".join(words.quarter(quarter) for quarter in dict.fromkeys((shown[0], shown[-1]))),
    )
    if len(shown) < len(quarters):
        said = words.t("{said}. Earlier quarters do not fit; they count in the table", said=said)
    if left_out:
        more = words.tn(
            "{n} action in a better state is not drawn", "{n} actions in a better state are not drawn", left_out
        )
        said = f"{said}. {more}"
    return said


def _counts(words: Words, courses: Sequence[Course]) -> str:
    """Count the actions by their status now, worst first."""
    names, now = common.status_words(words), [each.now for each in courses]
    told = [(words.number(now.count(code)), names[code]) for code in WORST_FIRST if code in now]
    return ", ".join(words.t("{name}: {value}", name=status, value=n) for n, status in told)


def _grid(report: Report, courses: dict[str, Course], quarters: Sequence[Quarter]) -> Grid:
    words, rows = report.words, common.statuses(report)
    told = min(TOLD, len(quarters))
    columns = (
        Column(standing.level(report, "actie")),
        Column(words.t("Status now"), lead=True),
        Column(words.t("Without a break since")),
        Column(words.t("Progress last delivered (%)"), "number"),
        Column(words.tn("Last quarter", "Last {n} quarters, oldest first", told)),
    )
    cells = tuple(
        (
            f"{row.actie_code} {row.label}",
            common.signed(words, row.status),
            since(words, courses[row.actie_code], quarters),
            words.number(row.voortgang_pct),
            sequence(words, courses[row.actie_code].seen[-told:]),
        )
        for row in standing.each(rows)
    )
    return Grid(columns, cells, _groups(report))


def since(words: Words, course: Course, quarters: Sequence[Quarter]) -> str:
    """Say since which quarter an action has had its status; a dash where nothing was ever known of it."""
    if course.now == UNKNOWN and set(course.held) == {UNKNOWN}:
        return UNKNOWN_SIGN
    return words.quarter(quarters[-course.length])


def sequence(words: Words, statuses: Sequence[str]) -> str:
    """Tell a course in words: how many quarters of each status on end."""
    names = common.status_words(words)
    parts = [(end - start, names[status]) for status, start, end in beloop.runs(statuses)]
    return ", ".join(words.t("{n} times {status}", n=words.number(n), status=status) for n, status in parts)


def _groups(report: Report) -> dict[int, str]:
    """Return the heading above the first action of each krachtlijn."""
    lines = standing.krachtlijnen(report).set_index("krachtlijn_code")["label"]
    firsts = common.statuses(report).reset_index(drop=True).drop_duplicates("krachtlijn_code")["krachtlijn_code"]
    return {int(str(place)): f"{code} {lines[code]}".strip() for place, code in firsts.items()}
