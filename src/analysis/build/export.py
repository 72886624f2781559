"""One merged notebook -> one HTML file, through nbconvert with our own template. No script, no outside request."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from nbconvert.exporters.templateexporter import TemplateExporter

from analysis.build.chapters import Chapter
from analysis.build.figures import TEMPLATES
from analysis.build.merge import merge
from analysis.build.typeset import Typesetter
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
    """

    run: Run
    plan: str
    digest: str
    kept: int
    quarantined: int
    editions: tuple[str, ...]


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


def file_name(language: str) -> str:
    """Return the name of the report's file in a language."""
    return f"rapport-{language}.html"


def export(chapters: Sequence[Chapter], executed: Sequence[Path], language: Language, facts: Facts) -> str:
    """Return the report in one language as the text of an HTML file.

    Args:
        chapters: the chapters, in order.
        executed: the executed notebook of each.
        language: the language of the report.
        facts: what the report says about itself.

    Raises:
        KrachtlijnError: something in a notebook cannot be shown; the message names notebook and cell.
    """
    words = Words(language)
    exporter = ReportExporter()
    typesetter = Typesetter(list(chapters), words, facts.run.as_of)
    exporter.register_preprocessor(typesetter, enabled=True)
    style = style_of(facts, words)
    page = {"words": words, "t": words.t, "facts": facts, "style": style, "policy": policy(style)}
    others = [(other, NAMES[other], file_name(other)) for other in facts.editions if other != language]
    html, _ = exporter.from_notebook_node(
        merge(chapters, executed, language), resources={"page": page | {"others": others}}
    )
    return str(html).rstrip() + "\n"


def policy(style: str) -> str:
    """Return the content security policy of a file with exactly this style.

    >>> policy("")[:19]
    "default-src 'none';"
    """
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{hashed}'; img-src data:; base-uri 'none'; form-action 'none'"


def style_of(facts: Facts, words: Words) -> str:
    """Return the style sheet, with the running heads of the printed pages in it."""
    head = f"{facts.plan} · {words.quarter(facts.run.quarter)}"
    mark = words.t("Provisional") if facts.run.provisional else ""
    sheet = (TEMPLATES / "krachtlijn" / "style.css").read_text(encoding="utf-8")
    return sheet.replace('"HEAD"', css_text(head)).replace('"MARK"', css_text(mark))


def css_text(text: str) -> str:
    r"""Write a text as a string of CSS that cannot end the string or the style.

    >>> css_text('a "b" <c')
    '"a \\22 b\\22  \\3c c"'
    """
    return '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<>\n' else sign for sign in text) + '"'
