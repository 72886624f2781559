"""The report in a language that nobody speaks: what can still be read in it escaped the catalogues.

Each text out of a catalogue, and each number and date that :class:`analysis.language.Words` writes, gets other letters
(ⓛⓐⓣⓔ); each text out of the data or the prose of a notebook gets others still (ｌａｔｅ). A letter or digit that is
plain in the report was typed in the code, is a code where a word belongs, is a label in the wrong language, or is a
number that was not written as the language writes it.
"""

# ruff: noqa: RUF001, RUF002, RUF003 - letters that look like others are what this test is made of

from __future__ import annotations

import base64
import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, digits

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from analysis import build, deliveries
from analysis.build import drawing
from analysis.build.execute import Executor
from analysis.build.export import NAMES
from analysis.deliveries import EXAMPLES, RECEIVED
from analysis.examples.words import ROLES
from analysis.language import Words
from analysis.models.swot import GROUPS
from analysis.params import LANGUAGES, settle
from analysis.paths import Project
from analysis.schema import Package, Table
from analysis.views import theme

PLAIN = ascii_lowercase + ascii_uppercase + digits


def alphabet(small: int, capital: int, numbers: str) -> dict[str, str]:
    """Return other letters and digits for the plain ones, with small letters and capitals that know each other."""
    letters = [chr(start + place) for start in (small, capital) for place in range(26)]
    return dict(zip(PLAIN, [*letters, *numbers], strict=True))


WORDS = alphabet(0x24D0, 0x24B6, "⓪①②③④⑤⑥⑦⑧⑨")
DATA = alphabet(0xFF41, 0xFF21, "０１２３４５６７８９")
MARKS = {*WORDS.values(), *DATA.values()}

#: Of the report with the example deliveries: what reads them, and page one. The other chapters
#: are the same.
WITH_DELIVERIES = (
    "00_directieraad.ipynb",
    "10_omgeving.ipynb",
    "20_swot.ipynb",
    "30_personeel_budget.ipynb",
    "45_voortgang.ipynb",
)
ALL = ("*.ipynb",)
#: Deliveries, plan, quarter, language; what is checked of that report, and how many figures are at least in it. Of the
#: plans one has deliveries of everything, one of measuring points only; 2024Q1 says some things that 2026Q3 does not.
CASES = [
    *((RECEIVED, "gob-2021-2026", "2026Q3", language, ALL, 40) for language in LANGUAGES),
    (EXAMPLES, "gob-2021-2026", "2026Q3", "fr", WITH_DELIVERIES, 30),
    (EXAMPLES, "actiris-mandaat", "2026Q3", "fr", WITH_DELIVERIES[-1:], 5),
    (EXAMPLES, "gob-2021-2026", "2024Q1", "nl", WITH_DELIVERIES, 28),
]

#: Runs only when asked for.
LONG = CASES[-1:]

#: Columns that the code reads as a code although people typed them: they stay plain, so that one shown as it stands is
#: found.
READ_AS_CODE = {
    "bron_id": "a reference; in bron_soorten it is not declared as one, because the tables would refer in a circle",
    "eenheid": "a unit is looked up; 'personen' is shown as the catalogue's word",
    "instelling": "joins a plan to an organisation",
    "afkorting": "joins a plan to an organisation",
    "opmerking": "says in Dutch only how a figure was counted; read for its notion, not shown",
    "vindplaats": "a place in a source, read for its notion, not shown",
}
#: Cells of deliveries that the code reads as a code.
READ_AS_ROLE = dict.fromkeys(
    ROLES, "a usual role has a word in the catalogue; another one is shown as it was delivered"
)

#: What may stand plain in the report: where (a selector, or everywhere), what, and why.
ALLOWED = (
    ("", r"(19|20)\d\d", "a year has no separator in any language"),
    ("", r"%|GWh|kWh/m²|µg/m³", "a unit that every language writes alike"),
    ("", r"A{1,3}[+]?|B{1,3}[+]?", "a grade, as rating agencies write it"),
    (".edition", "|".join(NAMES.values()), "a language is called by its own name, so that who speaks it finds it"),
    (".colophon code", r"[0-9a-f]{16}", "the mark of the data, the code, the libraries or a notebook"),
    (".colophon code", r"\d+(\.\d+)+|krachtlijn|verify|\d{4}Q\d", "a version, and a command to type"),
    (".colophon code", "deliveries|examples|plan|actiris-mandaat", "options of that command, and what they say"),
    (".colophon code", r"[\w-]+\.json|\d\d_\w+", "the name of a file or a notebook, as it stands in its folder"),
    (".on-paper", r"\d+(–\d+)?", "references to the numbered list of sources"),
)


def marked(text: str, letters: dict[str, str]) -> str:
    """Write a text in other letters; accents go, signs stay.

    The places of a message, in braces, are no part of it.
    """
    return "".join(_marked(sign, letters) for sign in text)


def _marked(sign: str, letters: dict[str, str]) -> str:
    if not sign.isalnum() or sign in MARKS:
        return sign
    base = [part for part in unicodedata.normalize("NFKD", sign) if part.isalnum()]
    return "".join(letters.get(part, letters["x"]) for part in base)


def message(text: str) -> str:
    """Mark a message, but not the names of its places."""
    return "".join(part if part.startswith("{") else marked(part, WORDS) for part in re.split(r"({\w+})", text))


def speak(patch: pytest.MonkeyPatch) -> None:
    """Let all that writes words, numbers and dates write the marks."""
    find, joined = Words._find, Words.list

    def found(self: Words, text: str) -> str | tuple[str, ...]:
        known = find(self, text)
        return message(known) if isinstance(known, str) else tuple(map(message, known))

    def listed(self: Words, items: list[str]) -> str:
        stand_ins = [chr(0xE000 + place) for place, _ in enumerate(items)]
        text = marked(joined(self, stand_ins), WORDS)
        return "".join(items[ord(sign) - 0xE000] if "\ue000" <= sign < "\uf000" else sign for sign in text)

    patch.setattr(Words, "_find", found)
    patch.setattr(Words, "list", listed)
    for name in ("number", "date", "month", "quarter"):
        patch.setattr(Words, name, _marking(getattr(Words, name)))
    locales = drawing.format_locales

    def in_charts(language: str) -> tuple[dict, dict]:
        number, time = locales(language)
        told = {
            key: [marked(name, WORDS) for name in names] if isinstance(names, list) else names
            for key, names in time.items()
        }
        return number | {"numerals": [WORDS[digit] for digit in digits]}, told

    patch.setattr(drawing, "format_locales", in_charts)
    own = theme.number_locale
    patch.setattr(theme, "number_locale", lambda words: own(words) | {"numerals": [WORDS[digit] for digit in digits]})


def _marking(write: Callable[..., str]) -> Callable[..., str]:
    return lambda *args, **options: marked(write(*args, **options), WORDS)


def is_text(table: Table, name: str, language: str) -> bool:
    """Say whether a column holds texts for readers of a language, and no codes."""
    field = table.field(name)
    keys = {*table.primary_key, *(part for key in table.foreign_keys for part in key.fields)}
    other = [one for one in LANGUAGES if one != language]
    return (
        field.type == "string"
        and not field.kind
        and not {"enum", "pattern"} & set(field.constraints)
        and not field.number_unless
        and (name not in keys or name == "gebeurtenis")
        and name not in READ_AS_CODE
        and not name.endswith(tuple(f"_{one}" for one in other))
    )


def in_other_letters(project: Project, folder: Path, language: str, notebooks: tuple[str, ...] = ALL) -> Project:
    """Copy a project, its texts and the prose of (some of) its notebooks in the letters of data."""
    for name in ("data/raw", "params"):
        shutil.copytree(project.root / name, folder / name)
    copy, package = Project(folder), Package.load(project.raw / "datapackage.json")
    shutil.copytree(project.processed, copy.processed, ignore=shutil.ignore_patterns("ontvangen"))
    for name, table in package.tables.items():
        _mark_table(copy.processed / f"{name}.parquet", table, language)
    for name, table in deliveries.declared(project, package).items():
        path = deliveries.room(copy, EXAMPLES) / f"{name}.parquet"
        _mark_table(path, table, language)
        _mark_untranslated(path, language)
    for room in (copy.raw, copy.raw / deliveries.FOLDER):
        _mark_names(room / "datapackage.json", language)
    copy.notebooks.mkdir()
    for path in [path for name in notebooks for path in project.notebooks.glob(name)]:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            cell.source = marked(cell.source, DATA) if cell.cell_type == "markdown" else cell.source
        nbformat.write(notebook, copy.notebooks / path.name)
    return copy


def _mark_table(path: Path, table: Table, language: str) -> None:
    """Write the texts of a table in the letters of data."""
    rows = pd.read_parquet(path)
    own = [name for name in table.columns if name not in deliveries.PLACE and is_text(table, name, language)]
    told = {
        name: rows[name].map(lambda text: text if text in READ_AS_ROLE else marked(text or "", DATA)) for name in own
    }
    rows.assign(**told).to_parquet(path, index=False)


def _mark_untranslated(path: Path, language: str) -> None:
    """Write in the letters of data what an owner told in another language only: it is all that can be shown."""
    rows = pd.read_parquet(path)
    for name in [name for name in rows if name.endswith(f"_{language}")]:
        for other in (f"{name[:-2]}{one}" for one in LANGUAGES if one != language):
            rows[other] = rows[other].where(rows[name] != "", rows[other].map(lambda text: marked(text, DATA)))
    rows.to_parquet(path, index=False)


def _mark_names(path: Path, language: str) -> None:
    """Write the names of tables, which are data too, in the letters of data."""
    declaration = json.loads(path.read_text(encoding="utf-8"))
    for resource in declaration["resources"]:
        name = "title" if language == "nl" else f"krachtlijn:title_{language}"
        resource[name] = marked(resource[name], DATA)
    path.write_text(json.dumps(declaration), encoding="utf-8")


SHOWN = ("title", "alt", "aria-label", "aria-description", "aria-valuetext", "data-label", "placeholder", "summary")


def texts(page: BeautifulSoup) -> Iterator[tuple[Tag, str]]:
    """Return all that a reader of the page sees or hears, with its element."""
    for node in page.find_all(string=True):
        if not isinstance(node, PreformattedString) and node.parent.name not in ("style", "script"):
            yield node.parent, str(NavigableString(node))
    for tag in page.find_all(True):
        yield from ((tag, str(tag[name])) for name in SHOWN if tag.get(name))
        if tag.name == "meta" and tag.get("name") in ("description", "author", "keywords"):
            yield tag, str(tag["content"])
        if str(tag.get("href", "")).startswith("data:text/csv"):
            yield tag, base64.b64decode(str(tag["href"]).split(",", 1)[1]).decode("utf-8-sig")
    for sheet in page.find_all("style"):
        yield from ((sheet, text) for text in re.findall(r'content: "([^"]*)"', sheet.text))


def escapes(html: str, codes: set[str]) -> list[str]:
    """Return what stands plain in a report, each with the place where it stands."""
    found = []
    for tag, text in texts(BeautifulSoup(html, "html.parser")):
        rest = re.sub(r"\\[0-9a-f]+ ?", "", text) if tag.name == "style" else text
        runs = re.findall(r"[^\s()\[\]:;,'’\"«»…]+", "".join(" " if sign in MARKS else sign for sign in rest))
        plain = [run for run in (run.strip(".-−–—/·≤≥<>=") for run in runs) if any(sign.isalnum() for sign in run)]
        wrong = [run for run in plain if run not in codes and not _allowed(tag, run)]
        if wrong:
            found.append(f"{_place(tag)}: {' '.join(wrong)} (in: {text.strip()[:90]})")
    return found


def _allowed(tag: Tag, run: str) -> bool:
    return any(re.fullmatch(pattern, run) and (not where or tag.css.closest(where)) for where, pattern, _ in ALLOWED)


def _place(tag: Tag) -> str:
    """Say in which figure or element a text stands."""
    named = next((one["id"] for one in [tag, *tag.parents] if one.get("id")), "page")
    block = tag.find_parent(class_="figure")
    heading = block.find(re.compile("^h[2-6]$")) if block else None
    return f"<{tag.name}> in {heading['id'] if heading else named}"


def codes_of(project: Project) -> set[str]:
    """Return the codes by which a plan, and what is delivered of it, names its parts: the same in every language."""
    columns = ("krachtlijn_code", "doelstelling_code", "actie_code", "swot_code", "meetpunt_code")
    tables = {
        name: pd.read_parquet(project.processed / f"{name}.parquet")
        for name in ("krachtlijnen", "plan_doelstellingen", "plan_acties", "swot", "meetpunten")
    }
    points, links = (pd.read_parquet(deliveries.room(project, EXAMPLES) / f"{name}.parquet") for name in DELIVERED)
    codes = {str(code) for rows in tables.values() for name in columns if name in rows for code in rows[name]}
    return codes | {*points["meetpunt_code"], *links.loc[links["soort"] == "basisallocatie", "code"]}


#: The tables of a delivery whose codes readers know: of a measuring point, and of an allocation in the budget.
DELIVERED = ("meetpunten", "verbanden")


def letters_of(project: Project) -> set[str]:
    """Return the letters by which the administrations of the GOB call themselves, and the names of raters."""
    known = pd.read_parquet(project.processed / "organisaties.parquet")
    letters = {run for text in known.loc[known["soort"] == "bestuur", "afkorting"] for run in text.split(" & ")}
    raters = pd.read_parquet(deliveries.room(project, EXAMPLES) / "swot_scores.parquet")["beoordelaar"]
    return letters | set(raters) | set(GROUPS)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("which", "plan", "quarter", "language", "notebooks", "least"),
    [pytest.param(*case, id="-".join(case[:4]), marks=[pytest.mark.long] * (case in LONG)) for case in CASES],
)
def test_no_text_and_no_number_escapes_the_catalogues(
    examples: Project,
    tmp_path: Path,
    in_process: Executor,
    which: str,
    plan: str,
    quarter: str,
    language: str,
    notebooks: tuple[str, ...],
    least: int,
) -> None:
    """Every text node, attribute, drawing, CSV and the head of the file are in marks."""
    copy = in_other_letters(examples, tmp_path, language, notebooks)
    run = replace(settle(copy, quarter, plan=plan, deliveries=which), languages=(language,))
    with pytest.MonkeyPatch.context() as patch:
        speak(patch)
        published = build.build(copy, run, executor=in_process)
    html = published.files[0].read_text(encoding="utf-8")
    assert html.count('class="figure ') >= least
    allowed = codes_of(examples) | (letters_of(examples) if which == EXAMPLES else set())
    found = escapes(html, allowed)
    assert not found, "\n".join(found)


#: Pages with one escape each, and what is said of it; ⓛ is a word, ｌ is data.
PLANTED = {
    "a word typed in the code": ("<p>ⓛⓐⓐⓣ since ｖａｎｄａａｇ</p>", "since"),
    "a label of the other language": ("<p>１ En retard</p>", "En retard"),
    "a number with a point": ("<td>3.5</td>", "3.5"),
    "a number without separator": ("<td>①.⓪ 1453</td>", "1453"),
    "a text alternative": ('<img alt="Bars">', "Bars"),
    "a label for who cannot see": ('<div aria-label="Table">ⓣ</div>', "Table"),
    "a heading on a phone": ('<td data-label="Year">2021</td>', "Year"),
    "a text in a drawing": ("<svg><text>ⓛ late</text></svg>", "late"),
    "a text over lines in a drawing": ("<svg><text><tspan>ⓛ</tspan><tspan>late</tspan></text></svg>", "late"),
    "the title of the page": ("<title>Report</title>", "Report"),
    "a description of the page": ('<meta name="description" content="Report">', "Report"),
    "a running head": ('<style>@page { @top-left { content: "ⓡ Report" } }</style>', "Report"),
    "a CSV": (f'<a href="data:text/csv;base64,{base64.b64encode(b"Year;2021").decode()}">ⓒ</a>', "Year"),
    "a code where a word belongs": ("<td>begroot_initieel</td>", "begroot_initieel"),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_an_escape_is_found(kind: str) -> None:
    """The check above can fail: each kind of escape is named."""
    html, said = PLANTED[kind]
    found = escapes(html, {"1.1.5"})
    assert len(found) == 1
    assert f": {said} (in:" in found[0]


def test_what_is_marked_or_allowed_is_no_escape() -> None:
    """Signs, years, codes of the plan and what the list allows stand plain."""
    html = '<p>ⓛ 1.1.5 ｌ (2021), –; ≤2020 % "AA-"</p><p class="edition"><a>Français</a></p>'
    assert escapes(html, {"1.1.5"}) == []
    assert escapes("<p>Français</p>", set()) != []


def test_the_marks_reach_words_numbers_and_dates() -> None:
    """With the pseudo language on, nothing that Words writes can be read, and places are still filled in."""
    with pytest.MonkeyPatch.context() as patch:
        speak(patch)
        words = Words("fr")
        told = [words.t("As known on {date}", date="x"), words.number(1453.5, 1), words.list(["x", "x"])]
        assert told == ["Ⓢⓘⓣⓤⓐⓣⓘⓞⓝ ⓒⓞⓝⓝⓤⓔ ⓐⓤ x", "①\u202f④⑤③,⑤", "x ⓔⓣ x"]
    assert Words("fr").number(1453.5, 1) == "1\u202f453,5"
