"""The CRF in bulk: the words of spacy-pkuseg."""

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import spacy_pkuseg
import srsly
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT, SAMPLES
from zhengwen.errors import ResourceError
from zhengwen.segment.crf_index import Index
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


def same(found: Index, expected: Index) -> bool:
    return all(np.array_equal(one, two) for one, two in zip(found, expected, strict=True))


def test_stored_index_is_that_of_the_features() -> None:
    assert same(Index.load(MODEL), Index.of(srsly.read_msgpack(MODEL / "features.msgpack")))


def test_index_of_other_features_is_not_used(tmp_path: Path) -> None:
    features = srsly.read_msgpack(MODEL / "features.msgpack")
    features["feature_to_idx"] = dict([*features["feature_to_idx"].items()][:100])
    srsly.write_msgpack(tmp_path / "features.msgpack", features)
    shutil.copy(MODEL / "index.npz", tmp_path)
    found = Index.load(tmp_path)
    assert same(found, Index.of(features)) and not same(found, Index.load(MODEL))


def test_folder_without_weights_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"no features\.msgpack"):
        Crf.load(tmp_path)
