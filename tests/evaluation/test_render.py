"""The three files of a report: what is in them, that nothing of a document becomes markup, and that all links lead somewhere."""

import json
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.support import gold, record
from zhengwen.errors import OutputError
from zhengwen.evaluation import render
from zhengwen.evaluation.outputs import Outputs
from zhengwen.evaluation.render import NAMES, anchored, html, markdown, write
from zhengwen.evaluation.report import Report, report
from zhengwen.evaluation.score import score
from zhengwen.evaluation.tally import Miss
from zhengwen.gold.documents import GoldDocument

VOID = {"meta", "br", "hr", "img", "link", "input"}
ATTACK = "<script>alert(1)</script>&amp;\"'{{ 7 * 7 }}{% raw %}}{ `a` [b](c) | *d* ~~e~~\n# f"
"""Markup of HTML, of Jinja and of Markdown; it comes as text, id, label, metric, rule and name."""
SAID = " ".join(ATTACK.split())


class Page(HTMLParser):
    """The elements of a page, its ids, links and text; fails where a tag is not closed."""

    def __init__(self, source: str):
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.rows: list[list[str]] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == []
        self.text = " ".join(self.text.split())
        self.ids = [values["id"] for _, values in self.elements if "id" in values]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data
        if "td" in self._open or "th" in self._open:
            self.rows[-1][-1] += data.strip()

    def all(self, tag: str) -> list[dict[str, str]]:
        return [values for name, values in self.elements if name == tag]


def documents() -> list[GoldDocument]:
    text = "省长章伯恺在南浔开发区说，投资9亿元。"
    official, zone = {"label": "OFFICIAL", "start": 2, "end": 5}, {"label": "ZONE", "start": 6, "end": 11}
    money = {"start": 15, "end": 18, "value": 900000000, "unit": "CNY"}
    fact = {"quantity": (15, 18), "metric": "投资"}
    return [
        gold("甲 1", text, entities=[official, zone], quantities=[money], facts=[fact], source="报:1", date="2023-01-31"),
        gold("b", text, entities=[official, zone, zone], roles=[{"person": "章伯恺", "post": "省长"}], source="网:2"),
        gold(ATTACK, ATTACK * 3, entities=[{"label": ATTACK, "start": 0, "end": 8}], source=ATTACK, province=ATTACK,
             quantities=[money], facts=[{**fact, "metric": ATTACK}], projects=[{"name": ATTACK}]),
    ]  # fmt: skip


def found() -> Outputs:
    money = {"id": "q1", "start": 15, "end": 18, "value": 900000000, "unit": "CNY"}
    return {
        "甲 1": [record("甲 1", entities=[{"label": "ZONE", "start": 6, "end": 9, "by": "lexicon:zones"}])],
        ATTACK: [
            record(
                ATTACK,
                entities=[{"label": "</td>" + ATTACK, "start": 0, "end": 8, "by": ATTACK}],
                quantities=[money],
                facts=[{"quantity": "q1", "metric": "利润<b>", "by": ATTACK}],
            )
        ],
        "<i>unknown</i>": [],
    }


@pytest.fixture(scope="module")
def whole() -> Report:
    """A report with all that can be in one, and the attack in every place."""
    first = score(documents(), found(), "out<b>.jsonl", ["甲: <u>failed</u>"])
    second = score(documents(), {"b": [record("b", entities=[])], "z": []}, ATTACK, ["z: " + ATTACK])
    return report(documents(), first, second, 20, [{"file": "<gold>.jsonl", "sha256": '"0"', "bytes": 1}])


@pytest.fixture(scope="module")
def page(whole: Report) -> Page:
    return Page(html(whole))


def small(**values: Any) -> Report:
    one = gold(**values)
    return report([one], score([one], {"a": [record("a")]}, "out"), None, 5)


# Files


def test_write_makes_the_folder_and_the_three_files(whole: Report, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "down"
    paths = write(whole, folder)
    assert sorted(folder.iterdir()) == sorted(paths) == sorted(folder / name for name in NAMES)
    assert paths[1].read_text(encoding="utf-8") == markdown(whole)
    assert paths[2].read_text(encoding="utf-8") == html(whole)


def test_write_replaces_an_older_report(whole: Report, tmp_path: Path) -> None:
    write(small(), tmp_path)
    write(whole, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(NAMES)
    assert json.loads((tmp_path / NAMES[0]).read_bytes())["documents"] == 3


def test_same_report_is_the_same_bytes(tmp_path: Path) -> None:
    one, other = ([path.read_bytes() for path in write(small(entities=[]), tmp_path / name)] for name in "ab")
    assert one == other


@pytest.mark.parametrize("taken", ["folder", *NAMES])
def test_report_that_cannot_be_written_is_a_mistake_and_leaves_no_part(
    whole: Report, tmp_path: Path, taken: str
) -> None:
    """A file stands where the folder should be, or a folder where a file should be."""
    folder = tmp_path / "folder"
    if taken == "folder":
        folder.write_bytes(b"")
    else:
        (folder / taken / "full").mkdir(parents=True)
    with pytest.raises(OutputError) as error:
        write(whole, folder)
    assert "\n" not in str(error.value)
    assert str(folder) in str(error.value) and "--report" in str(error.value)
    assert not list(tmp_path.rglob("*.part"))


# JSON


def test_json_has_every_figure_with_its_intervals(whole: Report, tmp_path: Path) -> None:
    data = json.loads(write(whole, tmp_path)[0].read_bytes())
    assert data["schema"] == "zhengwen/evaluation/1"
    assert (data["scored"], data["against"], data["rounds"]) == ("out<b>.jsonl", ATTACK, 20)
    assert (data["missing"], data["unknown"], data["failures"]) == (["b"], ["<i>unknown</i>"], ["甲: <u>failed</u>"])
    assert (data["against_missing"], data["against_unknown"]) == (["甲 1", ATTACK], ["z"])
    assert len(data["figures"]) == len(whole.figures)
    for figure, row in zip(whole.figures, data["figures"], strict=True):
        assert (row["task"], row["name"], row["label"], row["f1"]) == (*figure.measure, figure.f1)
        assert row["p_interval"] == list(figure.p_interval)
        assert row["f1_interval"][0] <= row["f1"] <= row["f1_interval"][1] or figure.f1 in row["f1_interval"]
        assert set(row["against"]) == {"value", "low", "high", "p"}


def test_json_misses_are_anchored_as_in_the_page(whole: Report, page: Page) -> None:
    data = render.as_data(whole)
    assert [one["anchor"] for one in data["misses"]] == [anchor for anchor, _ in anchored(whole.misses)]
    assert {one["anchor"] for one in data["misses"]} == {values["id"] for values in page.all("div") if "id" in values}
    first = data["misses"][0]
    assert (first["task"], first["cause"], first["document"]) == ("entities", "boundary", "甲 1")


# Anchors


def miss(**values: Any) -> Miss:
    return Miss(**{"task": "entities", "cause": "missed", "label": "ZONE", "document": "a", "start": 3, "gold": "", "found": "", "sentence": ""} | values)  # fmt: skip


def test_anchors_are_numbered_where_errors_stand_at_one_place() -> None:
    places = [miss(), miss(label="ORG"), miss(), miss(document="b c"), miss(document="b_c"), miss()]
    assert [anchor for anchor, _ in anchored(places)] == [
        "entities-missed-a-3-ZONE",
        "entities-missed-a-3-ORG",
        "entities-missed-a-3-ZONE-2",
        "entities-missed-b_c-3-ZONE",
        "entities-missed-b_c-3-ZONE-2",
        "entities-missed-a-3-ZONE-3",
    ]


_misses = st.builds(
    miss, document=st.sampled_from(["a", "a 1", "a_1", "a-1", "甲", ATTACK]), start=st.integers(1, 3),
    label=st.sampled_from(["", "2", "3", "ZONE", "ZONE-2", "1-ZONE", "-2"]),
)  # fmt: skip


@given(st.lists(_misses, max_size=30))
@settings(deadline=None)
def test_anchors_differ_and_need_no_escape(misses: list[Miss]) -> None:
    anchors = [anchor for anchor, _ in anchored(misses)]
    assert len(set(anchors)) == len(misses)
    assert all(regex.fullmatch(r"[\w.-]+", anchor) for anchor in anchors)
    assert [one for _, one in anchored(misses)] == misses


def test_every_link_leads_to_one_place_of_the_page(page: Page, whole: Report) -> None:
    assert len(set(page.ids)) == len(page.ids)
    links = [values["href"] for values in page.all("a")]
    assert all(link.startswith("#") and link[1:] in page.ids for link in links)
    assert {anchor for anchor, _ in anchored(whole.misses)} <= {link[1:] for link in links}


# HTML


def test_page_is_one_file_that_loads_nothing(page: Page, whole: Report) -> None:
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "svg", "audio", "video"}
    for _, values in page.elements:
        assert not {name for name in values if name.startswith("on")} and not values.keys() & {"src", "srcset", "data"}
    source = html(whole)
    assert "@import" not in source and "@font-face" not in source and "url(" not in source
    assert not regex.search(r"(?:https?:)?//\w", source)
    policy = next(one["content"] for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")


def test_page_names_chinese_fonts_of_every_system(whole: Report) -> None:
    (family,) = regex.findall(r"font: [^;]*?/[\d.]+ ([^;]+);", html(whole))
    names = [name.strip(' "\n') for name in family.split(",")]
    assert {"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC"} <= set(names), "macOS, Windows, Linux"
    assert names[-1] == "sans-serif"


def test_page_shows_the_attack_as_text_and_nothing_else(page: Page, whole: Report) -> None:
    assert page.all("script") == page.all("u") == []
    assert all("style" in one for one in page.all("b") + page.all("i")), "bars alone"
    assert page.text.count(SAID) > 10
    assert "<script>" not in html(whole)
    for text in ("out<b>.jsonl", "<gold>.jsonl", "<i>unknown</i>", "甲: <u>failed</u>", "</td>" + SAID, "利润<b>"):
        assert text in page.text


@given(st.text(min_size=1, max_size=40))
@settings(max_examples=30, deadline=None)
def test_page_shows_any_text(text: str) -> None:
    """A text, id and label of any characters: the page is whole, and says it."""
    one = gold(text, text, entities=[{"label": text, "start": 0, "end": 1}])
    rendered = Page(html(report([one], score([one], {}, "out"), None, 2)))
    seen, said = (regex.sub(r"[\s\p{Z}\p{C}]+", "", one) for one in (rendered.text, text))
    assert seen.count(said) >= 3


def test_error_marks_both_readings_in_its_sentence() -> None:
    one = gold(text="前言。在南浔开发区说。", entities=[{"label": "ZONE", "start": 4, "end": 9}])
    wrong = record(entities=[{"label": "ZONE", "start": 6, "end": 10}])
    (missed,) = report([one], score([one], {"a": [wrong]}, "out"), None, 2).misses
    assert (missed.sentence_start, missed.gold_span, missed.found_span) == (3, (4, 9), (6, 10))
    pieces = [("在", ""), ("南浔", "gold"), ("开发区", "gold found"), ("说", "found"), ("。", "")]
    assert list(missed.pieces()) == pieces
    source = html(report([one], score([one], {"a": [wrong]}, "out"), None, 2))
    assert (
        '在<mark class="gold">南浔</mark><mark class="gold found">开发区</mark><mark class="found">说</mark>。'
        in source
    )


@pytest.mark.parametrize("span", [(0, 3), (40, 50), (2**70, 2**70 + 1)])
def test_reading_outside_of_the_sentence_is_not_marked(span: tuple[int, int]) -> None:
    assert list(miss(sentence="在南浔。", sentence_start=10, found_span=span).pieces()) == [("在南浔。", "")]


def test_page_says_what_was_left_out(page: Page) -> None:
    assert "1 documents have no record in out<b>.jsonl: b" in page.text
    assert "1 documents of out<b>.jsonl are not in gold and were left out: <i>unknown</i>" in page.text
    assert "1 failures of out<b>.jsonl: 甲: <u>failed</u>" in page.text
    assert f"2 documents have no record in {SAID}: 甲 1, {SAID}" in page.text


def test_page_has_a_row_for_every_figure_group_and_rule(page: Page, whole: Report) -> None:
    named = {" ".join(row[0].split()) for row in page.rows}
    assert {" ".join(f"{one.name} {one.label}".split()) for one in whole.figures} <= named
    assert {" ".join(group.value.split()) for group in whole.groups} <= named
    assert ["entities", "lexicon:zones", "0", "1", "0.000"] in page.rows
    figure = whole.figure("entities", "strict", "all")
    low, high = figure.f1_interval
    row = next(row for row in page.rows if row[0] == "strict all")
    assert row[1:5] == [f"{figure.p:.3f}", f"{figure.r:.3f}", f"{figure.f1:.3f}", f"[{low:.3f}, {high:.3f}]"]


def test_page_colours_differences_that_are_sure_alone() -> None:
    """Four documents are too few to be sure of anything, twelve are not."""
    zone = {"label": "ZONE", "start": 0, "end": 4}
    for number, classes in ((4, {"dim"}), (12, {"better"})):
        asked = [gold(f"d{i}", entities=[zone]) for i in range(number)]
        right = {one.id: [record(one.id, entities=[zone])] for one in asked}
        compared = report(asked, score(asked, {}, "nothing"), score(asked, right, "all"), 1000)
        cells = [
            one["class"] for one in Page(html(compared)).all("td") if one.get("class") in ("better", "worse", "dim")
        ]
        assert set(cells) == classes | {"dim"}
        worse = report(asked, score(asked, right, "all"), score(asked, {}, "nothing"), 1000)
        assert ('"worse"' in html(worse)) is (number == 12)


def test_page_without_errors_rules_or_figures_says_so() -> None:
    rendered = Page(html(small()))
    assert rendered.rows == []
    assert rendered.text.endswith("Errors 错误 None.")
    assert "rules" not in rendered.ids


def test_page_shows_a_thousand_errors_of_a_cause_and_counts_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(render.SHOWN, "html", 2)
    monkeypatch.setitem(render.SHOWN, "md", 1)
    many = small(entities=[{"label": "ZONE", "start": i, "end": i + 1} for i in range(5)])
    rendered = Page(html(many))
    assert len([one for one in rendered.all("div") if one.get("class") == "error"]) == 2
    assert "Entities 实体, missed: 5" in rendered.text and "… 3 more in report.json" in rendered.text
    assert "… 4 more in report.json" in markdown(many)
    assert len(render.as_data(many)["misses"]) == 5


# Markdown


def table_rows(text: str) -> Iterator[list[str]]:
    """The cells of every row, and that each table has as many in each row as in its heading."""
    heading = 0
    for line in text.splitlines():
        cells = regex.split(r"(?<!\\)\|", line)[1:-1] if line.startswith("|") else []
        if cells and not heading:
            heading = len(cells)
        assert len(cells) in (0, heading), line
        if not cells:
            heading = 0
        else:
            yield [cell.strip() for cell in cells]


def test_markdown_tables_have_a_line_a_row(whole: Report) -> None:
    rows = list(table_rows(markdown(whole)))
    for one in whole.figures:
        name = f"{one.name} {render._cell(one.label)}".strip()
        assert sum(row[0] == name and len(row) == 8 for row in rows) >= 1, name
    tables = len({one.task for one in whole.figures}) + len({one.by for one in whole.groups}) + bool(whole.rules)
    assert len(rows) == len(whole.figures) + len(whole.groups) + len(whole.rules) + 2 * tables


def test_markdown_has_no_markup_of_a_document(whole: Report) -> None:
    text = markdown(whole)
    assert "\\<script\\>alert(1)\\</script\\>\\&amp;" in text
    ours = regex.sub(r"\\[^\w\s]|\[[-+\d.]+, [-+\d.]+\]|\*\*|<0.001", "", text)
    assert not regex.search(r"[`\[\]*~<>&]", ours), "none but what is escaped, an interval, bold, or a small p"
    assert all(line[:2] in ("", "- ", "| ", "|-", "# ", "##", "**") or line[0].isdigit() or line[0] == "Δ" for line in text.splitlines())  # fmt: skip


def test_markdown_headings_and_lists_stand_apart(whole: Report) -> None:
    lines = markdown(whole).splitlines()
    for before, line in pairwise(lines):
        if line.startswith("#") or (line.startswith(("- ", "|")) and not before.startswith(line[0])):
            assert before == "", line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\t c", "a b c"),
        ("a|b", "a\\|b"),
        ("a\\|b", "a\\\\\\|b"),
        ("<b>&lt;", "\\<b\\>\\&lt;"),
        ("1. *x* _y_", "1. \\*x\\* \\_y\\_"),
        ("", ""),
    ],
)
def test_cell_is_one_line_without_markup(text: str, expected: str) -> None:
    assert render._cell(text) == expected


def test_report_survives_its_json(whole: Report) -> None:
    """What programs read: all keys of a report, and anchors beside."""
    data = json.loads(msgspec.json.encode(render.as_data(whole)))
    assert set(data) == set(Report.__struct_fields__)
    assert all(sys.float_info.max > abs(row["f1"]) >= 0 for row in data["figures"])
