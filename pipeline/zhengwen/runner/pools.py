"""Where jobs are done: in this process, in processes of this machine, or on the workers of a Dask scheduler.

Beyond this process it is always the same function, `Crew.run`, under an executor of `concurrent.futures`' kind.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from functools import partial
from threading import Lock
from typing import Protocol

import msgspec

from ..config import RunConfig, RunSettings
from ..errors import ConfigError, ResourceError
from .shards import Done
from .supervisor import Supervisor
from .worker import Job, work


class Pool(Protocol):
    @property
    def ahead(self) -> int:
        """Jobs that wait or run while the next is prepared."""

    def submit(self, job: Job) -> "Future[Done]": ...


@contextmanager
def pool(config: RunConfig, settings: RunSettings, workers: int, dask: str | None) -> Iterator[Pool]:
    """At its end nothing runs here any more, and no part is written.

    Raises ConfigError before anything is submitted, if the config does not make a pipeline or no scheduler answers.
    """
    if dask is not None:
        with _cluster(config, settings, dask) as cluster:
            yield cluster
    elif workers:
        local = Local(config, settings, workers)
        try:
            yield local
        finally:
            local.stop()
    else:
        yield Here(config)


class Here:
    """This process: each job is done when it is submitted."""

    ahead = 0

    def __init__(self, config: RunConfig):
        from ..loading import build  # spaCy, which is not needed where other processes do the work
        from ..pipeline import uncollected

        self._pipeline, self._uncollected = build(config), uncollected

    def submit(self, job: Job) -> "Future[Done]":
        future: Future[Done] = Future()
        with self._uncollected():
            future.set_result(work(self._pipeline, job))
        return future


class Local:
    """Processes of this machine, each with a thread that watches it."""

    def __init__(self, config: RunConfig, settings: RunSettings, workers: int):
        self.ahead = 2 * workers
        self._threads = ThreadPoolExecutor(workers)
        self._crew = Crew(config, settings)
        starts = [self._threads.submit(self._crew.start) for _ in range(workers)]
        try:
            next(as_completed(starts)).result()
        except BaseException:
            self.stop()
            raise

    def submit(self, job: Job) -> "Future[Done]":
        return self._threads.submit(self._crew.run, job)

    def stop(self) -> None:
        self._crew.kill()
        self._threads.shutdown(cancel_futures=True)
        self._crew.close()


class Cluster:
    """The workers of a scheduler; what they have begun they finish, or their scheduler forgets."""

    def __init__(self, executor: Executor, function: Callable[[Job], Done], threads: Callable[[], int]):
        self._executor, self._function, self._threads = executor, function, threads

    @property
    def ahead(self) -> int:
        return 2 * self._threads()  # workers come and go

    def submit(self, job: Job) -> "Future[Done]":
        return self._executor.submit(self._function, job)

    def stop(self) -> None:
        self._executor.shutdown(wait=False)


class Crew:
    """Supervised processes, as many as jobs are run at the same time."""

    def __init__(self, config: RunConfig, settings: RunSettings):
        self._make = partial(Supervisor, config, settings)
        self._all: list[Supervisor] = []
        self._idle: list[Supervisor] = []
        self._lock = Lock()

    def start(self) -> None:
        """Starts a process, to see whether the config makes a pipeline."""
        with self._one() as supervisor:
            supervisor.start()

    def run(self, job: Job) -> Done:
        with self._one() as supervisor:
            return supervisor.run(job)

    def kill(self) -> None:
        for supervisor in self._all:
            supervisor.kill()

    def close(self) -> None:
        for supervisor in self._all:
            supervisor.stop()

    @contextmanager
    def _one(self) -> Iterator[Supervisor]:
        """One that is idle, or else a new one."""
        with self._lock:
            if self._idle:
                supervisor = self._idle.pop()
            else:
                supervisor = self._make()
                self._all.append(supervisor)
        try:
            yield supervisor
        finally:
            with self._lock:
                self._idle.append(supervisor)


_crews: dict[bytes, Crew] = {}
"""On a worker of a cluster: its crews, by config and settings."""


def _crew(config: RunConfig, settings: RunSettings) -> Crew:
    key = msgspec.json.encode((str(config.path), config.values, settings))
    return _crews.setdefault(key, Crew(config, settings))


def _start(config: RunConfig, settings: RunSettings) -> None:
    """The first thing that a worker of a cluster is asked."""
    _crew(config, settings).start()


def _run(config: RunConfig, settings: RunSettings, job: Job) -> Done:
    return _crew(config, settings).run(job)


@contextmanager
def _cluster(config: RunConfig, settings: RunSettings, address: str) -> Iterator[Pool]:
    try:
        from distributed import Client
    except ImportError:
        raise ResourceError('--dask needs distributed: pip install "zhengwen[dask]"') from None
    try:
        client = Client(address, timeout=5, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"--dask {address}: no scheduler answers: {error}; expected such as tcp://host:8786"
        ) from None
    try:

        def threads() -> int:
            return sum(client.nthreads().values())

        if not threads():
            raise ConfigError(f"--dask {address}: the scheduler has no workers; start some")
        with client.get_executor(pure=False, retries=3) as executor:
            executor.submit(_start, config, settings).result()
            cluster = Cluster(executor, partial(_run, config, settings), threads)
            try:
                yield cluster
            finally:
                cluster.stop()
    finally:
        with suppress(TimeoutError):  # a scheduler too busy to say goodbye forgets us when we are gone
            client.close()
