"""Killing a process at a named step, as the power or the kernel would: no handler runs, nothing is tidied up."""

import os
import signal
from contextlib import ExitStack
from unittest import mock

from django.db import connections


def died_at(owner, name, when, work, nth=1):
    """Run ``work`` in a child that SIGKILLs itself ``when`` ("before" or "after") the ``nth`` call of ``owner.name``.

    Returns whether the child died there; false when it came to the end of its work without passing the step.
    """
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            with ExitStack() as stack:
                stack.enter_context(mock.patch.object(owner, name, deadly(getattr(owner, name), when, nth)))
                work()
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def deadly(original, when, nth):
    """The same function, whose ``nth`` call is the process's last."""
    calls = 0

    def step(*arguments, **named):
        nonlocal calls
        calls += 1
        if calls == nth and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = original(*arguments, **named)
        if calls == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return step
