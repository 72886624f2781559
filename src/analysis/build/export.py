"""One merged notebook -> one HTML file, through nbconvert with our own template. No outside request.

The static edition holds no script at all; :mod:`analysis.build.interactive` says what the other one adds.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode

from analysis.build import forms, interactive
from analysis.build.chapters import Chapter
from analysis.build.colophon import Made
from analysis.build.figures import TEMPLATES
from analysis.build.merge import merge
from analysis.build.typeset import Typesetter
from analysis.deliveries import EXAMPLES
from analysis.figure import MIME
from analysis.language import Words
from analysis.params import Language, Run

NAMES: dict[str, str] = {"nl": "Nederlands", "fr": "Français"}


@dataclass(frozen=True)
class Facts:
    """What the report says about itself, beside its chapters.

    Attributes:
        run: the settled parameters.
        plan: the plan's name in the language of the report.
        digest: of the processed data.
        kept: rows that the report could use.
        quarantined: rows set aside.
        editions: languages in which the report stands beside this one.
        live_editions: those of them that have an interactive edition too.
        made: what it was made of, for its last lines; None to leave that out.
    """

    run: Run
    plan: str
    digest: str
    kept: int
    quarantined: int
    editions: tuple[str, ...]
    live_editions: tuple[str, ...] = ()
    made: Made | None = None


@dataclass(frozen=True)
class Edition:
    """The report in one language.

    Attributes:
        html: the static file.
        live: the interactive file; empty when it was not asked for.
        headline: the message that the report opens with.
    """

    html: str
    live: str
    headline: str


class ReportExporter(TemplateExporter):  # type: ignore[misc, unused-ignore]
    """nbconvert's exporter with our template and nothing of the stock ones.

    Not its HTMLExporter: that one adds styles and scripts of JupyterLab, and rewrites the finished page.
    """

    output_mimetype = "text/html"
    default_preprocessors: list[str] = []  # noqa: RUF012 - a trait of the parent, read once

    def __init__(self) -> None:
        folder = {"extra_template_basedirs": [str(TEMPLATES)], "template_name": "krachtlijn"}
        super().__init__(template_file="index.html.j2", **folder)

    def _file_extension_default(self) -> str:
        return ".html"

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()
        environment.autoescape = True
        return environment


def export(
    chapters: Sequence[Chapter],
    executed: Sequence[Path],
    language: Language,
    facts: Facts,
    *,
    live: bool = False,
    drawings: Path | None = None,
) -> Edition:
    """Set the report in one language.

    Args:
        chapters: the chapters, in order.
        executed: the executed notebook of each.
        language: the language of the report.
        facts: what the report says about itself.
        live: make the interactive edition too.
        drawings: a folder that remembers drawings; None to draw everything anew.

    Raises:
        KrachtlijnError: something in a notebook cannot be shown; the message names notebook and cell.
    """
    words = Words(language)
    exporter = ReportExporter()
    typesetter = Typesetter(list(chapters), words, facts.run.as_of, drawings)
    exporter.register_preprocessor(typesetter, enabled=True)
    page = {"words": words, "t": words.t, "facts": facts}
    notebook = merge(chapters, executed, language)
    html, resources = exporter.from_notebook_node(notebook, resources={"page": page | _static(facts, words)})
    again = ""
    if live:
        own = page | _live(facts, words, interactive.block(typesetter.setting.charts, language))
        again = exporter.template.render(nb=notebook, resources=resources | {"page": own})
    return Edition(_ended(html), _ended(again), headline(notebook))


def _ended(html: str) -> str:
    return html.rstrip() + "\n" if html else ""


def _static(facts: Facts, words: Words) -> dict[str, Any]:
    """Return what the template needs for the edition without any script."""
    style = style_of(facts, words)
    return {"style": style, "policy": policy(style), "live": "", "others": _others(facts, words, ())}


def _live(facts: Facts, words: Words, block: str) -> dict[str, Any]:
    """Return what the template needs for the interactive edition."""
    style = style_of(facts, words) + interactive.style()
    others = _others(facts, words, facts.live_editions)
    return {"style": style, "policy": policy(style, interactive.script()), "live": block, "others": others}


def _others(facts: Facts, words: Words, live: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return language, name and file of the same report in other languages, interactive where that exists."""
    names = {other: forms.interactive(other) if other in live else forms.html(other) for other in facts.editions}
    return [(other, NAMES[other], name) for other, name in names.items() if other != words.language]


def headline(notebook: NotebookNode) -> str:
    """Return the title of the first figure in a notebook, of whatever kind; empty when it has none."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    titles = (str(output.data[MIME].get("title", "")) for output in outputs if MIME in output.get("data", {}))
    return next((title for title in titles if title), "")


def policy(style: str, script: str = "") -> str:
    """Return the content security policy of a file with exactly this style and this script.

    >>> policy("")[:19]
    "default-src 'none';"
    >>> "script" in policy("a {}")
    False
    """
    scripts = f" script-src {_hash(script)};" if script else ""
    return f"default-src 'none'; style-src {_hash(style)};{scripts} img-src data:; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}'"


def style_of(facts: Facts, words: Words) -> str:
    """Return the style sheet, with the running heads of the printed pages in it."""
    head = f"{facts.plan} · {words.quarter(facts.run.quarter)}"
    mark = words.t("Provisional") if facts.run.provisional else ""
    mark = words.t("Fictitious") if facts.run.deliveries == EXAMPLES else mark
    sheet = (TEMPLATES / "krachtlijn" / "style.css").read_text(encoding="utf-8")
    return sheet.replace('"HEAD"', css_text(head)).replace('"MARK"', css_text(mark))


def css_text(text: str) -> str:
    r"""Write a text as a string of CSS that cannot end the string or the style.

    >>> css_text('a "b" <c')
    '"a \\22 b\\22  \\3c c"'
    """
    return '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<>\n' else sign for sign in text) + '"'
