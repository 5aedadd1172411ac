"""The process that a supervisor starts: `python -m zhengwen.runner.child FD`. It makes the pipeline and does job after job."""

import gc
import os
import signal
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from ..errors import ZhengwenError
from ..loading import build
from .worker import work

SECONDS = 0.2
"""Between two signs of life, where not every stage of every document is told."""


def main(connection: Connection) -> None:
    """Receives a config, then jobs, each with whether every stage is to be told; ends when nobody listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key pressed is for the parent, which stops us
    gc.disable()  # nothing that a pipeline is made of is garbage, nor ever will be
    try:
        pipeline = build(connection.recv())
    except ZhengwenError as error:
        connection.send(("raised", error))
        return
    gc.freeze()
    connection.send(("ready", None))
    while True:
        job, careful = connection.recv()
        told = 0.0

        def at(place: int, stage: str, careful: bool = careful) -> None:
            nonlocal told
            if careful or time.monotonic() - told > SECONDS:
                told = time.monotonic()
                connection.send(("at", (place, stage)))

        message: tuple[str, Any]
        try:
            message = ("done", work(pipeline, job, at, careful))
        except ZhengwenError as error:
            message = ("raised", error)
        connection.send(message)
        gc.collect()  # once a shard: on the way it would look many times, and in vain, through all that is being made


def _end_with_parent() -> None:
    """Standard input ends when the parent does: a run that goes on must not meet workers of its former life."""
    os.read(sys.stdin.fileno(), 1)  # not sys.stdin.read, whose lock Python would miss at its own end
    os._exit(1)


if __name__ == "__main__":
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # nobody listens any more
        main(Connection(int(sys.argv[1])))
