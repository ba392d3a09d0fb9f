"""Every bench there is, in the order of the report. Django must be ready before this is imported."""

from __future__ import annotations

from bench import codes, desk, files, growth, ledger, load, media, packages, papers, postgres, records
from bench.shape import Bench

ROOMS = "PLFAWGQ"
MODULES = (papers, ledger, records, postgres, files, packages, load, media, desk, growth, codes)


def place(bench: Bench) -> tuple[int, str]:
    """Rooms in the order of ROOMS, within one by number."""
    return ROOMS.index(bench.id[0]), bench.id


BENCHES = sorted((bench for module in MODULES for bench in module.BENCHES), key=place)
