"""`zhengwen.evaluate` on small files: what is missing or too much, breakdowns, causes of errors, and mistakes of users."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import zhengwen
from zhengwen.errors import ConfigError, GoldError
from zhengwen.evaluation import evaluate as module
from zhengwen.evaluation.report import Report
from zhengwen.evaluation.tally import Tally
from zhengwen.records import Failure, RawDocument

TEXT = "省长章伯恺在南浔开发区说，投资9亿元。"
OFFICIAL, ZONE = {"label": "OFFICIAL", "start": 2, "end": 5}, {"label": "ZONE", "start": 6, "end": 11}
MONEY = {"id": "q1", "start": 15, "end": 18, "value": 900000000, "unit": "CNY"}
ROLE = {"person": "章伯恺", "post": "省长"}
EMPTY: dict[str, Any] = {task: [] for task in ("entities", "roles", "quantities", "facts", "projects")}
Fields = dict[str, Any]
Score = Callable[..., Report]


def document(id: str, text: str = TEXT, **values: Any) -> Fields:
    return {"id": id, "text": text, **values}


def record(id: str, **values: Any) -> Fields:
    return {"id": f"{id}#1", "source": {"id": id}, **values}


def written(path: Path, documents: list[Any]) -> Path:
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in documents]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def scored(tmp_path: Path) -> Score:
    """Writes gold and output and scores them."""

    def call(gold: list[Any], output: list[Any], **values: Any) -> Report:
        paths = written(tmp_path / "gold.jsonl", gold), written(tmp_path / "output.jsonl", output)
        return zhengwen.evaluate(paths[0], output=paths[1], rounds=10, **values)

    return call


def shares(report: Report, *measure: str) -> tuple[float, float, float, float, float]:
    one = report.figure(*measure)
    return one.right, one.found, one.gold, one.p, one.r


# Documents: empty, missing, too many, double


def test_empty_gold_and_empty_record_are_no_figure_at_all_but_zeros(scored: Score) -> None:
    report = scored([document("a", **EMPTY)], [record("a")])
    assert {(one.right, one.found, one.gold, one.p, one.r, one.f1) for one in report.figures} == {(0, 0, 0, 0, 0, 0)}
    assert report.misses == []


def test_what_is_found_in_an_empty_gold_list_is_spurious(scored: Score) -> None:
    found = {"entities": [OFFICIAL], "roles": [ROLE], "quantities": [MONEY], "facts": [{"quantity": "q1"}], "projects": [{"name": "储能项目"}]}  # fmt: skip
    report = scored([document("a", **EMPTY)], [record("a", **found)])
    assert [str(one.measure) for one in report.figures if one.found == 1 and one.gold == one.right == 0] == [
        *(f"entities {scheme} {label}" for scheme in ("strict", "type", "partial", "exact") for label in ("all", "mission", "OFFICIAL")),
        "roles found", "quantities exact", "quantities found", "facts stated", "facts whole", "projects found",
    ]  # fmt: skip
    assert {(one.task, one.cause) for one in report.misses} == {
        (task, "spurious") for task in ("entities", "roles", "quantities", "projects")
    }


def test_a_task_that_no_document_is_annotated_for_has_no_figure(scored: Score) -> None:
    report = scored([document("a", roles=[ROLE])], [record("a", roles=[ROLE], entities=[OFFICIAL])])
    assert {one.task for one in report.figures} == {"roles"}
    assert scored([document("a")], [record("a")]).figures == []


def test_a_task_counts_in_the_documents_that_are_annotated_for_it(scored: Score) -> None:
    gold = [document("a", entities=[OFFICIAL]), document("b")]
    report = scored(gold, [record("a", entities=[OFFICIAL]), record("b", entities=[OFFICIAL, ZONE])])
    assert shares(report, "entities", "strict", "all") == (1, 1, 1, 1, 1)


def test_document_without_record_has_found_nothing(scored: Score) -> None:
    report = scored([document(id, entities=[OFFICIAL]) for id in "abc"], [record("b", entities=[OFFICIAL])])
    assert (report.documents, report.missing, report.unknown) == (3, ["a", "c"], [])
    assert shares(report, "entities", "strict", "all") == (1, 1, 3, 1, pytest.approx(1 / 3))
    assert [(one.cause, one.document) for one in report.misses] == [("missed", "a"), ("missed", "c")]


def test_output_without_any_record_has_found_nothing(scored: Score) -> None:
    report = scored([document("a", entities=[OFFICIAL])], [])
    assert report.missing == ["a"]
    assert shares(report, "entities", "strict", "all") == (0, 0, 1, 0, 0)


def test_document_that_gold_does_not_have_is_named_and_not_scored(scored: Score) -> None:
    output = [record(id, entities=[OFFICIAL, ZONE]) for id in ("z", "a", "y", "z")]
    report = scored([document("a", entities=[OFFICIAL])], output)
    assert (report.documents, report.missing, report.unknown) == (1, [], ["y", "z"])
    assert shares(report, "entities", "strict", "all") == (1, 2, 1, 0.5, 1)


def test_document_that_comes_twice_is_found_twice(scored: Score) -> None:
    gold = document("a", entities=[OFFICIAL], roles=[ROLE], quantities=[MONEY], facts=[{"quantity": [15, 18]}])
    twice = [record("a", entities=[OFFICIAL], roles=[ROLE], quantities=[MONEY], facts=[{"quantity": "q1"}])] * 2
    report = scored([gold], twice)
    for measure in (("entities", "strict", "all"), ("quantities", "exact"), ("facts", "whole")):
        assert shares(report, *measure) == (1, 2, 1, 0.5, 1), measure
    assert shares(report, "roles", "found") == (1, 1, 1, 1, 1), "the same office counts once a document"


def test_records_of_a_page_are_scored_together(scored: Score) -> None:
    output = [record("a", entities=[ZONE]), record("b"), record("a", entities=[OFFICIAL])]
    report = scored([document("a", entities=[OFFICIAL, ZONE]), document("b", entities=[])], output)
    assert shares(report, "entities", "strict", "all") == (2, 2, 2, 1, 1)


@pytest.mark.parametrize(
    "found", [{"id": "a"}, {"id": "a", "source": None}, {"id": "a", "source": "a.txt"}, {"id": "a", "source": {}}]
)
def test_record_without_source_is_of_the_document_of_its_id(scored: Score, found: Fields) -> None:
    report = scored([document("a", entities=[OFFICIAL])], [{**found, "entities": [OFFICIAL]}, "", "  "])
    assert shares(report, "entities", "strict", "all") == (1, 1, 1, 1, 1)


def test_gold_of_several_files_is_one(tmp_path: Path) -> None:
    paths = [written(tmp_path / f"{id}.jsonl", [document(id, entities=[OFFICIAL])]) for id in "ab"]
    output = written(tmp_path / "output.jsonl", [record("b", entities=[OFFICIAL])])
    report = zhengwen.evaluate(paths, output=output, rounds=10)
    assert shares(report, "entities", "strict", "all") == (1, 1, 2, 1, 0.5)
    assert report.gold == [
        {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
        for path in paths
    ]
    assert (report.scored, report.rounds) == (str(output), 10)


# What a report has


def test_figures_stand_in_the_order_of_the_tasks_the_whole_before_its_parts(scored: Score) -> None:
    gold = document("a", **{**EMPTY, "words": [], "articles": [], "entities": [ZONE, OFFICIAL]})
    names = [str(one.measure) for one in scored([gold], [record("a")]).figures]
    assert names[:4] == [f"entities strict {label}" for label in ("all", "mission", "OFFICIAL", "ZONE")]
    tasks = [name.split()[0] for name in names]
    assert list(dict.fromkeys(tasks)) == ["entities", "roles", "quantities", "facts", "projects", "words", "layout"]
    assert tasks == sorted(tasks, key=list(dict.fromkeys(tasks)).index)


def test_every_label_has_its_figures(scored: Score) -> None:
    report = scored([document("a", entities=[OFFICIAL, ZONE])], [record("a", entities=[OFFICIAL, {**ZONE, "end": 8}])])
    assert shares(report, "entities", "strict", "OFFICIAL") == (1, 1, 1, 1, 1)
    assert shares(report, "entities", "strict", "ZONE") == (0, 1, 1, 0, 0)
    assert shares(report, "entities", "partial", "ZONE") == (0.5, 1, 1, 0.5, 0.5)
    assert report.figure("entities", "strict", "all").f1 == pytest.approx(0.5)


def test_groups_are_by_source_province_genre_year_and_length(scored: Score) -> None:
    """a is all right, b finds one of two with one too many, c is not annotated for entities."""
    gold = [
        document("a", TEXT, entities=[OFFICIAL], source="paper:1", province="浙江", date="2023-01-31", genre="news"),
        document("b", TEXT + "字" * 400, entities=[OFFICIAL, ZONE], source="paper:2", date="2024-01-31", genre="news"),
        document("c", TEXT + "字" * 1600, source="web:3", province="浙江", genre="news"),
    ]
    wrong = {"label": "ORG", "start": 20, "end": 22}
    report = scored(gold, [record("a", entities=[OFFICIAL]), record("b", entities=[OFFICIAL, wrong]), record("c")])
    found = {(one.by, one.value.strip()): (one.documents, one.f1.get("entities strict all")) for one in report.groups}
    assert found == {
        ("source", "paper"): (2, pytest.approx(2 / 3)),
        ("source", "web"): (1, None),
        ("province", "unknown"): (1, 0.5),
        ("province", "浙江"): (2, 1),
        ("year", "2023"): (1, 1),
        ("year", "2024"): (1, 0.5),
        ("year", "unknown"): (1, None),
        ("length", "0–399"): (1, 1),
        ("length", "400–799"): (1, 0.5),
        ("length", "1600 and more"): (1, None),
    }, "the genre is one for all, so there is nothing to break down"


@pytest.mark.parametrize(
    ("characters", "expected"),
    [(399, "0–399"), (400, "400–799"), (800, "800–1599"), (1599, "800–1599"), (1600, "1600 and more")],
)
def test_lengths_begin_at_their_first_character(scored: Score, characters: int, expected: str) -> None:
    gold = [document("a", "字" * characters, entities=[]), document("b", "字" * (2000 if characters < 1600 else 1))]
    groups = scored(gold, []).groups
    assert expected in [one.value.strip() for one in groups if one.by == "length"]


def test_rules_are_summed_over_documents(scored: Score) -> None:
    names, lexicon = {**OFFICIAL, "by": "rule:names"}, {**ZONE, "by": "lexicon:zones"}
    fact = {"quantity": "q1", "metric": "投资", "by": "rule:near"}
    gold = [
        document(id, entities=[OFFICIAL], quantities=[MONEY], facts=[{"quantity": [15, 18], "metric": "投资"}])
        for id in "ab"
    ]
    output = [
        record("a", entities=[names, lexicon], quantities=[MONEY], facts=[fact]),
        record("b", entities=[names, {**ZONE, "by": ""}], quantities=[MONEY], facts=[{**fact, "subject": "南浔"}]),
    ]
    assert [(one.task, one.by, one.right, one.found) for one in scored(gold, output).rules] == [
        ("entities", "rule:names", 2, 2),
        ("entities", "lexicon:zones", 0, 1),
        ("facts", "rule:near", 1, 2),
    ]


def test_misses_say_where_and_why(scored: Score) -> None:
    gold = [document("a 1", entities=[OFFICIAL]), document("b", quantities=[MONEY])]
    output = [
        record("a 1", entities=[{**OFFICIAL, "label": "PERSON"}]),
        record("b", quantities=[{**MONEY, "value": 9}]),
    ]
    first, second = scored(gold, output).misses
    assert (first.task, first.cause, first.document, first.start, first.sentence) == (
        "entities",
        "label",
        "a 1",
        2,
        TEXT,
    )
    assert (second.task, second.cause, second.document, second.start) == ("quantities", "value", "b", 15)
    assert first.anchor == "entities-label-a_1-2-OFFICIAL"


SENTENCES = "一二三。四五六！七八\u3000九\n"
LONG = SENTENCES + "〇" * 500


@pytest.mark.parametrize(
    ("start", "expected"),
    [(-5, "一二三。"), (0, "一二三。"), (3, "一二三。"), (4, "四五六！"), (8, "七八\u3000九"), (12, "七八\u3000九")],
)
def test_sentence_of_an_error_is_that_of_its_start(start: int, expected: str) -> None:
    assert LONG[slice(*Tally("a", LONG).sentence(start))] == expected


@pytest.mark.parametrize(("place", "length"), [(0, 160), (50, 210), (300, 240), (450, 130), (500, 80), (2**70, 80)])
def test_sentence_of_an_error_is_cut_where_it_is_long(place: int, length: int) -> None:
    """Eighty characters before the place and a hundred and sixty from it on, as far as there are."""
    assert LONG[slice(*Tally("a", LONG).sentence(len(SENTENCES) + place))] == "〇" * length


def test_sentence_of_an_error_ends_where_the_next_begins() -> None:
    assert Tally("a", "一" * 50 + "。二。").sentence(0) == (0, 51)


def test_against_is_how_much_better_the_other_is(scored: Score, tmp_path: Path) -> None:
    gold = [document(id, entities=[OFFICIAL, ZONE]) for id in "ab"]
    better = [record("a", entities=[OFFICIAL, ZONE]), record("b", entities=[OFFICIAL, ZONE], roles=[ROLE])]
    other = written(tmp_path / "other.jsonl", better)
    report = scored(gold, [record("a", entities=[OFFICIAL]), record("b", entities=[ZONE])], against=other)
    figure = report.figure("entities", "strict", "all")
    assert (report.against, figure.r, figure.f1) == (str(other), 0.5, pytest.approx(2 / 3))
    assert figure.against and figure.against.value == pytest.approx(1 / 3)
    assert all(one.against for one in report.figures)


def test_without_another_output_nothing_is_compared(scored: Score) -> None:
    report = scored([document("a", entities=[OFFICIAL])], [])
    assert report.against is None
    assert [one.against for one in report.figures] == [None] * len(report.figures)


# Running a config


def test_config_is_run_on_the_gold_texts(tmp_path: Path) -> None:
    """A text whose articles are gold is a page, where a broken line is mended; any other is one clean document."""
    page = "商务厅召开会议\n\n会议今天举行，\n代表参加。\n"
    layout = [{"title": "商务厅召开会议", "paragraphs": ["会议今天举行，代表参加。"]}]
    money = {"start": 15, "end": 18, "value": 900000000, "unit": "CNY"}
    gold = written(tmp_path / "gold.jsonl", [document("a", quantities=[money]), document("b", page, articles=layout)])
    done: list[int] = []
    report = zhengwen.evaluate(gold, config="numbers", rounds=10, progress=done.append)
    assert shares(report, "quantities", "exact") == (1, 1, 1, 1, 1)
    assert shares(report, "layout", "paragraph") == (1, 1, 1, 1, 1)
    assert (report.scored, report.missing, report.unknown, report.failures) == ("config numbers", [], [], [])
    assert sum(done) == 2


def test_document_that_fails_has_found_nothing_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def articles(self, one: RawDocument) -> Iterator[Failure]:
            yield Failure(one.id, "", "quantities", "D900", "out of numbers")

    monkeypatch.setattr(module, "build", lambda config: Failing())
    report = zhengwen.evaluate(written(tmp_path / "gold.jsonl", [document("a", quantities=[MONEY])]), rounds=10)
    assert report.failures == ["a: quantities: out of numbers"]
    assert shares(report, "quantities", "found") == (0, 0, 1, 0, 0)


# Mistakes


def fails(error: pytest.ExceptionInfo[Exception], *parts: str) -> None:
    message = str(error.value)
    assert "\n" not in message
    for part in parts:
        assert part in message


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("{", ["gold.jsonl:2", "truncated"]),
        ("[]", ["gold.jsonl:2", "expected object, got array"]),
        ('{"text": "x"}', ["gold.jsonl:2", "missing required field id"]),
        ('{"id": "b"}', ["gold.jsonl:2", "document 'b'", "missing required field text"]),
        (document("b", entities=5), ["document 'b'", "entities", "got int"]),
        (document("b", entities=[{**ZONE, "end": "9"}]), ["document 'b'", "entities[0].end", "expected int, got str"]),
        (document("b", entities=[{"start": 1, "end": 2}]), ["document 'b'", "entities[0]", "label"]),
        (document("b", entities=[{**ZONE, "end": 20}]), ["document 'b'", "[6, 20)", "19 characters"]),
        (document("b", entities=[{**ZONE, "end": 6}]), ["document 'b'", "[6, 6)", "no span"]),
        (document("b", entities=[{**ZONE, "start": -1}]), ["document 'b'", "[-1, 11)", "no span"]),
        (document("b", entities=[{**ZONE, "text": "湖州"}]), ["document 'b'", "'湖州'", "'南浔开发区'"]),
        (document("b", quantities=[{**MONEY, "end": 99}]), ["document 'b'", "quantity", "[15, 99)"]),
        (document("b", quantities=[{**MONEY, "bound": "over"}]), ["document 'b'", "quantities[0].bound", "'over'"]),
        (document("b", quantities=[{**MONEY, "value": "nine"}]), ["document 'b'", "quantities[0].value"]),
        (document("b", facts=[{"quantity": [15, 99]}]), ["document 'b'", "[15, 99)"]),
        (document("b", facts=[{"quantity": [15]}]), ["document 'b'", "facts[0].quantity", "length 2"]),
        (document("b", facts=[{"quantity": [15, 18], "kind": "rise"}]), ["document 'b'", "facts[0].kind", "'rise'"]),
        (document("b", words=[[0, 99]]), ["document 'b'", "[0, 99)"]),
        (document("a"), ["gold.jsonl:2", "'a' was used before", "gold.jsonl:1"]),
    ],
)
def test_gold_that_is_none_is_named(scored: Score, line: Any, parts: list[str]) -> None:
    with pytest.raises(GoldError) as error:
        scored([document("a"), line], [])
    fails(error, *parts)


def test_gold_id_of_another_file_is_named_with_both_places(tmp_path: Path) -> None:
    paths = [written(tmp_path / f"{name}.jsonl", [document("a")]) for name in ("one", "two")]
    with pytest.raises(GoldError) as error:
        zhengwen.evaluate(paths, output=written(tmp_path / "output.jsonl", []))
    fails(error, "two.jsonl:1", "one.jsonl:1", "'a'")


@pytest.mark.parametrize("lines", [[], ["", "  "]])
def test_gold_without_documents_is_a_mistake(scored: Score, lines: list[str]) -> None:
    with pytest.raises(GoldError) as error:
        scored(lines, [])
    fails(error, "gold.jsonl", "no gold document")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("{", ["truncated"]),
        ("[]", ["object"]),
        ({"id": 5}, ["$.id", "`int`"]),
        (record("a", entities=5), ["$.entities"]),
        (record("a", entities=[{**ZONE, "start": "6"}]), ["$.entities[0].start", "`str`"]),
        (record("a", tokens=[[0]]), ["$.tokens[0]"]),
        (record("a", quantities=[{**MONEY, "value": "nine"}]), ["$.quantities[0].value"]),
        (record("a", facts=[{"quantity": None}]), ["$.facts[0].quantity"]),
        (record("a", blocks=[{"kind": "verse", "start": 0, "end": 1}]), ["$.blocks[0].kind", "verse"]),
    ],
)
def test_line_of_the_output_that_is_no_record_is_named(scored: Score, line: Any, parts: list[str]) -> None:
    with pytest.raises(GoldError) as error:
        scored([document("a", entities=[])], [record("a"), "", line])
    fails(error, "output.jsonl:3", "expected an article record", *parts)


@pytest.mark.parametrize(
    "odd",
    [
        {"entities": [{"label": "ZONE", "start": -5, "end": 10**6}]},
        {"entities": [{"label": "ZONE", "start": 11, "end": 6}]},
        {"entities": [{"label": "ZONE", "start": 2**64, "end": 2**65}]},
        {"entities": [{"label": "", "start": 6, "end": 6}]},
        {"quantities": [{**MONEY, "value": "sNaN"}]},
        {"quantities": [{**MONEY, "value": "1E+9999"}]},
        {"quantities": [{"start": 2**64, "end": 0}]},
        {"quantities": [{**MONEY, "unit": None, "bound": None}]},
        {"tokens": [[5, 2], [-3, 900]], "offsets": [[0, 0, 0]]},
        {"roles": [{"person": "章伯恺"}]},
        {"quantities": [MONEY], "facts": [{"quantity": "q1", "kind": "rise", "time": {"text": None}}]},
        {"projects": [{"name": "", "zone": "e9"}]},
    ],
)
def test_record_of_odd_values_is_wrong_but_scored(scored: Score, odd: Fields) -> None:
    fact = {"quantity": [15, 18], "metric": "投资"}
    gold = document("a", entities=[ZONE], roles=[ROLE], quantities=[MONEY], facts=[fact], projects=[], words=[(0, 2)])
    report = scored([gold], [record("a", **odd)])
    assert all(one.right == 0 for one in report.figures if one.name in ("strict", "whole", "stated"))
    assert report.misses


def test_output_of_other_documents_is_a_mistake(scored: Score) -> None:
    with pytest.raises(GoldError) as error:
        scored([document("a", entities=[])], [record("y"), record("z")])
    fails(error, "output.jsonl", "no record is of a gold document", "'y', 'z'", "'a'")


def test_files_that_are_none_are_named(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", [document("a", entities=[])])
    output = written(tmp_path / "output.jsonl", [])
    for path in (tmp_path, tmp_path / "none.jsonl"):
        with pytest.raises(GoldError) as error:
            zhengwen.evaluate(path)
        fails(error, str(path), "expected a file of gold")
        with pytest.raises(GoldError) as error:
            zhengwen.evaluate(gold, output=path)
        fails(error, str(path), "expected an output")
    with pytest.raises(GoldError) as error:
        zhengwen.evaluate(gold, output=output, against=tmp_path / "none.jsonl")
    fails(error, "none.jsonl", "expected an output")
    with pytest.raises(ConfigError) as wrong:
        zhengwen.evaluate(gold, output=output, against="no-such-config")
    fails(wrong, "no-such-config")
