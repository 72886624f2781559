"""The report's words: every message in both languages, with the same places to fill in."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from analysis.errors import KrachtlijnError
from analysis.language import FOLDER, Words, messages
from analysis.params import LANGUAGES

SOURCE = FOLDER.parent


def used() -> dict[str, str | None]:
    """Return every message in the code and the templates: the text, and its plural where it has one."""
    found: dict[str, str | None] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("t", "tn"):
                texts = [ast.literal_eval(part) for part in node.args[: 1 if node.func.attr == "t" else 2]]
                found[texts[0]] = texts[1] if len(texts) > 1 else None
    for path in sorted(SOURCE.rglob("*.j2")):
        template = path.read_text(encoding="utf-8")
        found |= dict.fromkeys(re.findall(r'\bt\("([^"]+)"', template))
        found |= dict(re.findall(r'\btn\("([^"]+)", "([^"]+)"', template))
    return found


def catalogues(language: str) -> list[Path]:
    """Return the catalogues of a language."""
    return sorted((FOLDER / language).glob("*.po"))


def places(text: str) -> set[str]:
    """Return the names in braces."""
    return set(re.findall(r"{(\w+)}", text))


def test_both_languages_have_the_same_catalogues() -> None:
    """One file per chapter, in each language."""
    assert [path.name for path in catalogues("nl")] == [path.name for path in catalogues("fr")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    """Missing and obsolete entries both fail; every translation fills the places of its message."""
    known, wanted = messages(language), used()
    assert set(known) == set(wanted)
    for message, plural in wanted.items():
        translation = known[message]
        forms = [translation] if isinstance(translation, str) else list(translation)
        assert len(forms) == (2 if plural else 1), message
        assert all(forms), message
        for form in forms:
            assert places(form) <= places(plural or message) | {"n"}, message
            assert places(plural or message) - {"n"} <= places(form), message


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_has_two_translations(language: str) -> None:
    """A message that stands in two catalogues would depend on the order of the files."""
    seen: dict[str, str] = {}
    for path in catalogues(language):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=language):
                key = message.id if isinstance(message.id, str) else message.id[0]
                assert not message.fuzzy or not key, f"{path.name}: {key}"
                assert not key or key not in seen, f"{key}: {seen.get(key)} and {path.name}"
                seen[key] = path.name


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
    assert [words.number(value, 1, sign=True) for value in (1.5, -1.5, 0.0)] == ["+1,5", "-1,5", "0,0"]
