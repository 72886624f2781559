from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import time

import pytest

from analysis import build
from analysis.build import pdf
from analysis.errors import KrachtlijnError

LONG = "Een kop die zo lang is dat hij op papier zeker niet op een enkele regel past, hoe breed die regel ook is"


@pytest.fixture
def program(tmp_path):
    """Put a program in the place of a browser."""
    if os.name == "nt":
        pytest.skip("a script is no program on Windows")

    def make(code):
        path = tmp_path / "browser"
        path.write_text(f"#!{sys.executable}\nimport os, sys, time\n{code}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    return make


@pytest.fixture
def page(tmp_path):
    """A small file to print."""
    path = tmp_path / "rapport-nl.html"
    path.write_text("<!DOCTYPE html><html lang=nl><title>x</title><h1>Kop</h1><p>Tekst", encoding="utf-8")
    return path


# --- with the browser of this machine ---


@pytest.fixture(scope="module")
def browser():
    """The browser that the report would be printed with."""
    return pdf.find_browser()


def texts(content, key):
    """The texts that a PDF holds under a key, however they are written."""
    found = []
    for plain, coded in re.findall(rb"/%s (?:\(((?:\\.|[^)\\])*)\)|<FEFF([0-9A-Fa-f]*)>)" % key, content):
        text = bytes.fromhex(coded.decode()).decode("utf-16-be") if coded else plain.decode("latin-1")
        found.append(text.replace("\\(", "(").replace("\\)", ")"))
    return found


@pytest.mark.browser
def test_the_pdf_has_tags_bookmarks_language_title_and_text_alternatives(house, figure, browser):
    """A screen reader is told in which language, what each chart shows, and where each heading is."""
    house.add("10_omgeving", house.text(f"## {LONG}", "nl"), house.text("## Titre", "fr"), house.figure(figure()))
    published = house.build(wish=build.Wish(browser=browser))
    assert [path.name for path in published.files if path.suffix == ".pdf"] == ["rapport-nl.pdf", "rapport-fr.pdf"]
    content = (published.folder / "rapport-nl.pdf").read_bytes()
    assert set(texts(content, b"Lang")) == {"nl"}
    assert texts(content, b"Alt") == ["Eén staaf."]
    titles = texts(content, b"Title")
    assert titles[0].startswith("Strategisch kwartaalrapport, derde kwartaal 2026 – Strategisch plan GOB")
    assert LONG in titles
    assert b"/Marked true" in content
    assert texts((published.folder / "rapport-fr.pdf").read_bytes(), b"Lang")[0] == "fr"


@pytest.mark.browser
def test_the_same_report_gives_the_same_pdf(page, browser, tmp_path):
    """No clock, no path of this machine and no random name is in it."""
    made = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    pdf.print_pdf(browser, page, made[0])
    time.sleep(1.1)  # the browser writes seconds
    pdf.print_pdf(browser, page, made[1])
    assert made[0].read_bytes() == made[1].read_bytes()
    assert b"D:20" not in made[0].read_bytes()
    assert str(tmp_path).encode() not in made[0].read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"rapport-nl.html", "a.pdf", "b.pdf"}


# --- browsers that fail ---


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("sys.exit('no display')", "it made no PDF: no display"),
        ("pass", "it made no PDF"),
        (
            "open(sys.argv[-2].split('=', 1)[1], 'wb').write(b'%PDF-1.4 /StructTreeRoot /Lang')",
            "its PDF lacks bookmarks",
        ),
    ],
)
def test_a_browser_that_fails_is_one_clear_message(program, page, code, reason):
    """What it said, how to get another one, and no half PDF."""
    to = page.with_suffix(".pdf")
    with pytest.raises(KrachtlijnError) as caught:
        pdf.print_pdf(program(code), page, to)
    assert caught.value.why.startswith(reason)
    assert "install Chromium" in caught.value.do
    assert not to.exists()


def test_a_browser_that_hangs_is_ended_with_all_that_it_started(program, page, monkeypatch, tmp_path):
    """After the time limit nothing of it runs on."""
    monkeypatch.setattr(pdf, "TIMEOUT", 1)
    code = f"open({str(tmp_path / 'child')!r}, 'w').write(str(os.fork() or os.getpid()))\ntime.sleep(600)"
    with pytest.raises(KrachtlijnError, match="could not print") as caught:
        pdf.print_pdf(program(code), page, page.with_suffix(".pdf"))
    assert "after 1 seconds" in caught.value.why
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    time.sleep(0.2)
    with pytest.raises(ProcessLookupError):
        _alive(child)


def _alive(number):
    """Raise ProcessLookupError when a process has ended (or waits only to be buried)."""
    os.kill(number, 0)
    state = open(f"/proc/{number}/stat", encoding="utf-8").read().split(")")[1].split()[0]  # noqa: PTH123, SIM115
    if state == "Z":
        raise ProcessLookupError


def test_a_browser_that_cannot_be_started_is_named(page, tmp_path):
    """A program of another kind of machine, for instance."""
    odd = tmp_path / "odd"
    odd.write_bytes(b"\0\0")
    odd.chmod(0o755)
    with pytest.raises(KrachtlijnError) as caught:
        pdf.print_pdf(str(odd), page, page.with_suffix(".pdf"))
    assert caught.value.where == str(odd)


def test_without_any_browser_the_message_says_how_to_get_one(monkeypatch):
    """It names the ways: install one, name one, or do without a PDF."""
    monkeypatch.delenv("KRACHTLIJN_BROWSER", raising=False)
    monkeypatch.setattr(pdf, "_installed", lambda: iter(()))
    with pytest.raises(KrachtlijnError, match="no browser was found") as caught:
        pdf.find_browser()
    for way in ("install Chromium", "KRACHTLIJN_BROWSER", "leave out --pdf"):
        assert way in caught.value.do


def test_a_browser_that_was_named_is_used_or_missed_never_replaced(monkeypatch, program):
    """The variable is the one that the tests use too."""
    named = program("pass")
    monkeypatch.setenv("KRACHTLIJN_BROWSER", named)
    assert pdf.find_browser() == named
    monkeypatch.setenv("KRACHTLIJN_BROWSER", "/nowhere/browser")
    with pytest.raises(KrachtlijnError, match="is not there"):
        pdf.find_browser()


def test_browsers_are_found_where_windows_keeps_them(monkeypatch, tmp_path):
    """Edge is on every Windows machine; it is not on PATH."""
    edge = tmp_path / "Microsoft" / "Edge" / "Application" / "msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    monkeypatch.delenv("KRACHTLIJN_BROWSER", raising=False)
    monkeypatch.setattr(pdf.sys, "platform", "win32")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setenv("PROGRAMFILES(X86)", str(tmp_path))
    assert pdf.find_browser() == str(edge)


def test_a_pdf_that_fails_publishes_nothing(house, figure, program):
    """Neither the HTML nor a part of it: what stood there stays."""
    house.add("10_omgeving", house.figure(figure()))
    folder = house.build().folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    house.add("20_swot")
    with pytest.raises(KrachtlijnError, match="could not print"):
        house.build(wish=build.Wish(browser=program("pass")))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert not (house.project.reports / ".work").exists()
