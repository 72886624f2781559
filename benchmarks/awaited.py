"""Wait for the workers of a Dask cluster: ``python -m benchmarks.awaited ADDRESS COUNT``."""

from __future__ import annotations

import sys


def main(address: str, count: int) -> None:
    """Return when so many workers are there."""
    from distributed import Client

    with Client(address, timeout=60) as client:
        client.wait_for_workers(count, timeout=120)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
