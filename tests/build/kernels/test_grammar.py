"""The grammar of addresses is compiled when it is used, and gives the same answers as when it was not put off."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

ADDRESSES = ("http://a.b/c", "http://a.b/é", "no iri", "::", "", "urn:a:b", "http://[::1]/", "//a", "a b")

LOOK = """\
import json, sys
if sys.argv[1] == "later":
    from analysis.build.kernels import grammar
    grammar.put_off()
    grammar.put_off()
import jsonschema
early = "lark" in sys.modules
judge = jsonschema.FormatChecker()
told = [[judge.conforms(text, name) for name in ("iri", "iri-reference")] for text in json.loads(sys.argv[2])]
import rfc3987_syntax
names = sorted(name for name in dir(rfc3987_syntax) if name[0] != "_")
print(json.dumps([early, "lark" in sys.modules, told, names, rfc3987_syntax.__spec__.name]))
"""


def _look(way: str) -> list[object]:
    command = [sys.executable, "-c", LOOK, way, json.dumps(ADDRESSES)]
    found: list[object] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


@pytest.mark.slow
def test_the_grammar_is_put_off_and_gives_the_same_answers():
    """Importing jsonschema does not compile it; the first check does, and judges as ever."""
    early, after, *told = _look("later")
    assert (early, after) == (False, True)
    plain_early, _, *plain = _look("at once")
    assert plain_early is True
    assert told == plain
