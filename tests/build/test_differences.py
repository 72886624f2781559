from __future__ import annotations

import base64

import pytest

from analysis.build.differences import differences


def page(*pieces, title="Titel", colophon="gemaakt"):
    """A report of one chapter."""
    return (
        f"<html><head><title>{title}</title></head><body><header><h1>Rapport</h1></header><main>"
        f'<section aria-labelledby="swot"><h2 id="swot">Swot</h2>{"".join(pieces)}</section></main>'
        f"<footer>{colophon}</footer></body></html>"
    )


def figure(text, csv="a;b\r\n1;2\r\n", drawing="M0 0", own="swot-groepen"):
    """A figure with a drawing and a table to take along."""
    data = base64.b64encode(csv.encode("utf-8-sig")).decode()
    link = f'<a download="x.csv" href="data:text/csv;charset=utf-8;base64,{data}">CSV</a>'
    return f'<div class="figure"><h3 id="{own}">{text}</h3><svg><path d="{drawing}"/></svg>{link}</div>'


@pytest.mark.parametrize(
    ("before", "after", "place", "what"),
    [
        (
            page(figure("12,3 %")),
            page(figure("12,4 %")),
            "chapter swot, figure swot-groepen",
            "published «12,3 %», made again «12,4 %»",
        ),
        (
            page(figure("a", csv="a;b\r\n1;2\r\n")),
            page(figure("a", csv="a;b\r\n1;3\r\n")),
            "chapter swot, figure swot-groepen",
            "in its table (CSV) published «1;2», made again «1;3»",
        ),
        (
            page(figure("a", drawing="M0 0")),
            page(figure("a", drawing="M0 1")),
            "chapter swot, figure swot-groepen",
            "the words and the table are the same, the drawing or the markup is not",
        ),
        (
            page("<p>een</p>", figure("a")),
            page("<p>twee</p>", figure("a")),
            "chapter swot, text under swot",
            "published «een», made again «twee»",
        ),
        (page(figure("a")), page(), "chapter swot, figure swot-groepen", "stands in the published report only"),
        (page(), page(figure("a")), "chapter swot, figure swot-groepen", "stands in the one that was made again only"),
        (page(), page(colophon="anders"), "the colophon", "published «gemaakt», made again «anders»"),
        (
            page(),
            page(title="Ander"),
            "the title, the style or the policy",
            "published «Titel», made again «Ander»",
        ),
    ],
)
def test_a_difference_is_told_by_its_place_and_its_first_words(tmp_path, before, after, place, what):
    """Chapter and figure, then the words, the table, or that it is only the drawing."""
    assert [(one.place, one.what) for one in compared(tmp_path, "html", before, after)] == [(place, what)]


def test_the_same_file_has_no_difference(tmp_path):
    """Nothing is told."""
    assert compared(tmp_path, "html", page(figure("a")), page(figure("a"))) == []


def test_of_a_long_text_the_surroundings_are_shown(tmp_path):
    """A reader sees where in a long sentence it begins to differ."""
    long = "Van de honderd acties zijn er volgens openbare bronnen veertig"
    found = compared(tmp_path, "html", page(f"<p>{long} gestart</p>"), page(f"<p>{long} voltooid</p>"))
    assert found[0].what.startswith("published «…")
    assert found[0].what.endswith("openbare bronnen veertig voltooid»")


def test_a_record_is_compared_entry_by_entry(tmp_path):
    """The path to the value, and both values."""
    found = compared(tmp_path, "json", '{"a": {"b": 1, "c": 2}}', '{"a": {"b": 1, "c": 3}}')
    assert [(one.place, one.what) for one in found] == [("a: c", "published «2», made again «3»")]


@pytest.mark.parametrize("ending", ["pdf", "html", "json"])
def test_what_cannot_be_said_in_words_is_said_in_bytes(tmp_path, ending):
    """A difference never goes untold: not in a PDF, not in white space that means nothing."""
    found = compared(tmp_path, ending, '{"a": 1}', '{"a": 1} \n')
    assert [(one.place, one.what) for one in found] == [("byte 9", "published 8 bytes, made again 10")]


def compared(folder, ending, before, after):
    """Compare two contents."""
    old, new = folder / f"old.{ending}", folder / f"new.{ending}"
    old.write_bytes(before.encode())
    new.write_bytes(after.encode())
    return differences(old, new)
