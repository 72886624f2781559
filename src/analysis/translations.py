"""The catalogues of translations, read strictly: what is fuzzy, empty, double or broken is an error.

They stand in ``locale/<language>/*.po``, one file per chapter, with the same messages in every language. A build asks
:func:`check` before any notebook runs, so that a fault costs seconds and names its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser

from analysis.errors import KrachtlijnError

FOLDER = Path(__file__).parent / "locale"

#: Dutch and French both count one and more.
PLURALS = 2

#: A text, or the texts for one and for more.
Text = str | tuple[str, ...]

_NAMED = 5


@dataclass(frozen=True)
class Entry:
    """One message as a catalogue holds it; ``source`` is the English text, or those for one and for more."""

    file: str
    line: int
    source: Text
    text: Text
    fuzzy: bool

    @property
    def key(self) -> str:
        """The English text by which the code asks for the entry."""
        return self.source if isinstance(self.source, str) else self.source[0]

    @property
    def place(self) -> str:
        """Where the entry stands."""
        return f"{self.file}, line {self.line}: '{self.key}'"


class _Entries(Catalog):
    """A catalogue that keeps each entry: Babel's own lets a second entry take the place of the first."""

    def __init__(self, language: str) -> None:
        super().__init__(locale=language)
        self.entries: list[Message] = []

    def __setitem__(self, key: str | tuple[str, ...] | list[str], message: Message) -> None:
        if key:
            self.entries.append(message)
        super().__setitem__(key, message)


@cache
def of(language: str, folder: Path = FOLDER) -> dict[str, Text]:
    """Return all translations of a language, message -> text (or the forms for one and for more).

    Raises:
        KrachtlijnError: an entry cannot be used; the message names file, line and entry.
    """
    entries = _entries(language, folder)
    _refuse(list(_faults(entries)))
    return {entry.key: entry.text for entry in entries}


def check(languages: tuple[str, ...], folder: Path | None = None) -> None:
    """See that each language can say all that the others can.

    Raises:
        KrachtlijnError: an entry cannot be used, or stands in one language only.
    """
    entries = {language: _entries(language, folder or FOLDER) for language in languages}
    _refuse([fault for own in entries.values() for fault in (*_faults(own), *_alone(own, entries))])


def places(text: str) -> frozenset[str]:
    """Return the names in braces.

    >>> sorted(places("{n} of {total}"))
    ['n', 'total']

    Raises:
        ValueError: a brace is not closed or not opened, or holds something else than a name.
    """
    found = [(name, spec, turned) for _, name, spec, turned in Formatter().parse(text) if name is not None]
    for name, spec, turned in found:
        if not name.isidentifier() or spec or turned:
            raise ValueError(f"{{{name}}} is no name")
    return frozenset(name for name, *_ in found)


def _entries(language: str, folder: Path) -> list[Entry]:
    return [entry for path in sorted((folder / language).glob("*.po")) for entry in _read(language, path)]


def _read(language: str, path: Path) -> list[Entry]:
    catalogue, where = _Entries(language), f"src/analysis/locale/{language}/{path.name}"
    try:
        with path.open("rb") as stream:
            PoFileParser(catalogue, abort_invalid=True).parse(stream)
    except (PoFileError, ValueError, IndexError) as fault:  # also bytes that are not UTF-8
        place = f"{where}, line {fault.lineno + 1}" if isinstance(fault, PoFileError) else where
        raise KrachtlijnError(
            "a catalogue of translations cannot be read",
            where=place,
            why=str(fault),
            do='mend the line: an entry is msgid "..." and msgstr "...", or with msgid_plural, msgstr[0] and msgstr[1]',
        ) from fault
    return [
        Entry(where, message.lineno or 0, _text(message.id), _text(message.string), message.fuzzy)
        for message in catalogue.entries
    ]


def _text(found: str | tuple[str, ...] | list[str] | None) -> Text:
    return found if isinstance(found, str) else tuple(found or ())


def _faults(entries: list[Entry]) -> Iterator[str]:
    """Yield what is wrong within one language."""
    first: dict[str, Entry] = {}
    for entry in entries:
        why = _why(entry)
        if why:
            yield f"{entry.place} {why}"
        if entry.key in first:
            yield f"{entry.place} stands in {first[entry.key].file}, line {first[entry.key].line} too"
        first.setdefault(entry.key, entry)


def _why(entry: Entry) -> str:
    """Say why an entry cannot be used; nothing when it can."""
    forms = (entry.text,) if isinstance(entry.text, str) else entry.text
    wanted = 1 if isinstance(entry.source, str) else PLURALS
    if entry.fuzzy:
        return "is marked fuzzy: nobody has confirmed the translation"
    if len(forms) != wanted:
        return f"has {len(forms)} forms instead of {wanted}"
    if not all(form.strip() for form in forms):
        return "has no translation" if wanted == 1 else "lacks the translation of a form"
    return _broken(entry, forms)


def _broken(entry: Entry, forms: tuple[str, ...]) -> str:
    """Say which place to fill in is broken, missing or unknown. The count may stand in words: 'one' for '{n}'."""
    source = entry.source if isinstance(entry.source, str) else entry.source[-1]
    free = frozenset() if isinstance(entry.source, str) else frozenset({"n"})
    try:
        wanted, found = places(source), [places(form) for form in forms]
    except ValueError as fault:
        return f"has a broken place: {fault}"
    for own in found:
        if own - free != wanted - free:
            said = ", ".join(f"{{{name}}}" for name in sorted((own ^ wanted) - free))
            return f"and its translation do not fill in the same places: {said}"
    return ""


def _alone(own: list[Entry], entries: dict[str, list[Entry]]) -> Iterator[str]:
    """Yield which entries of a language another one lacks, in the catalogue of the same name."""
    for language, others in entries.items():
        known = {(Path(entry.file).name, entry.source) for entry in others}
        for entry in own:
            if (Path(entry.file).name, entry.source) not in known:
                yield f"{entry.place} is missing in {language}/{Path(entry.file).name}"


def _refuse(faults: list[str]) -> None:
    if not faults:
        return
    more = [f"and {len(faults) - _NAMED} more"] if len(faults) > _NAMED else []
    raise KrachtlijnError(
        "the translations are not complete" if len(faults) > 1 else "a translation is not complete",
        where="\n".join([*faults[:_NAMED], *more]),
        why="the report never falls back to another language in silence",
        do="mend these entries in src/analysis/locale/, each in every language",
    )
