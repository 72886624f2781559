"""The report's words: every message in both languages, with the same places to fill in."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from babel.messages.pofile import read_po

from analysis import build, translations
from analysis.errors import KrachtlijnError
from analysis.language import Words, messages
from analysis.params import LANGUAGES, settle
from analysis.translations import FOLDER, places

SOURCE = FOLDER.parent
NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


def calls() -> list[tuple[str, ast.Call]]:
    """Return every call of ``t`` and ``tn`` in the code, with its place."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
    return [
        (f"{path.relative_to(SOURCE).as_posix()}, line {node.lineno}", node)
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("t", "tn")
    ]


def messages_of(call: ast.Call) -> list[str]:
    """Return the message of a call, or its two forms; an f-string in its place is an error here."""
    return [ast.literal_eval(part) for part in call.args[: 1 if call.func.attr == "t" else 2]]


def used() -> dict[str, str | None]:
    """Return every message in the code and the templates: the text, and its plural where it has one."""
    found: dict[str, str | None] = {}
    for _, call in calls():
        text, *more = messages_of(call)
        found[text] = more[0] if more else None
    for path in sorted(SOURCE.rglob("*.j2")):
        template = path.read_text(encoding="utf-8")
        found |= dict.fromkeys(re.findall(r'\bt\("([^"]+)"', template))
        found |= dict(re.findall(r'\btn\("([^"]+)", "([^"]+)"', template))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    """What the code says is what the catalogues hold, with as many forms; entries that no code uses fail too."""
    known, wanted = messages(language), used()
    assert sorted(set(wanted) - set(known)) == []
    assert sorted(set(known) - set(wanted)) == []
    assert [text for text in known if isinstance(known[text], tuple) != bool(wanted[text])] == []


def test_every_call_fills_in_the_places_of_its_message() -> None:
    """A place that nobody fills in would stop the report half-way, one that does not exist would say nothing."""
    for place, call in calls():
        names = {word.arg for word in call.keywords}
        wanted = set(places(messages_of(call)[-1])) - ({"n"} if call.func.attr == "tn" else set())
        assert names == wanted or None in names, place


def test_no_count_goes_into_a_message_as_it_is() -> None:
    """A count is written as the language writes it, through ``words.number``."""
    for place, call in calls():
        counted = [word.value.func for word in call.keywords if isinstance(word.value, ast.Call)]
        assert not [name for name in counted if isinstance(name, ast.Name) and name.id == "len"], place


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.po")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_catalogue_keeps_obsolete_entries(path: Path) -> None:
    """What git remembers need not stand in the file (`#~`)."""
    with path.open("rb") as stream:
        assert list(read_po(stream).obsolete) == []


def test_the_french_of_the_catalogues_is_set_as_french() -> None:
    """A space that cannot break stands before : ; ? ! and inside « », and the apostrophe is a real one."""
    for message, translation in messages("fr").items():
        for text in [translation] if isinstance(translation, str) else translation:
            assert not re.search(r"[^\u00a0\d:;?!](?=[:;?!](\s|$))|«(?!\u00a0)|(?<!\u00a0)»|'(?!\{)", text), message


def test_the_projects_own_catalogues_are_complete() -> None:
    """The gate of the build lets the project itself through."""
    translations.check(LANGUAGES)


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
GOOD = 'msgid "Late: {actions}."\nmsgstr "Laat: {actions}."\n\n'
PLURAL = 'msgid "{n} source"\nmsgid_plural "{n} sources"\nmsgstr[0] "één bron"\n'
#: What is planted in the French catalogue, and the words in which it is refused.
FAULTS = {
    "fuzzy": ("#, fuzzy\n" + GOOD, "line 5: 'Late: {actions}.' is marked fuzzy"),
    "empty": ('msgid "Late: {actions}."\nmsgstr ""\n', "'Late: {actions}.' has no translation"),
    "a place missing": ('msgid "Late: {actions}."\nmsgstr "Laat."\n', "the same places: {actions}"),
    "a place too many": ('msgid "Late: {actions}."\nmsgstr "{actions} {day}"\n', "the same places: {day}"),
    "a place mistyped": ('msgid "Late: {actions}."\nmsgstr "{action}"\n', "the same places: {action}, {actions}"),
    "a brace not closed": ('msgid "Late: {actions}."\nmsgstr "{actions"\n', "has a broken place: expected '}'"),
    "a brace not opened": ('msgid "Late: {actions}."\nmsgstr "actions}"\n', "has a broken place: Single '}'"),
    "a place without name": ('msgid "Late: {actions}."\nmsgstr "{}"\n', "has a broken place: {} is no name"),
    "a place that looks inside": ('msgid "{a}"\nmsgstr "{a.b}"\n', "has a broken place: {a.b} is no name"),
    "a form too few": (PLURAL, "'{n} source' lacks the translation of a form"),
    "a form too many": (PLURAL + 'msgstr[1] "{n} b"\nmsgstr[2] "{n} c"\n', "more translations than num_plurals"),
    "twice in one file": (GOOD + GOOD, "line 7: 'Late: {actions}.' stands in src/analysis/locale/fr/a.po, line 4 too"),
    "in one language only": (GOOD + 'msgid "New"\nmsgstr "Nieuw"\n', "line 7: 'New' is missing in nl/a.po"),
    "missing": ("", "nl/a.po, line 4: 'Late: {actions}.' is missing in fr/a.po"),
    "no catalogue at all": (GOOD + 'nonsense "x"\n', "fr/a.po, line 7"),
}


def planted(folder: Path, **languages: str) -> Path:
    """Write a catalogue ``a.po`` per language."""
    for language, content in languages.items():
        (folder / language).mkdir(parents=True, exist_ok=True)
        (folder / language / "a.po").write_text(HEAD + content, encoding="utf-8")
    return folder


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_catalogue_is_named(fault: str, tmp_path: Path) -> None:
    """Each kind of fault is refused with file, line, entry, reason and what to do."""
    content, said = FAULTS[fault]
    with pytest.raises(KrachtlijnError) as caught:
        translations.check(LANGUAGES, planted(tmp_path, nl=GOOD, fr=content))
    assert said in str(caught.value)
    assert "src/analysis/locale/" in caught.value.where
    assert caught.value.do


def test_a_message_in_two_catalogues_is_named(tmp_path: Path) -> None:
    """Which of the two would count would depend on the order of the files."""
    folder = planted(tmp_path, nl=GOOD, fr=GOOD)
    for language in LANGUAGES:
        shutil.copy(folder / language / "a.po", folder / language / "b.po")
    with pytest.raises(KrachtlijnError) as caught:
        translations.check(LANGUAGES, folder)
    assert "nl/b.po, line 4: 'Late: {actions}.' stands in src/analysis/locale/nl/a.po, line 4 too" in str(caught.value)


def test_a_form_for_one_may_say_the_count_in_words(tmp_path: Path) -> None:
    """'One source' needs no figure; two sound catalogues pass."""
    sound = GOOD + PLURAL + 'msgstr[1] "{n} bronnen"\n'
    translations.check(LANGUAGES, planted(tmp_path, nl=sound, fr=sound))
    assert translations.of("nl", tmp_path)["{n} source"] == ("één bron", "{n} bronnen")


def test_many_faults_make_a_short_message(tmp_path: Path) -> None:
    """Five are named, the others counted."""
    many = "".join(f'msgid "m{number}"\nmsgstr ""\n' for number in range(9))
    with pytest.raises(KrachtlijnError, match=r"(?s)are not complete.*'m4' has no.*and 4 more") as caught:
        translations.of("nl", planted(tmp_path, nl=many))
    assert "'m5'" not in str(caught.value)


def test_a_fault_in_the_catalogues_stops_the_build_before_any_kernel(
    project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty seconds later would be too late, and half a report is none."""

    def no_kernel(jobs):
        raise AssertionError("a notebook ran")

    folder = planted(tmp_path, nl=GOOD, fr="#, fuzzy\n" + GOOD)
    monkeypatch.setattr(translations, "FOLDER", folder)
    with pytest.raises(KrachtlijnError, match="translation is not complete"):
        build.build(project, settle(project, "2026Q3"), folder=tmp_path / "out", executor=no_kernel)
    assert not (tmp_path / "out").exists()


def sections(path: Path, language: str) -> list[tuple[int, str, list[str]]]:
    """Return the prose of a language: number of the cell, the code that follows it, and the levels of its headings."""
    cells = nbformat.read(path, as_version=4).cells
    found = []
    for number, cell in enumerate(cells, start=1):
        if cell.cell_type == "markdown" and language in cell.metadata.get("tags", []):
            after = next((later.source for later in cells[number:] if later.cell_type == "code"), "")
            levels = [line.split()[0] for line in cell.source.splitlines() if line.startswith("#")]
            found.append((number, after, levels))
    return found


def unpaired(path: Path) -> list[str]:
    """Return what of a notebook's prose has no twin in the other language, by cell."""
    dutch, french = (sections(path, language) for language in LANGUAGES)
    told = [
        f"{path.name}, cell {one[0]} (nl) and cell {two[0]} (fr) differ in place or headings"
        for one, two in zip(dutch, french, strict=False)
        if one[1:] != two[1:]
    ]
    rest = dutch[len(french) :] or french[len(dutch) :]
    return told + [f"{path.name}, cell {number} has no twin in the other language" for number, *_ in rest]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_section_stands_in_both_languages(path: Path) -> None:
    """The project's own prose is complete in both: as many cells, before the same code, with the same headings.

    Not a gate of the build: a strategist's own notebook may be in one language only, and then says so.
    """
    assert unpaired(path) == []


def test_a_section_without_twin_is_named_by_its_cell(tmp_path: Path) -> None:
    """A missing translation and another heading are both found."""

    def text(source, tag):
        return nbformat.v4.new_markdown_cell(source, metadata={"tags": [tag]})

    path, code = tmp_path / "10_x.ipynb", nbformat.v4.new_code_cell("show()")
    cells = [text("## A", "nl"), text("### A", "fr"), code, text("B", "nl")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    assert unpaired(path) == [
        "10_x.ipynb, cell 1 (nl) and cell 2 (fr) differ in place or headings",
        "10_x.ipynb, cell 4 has no twin in the other language",
    ]


def test_a_missing_translation_is_an_error() -> None:
    """The report never falls back to another language in silence."""
    with pytest.raises(KrachtlijnError, match="no translation in fr"):
        Words("fr").t("a message that nobody wrote")


@pytest.mark.parametrize(
    ("language", "value", "decimals", "text"),
    [
        ("nl", 1453, 0, "1.453"),
        ("nl", -0.04, 1, "0,0"),
        ("nl", 8.16, 1, "8,2"),
        ("fr", 1453.5, 1, "1\u202f453,5"),
        ("nl", None, 0, "–"),
        ("fr", float("nan"), 2, "–"),
    ],
)
def test_numbers_are_written_as_in_the_language(language: str, value: float | None, decimals: int, text: str) -> None:
    """Separators are those of Belgium; unknown is a dash, never nought."""
    assert Words(language).number(value, decimals) == text


def test_a_rise_can_carry_its_sign() -> None:
    """A change is written with + or -, no change with neither."""
    words = Words("nl")
    assert [words.number(value, 1, sign=True) for value in (1.5, -1.5, 0.0)] == ["+1,5", "−1,5", "0,0"]
