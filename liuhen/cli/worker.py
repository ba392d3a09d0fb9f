"""`liuhen worker`: what is done in the background, from the task queue: previews of recordings."""

import argparse
import os
import signal
import sys
import time

from django.db import DatabaseError
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from liuhen.acts import previewing
from liuhen.recordings.apart import dies_with_parent

# Seconds between two looks into an empty queue, and before a queue is asked again that gave an error.
PAUSE, LATER = 2, 30


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `worker`."""
    parser = subparsers.add_parser("worker", help="后台工作：制作音像的预览（启动网页服务时已随同启动一个）")
    parser.add_argument("--once", action="store_true", help="把排队的做完就结束；不给则一直运行")
    # For the one that the web server starts: it ends with it.
    parser.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=main)


def main(arguments: argparse.Namespace) -> int:
    """Queue what was missed, then work through the queue, for ever or until it is empty. Several may run: each task is taken
    by one, each preview made by one."""
    if arguments.beside:
        dies_with_parent()
        os.nice(5)
    worker = _worker(arguments.once)
    worker.configure_signals()
    if arguments.beside:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            previewing.catch_up()
            worker.run()
        except DatabaseError as error:
            print(f"任务队列读不了：{error}", file=sys.stderr)
            if arguments.once:
                return 1
            time.sleep(LATER)
            continue
        return 0


def _worker(once: bool) -> Worker:
    return Worker(
        queue_names=["default"], interval=PAUSE, batch=once, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=get_random_string(32), excluded_queue_names=[],
    )  # fmt: skip
