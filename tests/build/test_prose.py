from __future__ import annotations

import pytest

from analysis.build.prose import Files, Ids, Outline, render
from analysis.errors import KrachtlijnError

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def outline():
    """The headings of a chapter."""
    return Outline("omgeving", Ids())


def test_headings_go_one_level_down(outline):
    """The report has the only h1, so # is h2 and ## is h3."""
    html = render("# Omgeving\n\n## Wie *hier* woont\n\n### Leeftijd", outline, "cell")
    assert '<h2 id="omgeving">Omgeving</h2>' in html
    assert '<h3 id="omgeving-wie-hier-woont">Wie <em>hier</em> woont</h3>' in html
    assert '<h4 id="omgeving-leeftijd">Leeftijd</h4>' in html


def test_no_level_is_skipped_and_only_the_first_heading_is_the_chapter(outline):
    """A notebook that jumps from # to #### still makes an outline that can be walked."""
    render("# Een\n\n#### Diep\n\n# Twee", outline, "cell")
    assert [(heading.level, heading.text) for heading in outline.headings] == [(2, "Een"), (3, "Diep"), (3, "Twee")]


def test_equal_headings_have_their_own_ids(outline):
    """Links in the contents go to one place each."""
    render("# Een\n\n## Bron\n\n## Bron", outline, "cell")
    assert [heading.id for heading in outline.headings] == ["omgeving", "omgeving-bron", "omgeving-bron-2"]


def test_html_in_markdown_is_text_and_comments_vanish(outline):
    """Nothing of a notebook's own HTML runs or loads in the report."""
    html = render("<!-- intern -->\n\nx <b>y</b> <script>z()</script> <!-- ook -->", outline, "cell")
    assert "&lt;b&gt;y&lt;/b&gt;" in html
    assert "<script" not in html
    assert "intern" not in html
    assert "ook" not in html


def test_a_harmful_link_is_disarmed(outline):
    """A link cannot run a script."""
    assert "javascript:" not in render("[x](javascript:alert(1))", outline, "cell")


def test_a_picture_in_the_cell_is_put_into_the_file(outline):
    """An attachment becomes part of the file."""
    files = Files(attachments={"p.png": {"image/png": PIXEL}})
    html = render("![Een punt](attachment:p.png)", outline, "cell", files)
    assert f'<img src="data:image/png;base64,{PIXEL}" alt="Een punt"' in html


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("![](attachment:p.png)", "no text alternative"),
        ("![kaart](https://elsewhere.example/p.png)", "cannot be put into the report"),
        ("![kaart](niet-hier.png)", "cannot be put into the report"),
    ],
)
def test_a_picture_that_cannot_be_shown_or_read_aloud_is_refused(outline, source, fault):
    """The report loads nothing from outside and hides nothing from who cannot see."""
    with pytest.raises(KrachtlijnError, match=fault) as caught:
        render(source, outline, "notebooks/10_x.ipynb, cell 3")
    assert caught.value.where == "notebooks/10_x.ipynb, cell 3"
