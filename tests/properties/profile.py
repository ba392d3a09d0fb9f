"""How long chance is given: a little in the usual run, much under ``LIUHEN_FUZZ=full`` (make test-all)."""

import os

FULL = os.environ.get("LIUHEN_FUZZ") == "full"


def examples(few: int, many: int) -> int:
    """How many examples a property is tried with."""
    return many if FULL else few
