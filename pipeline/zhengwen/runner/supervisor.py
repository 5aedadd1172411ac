"""A worker process under supervision: whatever a document does to it, the shard gets done and the document is named.

The process is watched for how long it stays at a document and for its memory. One that goes too far is killed. It,
or one that died, is started anew and does the shard again, telling every stage of every document; the document at which
it fails again becomes a failure, and the rest goes on. A process that died by itself gets a second chance at the same
document: it may have been killed by mistake.
"""

import signal
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any, NamedTuple

import msgspec
import psutil

from ..config import RunConfig, RunSettings
from ..errors import ZhengwenError
from ..records import Failure, RawDocument
from .shards import Done
from .worker import Job

_POLL = 0.1
"""Seconds between two looks at the memory of a process."""
_START = 300.0
"""Seconds in which a process must have made its pipeline."""
_TRIES = 3
"""How often a process may die where no document is to blame."""
_RECYCLE = 0.75
"""Of its memory, above which a process is replaced when its shard is done."""


class Death(NamedTuple):
    """How a process ended: while it was at a place in the shard, in a stage, by a code of `FAILURE_CODES`."""

    place: int | None
    stage: str
    code: str
    message: str


class Supervisor:
    """One process at a time; started with the first job, or by `start`."""

    def __init__(self, config: RunConfig, settings: RunSettings):
        self._config = config
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._closed = False

    def start(self) -> None:
        """Raises the ConfigError or ResourceError that the process met when it made its pipeline."""
        for _ in range(_TRIES):
            if self._closed:
                raise ZhengwenError("the run was stopped")
            if self._process:
                return
            self._connection, theirs = Pipe()
            command = [sys.executable, "-m", f"{__package__}.child", str(theirs.fileno())]
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.PIPE)
            theirs.close()
            try:
                reply = self._converse(self._config, lambda place: _START)
            except ZhengwenError:
                self.stop()
                raise
            if not isinstance(reply, Death):
                return
        raise ZhengwenError(f"a worker process ended {_TRIES} times before its first document: {reply.message}")

    def run(self, job: Job) -> Done:
        """Raises what the process met that is no document's fault, an OutputError as a rule."""
        suspect: int | None = None
        careful, unexplained = False, 0
        while True:
            self.start()
            reply = self._converse((job, careful), self._patience(job, careful))
            if isinstance(reply, Done):
                self._recycle()
                return reply
            place, document = reply.place, None if reply.place is None else job.shard.documents[reply.place]
            if not careful or place is None or document is None:
                careful, unexplained = True, unexplained + 1
                if unexplained > _TRIES:
                    raise ZhengwenError(
                        f"shard {job.shard.number}: its worker process died {_TRIES} times: {reply.message}"
                    )
            elif reply.code == "D901" or place == suspect:
                blamed = Failure(document.id, document.path, reply.stage, reply.code, reply.message)
                job = msgspec.structs.replace(job, blamed=job.blamed | {place: blamed})
            else:
                suspect = place

    def kill(self) -> None:
        """Ends the process, and with it what another thread may be doing in `run`; none is started any more."""
        self._closed = True
        if process := self._process:
            process.kill()

    def stop(self) -> None:
        """Kills the process; a job that it is doing is lost, its parts are not final."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()
        if self._connection:
            self._connection.close()
            self._connection = None

    def _converse(self, message: Any, patience: Callable[[int | None], float]) -> Any:
        """Sends a message and waits for what comes of it; gives back a Death if nothing will.

        patience: how many seconds are borne at a place in the shard.
        """
        connection, process = self._connection, self._process
        assert connection and process
        place, stage = None, "start"
        try:
            connection.send(message)
            began = looked = monotonic()
            while True:
                if connection.poll(_POLL):
                    kind, value = connection.recv()
                    if kind == "raised":
                        raise value
                    if kind != "at":
                        return value
                    if value[0] != place:
                        began = monotonic()
                    place, stage = value
                now = monotonic()
                if now - began > (limit := patience(place)):
                    return self._end(Death(place, stage, "D901", f"it took longer than {limit:.3g} seconds"))
                if now - looked >= _POLL:
                    looked = now
                    if self._memory() > self._settings.memory:
                        return self._end(Death(place, stage, "D902", f"it took more than {self._settings.memory} MiB"))
        except (EOFError, OSError):
            code = process.wait()
            how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
            return self._end(Death(place, stage, "D903", f"the worker process died ({how})"))

    def _end(self, death: Death) -> Death:
        self.stop()
        return death

    def _patience(self, job: Job, careful: bool) -> Callable[[int | None], float]:
        """Seconds for the document at a place, or for any of the shard where not every document is told."""
        lengths = [len(item.text) if isinstance(item, RawDocument) else 0 for item in job.shard.documents]
        longest = max(lengths)

        def seconds(place: int | None) -> float:
            characters = lengths[place] if careful and place is not None else longest
            return self._settings.timeout * (1 + characters / 1_000_000)

        return seconds

    def _memory(self) -> int:
        """MiB that the process holds; 0 if it is gone."""
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss) >> 20 if self._process else 0
        except psutil.Error:
            return 0

    def _recycle(self) -> None:
        if self._memory() > _RECYCLE * self._settings.memory:
            self.stop()
