"""Names of reporters and photographers: （记者 王某 李某）, 编译/杜某, 王某 摄, （图片由谭某提供）."""

from typing import Final

import regex

from ..credits import credited_names
from .hits import Hit
from .names import is_name
from .spans import Mention

_NAME = r"(?:\p{Han}[ 　]{1,2}\p{Han}(?!\p{Han})|\p{Han}{2,4})"
_SIGNED: Final = regex.compile(
    rf"\p{{Han}}+[/／:：]?[ 　]*(?<=[/／:： 　]|记者|通讯员|实习生|编译|摄影|撰文|作者)(?P<names>{_NAME}(?:[ 　、]{{1,4}}{_NAME}){{0,11}}+)"
    r"(?=[ 　]*(?:[）)】\n]|$|通讯员|记者|编译|实习生|摄|文|图|报道))"
)
_EACH: Final = regex.compile(_NAME)
_ENDS: Final = frozenset("）)/ 　\n")
_TAKER: Final = regex.compile(
    r"(?r)(?:^|(?<=[。！？\s（(/由]))(\p{Han}[ 　]{1,2}\p{Han}|\p{Han}{2,4})[ 　]*(?:图|摄影)?", regex.M
)


def bylines(text: str, hits: dict[str, list[Hit]]) -> list[Mention]:
    found: list[Mention] = []
    for start, end in credited_names(text):
        found.append(Mention(start, end, "PERSON", "rule:byline"))
    for byline in hits["byline"]:
        if line := _SIGNED.match(text, byline.start):
            for name in _EACH.finditer(text, *line.span("names")):
                if is_name(name[0]):
                    found.append(Mention(name.start(), name.end(), "PERSON", "rule:byline"))
    for credit in hits["credit"]:
        start, end = credit.start, credit.end
        if end < len(text) and text[end] not in _ENDS and not text.startswith(("影", "报道"), end):
            continue
        taker = _TAKER.match(text, max(0, start - 10), start)
        if taker and is_name(taker[1]):
            found.append(Mention(taker.start(1), taker.end(1), "PERSON", "rule:photographer"))
    return found
