"""Layout takes linear time, whatever a page repeats."""

import pytest

from tests.timing import assert_linear
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
    def lay_out(count: int) -> None:
        list(AutoLayout()(RawDocument("page", unit * count, "page", "0" * 64, 0, paged)))

    assert_linear(lay_out, 4_000)
