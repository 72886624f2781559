"""One polite request at a time: who asks is named, waiting has an end, and a busy server is asked again a few times.

Python's own client is enough for two addresses that answer in JSON. It trusts the certificates that the system trusts,
among them those of an administration's own proxy, which a library with certificates of its own would refuse.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from importlib import metadata

from analysis.errors import KrachtlijnError

#: What a server may answer when it is busy; asked again later, it may well give the answer.
BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
#: An answer about one series is some kilobytes; more than this is something else.
LARGEST = 20_000_000
_PIECE = 65_536
_TOLD = 200


@dataclass(frozen=True)
class Limits:
    """How long to wait, and how often to ask.

    Attributes:
        timeout: seconds for one whole answer.
        tries: how often a busy server is asked.
        pause: seconds before the second try; twice as many before each next one.
        longest: no pause is longer than so many seconds, whatever the server asks for.
    """

    timeout: float = 30.0
    tries: int = 3
    pause: float = 2.0
    longest: float = 60.0


class UnreachableError(KrachtlijnError):
    """No connection could be made: the network is away, or the server is."""


def get(url: str, limits: Limits) -> bytes:
    """Return what an address answers.

    Args:
        url: beginning with http:// or https://.
        limits: see :class:`Limits`.

    Raises:
        UnreachableError: there is no connection with the server.
        KrachtlijnError: the server answers with an error, too late, too much or not in full.
    """
    if not url.startswith(("https://", "http://")):
        raise KrachtlijnError("this is no address on the web", where=url, do="let it begin with https://")
    for number in range(limits.tries):
        try:
            return _once(url, limits.timeout)
        except urllib.error.HTTPError as fault:
            if fault.code not in BUSY or number == limits.tries - 1:
                raise _refused(url, fault) from fault
            time.sleep(_pause(fault, number, limits))
        except TimeoutError as fault:
            raise _late(url, limits) from fault
        except (OSError, http.client.HTTPException) as fault:
            if isinstance(getattr(fault, "reason", None), TimeoutError):
                raise _late(url, limits) from fault
            raise _no_connection(url, fault) from fault
    raise AssertionError("the last try returns or raises")


def _once(url: str, timeout: float) -> bytes:
    end = time.monotonic() + timeout
    headers = {"User-Agent": f"krachtlijn/{metadata.version('krachtlijn')}", "Accept": "application/json"}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - `get` lets through http and https only
    with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310 - as above
        content = _all(answer.read, url, end)
        told = answer.headers.get("Content-Length", "")
    if told.isdecimal() and len(content) != int(told):
        raise KrachtlijnError(
            "the answer was cut off",
            where=url,
            why=f"{len(content)} of {told} bytes came",
            do="run the refresh again",
        )
    return content


def _all(read: Callable[[int], bytes], url: str, end: float) -> bytes:
    """Read to the end; a server that sends a few bytes now and then does not keep us waiting for ever."""
    pieces, size = [], 0
    while piece := read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            raise KrachtlijnError(
                "the answer is far too large for one series",
                where=url,
                do="check the filters of this series in data/raw/verversingen",
            )
        if time.monotonic() > end:
            raise TimeoutError
    return b"".join(pieces)


def _pause(fault: urllib.error.HTTPError, number: int, limits: Limits) -> float:
    """Return how long to wait: as long as the server asks, else twice as long as before; never very long."""
    asked = fault.headers.get("Retry-After", "")
    wait = float(asked) if asked.isdecimal() else limits.pause * 2**number
    return min(wait, limits.longest)


def _refused(url: str, fault: urllib.error.HTTPError) -> KrachtlijnError:
    busy = fault.code in BUSY or fault.code >= HTTPStatus.INTERNAL_SERVER_ERROR
    return KrachtlijnError(
        f"the server answered with error {fault.code}",
        where=url,
        why=_label(fault) or str(fault.reason),
        do="try again later" if busy else "check dataset and filters of this series in data/raw/verversingen",
    )


def _label(fault: urllib.error.HTTPError) -> str:
    """Return what Eurostat says about an error, in its own words; empty when it says nothing."""
    with suppress(OSError, ValueError, LookupError, TypeError, http.client.HTTPException):
        label = str(json.loads(fault.read(_PIECE))["error"][0]["label"])
        return "".join(sign for sign in label if sign.isprintable())[:_TOLD]
    return ""


def _late(url: str, limits: Limits) -> KrachtlijnError:
    return KrachtlijnError(
        f"no whole answer came within {limits.timeout:g} seconds",
        where=url,
        do="try again later, or wait longer with --timeout",
    )


def _no_connection(url: str, fault: Exception) -> UnreachableError:
    return UnreachableError(
        "there is no connection with the server",
        where=url,
        why=str(getattr(fault, "reason", fault)) or type(fault).__name__,
        do="check the network and its proxy (HTTPS_PROXY), then run the refresh again",
    )
