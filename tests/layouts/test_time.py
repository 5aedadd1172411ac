"""Layout takes linear time, whatever a page repeats."""

from time import perf_counter

import pytest

from zhengwen.layouts.auto import AutoLayout
from zhengwen.records import RawDocument


@pytest.mark.parametrize(
    "unit",
    [
        "发展，\n",
        "“甲\n",
        "（甲\n",
        "甲 \n",
        "甲、",
        "2024 ",
        "# 甲\n",
        "（下转\n",
        "甲。（下转 03版）\n（上接 01版）\n",
        "责任编辑：",
        "甲 摄\n",
        "\n",
        "　",
        "（记者 ",
        "首页 > ",
    ],
)
@pytest.mark.parametrize("paged", [True, False])
def test_layout_takes_linear_time(unit: str, paged: bool) -> None:
    times = []
    for count in (2_000, 8_000):
        document = RawDocument("page", unit * count, "page", "0" * 64, 0, paged)
        started = perf_counter()
        list(AutoLayout()(document))
        times.append(perf_counter() - started)
    assert times[1] < 10 * times[0] + 0.1, times
