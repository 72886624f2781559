from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

from analysis import build
from analysis.build import forms, interactive
from analysis.build.pdf import _FLAGS, find_browser
from analysis.errors import KrachtlijnError

HOSTILE = '</script><script>alert(1)</script><!-- <b>"\\'
LIVE = build.Wish(interactive=True)


def told(figure, **first):
    """A chart whose marks tell their status and number."""
    spec = figure().spec
    values = [{**spec["data"]["values"][0], **first}, spec["data"]["values"][1]]
    tooltip = [{"field": "s", "title": "Status"}, {"field": "n", "title": "Aantal", "format": ",.1f"}]
    encoding = {**spec["encoding"], "tooltip": tooltip}
    return figure(spec={**spec, "data": {"values": values}, "encoding": encoding})


@pytest.fixture
def live(house, figure):
    """Build a house with one chart; give the text of its interactive edition."""

    def make(language="nl", **first):
        house.add("10_omgeving", house.figure(told(figure, **first)))
        folder = house.build(wish=LIVE).folder
        return (folder / forms.interactive(language)).read_text(encoding="utf-8")

    return make


def scripts(html):
    """The blocks of data and the scripts of a page, as a browser would read them."""
    return BeautifulSoup(html, "html.parser").find_all("script")


def charts(html):
    """The charts that a page holds as data."""
    return json.loads(scripts(html)[0].string)["charts"]


def test_the_edition_holds_one_script_and_the_policy_names_it(live):
    """One block of data, one script, allowed by its hash; nothing unsafe, no address of a script elsewhere."""
    html = live()
    data, script = scripts(html)
    assert data["type"] == "application/json"
    assert script.attrs == {}
    policy = BeautifulSoup(html, "html.parser").find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    hashed = base64.b64encode(hashlib.sha256(script.string.encode()).digest()).decode()
    assert f"script-src 'sha256-{hashed}';" in policy
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_static_edition_stays_without_any_script(house, figure):
    """Its bytes do not know whether an interactive edition was made."""
    house.add("10_omgeving", house.figure(told(figure)))
    alone = (house.build().folder / "rapport-nl.html").read_bytes()
    beside = (house.build(wish=LIVE).folder / "rapport-nl.html").read_bytes()
    assert beside == alone
    assert b"<script" not in alone
    assert b"script-src" not in alone


def test_hostile_text_in_the_data_stays_data(live):
    """No text in a chart ends the block that it stands in; the script reads it back as it was."""
    html = live(s=HOSTILE)
    assert len(scripts(html)) == 2
    (chart,) = charts(html).values()
    assert chart["both"]["data"]["values"][0]["s"] == HOSTILE


def test_what_both_sizes_share_stands_in_the_file_once(live):
    """The data of a chart are not repeated for phones; the widths differ."""
    (chart,) = charts(live()).values()
    assert "data" in chart["both"]
    assert [chart[size]["width"] for size in ("wide", "narrow")] == [680, 340]
    assert not {"data", "$schema"} & (set(chart["wide"]) | set(chart["narrow"]))


def test_each_chart_of_the_data_has_its_figure_in_the_page(live):
    """The script finds each chart's place: the drawings of the figure that its text alternative names."""
    html = live()
    page = BeautifulSoup(html, "html.parser")
    for own in charts(html):
        figure = page.find("figure", {"aria-labelledby": f"{own}-alt"})
        assert [child["class"] for child in figure.find_all("div", recursive=False)] == [["wide"], ["narrow"]]


def test_the_bundle_is_made_once_for_all_languages(house, figure, monkeypatch):
    """It costs more than a second, and is the same for all."""
    calls = []
    monkeypatch.setattr(interactive.vl_convert, "javascript_bundle", lambda own: calls.append(own) or "run();")
    interactive.script.cache_clear()
    house.add("10_omgeving", house.figure(figure()))
    house.build(wish=LIVE)
    interactive.script.cache_clear()
    assert len(calls) == 1


def test_the_bundle_is_the_same_each_time():
    """Two bundles from scratch have the same bytes, or the report would differ from build to build."""
    first = interactive.script()
    interactive.script.cache_clear()
    assert interactive.script() == first


@pytest.mark.parametrize("sign", ["</SCRIPT>", "<!--", "\r\n"])
def test_a_bundle_that_would_break_the_page_is_refused(monkeypatch, sign):
    """Nothing is published with a script that a browser would cut off or read otherwise."""
    monkeypatch.setattr(interactive.vl_convert, "javascript_bundle", lambda _: f"a('{sign}');b()")
    interactive.script.cache_clear()
    with pytest.raises(KrachtlijnError, match="cannot stand in a file"):
        interactive.script()
    interactive.script.cache_clear()


def test_the_other_language_is_interactive_too_where_it_is_there(house, figure):
    """A reader stays in the same form of the report; a report that has no such form is linked as it is."""
    house.add("10_omgeving", house.figure(figure()))
    folder = house.build(languages=("fr",)).folder
    house.build(languages=("nl",), wish=LIVE)
    dutch = folder / "rapport-nl-interactief.html"
    assert 'href="rapport-fr.html"' in dutch.read_text(encoding="utf-8")
    house.build(wish=LIVE)
    assert 'href="rapport-fr-interactif.html"' in dutch.read_text(encoding="utf-8")
    assert 'href="rapport-fr.html"' in (folder / "rapport-nl.html").read_text(encoding="utf-8")


# --- in a browser ---


@pytest.fixture(scope="module")
def browser():
    """The browser that also prints the PDF; closed after this module."""
    with sync_playwright() as playwright:
        own = [flag for flag in _FLAGS if "pdf" not in flag and "agent" not in flag]
        one = playwright.chromium.launch(executable_path=find_browser(), args=own)
        yield one
        one.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Open a page's text offline; give the page and all that it said or asked for."""
    contexts = []

    def open_text(html, width=1280, **options):
        path = tmp_path / "live.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page, heard = context.new_page(), []
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda fault: heard.append(str(fault)))
        page.on("request", lambda request: heard.append(request.url) if request.url != path.as_uri() else None)
        page.goto(path.as_uri())
        return page, heard

    yield open_text
    for context in contexts:
        context.close()


in_browser = pytest.mark.browser


def visible(page):
    """The drawings that can be seen, 'live' or 'static'."""
    return page.evaluate(
        """[...document.querySelectorAll('figure[role=img] svg')].filter(one => one.checkVisibility())
           .map(one => one.closest('.live') ? 'live' : 'static')"""
    )


@in_browser
@pytest.mark.parametrize(("width", "room"), [(1280, "wide"), (390, "narrow")])
def test_a_live_chart_takes_the_place_of_the_drawing(live, opened, width, room):
    """Under the strict policy, offline, in silence; a screen reader still meets one image, and skips both drawings."""
    page, heard = opened(live(), width)
    page.wait_for_selector(f".{room}.is-live .live svg")
    assert visible(page) == ["live"]
    assert page.locator("figure[role=img]").count() == 1
    assert page.locator(".live").get_attribute("aria-hidden") == "true"
    assert page.locator(".vega-actions, .vega-embed details, figure a").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert heard == []


@in_browser
def test_a_tooltip_tells_a_mark_in_the_readers_language(live, opened):
    """It comes with the pointer, holds text only, stays inside the window, and goes with Escape."""
    page, heard = opened(live(s="<i>loopt</i>"))
    page.wait_for_selector(".is-live .live svg")
    page.locator(".live path[fill='#4c78a8']").first.hover(position={"x": 5, "y": 5})
    tip = page.locator(".tip")
    assert tip.inner_text().splitlines() == ["Status <i>loopt</i>", "Aantal 1.053,5"]
    box = tip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    assert heard == []


@in_browser
def test_a_mark_without_a_text_of_its_own_tells_nothing(house, figure, opened):
    """Names of columns and codes are not for readers: no tooltip is made up."""
    house.add("10_omgeving", house.figure(figure()))
    folder = house.build(wish=LIVE).folder
    page, _ = opened((folder / "rapport-nl-interactief.html").read_text(encoding="utf-8"))
    page.wait_for_selector(".is-live .live svg")
    page.locator(".live path[fill='#4c78a8']").first.hover(position={"x": 5, "y": 5})
    assert not page.locator(".tip").is_visible()


@in_browser
def test_a_chart_that_fails_leaves_its_drawing(live, opened):
    """A fault in one chart costs only its life: the drawing stays, and nothing is said in the console."""
    html = live().replace('"mark":"bar"', '"mark":"onzin"')
    page, heard = opened(html)
    page.wait_for_timeout(500)
    assert visible(page) == ["static"]
    assert page.locator(".live").count() == 0
    assert heard == []


@in_browser
def test_without_javascript_the_drawings_show(live, opened):
    """A reader whose browser runs no script misses only the tooltips."""
    page, heard = opened(live(), java_script_enabled=False)
    assert page.locator("figure .wide svg").is_visible()
    assert page.locator(".live").count() == 0
    assert heard == []


@in_browser
def test_turning_a_tablet_changes_to_the_other_chart(live, opened):
    """The narrow chart is drawn when it is first needed."""
    page, _ = opened(live())
    page.wait_for_selector(".wide.is-live .live svg")
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_selector(".narrow.is-live .live svg")
    assert visible(page) == ["live"]


@in_browser
def test_on_paper_the_drawing_stands_in_place_of_the_live_chart(live, opened):
    """Print is the static edition's, and no tooltip lies over it."""
    page, _ = opened(live())
    page.wait_for_selector(".is-live .live svg")
    page.emulate_media(media="print")
    assert visible(page) == ["static"]


def test_the_script_asks_nothing_of_the_page_that_its_policy_forbids():
    """Our own lines write text, never HTML, and make no code out of text."""
    own = (interactive.TEMPLATES / "krachtlijn" / "live.js").read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|insertAdjacent|document\.write|eval\(|new Function|console\.|setAttribute\(.style", own
    )
