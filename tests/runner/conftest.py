"""Runs as processes: they register stages of their own, are watched, and are killed."""

from collections.abc import Callable

import pytest

from tests.conftest import Ran


@pytest.fixture
def zhengwen(zhengwen_process: Callable[..., Ran]) -> Callable[..., Ran]:
    return zhengwen_process
