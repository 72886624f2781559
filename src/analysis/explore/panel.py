"""The panel in which a strategist tries out the scores of the SWOT: widgets that ask :mod:`.scoring` and show it.

What is chosen is worked out anew at each change, with as many draws as the report: about a fifth of a second. A fault
that a user can mend is told in the panel; there is never a traceback.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ipywidgets

from analysis.errors import KrachtlijnError
from analysis.explore import page, scoring, source, wording
from analysis.explore.controls import ALL, Controls
from analysis.language import Words
from analysis.languages import LANGUAGES
from analysis.paths import Project
from analysis.quarter import Quarter
from analysis.views import Report
from analysis.views.swot import common
from analysis.views.voortgang import common as delivered


def swot(
    quarter: str,
    language: str = "nl",
    plan: str | None = None,
    as_of: str | dt.date | None = None,
    deliveries: str | None = None,
    project: Project | None = None,
) -> ipywidgets.VBox:
    """Return the panel on the scores of the SWOT, as the last line of a cell shows it.

    Args:
        quarter: such as ``2026Q3``: moments up to this one can be chosen.
        language: in which it begins; the panel has a button for the other.
        plan: the code of a plan; by default that of the parameters.
        as_of: what was known on that day; by default the day of the quarter's report.
        deliveries: with which it begins, ``received`` or ``examples``; by default that of the parameters.
        project: the project folder; by default found from the working folder.
    """
    return Panel(source.Asked(quarter, plan, as_of, project), language, deliveries).box


class Panel:
    """The panel, and what it shows now.

    Attributes:
        controls: its widgets.
        box: all of them together.
        outcome: what comes of the choices; None where there are no scores.
    """

    def __init__(self, asked: source.Asked, language: str = "nl", deliveries: str | None = None) -> None:
        first = language.partition("+")[0]
        self.controls = Controls(first if first in LANGUAGES else LANGUAGES[0])
        self.box = self.controls.box(page.style())
        self.outcome: scoring.Outcome | None = None
        self._asked, self._quiet = asked, False
        self._reports: dict[str | None, Report] = {}
        self._rows: dict[str, Any] = {}
        self._known: scoring.Moment | None = None
        self._fault: KrachtlijnError | None = None
        self._open(deliveries)
        self._listen()

    # --- what happens when something is chosen ---

    def _listen(self) -> None:
        controls = self.controls
        controls.language.observe(self._heard(self._say), "value")
        controls.deliveries.observe(self._heard(lambda: self._open(controls.deliveries.value)), "value")
        controls.moment.observe(self._heard(self._choose_moment), "value")
        for widget in (controls.group, *controls.weights.values()):
            widget.observe(self._heard(self._show), "value")
        controls.back.on_click(lambda _: self._back())

    def _heard(self, act: Any) -> Any:  # noqa: ANN401 - what ipywidgets calls, and what it then does
        """Return what a widget calls when its value changes; nothing happens while the panel itself changes it."""

        def changed(_: object) -> None:
            if not self._quiet:
                act()

        return changed

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def _back(self) -> None:
        """Undo what was chosen of weights and raters."""
        with self._quietly():
            self.controls.to_start()
        self._show()

    # --- from deliveries to moment to ranking ---

    def _open(self, which: str | None) -> None:
        """Take the scores of a set of deliveries, at their youngest moment, from the start."""
        self._rows, self._fault = {}, None
        self.controls.heading.value = page.said(self._words.t("The scores are being looked up …"))
        try:
            if which not in self._reports:
                report = self._asked.report(which)
                self._reports |= {which: report, report.run.deliveries: report}
            self._report = self._reports[which]
            self._rows = source.moments(self._report)
        except KrachtlijnError as fault:
            self._fault = fault
        with self._quietly():
            if not self._fault:
                self.controls.deliveries.value = self._report.run.deliveries
            self.controls.list_moments(self._rows)
            self.controls.list_raters((), ())
            self.controls.to_start()
        self._choose_moment()

    def _choose_moment(self) -> None:
        """List the raters of the chosen moment; who was left out stays so."""
        out = [name for name, tick in self.controls.raters.items() if not tick.value]
        code = self.controls.moment.value
        self._known = scoring.moment(self._rows[code], [*source.labels(self._report)]) if code else None
        with self._quietly():
            self.controls.list_raters(self._known.raters if self._known else (), out)
            for tick in self.controls.raters.values():
                tick.observe(self._heard(self._show), "value")
        self._say()

    def _say(self) -> None:
        """Call everything by its name in the chosen language, and show the ranking in it."""
        words = self._words
        with self._quietly():
            moments = {code: words.quarter(Quarter.parse(code)) for code in self._rows}
            flat = self._known.flat if self._known else ()
            self.controls.say(words, wording.group_words(words), moments, flat)
        self._show()

    def _show(self) -> None:
        """Show the ranking that the choices give, or say why there is none."""
        controls, words = self.controls, self._words
        controls.show_choices(shown=self._known is not None)
        if self._known is None:
            self.outcome = None
            controls.heading.value = page.said(*self._missing(words))
            return
        self.outcome = scoring.outcome(self._known, self._choices())
        for name, slider in controls.weights.items():
            slider.disabled = not any(name in self._known.asked[group] for group in self.outcome.groups)
        labels, fictitious = source.labels(self._told), delivered.is_fictitious(self._told)
        warned = "".join(f"<p>{page.warned(text)}</p>" for text in delivered.notes(self._told))
        moment = Quarter.parse(controls.moment.value)
        groups, heads = wording.group_words(words), wording.group_heads(words, fictitious=fictitious)
        controls.heading.value = warned + page.heading(words, self.outcome, moment, labels, groups)
        controls.pictures.value = page.pictures(words, self.outcome, labels, heads)
        controls.tables.value = page.tables(words, self.outcome, labels, heads)

    def _choices(self) -> scoring.Choices:
        controls = self.controls
        return scoring.Choices(
            groups=tuple(controls.group.value or ALL),
            weights={name: slider.value for name, slider in controls.weights.items()},
            without=frozenset(name for name, tick in controls.raters.items() if not tick.value),
        )

    # --- words ---

    @property
    def _words(self) -> Words:
        return Words(self.controls.language.value)

    @property
    def _told(self) -> Report:
        """The report in the chosen language."""
        return self._report.in_language(self.controls.language.value)

    def _missing(self, words: Words) -> tuple[str, ...]:
        """Say that there is nothing to try out, and what to do."""
        if self._fault:
            wrong = words.t("This cannot be shown; the reason, in English:")
            return (wrong, *str(self._fault).splitlines())
        if not source.labels(self._told):
            absent = common.absent(self._told, "")
            return (absent.title, *absent.sentences)
        return (
            words.t("There are no scores of the SWOT in these deliveries."),
            words.t("To see how it works: choose the fictitious examples above, under deliveries."),
            words.t(
                "To hand in scores: krachtlijn receive workshop.xlsx, in a terminal; then run this notebook again."
            ),
        )
