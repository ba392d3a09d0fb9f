"""`python -m bench [ID …]`: measure, print, and after a whole run write docs/performance.md; 1 when a gate is missed."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib import import_module

from bench import report
from bench.place import workshop
from bench.runner import run

MISSED, UNKNOWN = 1, 2


def main(wanted: list[str]) -> int:
    """Measure the benches of these ids, all without any."""
    with workshop():
        benches = import_module("bench.registry").BENCHES
        unknown = set(wanted) - {bench.id for bench in benches}
        if unknown:
            print(f"没有这些测试：{'、'.join(sorted(unknown))}", file=sys.stderr)
            return UNKNOWN
        results = []
        for bench in benches:
            if not wanted or bench.id in wanted:
                results.append(run(bench))
                print(report.line(results[-1]), flush=True)
    if not wanted:
        report.PAGE.write_text(report.page(results, datetime.now(UTC).astimezone().date()), encoding="utf-8")
    missed = [result.bench.id for result in results if result.fails_the_run]
    if missed:
        print(f"没有达到下限：{'、'.join(missed)}", file=sys.stderr)
    return MISSED if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
