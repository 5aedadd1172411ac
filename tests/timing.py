"""Whether work takes linear time, told without absolute timings."""

import gc
from collections.abc import Callable
from time import process_time


def assert_linear(work: Callable[[int], object], size: int) -> None:
    """Four times the size may cost up to ten times as much; n² would cost sixteen times. The best of three runs counts."""
    gc.collect()
    small, large = (min(_timed(work, n) for _ in range(3)) for n in (size, 4 * size))
    assert large < 10 * small + 0.1, f"{small:.3f} s, {large:.3f} s for four times as much"


def _timed(work: Callable[[int], object], size: int) -> float:
    started = process_time()
    work(size)
    return process_time() - started
