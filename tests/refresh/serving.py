"""A server on this machine that answers as Eurostat and be.STAT do, or as a test tells it to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest


@dataclass
class Reply:
    """What the server says: a status and a body; and how it says it.

    Attributes:
        body: the bytes, or what becomes JSON.
        status: of HTTP.
        length: what it tells of the length, when that is not true.
        slow: seconds before it begins.
        headers: more of them.
    """

    body: Any = b""
    status: int = 200
    length: int | None = None
    slow: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Server:
    """A server on this machine.

    Attributes:
        base: its address.
        replies: what it says per dataset, one after the other; the last one stays.
        asked: the paths that were asked for, with their query and the name of who asked.
    """

    base: str = ""
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    def say(self, dataset: str, *replies: Reply) -> None:
        """Let it answer so about a dataset."""
        self.replies[dataset] = list(replies)

    def reply(self, dataset: str) -> Reply:
        """Return what it says now about a dataset."""
        own = self.replies.get(dataset, [Reply({"error": [{"status": 404, "label": "not found"}]}, status=404)])
        return own.pop(0) if len(own) > 1 else own[0]


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server as long as the block lasts."""
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            told.asked.append((parts.path, dict(parse_qsl(parts.query)), self.headers["User-Agent"]))
            reply = told.reply(next(part for part in parts.path.split("/") if part))
            body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            time.sleep(reply.slow)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) if reply.length is None else reply.length))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.handle_error = lambda *_given: None  # type: ignore[method-assign]  # a client that gave up is no fault here
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    told.base = f"http://127.0.0.1:{running.server_port}"
    try:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("no_proxy", "127.0.0.1")  # a proxy of this machine does not come between
            yield told
    finally:
        running.shutdown()
        running.server_close()


def cube(filters: dict[str, str], figures: dict[str, float], flags: dict[str, str] | None = None) -> dict[str, Any]:
    """Make an answer in the form in which Eurostat gives it."""
    periods = list(figures)
    names = {name: {value: 0} for name, value in filters.items()}
    names["time"] = {period: place for place, period in enumerate(periods)}
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "A dataset",
        "source": "ESTAT",
        "updated": "2026-07-08T23:00:00+0200",
        "value": {str(place): value for place, value in enumerate(figures.values())},
        "status": {str(periods.index(period)): flag for period, flag in (flags or {}).items()},
        "id": list(names),
        "size": [len(places) for places in names.values()],
        "dimension": {
            name: {"label": name, "category": {"index": places, "label": dict.fromkeys(places, "-")}}
            for name, places in names.items()
        },
        "extension": {"lang": "EN", "id": "X", "status": {"label": {"b": "break in time series"}}},
    }
