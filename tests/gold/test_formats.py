"""Gold goes to the tools and comes back the same, to the character; what the tools write is read; broken files are named."""

import json
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import msgspec
import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab
from typer.testing import CliRunner

from tests.conftest import lines
from zhengwen.cli import gold as cli
from zhengwen.errors import GoldError, OutputError, ZhengwenError
from zhengwen.gold import documents as gold
from zhengwen.gold.documents import GoldDocument, GoldEntity, GoldFact, GoldProject, GoldQuantity, GoldRole
from zhengwen.gold.formats import FORMATS, brat, conll, convert, docbin, doccano, guess, label_studio, module
from zhengwen.gold.formats.marked import LABELS
from zhengwen.gold.formats.units import to_units
from zhengwen.pipeline import Pipeline
from zhengwen.records import LABELS as ENTITY_LABELS
from zhengwen.records import Article, Bound, Kind, RawDocument
from zhengwen.writers.jsonl import JsonlWriter

NAMES = {
    "gold": "a.jsonl",
    "label-studio": "a.json",
    "doccano": "a.doccano.jsonl",
    "conll": "a.conll",
    "docbin": "a.spacy",
    "brat": "a",
}
TEXT = "🏭𠮷县张三说，投资9亿元。"


def entity(text: str, start: int, end: int, label: str = "PERSON", **values: bool) -> GoldEntity:
    return GoldEntity(label=label, start=start, end=end, text=text[start:end], **values)


def sample() -> GoldDocument:
    return GoldDocument(
        id="a#1",
        text=TEXT,
        date="2024-02-23",
        entities=[entity(TEXT, 1, 3, "PLACE"), entity(TEXT, 3, 5)],
        roles=[GoldRole(person="张三", post="县长")],
        quantities=[
            GoldQuantity(start=9, end=12, text="9亿元", value=Decimal("900000000.10"), unit="CNY", bound="at_least")
        ],
        facts=[GoldFact(quantity=(9, 12), metric="投资", subject_or=[None, "𠮷县"])],
    )


# What comes back


@st.composite
def gold_documents(draw: st.DrawFn, id: str) -> GoldDocument:
    """Spans begin and end with a character that can be seen, as those of people do."""
    text = draw(
        st.text(st.sampled_from("张三县9亿元,\"'#\\-_ \n\r\t\x0b\x1c\x85\xa0\u2028\u3000\ufeff\u200d𠮷🏭"), max_size=40)
    )
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    entities, quantities, facts = [], [], []
    for start, end in pairwise(edges):
        covered = text[start:end]
        start, end = end - len(covered.lstrip()), start + len(covered.rstrip())
        optional = draw(st.booleans())
        if start >= end:
            continue
        if draw(st.booleans()):
            value = draw(st.none() | st.decimals(allow_nan=False, allow_infinity=False))
            bound, unit = draw(st.sampled_from(get_args(Bound))), draw(st.sampled_from(["", "CNY"]))
            quantity = GoldQuantity(
                start=start, end=end, text=text[start:end], value=value, unit=unit, bound=bound, optional=optional
            )
            quantities.append(quantity)
            facts.append(GoldFact(quantity=(start, end), metric=text, kind=draw(st.sampled_from(get_args(Kind)))))
        else:
            label, nominal = draw(st.sampled_from([*ENTITY_LABELS, "BIRD"])), draw(st.booleans())
            entities.append(entity(text, start, end, label, nominal=nominal, optional=optional))
    document = GoldDocument(id=id, text=text, entities=entities, quantities=quantities, facts=facts)
    if draw(st.booleans()):
        document.roles = [GoldRole(person=text, post="县长", organisation_or=[None])]
        document.projects = [GoldProject(name=text, stage="signed", companies=[text])]
        document.words = list(pairwise(edges))
        document.source = text
    for absent in ("entities", "quantities", "facts"):
        if not getattr(document, absent) and draw(st.booleans()):
            setattr(document, absent, None)
    return document


several = st.tuples(gold_documents(id="a/1 #\n"), gold_documents(id="A/1 #𠮷"))


@pytest.mark.parametrize("name", NAMES)
def test_gold_comes_back_from_every_format(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    made = module(name)

    @settings(max_examples=60, deadline=None)
    @given(several)
    def comes_back(documents: tuple[GoldDocument, ...]) -> None:
        path = tmp_path_factory.mktemp("gold") / NAMES[name]
        made.write(documents, path)
        assert sorted(made.read(path), key=lambda one: one.id) == sorted(documents, key=lambda one: one.id)
        assert not list(path.parent.rglob("*.part"))

    comes_back()


@settings(max_examples=60, deadline=None)
@given(document=gold_documents(id="a"))
def test_label_studio_regions_in_utf16_units_come_back(
    tmp_path_factory: pytest.TempPathFactory, document: GoldDocument
) -> None:
    path = tmp_path_factory.mktemp("gold") / "a.json"
    label_studio.write([document], path)
    tasks = json.loads(path.read_bytes())
    units = to_units(document.text)
    for region in tasks[0]["annotations"][0]["result"]:
        region["value"] |= {key: units[region["value"][key]] for key in ("start", "end")}
    path.write_text(json.dumps(tasks), encoding="utf-8")
    for found in spans(label_studio.read(path)[0]), spans(document):
        assert all(document.text[start:end] for start, end, _ in found)
    assert texts(label_studio.read(path)[0]) == texts(document)


@settings(max_examples=60, deadline=None)
@given(document=gold_documents(id="a"))
def test_doccano_in_utf16_units_comes_back(tmp_path_factory: pytest.TempPathFactory, document: GoldDocument) -> None:
    path = tmp_path_factory.mktemp("gold") / "a.jsonl"
    doccano.write([document], path, utf16=True)
    assert doccano.read(path, utf16=True) == [document]
    (record,) = lines(path)
    units = record["text"].encode("utf-16-le")
    for start, end, _ in record["label"]:
        assert units[2 * start : 2 * end].decode("utf-16-le") in texts(document)


def spans(document: GoldDocument) -> list[tuple[int, int, str]]:
    return [(one.start, one.end, one.label) for one in document.entities or ()]


def texts(document: GoldDocument) -> list[str]:
    return [one.text for one in [*(document.entities or ()), *(document.quantities or ())]]


def test_new_quantity_is_read_and_facts_of_a_lost_one_go(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    doccano.write([sample()], path)
    (record,) = lines(path)
    record["label"] = [[3, 5, "PERSON_NOMINAL_OPTIONAL"], [9, 11, "QUANTITY"], [5, 6, "QUANTITY"]]
    path.write_text(json.dumps(record), encoding="utf-8")
    (found,) = doccano.read(path)
    assert found.entities == [entity(TEXT, 3, 5, nominal=True, optional=True)]
    assert found.quantities == [
        GoldQuantity(start=5, end=6, text="说"),
        GoldQuantity(start=9, end=11, text="9亿", value=Decimal(900000000)),
    ]
    assert (found.facts, found.roles, found.date) == ([], sample().roles, "2024-02-23")


@pytest.mark.parametrize("label", ["QUANTITY", "PERSON_NOMINAL", "X_OPTIONAL"])
@pytest.mark.parametrize("name", [name for name in NAMES if name != "gold"])
def test_label_that_would_come_back_as_another_is_refused(tmp_path: Path, name: str, label: str) -> None:
    document = GoldDocument(id="a1", text="张三", entities=[entity("张三", 0, 2, label)])
    with pytest.raises(GoldError, match=f"a1.*{label}"):
        module(name).write([document], tmp_path / NAMES[name])


# What the tools write


def label_studio_task(**values: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "data": {"text": TEXT},
        "annotations": [annotation(region(9, 12, "9亿元", "QUANTITY"), updated_at="2024-03-02T08:00:00Z")],
        "predictions": [],
        "file_upload": "1-a.json",
        "meta": {},
        "created_at": "2024-03-01T00:00:00Z",
        "project": 1,
    } | values


def annotation(*regions: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"id": 3, "completed_by": 1, "result": list(regions), "was_cancelled": False, "lead_time": 9.5} | values


def region(start: int, end: int, text: str | None, *labels: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": text, "labels": list(labels)}
    return {"id": "x", "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual", "value": value}


def read_tasks(tmp_path: Path, *tasks: Any) -> list[GoldDocument]:
    path = tmp_path / "project-1.json"
    path.write_text(json.dumps(tasks, ensure_ascii=True), encoding="utf-8")
    return label_studio.read(path)


def test_label_studio_export_is_read(tmp_path: Path) -> None:
    choice = {"type": "choices", "value": {"choices": ["good"]}, "from_name": "c", "to_name": "text"}
    old = annotation(region(0, 1, "🏭", "ORG"), updated_at="2024-03-01T08:00:00Z")
    gone = annotation(region(0, 1, "🏭", "ORG"), updated_at="2024-03-09T08:00:00Z", was_cancelled=True)
    new = annotation(choice, region(3, 5, "张三", "PERSON", "OFFICIAL"), updated_at="2024-03-02T08:00:00Z")
    (found,) = read_tasks(tmp_path, label_studio_task(annotations=[old, new, gone]))
    assert found.id == "7"
    assert spans(found) == [(3, 5, "PERSON"), (3, 5, "OFFICIAL")]
    assert found.quantities is None


def test_label_studio_predictions_stand_in_for_annotations(tmp_path: Path) -> None:
    proposal = {"model_version": "m", "score": 0.5, "result": [region(3, 5, "张三", "PERSON")]}
    gone = annotation(was_cancelled=True)
    (found,) = read_tasks(tmp_path, label_studio_task(annotations=[gone], predictions=[proposal]))
    assert spans(found) == [(3, 5, "PERSON")]
    bare, *_ = read_tasks(tmp_path, label_studio_task(annotations=[], predictions=[12], data={"body": TEXT}))
    assert (bare.text, bare.entities, bare.quantities) == (TEXT, None, None)


@pytest.mark.parametrize(
    ("text", "regions", "expected"),
    [
        (TEXT, [region(3, 5, "张三", "A")], [(3, 5)]),
        (TEXT, [region(5, 7, "张三", "A")], [(3, 5)]),
        (TEXT, [region(3, 5, None, "A")], [(3, 5)]),
        (TEXT, [region(5, 7, "张三", "A"), region(3, 5, "张三", "B")], [(3, 5), (3, 5)]),
        ("🏭啊啊啊说", [region(3, 4, "啊", "A"), region(5, 6, "说", "B")], [(2, 3), (4, 5)]),
        ("🏭甲\n乙", [region(1, 4, "甲\\n乙", "A")], [(1, 4)]),
        ("🏭甲\r\n乙", [region(2, 6, "甲\n乙", "A")], [(1, 5)]),
        ("🏭 甲 乙", [region(2, 4, " 甲", "A")], [(1, 3)]),
    ],
)
def test_label_studio_offsets_are_those_of_the_covered_text(
    tmp_path: Path, text: str, regions: list[dict[str, Any]], expected: list[tuple[int, int]]
) -> None:
    (found,) = read_tasks(tmp_path, label_studio_task(data={"text": text}, annotations=[annotation(*regions)]))
    assert [(start, end) for start, end, _ in spans(found)] == expected


def test_label_studio_exports_before_version_one_are_read(tmp_path: Path) -> None:
    task = label_studio_task(completions=[annotation(region(5, 7, "张三", "PERSON"), created_at=1609789589)])
    del task["annotations"]
    assert spans(read_tasks(tmp_path, task)[0]) == [(3, 5, "PERSON")]


def test_label_studio_predictions_are_written_as_such(tmp_path: Path) -> None:
    label_studio.write([sample()], tmp_path / "a.json", predictions=True)
    (task,) = json.loads((tmp_path / "a.json").read_bytes())
    assert "annotations" not in task
    assert task["predictions"][0]["result"][0]["value"] == {"start": 1, "end": 3, "text": "𠮷县", "labels": ["PLACE"]}
    assert label_studio.read(tmp_path / "a.json") == [sample()]


def test_label_studio_config_has_the_labels_in_use(tmp_path: Path) -> None:
    odd = GoldDocument(id="a", text="张三", entities=[entity("张三", 0, 2, 'A"<&')])
    label_studio.write([odd], tmp_path / "a.json")
    view = ElementTree.parse(tmp_path / "a.xml").getroot()
    assert [label.get("value") for label in view.iter("Label")] == [*LABELS, 'A"<&']
    (control,), (text,) = view.iter("Labels"), view.iter("Text")
    assert (control.get("name"), control.get("toName"), text.get("name")) == ("label", "text", "text")


@pytest.mark.parametrize(
    "line",
    [
        '{"id": 4, "text": "张三说", "label": [[0, 2, "PERSON"]], "Comments": []}',
        '{"id": 4, "data": "张三说", "label": [[0, 2, "PERSON"]], "gold": null}',
        '{"id": "4", "text": "张三说", "labels": [[0, 2, "PERSON"]]}',
        '{"id": 4, "text": "张三说", "entities": [{"id": 9, "label": "PERSON", "start_offset": 0, "end_offset": 2}], '
        '"relations": [], "Comments": []}',
    ],
)
def test_doccano_exports_are_read(tmp_path: Path, line: str) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text(line + "\n\n", encoding="utf-8")
    assert doccano.read(path) == [GoldDocument(id="4", text="张三说", entities=[entity("张三说", 0, 2)])]


def test_doccano_text_without_labels_is_not_annotated(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"text": "张三说"}\n{"text": "好", "label": []}', encoding="utf-8")
    assert doccano.read(path) == [
        GoldDocument(id="all:1", text="张三说"),
        GoldDocument(id="all:2", text="好", entities=[]),
    ]


def test_doccano_in_units_names_the_option(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "𠮷张三", "label": [[2, 4, "PERSON"]]}', encoding="utf-8")
    with pytest.raises(GoldError, match=r"a.jsonl:1: PERSON \[2, 4\).*--utf16"):
        doccano.read(path)
    assert spans(doccano.read(path, utf16=True)[0]) == [(1, 3, "PERSON")]
    path.write_text('{"text": "𠮷张三", "label": [[1, 4, "PERSON"]]}', encoding="utf-8")
    with pytest.raises(GoldError, match="UTF-16"):
        doccano.read(path, utf16=True)


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("张 B-PER\n三 I-PER\n说 O\n", "张三说", [(0, 2, "PER")]),
        ("张\tB-PER\r\n三\tI-PER\r\n", "张三", [(0, 2, "PER")]),
        ("-DOCSTART- -X- O O\n\n张三 NR B-NP B-PER\n说 VV O O\n", "张三说", [(0, 2, "PER")]),
        ("张\tB-PER\n三\tE-PER\n李\tS-PER\n", "张三李", [(0, 2, "PER"), (2, 3, "PER")]),
        ("张\tI-PER\n三\tI-PER\n省\tI-LOC\n", "张三省", [(0, 2, "PER"), (2, 3, "LOC")]),
        ("张\tB-PER\n三\tB-PER\n", "张三", [(0, 1, "PER"), (1, 2, "PER")]),
        ("# newdoc\n#\tB-X\n \tO\n# O\n", "# #", [(0, 1, "X")]),
        ("# text = 张三 说\n张三\tB-PER\n说\tO\n", "张三 说", [(0, 2, "PER")]),
    ],
)
def test_conll_of_others_is_read(tmp_path: Path, written: str, text: str, expected: list[tuple[int, int, str]]) -> None:
    path = tmp_path / "msra.bio"
    path.write_bytes(written.encode())
    (found,) = conll.read(path)
    assert (found.id, found.text, spans(found)) == ("msra:1", text, expected)


def test_conll_documents_of_others_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "msra.bio"
    path.write_text("\n张 O\n\n\n三 O\n说 O\n\n", encoding="utf-8")
    assert [(one.id, one.text) for one in conll.read(path)] == [("msra:1", "张"), ("msra:2", "三说")]


def test_conll_has_a_blank_line_between_sentences(tmp_path: Path) -> None:
    text = "张三\u2028来。\n说“好。是”"
    conll.write([GoldDocument(id="a", text=text, entities=[entity(text, 8, 11, "X")])], tmp_path / "a.conll")
    written = (tmp_path / "a.conll").read_text(encoding="utf-8").splitlines()
    assert written[1] == '# text = "张三\\u2028来。\\n说“好。是”"'
    assert written[3:] == [
        "张\tO",
        "三\tO",
        "来\tO",
        "。\tO",
        "",
        "说\tO",
        "“\tO",
        "好\tB-X",
        "。\tI-X",
        "是\tI-X",
        "”\tO",
        "",
    ]


def test_doc_bin_of_a_word_pipeline_is_read(tmp_path: Path) -> None:
    doc = Doc(Vocab(), words=["🏭", "Acme", "投资", "9亿元"], spaces=[False, True, False, False])
    doc.ents = [Span(doc, 1, 2, "COMPANY")]
    doc.spans["quantities"] = [Span(doc, 3, 4, "CNY")]
    DocBin(docs=[doc]).to_disk(tmp_path / "a.spacy")
    (found,) = docbin.read(tmp_path / "a.spacy")
    assert (found.id, found.text, spans(found)) == ("a:1", "🏭Acme 投资9亿元", [(1, 5, "COMPANY")])
    (quantity,) = found.quantities or []
    assert (quantity.text, quantity.value, quantity.unit) == ("9亿元", 900000000, "CNY")


def test_doc_bin_serves_spacy(tmp_path: Path) -> None:
    docbin.write([sample()], tmp_path / "a.spacy")
    (doc,) = DocBin().from_disk(tmp_path / "a.spacy").get_docs(Vocab())
    assert [token.text for token in doc] == list(TEXT)
    assert [(one.text, one.label_) for one in doc.ents] == [("𠮷县", "PLACE"), ("张三", "PERSON")]
    assert [(one.text, one.label_) for one in doc.spans["quantities"]] == [("9亿元", "QUANTITY")]


def pair(tmp_path: Path, text: str, ann: str) -> Path:
    (tmp_path / "news-1.txt").write_bytes(text.encode())
    (tmp_path / "news-1.ann").write_bytes(ann.encode())
    return tmp_path


def test_brat_folder_is_read(tmp_path: Path) -> None:
    ann = (
        "T1\tPERSON 1 3\t张三\nT3\tCOMPANY 4 6;7 9\t恒岚 电气\n#1\tAnnotatorNotes T1\tsure\n"
        "R1\tWorks Arg1:T1 Arg2:T3\t\nA1\tNegation T1\n*\tEquiv T1 T3\n"
    )
    (found,) = brat.read(pair(tmp_path, "𠮷张三在恒岚\n电气", ann))
    assert (found.id, spans(found)) == ("news-1", [(1, 3, "PERSON"), (4, 9, "COMPANY")])


def test_brat_span_in_parts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"news-1.ann:2: T7: PERSON 0 1;2 3 is a span in several parts"):
        brat.read(pair(tmp_path, "张老三", "\nT7\tPERSON 0 1;2 3\t张 三\n"))


def test_brat_says_what_it_can_for_spans_over_lines(tmp_path: Path) -> None:
    text = "恒岚\r\n电\u2028气"
    brat.write([GoldDocument(id="a", text=text, entities=[entity(text, 0, 7, "COMPANY")])], tmp_path / "a")
    assert (tmp_path / "a" / "a.ann").read_text(encoding="utf-8") == "T1\tCOMPANY 0 2;4 5;6 7\t恒岚 电 气\n"
    assert (tmp_path / "a" / "a.txt").read_bytes() == text.encode()
    assert "COMPANY\n" in (tmp_path / "a" / "annotation.conf").read_text(encoding="utf-8")


def test_brat_does_not_write_over_annotations(tmp_path: Path) -> None:
    brat.write([sample()], tmp_path / "a")
    with pytest.raises(OutputError, match=r"a_1\.ann"):
        brat.write([sample()], tmp_path / "a")


# What cannot be said, and broken files


@pytest.mark.parametrize("name", ["conll", "docbin"])
def test_overlapping_spans_are_named(tmp_path: Path, name: str) -> None:
    both = [entity("张三丰", 0, 2), entity("张三丰", 1, 3, "ORG")]
    with pytest.raises(GoldError, match=r"'a1': PERSON \[0, 2\) and ORG \[1, 3\) overlap"):
        module(name).write([GoldDocument(id="a1", text="张三丰", entities=both)], tmp_path / NAMES[name])


@pytest.mark.parametrize("name", ["conll", "brat"])
@pytest.mark.parametrize(("end", "label"), [(2, "PERSON"), (1, "A B")])
def test_white_space_that_columns_cannot_show_is_named(tmp_path: Path, name: str, end: int, label: str) -> None:
    document = GoldDocument(id="a1", text="张\n", entities=[entity("张\n", 0, end, label)])
    with pytest.raises(GoldError, match=r"'a1': '[A-Z ]+' '张.*white space"):
        module(name).write([document], tmp_path / NAMES[name])


@pytest.mark.parametrize(
    ("name", "written", "parts"),
    [
        ("label-studio", "{}", ["a.json: Expected array, got object"]),
        ("label-studio", '[{"id": 5, "data": {"a": "x", "b": "y"}}]', ["task 5", "text", "a, b"]),
        ("label-studio", '[{"data": {"text": "x", "gold": {}}}]', ["task 1", "data.gold"]),
        ("label-studio", json.dumps([label_studio_task(annotations=[annotation(region(0, 1, "x", "A"))])]), ["task 7", "'x'", "UTF-16"]),
        ("label-studio", json.dumps([label_studio_task(annotations=[annotation(region(9, 99, None, "A"))])]), ["[9, 99)"]),
        ("label-studio", '[{"data": {"text": "x"}, "annotations": [{"result": [{"type": "labels", "value": {}}]}]}]', ["task 1", "start"]),
        ("doccano", '{"text": "x", "label": []}\n{"label": []}', ["a.doccano.jsonl:2: no text"]),
        ("doccano", '{"text": "x", "label": [[0, 2, "A"]]}', ["a.doccano.jsonl:1: A [0, 2)", "1 characters"]),
        ("doccano", '{"text": "x", "label": [[0, 1]]}', ["a.doccano.jsonl:1: Expected array of length 3"]),
        ("doccano", '{"text": "x", "label": [], "gold": "["}', ["a.doccano.jsonl:1: gold carried along"]),
        ("doccano", "[" * 99999, ["a.doccano.jsonl:1"]),
        ("conll", "张\n", ["a.conll:1: '张'", "no tag"]),
        ("conll", "\n张\tPER\n", ["a.conll:2"]),
        ("conll", '# text = "张三"\n张\tO\n', ["a.conll:1: the columns end before the text", "三"]),
        ("conll", '# text = "张三"\n张\tO\n四\tO\n', ["a.conll:3: '四'", "'三'"]),
        ("conll", '# text = "张三\n张\tO\n', ["a.conll:1: text"]),
        ("docbin", "nonsense", ["a.spacy: ", "; expected a DocBin"]),
        ("articles", '{"id": "x"}', ["a.jsonl:1", "schema"]),
    ],
)  # fmt: skip
def test_broken_file_is_named(tmp_path: Path, name: str, written: str, parts: list[str]) -> None:
    path = tmp_path / NAMES.get(name, "a.jsonl")
    path.write_text(written, encoding="utf-8")
    with pytest.raises(GoldError) as raised:
        module(name).read(path)
    assert len(str(raised.value).splitlines()) == 1
    for part in parts:
        assert part in str(raised.value)


@pytest.mark.parametrize(
    ("ann", "parts"),
    [
        ("T1\tPERSON 0\t张\n", ["news-1.ann:1", "expected T1, a tab"]),
        ("T1\tPERSON 0 1\t李\n", ["news-1.ann:1: T1: PERSON '李'", "'张'"]),
        ("T1\tPERSON 2 3\n", ["news-1.ann: PERSON [2, 3)", "2 characters"]),
    ],
)
def test_broken_brat_is_named(tmp_path: Path, ann: str, parts: list[str]) -> None:
    with pytest.raises(GoldError) as raised:
        brat.read(pair(tmp_path, "张三", ann))
    assert all(part in str(raised.value) for part in parts)


def test_brat_text_without_annotations_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("张", encoding="utf-8")
    with pytest.raises(GoldError, match=r"a\.ann: No such file"):
        brat.read(tmp_path)


def test_gold_carried_along_must_be_of_the_text(tmp_path: Path) -> None:
    doccano.write([sample()], tmp_path / "a.jsonl")
    (record,) = lines(tmp_path / "a.jsonl")
    (tmp_path / "a.jsonl").write_text(json.dumps(record | {"text": "又" + TEXT}), encoding="utf-8")
    with pytest.raises(GoldError, match=r"'9亿元'.*another text"):
        doccano.read(tmp_path / "a.jsonl")


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "gold"])
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    path = folder / NAMES.get(name, "a.jsonl")
    whole = b"\x00"
    if name != "articles":
        module(name).write([sample()], path)
        whole = next(path.glob("*.ann")).read_bytes() if path.is_dir() else path.read_bytes()

    @settings(max_examples=60, deadline=None)
    @given(st.binary(max_size=40), st.integers(0, len(whole)), st.integers(0, 9))
    def read(data: bytes, at: int, skipped: int) -> None:
        for broken in (data, whole[:at] + data + whole[at + skipped :]):
            for file in [*path.glob("a_*")] if path.is_dir() else [path]:
                file.write_bytes(broken)
            try:
                module(name).read(path)
            except GoldError as error:
                assert len(str(error).splitlines()) == 1

    read()


# Our own output


def test_articles_are_read_as_gold(tmp_path: Path, fast: Pipeline) -> None:
    text = "# 开工\n\n省长章伯恺在南浔经济开发区说：“该公司年产3GW电池片项目去年总投资23亿元，同比增长12%。”"
    (article,) = fast.articles(RawDocument("a", text, "in/a.txt", "0" * 64, 1, False, date="2024-02-23"))
    assert isinstance(article, Article)
    written = tmp_path / "articles.jsonl"
    sink = JsonlWriter()(written, "articles")
    sink.write(article)
    sink.close()
    (found,) = module("articles").read(written)
    assert (found.id, found.text, found.source, found.date) == ("a#1", article.text, "in/a.txt", "2024-02-23")
    assert [(one.text, one.label, one.nominal) for one in found.entities] == [
        (one.text, one.label, one.nominal) for one in article.entities
    ]
    assert GoldRole(person="章伯恺", post="省长") in [
        msgspec.structs.replace(one, organisation=None) for one in found.roles
    ]
    assert [(one.text, one.value) for one in found.quantities if one.unit == "CNY"] == [("23亿元", 2300000000)]
    fact = next(one for one in found.facts if found.text[slice(*one.quantity)] == "23亿元")
    assert (fact.metric, fact.time) == ("总投资", "去年")
    assert [one.investment for one in found.projects] == ["23亿元"]
    label_studio.write([found], tmp_path / "a.json")
    assert label_studio.read(tmp_path / "a.json") == [found]


def test_article_that_refers_to_nothing_is_named(tmp_path: Path, articles: Callable[..., list[Article]]) -> None:
    (article,) = articles("省长章伯恺说。")
    article.roles[0].person = "e99"
    path = tmp_path / "articles.jsonl"
    path.write_bytes(msgspec.json.encode(article))
    with pytest.raises(GoldError, match=r"articles.jsonl:1: article 'text#1': nothing has the id 'e99'"):
        module("articles").read(path)


# The command


@pytest.mark.parametrize(
    ("name", "format"),
    [
        *((name, format) for format, name in NAMES.items()),
        ("out/articles.jsonl", "articles"),
        ("all.JSONL", "gold"),
        ("x.bio", "conll"),
    ],
)
def test_format_is_told_by_the_name(name: str, format: str) -> None:
    assert guess(Path(name)) == format


class Command:
    """Runs `zhengwen gold …` in a folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.app = typer.Typer()
        self.app.add_typer(cli.app, name="gold")

    def __call__(self, *arguments: str) -> str:
        """What it says on stderr, or the error it raises for `main` to print."""
        ran = CliRunner().invoke(self.app, ["gold", *arguments])
        assert ran.stdout == ""
        if isinstance(ran.exception, ZhengwenError):
            return str(ran.exception)
        assert ran.exit_code == 0, ran
        return ran.stderr


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.jsonl").write_bytes(gold.dump([sample()]))
    return Command(tmp_path)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "gold"])
def test_convert_goes_and_comes_back(command: Command, name: str) -> None:
    said = command("convert", "gold.jsonl", "-o", NAMES[name])
    assert said == f"{NAMES[name]}: 1 documents, 2 entities, 1 quantities\n"
    command("convert", NAMES[name], "-o", "back.jsonl")
    assert gold.read([command.folder / "back.jsonl"]) == [sample()]
    assert not list(command.folder.rglob("*.part"))


def test_convert_joins_inputs_and_passes_options(command: Command) -> None:
    (command.folder / "b").write_text('{"id": 4, "text": "𠮷张", "label": [[2, 3, "PERSON"]]}', encoding="utf-8")
    command("convert", "b", "-o", "b.jsonl", "--from", "doccano", "--utf16")
    command("convert", "gold.jsonl", "b.jsonl", "-o", "tasks", "--to", "label-studio", "--predictions")
    tasks = json.loads((command.folder / "tasks").read_bytes())
    assert [len(task["predictions"]) for task in tasks] == [1, 1]
    assert (command.folder / "tasks.xml").exists()
    assert [spans(one) for one in label_studio.read(command.folder / "tasks")][1] == [(1, 2, "PERSON")]


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["gold.jsonl", "-o", "out.csv"], ["out.csv", "--to", "label-studio"]),
        (["gold.jsonl", "-o", "out", "--to", "nosuch"], ["nosuch", "docbin"]),
        (["gold.jsonl", "-o", "articles.jsonl"], ["articles", "can only be read"]),
        (["nosuch.json", "-o", "out.jsonl"], ["nosuch.json", "No such file"]),
        (["nosuch", "-o", "out.jsonl"], ["nosuch", "a folder of pairs"]),
        (["gold.jsonl", "gold.jsonl", "-o", "out.json"], ["'a#1'", "used before"]),
        (["gold.jsonl", "-o", "no/out.json"], ["no/out.xml", "cannot write"]),
        (["gold.jsonl", "-o", "no/out"], ["no/out", "cannot write"]),
        (["gold.jsonl", "-o", "out.json", "--utf16"], ["--utf16", "doccano"]),
        (["gold.jsonl", "-o", "out.jsonl", "--predictions"], ["--predictions", "label-studio"]),
        (["empty.json", "-o", "out.jsonl"], ["empty.json", "no document"]),
    ],
)
def test_convert_says_what_is_wrong(command: Command, arguments: list[str], parts: list[str]) -> None:
    (command.folder / "empty.json").write_text("[]", encoding="utf-8")
    before = sorted(command.folder.iterdir())
    said = command("convert", *arguments)
    for part in parts:
        assert part in said
    assert sorted(command.folder.iterdir()) == before


def test_convert_leaves_the_output_that_is_there(command: Command) -> None:
    (command.folder / "out.conll").write_text("old", encoding="utf-8")
    with pytest.raises(GoldError):
        convert([command.folder / "nosuch.json"], command.folder / "out.conll")
    assert (command.folder / "out.conll").read_text(encoding="utf-8") == "old"
