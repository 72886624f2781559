"""Asking politely: who asks, how often, how long, and what is said when it fails."""

from __future__ import annotations

import socket

import pytest

from analysis.errors import KrachtlijnError
from analysis.refresh.client import Limits, UnreachableError, get
from tests.refresh.serving import Reply, Server

QUICK = Limits(timeout=5, pause=0)


def test_who_asks_is_named(server: Server) -> None:
    """The provider can see who it is, and ask to stop."""
    server.say("x", Reply(b"{}"))
    assert get(f"{server.base}/x", QUICK) == b"{}"
    assert server.asked[0][2].startswith("krachtlijn/")


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again_a_few_times(server: Server, status: int) -> None:
    """It waits as long as it is told to, and gives up after the third try."""
    server.say("x", Reply(status=status, headers={"Retry-After": "0"}), Reply(b"1"))
    assert get(f"{server.base}/x", QUICK) == b"1"
    server.say("x", Reply(status=status))
    server.asked.clear()
    with pytest.raises(KrachtlijnError, match=f"error {status}"):
        get(f"{server.base}/x", QUICK)
    assert len(server.asked) == 3


def test_however_long_a_server_asks_to_wait_there_is_an_end(server: Server) -> None:
    """A day is not waited for."""
    server.say("x", Reply(status=503, headers={"Retry-After": "86400"}), Reply(b"1"))
    assert get(f"{server.base}/x", Limits(timeout=5, longest=0.01)) == b"1"


@pytest.mark.parametrize(("status", "do"), [(404, "check dataset and filters"), (500, "try again later")])
def test_an_error_is_told_in_the_provider_s_words_and_not_asked_again(server: Server, status: int, do: str) -> None:
    """With what to do about it."""
    server.say("x", Reply({"error": [{"status": status, "id": 100, "label": "ERR_NOT_FOUND: dataset X"}]}, status))
    with pytest.raises(KrachtlijnError, match=f"error {status}") as fault:
        get(f"{server.base}/x", QUICK)
    assert fault.value.why == "ERR_NOT_FOUND: dataset X"
    assert do in fault.value.do
    assert len(server.asked) == 1


def test_a_slow_answer_is_not_waited_for(server: Server) -> None:
    """The message names the option."""
    server.say("x", Reply(b"1", slow=0.6))
    with pytest.raises(KrachtlijnError, match=r"within 0\.2 seconds") as fault:
        get(f"{server.base}/x", Limits(timeout=0.2))
    assert "--timeout" in fault.value.do


def test_an_answer_that_was_cut_off_is_none(server: Server) -> None:
    """Fewer bytes than were told of."""
    server.say("x", Reply(b'{"value"', length=500))
    with pytest.raises(KrachtlijnError, match="cut off") as fault:
        get(f"{server.base}/x", Limits(timeout=2))
    assert fault.value.why == "8 of 500 bytes came"


def test_no_connection_is_a_fault_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port on which nobody listens stands for a network that is away."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(UnreachableError, match="no connection"):
        get(f"http://127.0.0.1:{port}/x", QUICK)


def test_only_the_web_is_asked() -> None:
    """A file of this machine is no answer of a provider."""
    with pytest.raises(KrachtlijnError, match="no address on the web"):
        get("file:///etc/hostname", QUICK)
