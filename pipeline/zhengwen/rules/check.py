"""Checks rules without annotation: what never matches, what others hide, what stands there twice, what is broad or slow.

Errors are what `read` refuses. Hits are counted in a corpus; a word that is found at every turn is no name.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from spacy.tokens import Doc

from .candidates import key_of
from .matcher import TIMEOUT, Matcher
from .read import Line, read_all
from .records import Rule

BROAD = 3.0
"""Hits in 1,000 characters: of the names of one of our labels, news has about three (PLACE most)."""
SLOW = 10.0
"""Seconds for a million characters: a tenth of the speed of the rest of the pipeline."""

_MEASURABLE = 0.05
"""Seconds below which nothing is said of speed."""


class Finding(NamedTuple):
    where: str
    severity: Literal["error", "warning"]
    code: str
    message: str


class Counted(NamedTuple):
    """What a rule found in the corpus: hits, and how many of them were taken."""

    line: Line
    hits: int
    taken: int
    example: str


def check(
    paths: Sequence[Path], texts: Iterable[str] | None = None, make_doc: Callable[[str], Doc] | None = None
) -> tuple[list[Finding], list[Counted]]:
    """The findings in order of the file, and the counts of each rule in the texts, if there are any.

    make_doc: see `Matcher`. Raises ConfigError for a file that cannot be read, and for nothing that stands in one.
    """
    lines, wrong = read_all(paths)
    findings = [Finding(where, "error", "syntax", message) for where, message in wrong]
    findings += [Finding(line.where, "warning", code, message) for line, code, message in _by_itself(lines)]
    counted: list[Counted] = []
    if texts is not None and not wrong:
        counted, more = _over(Matcher(lines, make_doc), texts)
        findings += more
    order = {line.where: number for number, line in enumerate(lines)}
    return sorted(findings, key=lambda one: order.get(one.where, -1)), counted


def lines_of(findings: Iterable[Finding], counted: Iterable[Counted]) -> Iterator[str]:
    """A line for each finding and each count, and one that sums up."""
    tally: Counter[str] = Counter()
    for one in counted:
        shown = f"  e.g. {one.example}" if one.example else ""
        yield f"{one.line.where}: {one.line.id}: {one.hits} hits, {one.taken} taken{shown}"
    for finding in findings:
        tally[finding.severity] += 1
        yield f"{finding.where}: {finding.severity}: {finding.message} ({finding.code})"
    yield f"{tally['error']} errors, {tally['warning']} warnings"


def _by_itself(lines: Iterable[Line]) -> Iterator[tuple[Line, str, str]]:
    seen: dict[object, Line] = {}
    names: dict[tuple[str, str], Line] = {}
    for line in lines:
        rule = line.rule
        if rule.off:
            continue
        if rule.kind != "edges" and (first := seen.setdefault(_same(rule), line)) is not line:
            yield line, "duplicate", f"says what {first.id} at {first.where} says"
        for name in line.names() if rule.gazetteer is not None else []:
            first = names.setdefault((rule.label, name), line)
            if first is not line:
                yield line, "duplicate", f"{name} is in {first.id} at {first.where}"
            if len(name) == 1:
                yield line, "broad", f"{name} is a single character: it is found inside other words"
        longest = max(map(len, (rule.suffix or []) + (rule.prefix or [])), default=0)
        if rule.length and rule.length[1] < longest:
            yield line, "never", f"a name of {rule.length[1]} characters has no room for {longest} of prefix or suffix"
        if (
            rule.shape is not None
            and not any(not one.isascii() or (one.isupper() and one not in "HA") for one in rule.shape)
            and not rule.context
            and "0" not in rule.shape
        ):
            yield line, "broad", f"the shape {rule.shape} is of classes alone; give it a context or a character"
        if rule.regex is not None and line.expression().match(""):
            yield line, "broad", "the regular expression matches an empty text"


def _same(rule: Rule) -> object:
    return key_of(rule), rule.length, rule.chars, rule.alone


def _over(matcher: Matcher, texts: Iterable[str]) -> tuple[list[Counted], list[Finding]]:
    """The counts of all rules in the texts, and what they show."""
    hits: Counter[int] = Counter()
    taken: Counter[int] = Counter()
    hiders: dict[int, Counter[int]] = {}
    examples: dict[int, str] = {}
    seconds: Counter[int] = Counter()
    size = 0
    for text in texts:
        size += len(text)
        found = matcher(text)
        kept = matcher.settle(found)
        for match in found:
            hits[match.rule] += 1
            examples.setdefault(match.rule, text[match.start : match.end])
            if match in kept:
                taken[match.rule] += 1
            else:
                hider = next(one.rule for one in kept if one.start < match.end and match.start < one.end)
                hiders.setdefault(match.rule, Counter())[hider] += 1
        for number, expression, _ in matcher.expressions:
            begun = time.process_time_ns()
            for _match in expression.finditer(text, timeout=TIMEOUT):
                pass
            seconds[number] += time.process_time_ns() - begun
    counted: list[Counted] = []
    findings: list[Finding] = []
    for number, line in enumerate(matcher.lines):
        if line.rule.off or line.rule.kind == "edges":
            continue
        counted.append(Counted(line, hits[number], taken[number], examples.get(number, "")))
        for code, message in _shown_by(hits[number], taken[number], size, seconds[number] / 1e9):
            if code == "shadowed":
                message += f" {matcher.lines[hiders[number].most_common(1)[0][0]].id}"
            findings.append(Finding(line.where, "warning", code, message))
    return counted, findings


def _shown_by(hits: int, taken: int, size: int, seconds: float) -> Iterator[tuple[str, str]]:
    if not hits:
        yield "never", f"finds nothing in {size:,} characters"
    elif not taken:
        yield "shadowed", f"all {hits} hits lose, most of them to"
    if size and hits * 1000 > BROAD * size and hits > 5:
        yield "broad", f"{hits} hits in {size:,} characters: more than a kind of name has"
    if size and seconds > _MEASURABLE and seconds * 1e6 > SLOW * size:
        yield (
            "slow",
            f"its expression takes {seconds / size * 1e6:.0f} s for a million characters; anchor it with a word",
        )
