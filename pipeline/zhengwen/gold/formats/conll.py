"""CoNLL: a character (or word) and its BIO tag a line, a blank line between sentences.

Columns cannot show white space. Ours leave it out, and have the text, and what tags do not say, in comments:

    # id = a1
    # text = "张三 在"
    # gold = {…}
    张	B-PERSON
    三	I-PERSON
    在	O

A file without such comments is read too: every stretch between blank lines is a document, its tokens joined.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ...errors import GoldError
from ...records import Span
from ...segment.sentences import sentence_spans
from ..documents import GoldDocument
from . import files
from .marked import Mark, carried, document, flat, marks

_EXPECTED = "CoNLL columns: a character, a tab, a tag"
_COMMENT = re.compile("# (id|text|gold) = (.*)", re.DOTALL)
_COLUMNS = re.compile("[\t ]+")
_TAG = re.compile(r"O|[BIMESLU]-\S+")
_INSIDE = "IMEL"
"""Tags that go on with a span, those of BMES and BILOU too."""


class Token(NamedTuple):
    where: str
    text: str
    tag: str


class Block(NamedTuple):
    """The lines of one document."""

    where: str
    comments: dict[str, str]
    tokens: list[Token]


def read(path: Path) -> list[GoldDocument]:
    """Raises GoldError for a line without tag, or tokens that are not those of the text in the comment."""
    return [_document(block, f"{path.stem}:{number}") for number, block in enumerate(_blocks(path), 1)]


def _blocks(path: Path) -> Iterator[Block]:
    block = Block("", {}, [])
    for where, line in files.lines(path, _EXPECTED):
        comment, blank = _COMMENT.fullmatch(line), not line.strip(" \t")
        if block.tokens or "text" in block.comments:
            again = comment and (block.tokens or comment[1] in block.comments)
            if again or (blank and "text" not in block.comments):
                yield block
                block = Block("", {}, [])
        if blank:
            continue
        block = block if block.where else block._replace(where=where)
        if comment:
            block.comments[comment[1]] = comment[2]
        elif token := _token(line, where):
            block.tokens.append(token)
    if block.tokens or "text" in block.comments:
        yield block


def _token(line: str, where: str) -> Token | None:
    """None for a comment that is not ours, and for the mark between documents of CoNLL-2003."""
    columns = _COLUMNS.split(line.rstrip(" \t"))
    if len(columns) > 1 and _TAG.fullmatch(columns[-1]):
        return None if columns[0] == "-DOCSTART-" else Token(where, columns[0] or " ", columns[-1])
    if line.startswith("#"):
        return None
    raise GoldError(f"{where}: {line[:40]!r}: no tag; expected a character, a tab, and O or a tag such as B-PERSON")


def _document(block: Block, name: str) -> GoldDocument:
    where, comments, tokens = block
    given = comments.get("text")
    text = "".join(token.text for token in tokens) if given is None else given
    if text.startswith('"') and given is not None:
        text = files.decoded(given, str, f"{where}: text")
    spans = list(_spans(text, tokens))
    end = spans[-1][1] if spans else 0
    if not (text[end:].isspace() or end == len(text)):
        raise GoldError(f"{where}: the columns end before the text, at {text[end : end + 20]!r}")
    return document(comments.get("id", name), text, _marks(spans, tokens), where, comments.get("gold"))


def _spans(text: str, tokens: Iterable[Token]) -> Iterator[Span]:
    position = 0
    for token in tokens:
        while not token.text.isspace() and text[position : position + 1].isspace():
            position += 1
        if not text.startswith(token.text, position):
            there = text[position : position + len(token.text)]
            raise GoldError(f"{token.where}: {token.text!r}: the text in the comment has {there!r} there")
        yield position, position + len(token.text)
        position += len(token.text)


def _marks(spans: Iterable[Span], tokens: Iterable[Token]) -> list[Mark]:
    found: list[Mark] = []
    before = "O"
    for (start, end), token in zip(spans, tokens, strict=True):
        prefix, _, label = token.tag.partition("-")
        if prefix in _INSIDE and before != "O" and found[-1].label == label:
            found[-1] = found[-1]._replace(end=end)
        elif prefix != "O":
            found.append(Mark(start, end, label))
        before = prefix
    return found


def write(documents: Iterable[GoldDocument], path: Path) -> None:
    """Raises GoldError for spans that overlap, or begin or end with white space, and labels with white space."""
    files.write(path, "".join(f"{line}\n" for one in documents for line in _lines(one)).encode())


def _lines(one: GoldDocument) -> Iterator[str]:
    tags = _tags(one)
    yield f"# id = {' '.join(one.id.split())}"
    yield f"# text = {files.encoded(one.text)}"
    yield f"# gold = {carried(one)}"
    starts = {start for start, _ in sentence_spans(one.text)[1:]}
    for position, (character, tag) in enumerate(zip(one.text, tags, strict=True)):
        if position in starts and not tag.startswith("I-"):
            yield ""
        if not character.isspace():
            yield f"{character}\t{tag}"
    yield ""


def _tags(one: GoldDocument) -> list[str]:
    tags = ["O"] * len(one.text)
    for start, end, label in flat(marks(one), one, "CoNLL"):
        covered = one.text[start:end]
        if covered != covered.strip() or label.split() != [label]:
            raise GoldError(
                f"document {one.id!r}: {label!r} {covered!r} [{start}, {end}): white space, which CoNLL cannot show"
            )
        tags[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    return tags
