"""The rows of a dict."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhengwen.crf.row_map import RowMap


@given(st.sets(st.integers(0, 2**62)), st.lists(st.integers(0, 2**62)))
def test_row_map_finds_what_a_dict_finds(keys: set[int], others: list[int]) -> None:
    rows = {key: row for row, key in enumerate(keys)}
    wanted = [*keys, *others]
    found = RowMap(np.array(list(keys), np.int64)).rows(np.array(wanted, np.int64))
    assert found.tolist() == [rows.get(key, -1) for key in wanted]
