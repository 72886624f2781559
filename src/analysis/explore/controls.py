"""The widgets of a panel: what one can choose, where it stands, and its words in the chosen language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import ipywidgets

from analysis.deliveries import EXAMPLES, RECEIVED
from analysis.explore.scoring import START
from analysis.language import Words
from analysis.models.scoring.aggregate import QUESTIONS
from analysis.models.swot import GROUPS

#: The choice of all groups.
ALL = "".join(GROUPS)
#: The heaviest that a question can weigh.
HEAVIEST = 10
#: The name of the style, see ``panel.css``.
STYLE = "krachtlijn"

_WIDE = {"description_width": "initial"}
_LEFT = "280px"


class Controls:
    """All widgets of a panel; they know how to be called, and nothing of scores.

    Attributes:
        language, deliveries, moment, group: of which one is chosen.
        weights: a slider per question.
        raters: a tick per rater, by name.
        back: undoes what was chosen of weights and raters.
        heading, pictures, tables: what the panel says and shows.
    """

    def __init__(self, language: str) -> None:
        self.language = ipywidgets.ToggleButtons(
            options=[("Nederlands", "nl"), ("Français", "fr")], value=language, style={"button_width": "100px"}
        )
        self.deliveries = ipywidgets.Dropdown(style=_WIDE, options=[RECEIVED, EXAMPLES])
        self.moment = ipywidgets.Dropdown(style=_WIDE)
        self.group = ipywidgets.ToggleButtons(options=[ALL], style={"button_width": "auto"})
        self.weights = {name: _slider() for name in QUESTIONS}
        self.raters: dict[str, ipywidgets.Checkbox] = {}
        self.back = ipywidgets.Button(icon="undo", layout={"width": "auto"})
        self.heading, self.pictures, self.tables = (ipywidgets.HTML(layout=_free()) for _ in range(3))
        self._titles = {name: ipywidgets.HTML() for name in ("weights", "scale", "raters")}
        self._boxes = ipywidgets.VBox(layout=_free())
        self._below = self._arranged()

    def box(self, style: str) -> ipywidgets.VBox:
        """Return the whole panel as it is shown.

        Args:
            style: an element that holds the style sheet.
        """
        first = ipywidgets.HBox([self.language, self.deliveries, self.moment], layout=_wrapped())
        parts = [ipywidgets.HTML(style), first, self.group, self.heading, self._below, self.tables]
        box = ipywidgets.VBox(parts, layout=_free(max_width="1040px"))
        box.add_class(STYLE)
        return box

    def _arranged(self) -> ipywidgets.HBox:
        """Return what one changes, beside what comes of it."""
        titles = self._titles
        parts = [titles["weights"], *self.weights.values(), titles["scale"], titles["raters"], self._boxes, self.back]
        left = ipywidgets.VBox(parts, layout=_free(width=_LEFT, flex="0 0 auto", margin="0 24px 0 0"))
        right = ipywidgets.Box([self.pictures], layout=_free(flex="1 1 460px", min_width="300px"))
        return ipywidgets.HBox([left, right], layout=_wrapped())

    def show_choices(self, *, shown: bool) -> None:
        """Show what there is to choose and what comes of it, or take it away where there is nothing to try out."""
        for part in (self.moment, self.group, self._below, self.tables):
            part.layout.display = None if shown else "none"

    def list_moments(self, codes: Iterable[str]) -> None:
        """Put the moments in their list, and choose the first; none where there is none."""
        self.moment.value = None
        _rename(self.moment, {code: code for code in codes})

    def list_raters(self, names: Iterable[str], left_out: Iterable[str]) -> None:
        """Put a tick for each rater in the list."""
        out = set(left_out)
        self.raters = {name: _tick(ticked=name not in out) for name in names}
        self._boxes.children = [*self.raters.values()]

    def to_start(self) -> None:
        """Let all questions weigh the same, and all raters count."""
        for slider in self.weights.values():
            slider.value = START
        for tick in self.raters.values():
            tick.value = True

    def say(self, words: Words, groups: Mapping[str, str], moments: Mapping[str, str], flat: Iterable[str]) -> None:
        """Call everything by its name in a language.

        Args:
            words: the language.
            groups: the name of each group.
            moments: the name of each moment, the youngest first.
            flat: raters who gave all items the same score.
        """
        _rename(self.deliveries, {RECEIVED: words.t("received"), EXAMPLES: words.t("examples (fictitious)")})
        _rename(self.moment, moments)
        _rename(self.group, {ALL: words.t("All groups"), **groups})
        self.deliveries.description, self.moment.description = words.t("Deliveries:"), words.t("Scored in:")
        self.back.description = words.t("Back to the start")
        names = _question_words(words)
        for name, slider in self.weights.items():
            slider.description = names[name]
        alike = set(flat)
        for name, tick in self.raters.items():
            tick.description = words.t("{name} (all alike)", name=name) if name in alike else name
        self._titles["weights"].value = f"<h4>{words.t('Weights of the questions')}</h4>"
        self._titles["scale"].value = f"<p class='small'>{words.t('0: does not count. Only proportions matter.')}</p>"
        self._titles["raters"].value = f"<h4>{words.t('Raters who count')}</h4>"


def _question_words(words: Words) -> dict[str, str]:
    return {
        "belang": words.t("score: importance"),
        "prestatie": words.t("score: performance"),
        "urgentie": words.t("score: urgency"),
        "kans": words.t("score: probability"),
    }


def _slider() -> ipywidgets.IntSlider:
    """Return a slider that tells its value when it is let go."""
    style = {"description_width": "124px"}
    return ipywidgets.IntSlider(
        value=START, min=0, max=HEAVIEST, continuous_update=False, style=style, layout={"width": "auto"}
    )


def _tick(*, ticked: bool) -> ipywidgets.Checkbox:
    return ipywidgets.Checkbox(value=ticked, indent=False, layout={"width": "auto"})


def _wrapped() -> dict[str, str]:
    return _free(flex_flow="row wrap", align_items="flex-start")


def _free(**more: str) -> dict[str, str]:
    """Return a layout in which nothing scrolls within the panel."""
    return {"overflow": "visible", **more}


def _rename(chosen: ipywidgets.Dropdown | ipywidgets.ToggleButtons, names: Mapping[str, str]) -> None:
    """Call the options by other names, and keep what is chosen, where it is still there."""
    value = chosen.value
    chosen.options = [(name, key) for key, name in names.items()]
    chosen.value = value if value in names else next(iter(names), None)
