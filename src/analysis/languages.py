"""The languages that a report is made in."""

from __future__ import annotations

from typing import Literal, get_args

Language = Literal["nl", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
