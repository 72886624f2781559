"""A program for tests: publish, be killed in the middle, look at what is left, publish again; at many moments.

It forks, so that the seconds that the modules take to load are spent once. The moments are all calls that touch files:
Python tells of each just before it is made.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
from pathlib import Path

from analysis.build import editions, overview, place, swap
from analysis.build.rooms import Room, room_of
from analysis.paths import Project
from analysis.quarter import Quarter

NAMES = ("rapport-nl.html", "rapport-fr.html", "manifest.json")
OTHER = "notitie.txt"
#: What Python tells of before it touches a file.
TOUCHES = ("open", "os.", "shutil.", "fcntl.", "ctypes.")


def publish(project: Project, room: Room, text: str, reissue: str = "") -> None:
    """Publish a report of which each file holds the same text, the manifest as JSON."""
    with editions.claimed(project, room, reissue) as work:
        fresh = work / "fresh"
        fresh.mkdir()
        for name in NAMES:
            (fresh / name).write_text(json.dumps(text), encoding="utf-8")
        with editions.published(room, fresh, NAMES, reissue=reissue):
            overview.renew(project)


def text_of(folder: Path) -> str:
    """Return the text of a report that is whole; anything else is a fault."""
    texts = {(folder / name).read_text(encoding="utf-8") for name in NAMES}
    assert len(texts) == 1, f"{folder} holds parts of several reports: {texts}"
    assert (folder / OTHER).read_text(encoding="utf-8") == "van een mens"
    return str(json.loads(texts.pop()))


def start(project: Project, room: Room, *, frozen: bool) -> None:
    """Begin anew: an old report stands there, with a file that a person put beside it."""
    shutil.rmtree(project.reports, ignore_errors=True)
    publish(project, room, "old")
    (room.folder / OTHER).write_text("van een mens", encoding="utf-8")
    if frozen:
        editions.write(room.folder / editions.MARK, editions.Mark("2026-11-22", "rapporteur"))


def killed(work: object, moment: int) -> bool:
    """Run something in a process of its own that is killed at its so-manieth touch; say False when it ended before."""
    child = os.fork()
    if child == 0:
        seen = [0]

        def count(event: str, _: object) -> None:
            if event.startswith(TOUCHES):
                seen[0] += 1
                if seen[0] == moment:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0, status
    return os.WIFSIGNALED(status)


def look(project: Project, room: Room, *, at_once: bool, frozen: bool) -> str:
    """Check what a killed run left, before and after the next one looks at it; tell which report stands there."""
    if at_once:
        found = text_of(room.folder)
    place.tidy(project.reports, room.folder)
    assert not (project.reports / place.WORK).exists()
    if at_once:
        assert text_of(room.folder) == found
    found = text_of(room.folder)
    if frozen:
        look_at_editions(room, found)
    overview.renew(project)
    assert {path.name for path in project.reports.iterdir()} <= {"2026Q3", "index.html", "uitgaven"}
    return found


def look_at_editions(room: Room, found: str) -> None:
    """Check that the frozen edition stands in one of the two places, and that the new one is frozen too."""
    kept = room.kept / "1"
    issue = editions.issue_of(room.folder)
    assert editions.mark_of(room.folder).by == "rapporteur"
    if found == "new":
        assert issue.number == 2
        assert text_of(kept) == "old"
    else:
        assert issue is None
        assert not kept.exists() or text_of(kept) == "old"


def again(project: Project, room: Room, found: str, *, frozen: bool) -> None:
    """Publish once more after a killed run: nothing of it is in the way."""
    publish(project, room, "next", "nog eens" if frozen else "")
    assert text_of(room.folder) == "next"
    if frozen:
        expected = ["old", "new"] if found == "new" else ["old"]
        assert [text_of(room.kept / str(number)) for number in editions.numbers(room.kept)] == expected
        assert editions.issue_of(room.folder).number == len(expected) + 1


def main(root: Path, *, at_once: bool, frozen: bool, moments: int) -> None:
    """Kill at so many moments, or at all when that is 0; print what was found after each."""
    if not at_once:
        swap.at_once = lambda *_: False
    project = Project(root)
    room = room_of(project, Quarter(2026, 3))

    def work() -> None:
        publish(project, room, "new", "nieuwe cijfers" if frozen else "")

    def touches() -> int:
        low, high = 1, 2
        while start(project, room, frozen=frozen) or killed(work, high):
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            start(project, room, frozen=frozen)
            low, high = (middle, high) if killed(work, middle) else (low, middle)
        return low

    every = range(1, touches() + 1)
    chosen = random.sample(every, min(moments, len(every))) if moments else every
    found = {}
    for moment in chosen:
        print("moment", moment, "of", len(every), file=sys.stderr)  # noqa: T201 - of use only after a fault
        start(project, room, frozen=frozen)
        assert killed(work, moment)
        found[moment] = look(project, room, at_once=at_once, frozen=frozen)
        again(project, room, found[moment], frozen=frozen)
    print(json.dumps({"touches": len(every), "found": found}))  # noqa: T201 - for the test


if __name__ == "__main__":
    main(Path(sys.argv[1]), at_once="at-once" in sys.argv, frozen="frozen" in sys.argv, moments=int(sys.argv[2]))
