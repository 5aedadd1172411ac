"""The CRF in bulk: the words of spacy-pkuseg, the paths of a search through all paths, the rows of a dict."""

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
import spacy_pkuseg
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT, SAMPLES
from zhengwen.crf.row_map import RowMap
from zhengwen.crf.viterbi import Viterbi
from zhengwen.errors import ResourceError
from zhengwen.segment.crf_model import Crf
from zhengwen.segment.pkuseg import _WIDEN

MODEL = ROOT / "models" / "segment-pku"
SIGHAN = ROOT.parent / "shared" / "data" / "sighan2005"


@pytest.fixture(scope="module")
def crf() -> Crf:
    return Crf.load(MODEL)


@pytest.fixture(scope="module")
def reference() -> spacy_pkuseg.pkuseg:
    return spacy_pkuseg.pkuseg(str(MODEL), user_dict=None)


def words(crf: Crf, pieces: list[str]) -> list[str]:
    edges = [0, *np.cumsum(crf.lengths(pieces)).tolist()]
    text = "".join(pieces)
    return [text[start:end] for start, end in pairwise(edges)]


def expected(reference: spacy_pkuseg.pkuseg, pieces: list[str]) -> list[str]:
    lengths = [len(word) for piece in pieces for word in reference.cut(piece.translate(_WIDEN))]
    edges = [0, *np.cumsum(lengths).tolist()]
    text = "".join(pieces)
    return [text[start:end] for start, end in pairwise(edges)]


def test_crf_cuts_the_samples_as_spacy_pkuseg(crf: Crf, reference: spacy_pkuseg.pkuseg) -> None:
    pieces = [piece for path in SAMPLES.rglob("*.txt") for piece in path.read_text(encoding="utf-8").split()]
    assert sum(map(len, pieces)) > 3000
    assert words(crf, pieces) == expected(reference, pieces)


@pytest.mark.skipif(not SIGHAN.exists(), reason=f"no test sets: {SIGHAN} is not here")
@pytest.mark.parametrize("name", ["pku_test.utf8", "msr_test.utf8"])
def test_crf_cuts_the_sighan_test_sets_as_spacy_pkuseg(crf: Crf, reference: spacy_pkuseg.pkuseg, name: str) -> None:
    pieces = (SIGHAN / name).read_text(encoding="utf-8").split()
    assert words(crf, pieces) == expected(reference, pieces)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("中国人民银行经济发展改革开放三十3a.３．ａ／*-,&、。（）百分之○\0𠮷🏭é"), min_size=1),
        min_size=1,
        max_size=4,
    )
)
def test_crf_cuts_any_text_as_spacy_pkuseg(crf: Crf, reference: spacy_pkuseg.pkuseg, pieces: list[str]) -> None:
    assert words(crf, pieces) == expected(reference, pieces)


def test_crf_sees_no_neighbour_in_another_piece(crf: Crf) -> None:
    pieces = ["中", "国", "人民", "银行"]
    assert words(crf, pieces) == [word for piece in pieces for word in words(crf, [piece])]


def test_crf_of_nothing_is_nothing(crf: Crf) -> None:
    assert crf.lengths([]).tolist() == []


def test_folder_without_weights_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"no features\.msgpack"):
        Crf.load(tmp_path)


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=4),
    st.integers(2, 3),
    st.randoms(use_true_random=False),
)
def test_viterbi_finds_the_best_of_all_paths(lengths: list[int], kinds: int, random: object) -> None:
    draw = random.randint  # type: ignore[attr-defined]
    edges = np.array([[draw(-8, 8) for _ in range(kinds)] for _ in range(kinds)], float)
    scores = np.array([[draw(-8, 8) for _ in range(kinds)] for _ in range(sum(lengths))], float)
    tags = Viterbi(edges).decode(scores, np.array(lengths)).tolist()

    def score(path: tuple[int, ...], rows: np.ndarray) -> float:
        nodes = sum(float(rows[i, tag]) for i, tag in enumerate(path))
        return nodes + sum(float(edges[a, b]) for a, b in pairwise(path))

    start = 0
    for length in lengths:
        rows = scores[start : start + length]
        best = max(score(path, rows) for path in product(range(kinds), repeat=length))
        assert score(tuple(tags[start : start + length]), rows) == best
        start += length


@given(st.sets(st.integers(0, 2**62)), st.lists(st.integers(0, 2**62)))
def test_row_map_finds_what_a_dict_finds(keys: set[int], others: list[int]) -> None:
    rows = {key: row for row, key in enumerate(keys)}
    wanted = [*keys, *others]
    found = RowMap(np.array(list(keys), np.int64)).rows(np.array(wanted, np.int64))
    assert found.tolist() == [rows.get(key, -1) for key in wanted]
