"""``docs/build.json`` -> the tables in ``docs/build.md``, and the chart ``docs/build.svg``.

The prose of the page is written by hand; only what stands between the two marks is replaced.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from analysis.files import write_whole
from benchmarks import record, ways
from benchmarks.summary import LINES, Line, Speed, speeds

BEGIN, END = "<!-- made by benchmarks.build page -->", "<!-- end of what is made -->"
_VERDICTS = {True: "met", False: "missed", None: ""}


def write(docs: Path) -> list[Path]:
    """Write the page and the chart; return what was written.

    Raises:
        click.ClickException: nothing was measured yet, or the page lacks its marks.
    """
    latest = record.latest(record.entries(docs / "build.json"))
    if not latest:
        raise click.ClickException("nothing was measured yet: run python -m benchmarks.build --quick")
    page = docs / "build.md"
    write_whole(page, filled(page.read_text(encoding="utf-8"), tables(latest)).encode("utf-8"))
    written = [page]
    if "quarter" in latest:
        written.append(docs / "build.svg")
        write_whole(written[-1], chart(speeds(latest["quarter"]["results"])).encode("utf-8"))
    return written


def filled(text: str, content: str) -> str:
    r"""Put content between the marks of a text.

    >>> filled(f"a\n{BEGIN}\nold\n{END}\nb", "new").splitlines()[1:-1]
    ['<!-- made by benchmarks.build page -->', '', 'new', '', '<!-- end of what is made -->']

    Raises:
        click.ClickException: the marks are not there.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise click.ClickException(f"build.md has lost one of its marks: {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{content.strip()}\n\n{END}{after}"


def tables(latest: dict[str, dict[str, Any]]) -> str:
    """Write all tables.

    Args:
        latest: by part its entry, see :func:`benchmarks.record.latest`.
    """
    blocks = []
    if "quarter" in latest:
        blocks += [
            _ways(speeds(latest["quarter"]["results"])),
            "![The ways to make one quarter, in seconds](build.svg)",
        ]
    blocks += [_goals(latest), _machines(latest)]
    return "\n\n".join(blocks)


def _ways(found: list[Speed]) -> str:
    rows = [[_strong(one), f"{one.seconds:.1f}", f"{one.faster:.1f}", f"{one.of_limit:.1f}"] for one in found]
    return _table(["one quarter, cold, two languages", "seconds", "times faster", "times the limit"], rows)


def _strong(one: Speed) -> str:
    return f"**{one.way}**" if one.way == ways.OURS else one.way


def _goals(latest: dict[str, dict[str, Any]]) -> str:
    rows = []
    for part in LINES:
        if part in latest:
            entry = latest[part]
            rows += [_row(line, entry) for line in LINES[part](entry["results"])]
    return _table(["what", "goal", "measured", "", "when"], rows)


def _row(line: Line, entry: dict[str, Any]) -> list[str]:
    when = f"{entry['date'][:10]}{' (a try)' if entry['quick'] else ''}"
    return [line.what, line.goal, line.measured, _VERDICTS[line.met], when]


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _machines(latest: dict[str, dict[str, Any]]) -> str:
    """Say on what machine, how busy, and how often."""
    found: dict[str, list[str]] = {}
    for part, entry in latest.items():
        on, libraries = entry["machine"], entry["versions"]
        told = (
            f"{on['cores']} cores of {on['cpu']}, {on['memory_gb']} GB; {libraries['system']}, "
            f"Python {libraries['python']}, papermill {libraries['papermill']}, nbconvert {libraries['nbconvert']}"
        )
        busy = " on a busy machine" if on["load"] > 1 else ""
        times = f"{entry['repeats']} time{'s' * (entry['repeats'] > 1)}"
        found.setdefault(told, []).append(f"{part} {times}{busy} (load {on['load']} before it)")
    return "\n".join(f"Measured on {told}: {', '.join(parts)}." for told, parts in found.items())


def chart(found: list[Speed]) -> str:
    """Draw the ways to make a quarter as SVG, on white, so that it can be read on a dark page too."""
    import altair as alt
    import pandas as pd
    import vl_convert

    from analysis.views.theme import BESIDE, FONT, FONT_SIZE, INK, MAIN, PAPER

    frame = pd.DataFrame(
        {
            "way": one.way,
            "seconds": one.seconds,
            "told": f"{one.seconds:.1f} s, {one.faster:.1f}x",
            "colour": MAIN if one.way == ways.OURS else BESIDE,
        }
        for one in found
    )
    across = alt.X("seconds:Q", title="seconds, and times faster than the first", axis=alt.Axis(grid=False))
    base = alt.Chart(frame).encode(across, alt.Y("way:N", sort=None, title=None, axis=alt.Axis(labelLimit=0)))
    bars = base.mark_bar().encode(color=alt.Color("colour:N", scale=None))
    words = base.mark_text(align="left", dx=5, color=INK, font=FONT, fontSize=FONT_SIZE).encode(text="told:N")
    style = {"background": PAPER, "padding": 12, "font": FONT, "view": {"stroke": None}}
    spec = (bars + words).properties(width=440, height=alt.Step(26)).to_dict() | {"config": style}
    return str(vl_convert.vegalite_to_svg(spec)) + "\n"
