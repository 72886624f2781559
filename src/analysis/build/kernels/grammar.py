"""Spare every process a second: a grammar that jsonschema compiles at import and hardly anybody uses."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_NAME = "rfc3987_syntax"


class _Later(ModuleType):
    """Stands in for the module until something of it is used; then it is the module."""

    def __init__(self, spec: ModuleSpec) -> None:
        super().__init__(_NAME)
        self.__spec__, self.__loader__, self.__package__ = spec, spec.loader, spec.parent
        self.__file__, self.__path__ = spec.origin, list(spec.submodule_search_locations or ())
        self.is_valid_syntax = _is_valid_syntax

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module holds
        if name.startswith("__"):  # Python asks for some while it imports
            raise AttributeError(name)
        return getattr(_real(), name)

    def __dir__(self) -> list[str]:
        return dir(_real())


def put_off() -> None:
    """Let the grammar be compiled when the first address is checked, not when jsonschema is imported.

    jsonschema checks internationalised addresses (the format ``iri``) with a grammar of lark, whose compilation takes
    1.2 s in each process that imports altair, nbformat or papermill. None of their schemas has that format. Checks
    give the same answers as before; only the moment of compilation changes. Call it before the first of these imports.
    """
    spec = None if _NAME in sys.modules else importlib.util.find_spec(_NAME)
    if spec:
        sys.modules[_NAME] = _Later(spec)


def _is_valid_syntax(*arguments: Any) -> bool:  # noqa: ANN401 - as the function that it stands in for
    return bool(_real().is_valid_syntax(*arguments))


def _real() -> ModuleType:
    if isinstance(sys.modules.get(_NAME), _Later):
        del sys.modules[_NAME]
    return importlib.import_module(_NAME)
