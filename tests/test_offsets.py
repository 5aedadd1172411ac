"""The offset map: what a builder takes from a source is found again there."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from zhengwen.offsets import OffsetMap, TextBuilder

SOURCE = "开发区签约9个项目，总投资😀13.9亿元。\nＡＢＣ abc"
POSITION = st.integers(0, len(SOURCE))
PIECES = st.lists(
    st.one_of(st.tuples(POSITION, POSITION), st.sampled_from(["\n", " ", "，"])),
    min_size=1,
    max_size=12,
)


def built(pieces: list[tuple[int, int] | str]) -> tuple[TextBuilder, list[int | None]]:
    """A builder, and for each character of its text the source position, None where it stands for none."""
    builder = TextBuilder(SOURCE)
    origins: list[int | None] = []
    for piece in pieces:
        if isinstance(piece, str):
            builder.put(piece)
            origins.extend([None] * len(piece))
        else:
            builder.take(*piece)
            origins.extend(range(*piece))
    return builder, origins


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_map_finds_each_taken_character(pieces: list[tuple[int, int] | str]) -> None:
    builder, origins = built(pieces)
    assert len(builder.text) == builder.length == len(origins)
    if not builder.segments:
        return
    offsets = OffsetMap(builder.segments)
    for position, origin in enumerate(origins):
        if origin is not None:
            assert offsets.source(position) == origin
            assert SOURCE[origin] == builder.text[position]


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_segments_are_sorted_whole_and_merged(pieces: list[tuple[int, int] | str]) -> None:
    builder, origins = built(pieces)
    assert sum(length for _, _, length in builder.segments) == sum(origin is not None for origin in origins)
    for (start, source, length), (next_start, next_source, _) in pairwise(builder.segments):
        assert start + length <= next_start
        assert (start + length, source + length) != (next_start, next_source)


def test_map_gives_the_span_across_a_joint() -> None:
    builder = TextBuilder("中水回\n\n用率")
    builder.take(0, 3)
    builder.take(5, 7)
    assert builder.text == "中水回用率"
    assert OffsetMap(builder.segments).source_span(2, 4) == (2, 6)


def test_builder_takes_nothing_from_an_empty_span() -> None:
    builder = TextBuilder("政闻")
    builder.take(1, 1)
    assert (builder.text, builder.segments) == ("", [])
