"""Which modules notebooks import: what the warm parent imports beforehand."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from pathlib import Path


def imports_of(notebooks: Iterable[Path]) -> list[str]:
    """Return the modules that notebooks import, each once; a file that cannot be read imports nothing."""
    return list(dict.fromkeys(name for path in sorted(set(notebooks)) for name in modules_of(path)))


def modules_of(path: Path) -> list[str]:
    """Return the modules that a notebook's cells import, in their order; nothing when it cannot be read."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8")).get("cells", [])
    except (OSError, ValueError, AttributeError):
        return []
    sources = ["".join(cell.get("source", "")) for cell in cells if cell.get("cell_type") == "code"]
    nodes = [node for tree in map(tree_of, sources) if tree for node in ast.walk(tree)]
    return list(dict.fromkeys(name for node in nodes for name in _imported(node)))


def tree_of(source: str) -> ast.Module | None:
    """Return the syntax of a cell; None when it is not plain Python (a magic, or an error to be told when it runs)."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return None


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []
