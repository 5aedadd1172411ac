"""Readers of public sets, and annotation made to say what our guidelines say."""

from pathlib import Path

import pytest

from zhengwen.errors import GoldError
from zhengwen.train.corpora import DataSet, examples
from zhengwen.train.guidelines import by_guidelines


def read(folder: Path, name: str, text: str, **settings: object) -> list[tuple[str, list[tuple[str, str]]]]:
    (folder / name).write_text(text, encoding="utf-8")
    found = examples(DataSet(path=name, **settings), folder)  # type: ignore[arg-type]
    return [(one.text, [(one.text[start:end], label) for start, end, label in one.spans]) for one in found]


def test_pfr_joins_names_and_brackets(tmp_path: Path) -> None:
    line = "19980101-01-003-002/m  王/nr  建国/nr  和/c  李/nr  敏/nr  在/p  [河西/ns  电视台/n]nt  见到/v  [青/a  山/n]l  克莱因/nr  总裁/n"
    (found,) = read(tmp_path, "a.txt", line + "\n\n", format="pfr")
    names = [("王建国", "nr"), ("李敏", "nr"), ("河西电视台", "nt"), ("克莱因", "nr")]
    assert found == ("王建国和李敏在河西电视台见到青山克莱因总裁", names)


def test_cluener_ends_are_inclusive(tmp_path: Path) -> None:
    line = (
        '{"text": "王建国任恒远重工董事长", "label": {"name": {"王建国": [[0, 2]]}, "company": {"恒远重工": [[4, 7]]}}}'
    )
    (found,) = read(tmp_path, "a.json", line + "\n", format="cluener", labels={"name": "PERSON", "company": "-"})
    assert found == ("王建国任恒远重工董事长", [("王建国", "PERSON")])


def test_only_the_first_texts_are_taken(tmp_path: Path) -> None:
    assert len(read(tmp_path, "a.bio", "王\tO\n\n李\tO\n\n周\tO\n", format="conll", first=2)) == 2


@pytest.mark.parametrize(
    ("name", "format", "text", "part"),
    [
        ("a.txt", "pfr", "王建国\n", "a.txt:1: '王建国': expected words and tags"),
        ("a.json", "cluener", '{"text": 3}\n', "a.json:1: expected the keys text and label"),
        ("a.json", "cluener", "{\n", "a.json:1: "),
        ("a.jsonl", "texts", '{"title": "x"}\n', "a.jsonl:1: no text; expected a string under the key text"),
    ],
)
def test_broken_line_is_named(tmp_path: Path, name: str, format: str, text: str, part: str) -> None:
    with pytest.raises(GoldError) as caught:
        read(tmp_path, name, text, format=format)
    assert part in str(caught.value)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("【ORG 恒远重工集团】", "COMPANY"),
        ("【ORG 河西经济技术开发区】", "ZONE"),
        ("【ORG 河西市商务局】", "ORG"),
        ("【ORG 比亚迪】", "COMPANY"),
        ("【PLACE 河西市】", "PLACE"),
        ("【PLACE 河西市】市长", None),
        ("【PLACE 法国】副总统", None),
        ("【ORG 河西国际博览会】", None),
    ],
)
def test_labels_are_those_of_the_guidelines(marked: str, expected: str | None) -> None:
    label, _, rest = marked.removeprefix("【").partition(" ")
    name, _, behind = rest.partition("】")
    found = [label for _, _, label in by_guidelines(name + behind, [(0, len(name), label)])]
    assert found == ([expected] if expected else [])
