"""What makes a drawing smaller leaves what is seen as it is."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from analysis.build.compact import compact

DOT = "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0"


def made(inside: str, prefix: str = "a") -> ET.Element:
    """Return a small drawing after it was made compact."""
    root = ET.fromstring(f'<svg><g fill="none">{inside}</g></svg>')  # noqa: S314 - our own drawing
    compact(root, prefix)
    return root


def test_an_outline_that_repeats_is_written_once() -> None:
    """Three dots: one definition, three uses, each at its own place."""
    root = made("".join(f'<path transform="translate({x},5)" d="{DOT}" fill="#000" />' for x in (1, 2, 3.5)))
    uses = list(root.iter("use"))
    (outline,) = root.iter("path")
    assert [(use.get("x"), use.get("y")) for use in uses] == [("1", "5"), ("2", "5"), ("3.5", "5")]
    assert {use.get("href") for use in uses} == {f"#{outline.get('id')}"}
    assert outline.get("d") == DOT


def test_two_drawings_do_not_share_the_id_of_an_outline() -> None:
    """Ids are unique in the file: they are made from the drawing's own prefix."""
    dots = 3 * f'<path transform="translate(1,1)" d="{DOT}" />'
    ids = [element.get("id") for prefix in ("a-w", "a-n") for element in made(dots, prefix).iter("path")]
    assert len(ids) == len(set(ids)) == 2


def test_a_shared_style_stands_at_the_group_and_an_exception_keeps_its_own() -> None:
    """Two are red, one is blue: the group says red."""
    root = made("".join(f'<path d="M{n},0h1" fill="{fill}" />' for n, fill in enumerate(("red", "blue", "red"))))
    group = root.find("g")
    assert group is not None
    assert group.get("fill") == "red"
    assert [path.get("fill") for path in group] == [None, "blue", None]


def test_a_style_that_one_child_lacks_is_not_handed_to_it() -> None:
    """A line without fill stays without, though its neighbours have one."""
    root = made('<path d="M0,0h1" fill="red" /><path d="M1,0h1" fill="red" /><path d="M2,0h1" stroke="#000" />')
    assert [path.get("fill") for path in root.iter("path")] == ["red", "red", None]
    assert root[0].get("fill") == "none"


def test_parallel_rules_become_one_path() -> None:
    """Two grid lines of one style: one path with two strokes."""
    lines = "".join(f'<line transform="translate({x},2)" x2="0" y2="9" stroke="#eee" />' for x in (4, 8))
    (path,) = made(f"<g>{lines}</g>").iter("path")
    assert (path.get("d"), path.get("stroke")) == ("M4,2v9M8,2v9", "#eee")


def test_rules_of_two_styles_stay_apart() -> None:
    """A dashed line among solid ones is not made solid."""
    lines = '<line x2="5" y2="0" stroke="#eee" /><line x2="5" y2="0" stroke="#eee" stroke-dasharray="2,2" />'
    assert len(list(made(f"<g>{lines}</g>").iter("line"))) == 2


def test_groups_within_groups_add_up() -> None:
    """Two moves become one; text keeps its place within them."""
    root = made('<g transform="translate(10,1)"><g transform="translate(5,2.5)"><path d="M0,0h1" /></g></g>')
    path = next(root.iter("path"))
    moved = [element.get("transform") for element in root.iter() if element.get("transform")]
    assert moved == ["translate(15,3.5)"]
    assert path.get("d") == "M0,0h1"


def test_a_turned_text_stays_turned() -> None:
    """Only a plain move becomes x and y."""
    texts = '<text transform="translate(3,4) rotate(-90)">a</text><text transform="translate(5,6)">b</text>'
    turned, plain = made(texts).iter("text")
    assert turned.get("transform") == "translate(3,4) rotate(-90)"
    assert (plain.get("x"), plain.get("y"), plain.get("transform")) == ("5", "6", None)


def test_lines_within_a_text_keep_their_own_start() -> None:
    """A text of several lines holds parts with an x of their own, so it stays moved as a whole."""
    text = '<text transform="translate(7,8)"><tspan x="0">a</tspan><tspan x="0" dy="14">b</tspan></text>'
    found = next(made(text).iter("text"))
    assert found.get("transform") == "translate(7,8)"


def test_the_same_drawing_gives_the_same_bytes() -> None:
    """Nothing hangs on the order of a set or of a run."""
    inside = "".join(f'<path transform="translate({n},0)" d="{DOT}" fill="red" stroke="#000" />' for n in range(4))
    assert len({ET.tostring(made(inside)) for _ in range(3)}) == 1
