"""Candidates and context for when a fact holds, what kind it is, and whether it is planned."""

from bisect import bisect_left, bisect_right
from typing import Final

from .around import EARLIER, RANKS
from .clauses import Item, Phrase, Reading
from .decision import NO_TIME, Decision, When
from .scores import Choice, Context, Cues

KINDS = ("level", "change", "share", "condition")
MODALITIES = ("actual", "planned")


_TELLING: Final = frozenset("级的以左")
"""Characters directly behind a number that tell its kind: 千万千瓦级基地, 亿元以上项目."""
_WORDS: Final = frozenset("vlcspuxf")
_PLANNED: Final = frozenset(("计划", "拟投", "预计", "规划", "目标", "设计"))
_LINES: Final = ["line0", "line1", "line2"]
"""How many sentences before it in the line."""
KIND_LABELS: Final = [Choice((kind,)) for kind in KINDS]
MODALITY_LABELS: Final = [Choice((modality,)) for modality in MODALITIES]


def time_candidates(reading: Reading, place: int, last: Decision | None) -> list[When]:
    """The times of the clause, the sentence and the line, nearest first. last: the fact before."""
    items, times = reading.items, reading.times
    found: list[When] = []
    here = items[place]
    clause, sentence, line = here.clause, here.sentence, here.line
    timed, stops = reading.places["t"], reading.places["."]
    before_number = last.place if last is not None else -1
    first = max(line, place - 4 * EARLIER)
    nearest = bisect_left(timed, place) - 1
    for i in range(nearest, -1, -1):
        j, seen = timed[i], nearest - i
        if j < first or seen > 3:
            break
        if j >= sentence:
            where = "clause" if j >= clause else "sentence"
        else:
            where = _LINES[min(bisect_left(stops, place) - bisect_right(stops, j), 2)]
        led = items[j - 1].kind if j else ""
        opens = "opens" if j in (sentence, line) or led in ".|" else "inside"
        crossed = "q" if before_number > j else ""
        number = items[j].number
        led = led if led in "uf" else ""
        traits = (where, times[number].grain, RANKS[min(seen, 2)], crossed, opens, led, _role(reading, j))
        found.append(When(number, traits))
    for j in range(place + 1, min(len(items), place + 8)):
        item = items[j]
        if item.kind == "t":
            found.append(When(item.number, ("after", times[item.number].grain)))
            break
        if item.kind in ".|":
            break
    if last is not None and last.place >= line and last.when.number >= 0:
        where = "sentence" if last.place >= sentence else "line"
        gap = "clause" if _comma_between(items, last.place, place) else "near"
        grain = times[last.when.number].grain
        found.append(When(last.when.number, ("carried", where, gap, grain)))
    found.append(NO_TIME)
    return found


def _comma_between(items: list[Item], first: int, last: int) -> bool:
    return any(items[j].kind == "," for j in range(first + 1, min(last, first + 31)))


def _role(reading: Reading, place: int) -> str:
    """Whether a time stands for itself (adv) or belongs to the words behind it (attr): 2024年|第一次活动."""
    behind = reading.items[place + 1] if place + 1 < len(reading.items) else None
    if isinstance(behind, Phrase):
        named = behind.marks and behind.marks[0].start == behind.start and behind.marks[0].kind in "ega"
        return "adv" if named else "attr" if reading.text[behind.start] == "第" else "before-phrase"
    return "adv" if behind is not None and behind.kind in ",xvplc" else "other"


def kind_cues(reading: Reading, this: Decision, bound: str) -> Cues:
    """The cues for level, change, share or condition around a quantity."""
    text, items, place, metric = reading.text, reading.items, this.place, this.metric
    clause = items[place].clause
    cue, word, near = "no", "", "adj"
    for j in range(place - 1, max(clause, place - 10) - 1, -1):
        item = items[j]
        if item.kind in "cs":
            cue, word = item.kind + near, text[item.start : item.end]
            break
        if item.kind == "q":
            near = "q"
        elif isinstance(item, Phrase):
            near = "phrase" if near == "adj" else near
    behind = items[place + 1] if place + 1 < len(items) else None
    follows = ""
    if behind is not None:
        follows = behind.kind
        if behind.kind in "bP":
            follows = "".join([items[j].kind for j in range(place + 1, min(len(items), place + 5))])
    before = items[place - 1].kind if place else ""
    led = reading.said(items[place - 1]) if before in _WORDS and place else before
    next_character = text[items[place].end : items[place].end + 1]
    if next_character not in _TELLING:
        next_character = ""
    opening = text[metric.start : metric.start + 2].strip() if metric.start >= 0 else ""
    return this.unit, cue, word, bound, follows, before, metric.kind, opening, led, next_character


def kind_context(cues: Cues) -> Context:
    """The cues as they are weighed, some of them joined."""
    unit, cue, word, bound, follows, before, metric, opening, led, next_character = cues
    return (
        unit,
        cue,
        word,
        bound,
        follows[:1],
        follows,
        before,
        metric,
        f"{bound} {follows[:2]}",
        opening,
        f"{unit} {led}",
        f"next {next_character}" if next_character else "",
    )


def modality_cues(reading: Reading, this: Decision, last: Decision | None, date: str | None) -> Cues:
    """The words of planning around a quantity. last: the fact before."""
    text, items, place, metric = reading.text, reading.items, this.place, this.metric
    clause, sentence = items[place].clause, items[place].sentence
    planned = reading.places["p"]
    in_clause = in_sentence = done = behind = before = comma = own = ahead = ""
    for i in range(bisect_left(planned, place) - 1, -1, -1):
        j = planned[i]
        if j < max(sentence, place - EARLIER):
            break
        if j >= clause:
            in_clause = in_clause or reading.said(items[j])
        elif not in_sentence:
            in_sentence = reading.said(items[j])
            break
    for j in range(place - 1, max(clause, place - EARLIER) - 1, -1):
        if items[j].kind == "x" and reading.said(items[j]) in ("已", "已经", "了"):
            done = "done"
            break
    for j in range(place + 1, min(len(items), place + 8)):
        item = items[j]
        if item.kind in ".|":
            break
        if item.kind == "p":
            behind = text[item.start : item.end]
            break
    if last is not None and last.place >= sentence:
        before, comma = last.modality, "-other" if _comma_between(items, last.place, place) else "-near"
    if metric.start >= 0 and text[metric.start : metric.start + 2] in _PLANNED:
        own = text[metric.start : metric.start + 2]
    if date and this.when.number >= 0:
        time = reading.times[this.when.number].time
        if time.end:
            ahead = "future" if (time.start or time.end) > date else "open" if time.end > date else "past"
    title = "title" if reading.in_title(place) else ""
    return in_clause, in_sentence, before, comma, done, behind, own, ahead, title


def modality_context(cues: Cues) -> Context:
    """The cues as they are weighed, some of them joined."""
    in_clause, in_sentence, before, comma, done, behind, own, ahead, title = cues
    carried = before + comma
    return (
        f"clause {in_clause}",
        f"sentence {in_sentence}",
        carried,
        done,
        f"behind {behind}",
        own,
        ahead,
        "clause" if in_clause else "",
        "sentence" if in_sentence else "",
        f"{bool(in_clause)} {bool(in_sentence)} {carried}",
        f"{bool(in_sentence)} {done}",
        title,
    )
