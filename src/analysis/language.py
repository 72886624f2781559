"""Words, numbers and dates in the language of the report.

Messages are English in the code and stand translated in ``locale/<language>/*.po`` (one file per chapter). A message
without a translation is an error: a report never falls back to another language in silence. How the catalogues are
read and checked stands in :mod:`analysis.translations`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from analysis import translations
from analysis.errors import KrachtlijnError
from analysis.quarter import Quarter

LOCALES = {"nl": "nl_BE", "fr": "fr_BE"}

#: What stands in a table cell where nothing is known.
UNKNOWN_SIGN = "–"
#: What reckoning adds beyond these decimals is noise.
_NOISE = 9


def messages(language: str) -> dict[str, translations.Text]:
    """Return all translations of a language, message -> text (or the forms for one and for more)."""
    return translations.of(language)


class Words:
    """Everything that a view needs to speak one language.

    >>> words = Words("nl")
    >>> words.number(1453), words.number(-1514.9, 1)
    ('1.453', '−1.514,9')
    >>> Words("fr").date(dt.date(2026, 11, 14))
    '14 novembre 2026'
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale.parse(LOCALES[language])

    def t(self, message: str, **values: object) -> str:
        """Translate a message and fill in its ``{places}``.

        Raises:
            KrachtlijnError: the catalogue of this language lacks the message.
        """
        text = self._find(message)
        return (text if isinstance(text, str) else text[0]).format(**values)

    def tn(self, one: str, more: str, n: int, **values: object) -> str:
        """Translate a message whose form depends on a count; ``{n}`` is the count, written out as a number."""
        forms = self._find(one)
        if isinstance(forms, str):
            raise KrachtlijnError(f"no plural in {self.language} for: {more}", do=self._remedy())
        return forms[self.locale_plural(n)].format(n=self.number(n), **values)

    def locale_plural(self, n: int) -> int:
        """Return which of the two forms a count takes (French counts nought as one)."""
        return int(n > 1) if self.language == "fr" else int(n != 1)

    def _find(self, message: str) -> translations.Text:
        text = messages(self.language).get(message)
        if text is None:  # an entry without text never comes this far: the catalogues are read strictly
            raise KrachtlijnError(f"no translation in {self.language} for: {message}", do=self._remedy())
        return text

    def _remedy(self) -> str:
        return f"add it to src/analysis/locale/{self.language}/"

    def number(self, value: float | None, decimals: int = 0, *, sign: bool = False) -> str:
        """Write a number with the language's separators and a true minus; unknown is a dash; ``sign`` marks a rise.

        Halves are rounded away from nought, as people do: 59.15 is 59.2, whatever the computer's binary number is.

        >>> [Words("nl").number(value, 1) for value in (59.15, 36.05, -0.04, float("nan"))]
        ['59,2', '36,1', '0,0', '–']
        """
        if value is None or math.isnan(value):
            return UNKNOWN_SIGN
        exact = Decimal(repr(round(float(value), _NOISE)))
        value = float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) + 0.0  # no "-0"
        text = format_decimal(value, format="#,##0." + "0" * decimals if decimals else "#,##0", locale=self.locale)
        text = text.replace("-", "\N{MINUS SIGN}")
        return f"+{text}" if sign and value > 0 else text

    def date(self, day: dt.date) -> str:
        """Write a day in full; the first of a month is '1er' in French."""
        first = self.language == "fr" and day.day == 1
        return format_date(day, format="d'er' MMMM y" if first else "d MMMM y", locale=self.locale)

    def month(self, day: dt.date) -> str:
        """Write a month and its year."""
        return format_date(day, format="MMMM y", locale=self.locale)

    def quarter(self, quarter: Quarter) -> str:
        """Write a quarter in full.

        >>> Words("nl").quarter(Quarter(2026, 3)), Words("fr").quarter(Quarter(2026, 1))
        ('derde kwartaal 2026', '1er trimestre 2026')
        """
        if self.language == "nl":
            ordinals = ("eerste", "tweede", "derde", "vierde")
            return f"{ordinals[quarter.number - 1]} kwartaal {quarter.year}"
        return f"{quarter.number}{'er' if quarter.number == 1 else 'e'} trimestre {quarter.year}"

    def period(self, start: dt.date | None, end: dt.date | None, precision: str) -> str:
        """Write a period no more precisely than its source did; a dash where it is not known.

        Args:
            start: its first day.
            end: its last day.
            precision: ``dag``, ``maand``, ``kwartaal`` or ``jaar``; anything else is written from month to month.

        >>> Words("nl").period(dt.date(2022, 10, 1), dt.date(2022, 10, 31), "maand")
        'oktober 2022'
        >>> Words("fr").period(dt.date(2022, 1, 1), dt.date(2022, 6, 30), "halfjaar")
        'janvier 2022 à juin 2022'
        """
        if start is None or end is None or start != start or end != end:  # only pandas' NaT is unlike itself
            return UNKNOWN_SIGN
        if precision == "dag":
            return self.date(start)
        if precision == "maand":
            return self.month(start)
        if precision == "kwartaal":
            return self.quarter(Quarter.of(start))
        if precision == "jaar":
            return str(start.year)
        return self.t("{first} to {last}", first=self.month(start), last=self.month(end))

    def list(self, items: list[str]) -> str:
        """Join with commas and the language's 'and'."""
        return format_list(items, style="standard", locale=self.locale) if items else ""

    def joined(self, texts: Sequence[str]) -> str:
        """Join texts with semicolons, as the language spaces them; a dash for none.

        >>> Words("fr").joined(["a", "b"]) == "a\N{NO-BREAK SPACE}; b"
        True
        """
        if not texts:
            return UNKNOWN_SIGN
        told, *others = texts
        for text in others:
            told = self.t("{told}; {text}", told=told, text=text)
        return told
