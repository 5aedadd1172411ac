"""Which division a place's name means, and the key it has in every article: its code.

Many names are shared (朝阳区, 城关镇). The one is meant whose province or city the article names too, beside it (长春市|朝阳区)
or elsewhere; if that leaves several, none is taken.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from ..lexicon import pairs, table
from ..records import Entity

_MUNICIPALITIES: Final = frozenset(["11", "12", "31", "50"])
_DIGITS: Final = {"province": 2, "city": 4}


class Division:
    """A division of China: province, city, county or town, by `level`; each is one object.

    `code` has six digits, or nine for a town; a parent's code opens with the same digits.
    """

    def __init__(self, code: str, name: str, level: str):
        self.code = code
        self.name = name
        self.level = level


@cache
def _by_name() -> dict[str, list[Division]]:
    named: dict[str, list[Division]] = {}
    others = _other_places()
    for row in table("divisions", "corpus/gazetteers"):
        division = _by_code()[row["code"]]
        stem = row["name"][:-1] if len(row["name"]) > 2 else ""
        for word in {row["name"], row["short"], stem} - {""} - others | {row["name"]}:
            named.setdefault(word, []).append(division)
    for code, name in pairs("towns", "corpus/gazetteers"):
        named.setdefault(name, []).append(Division(code, name, "town"))
    return named


@cache
def _shorts() -> dict[str, Division]:
    """The division that a short name means by itself (吉林: the province)."""
    return {
        row["short"]: _by_code()[row["code"]]
        for row in table("divisions", "corpus/gazetteers")
        if row["short"] and (row["level"] != "county" or row["short"] not in _other_places())
    }


@cache
def _other_places() -> set[str]:
    """Waters, mountains, countries: 泰山 is a mountain before it is a 泰山区."""
    return {row["name"] for row in table("places", "corpus/gazetteers") if row["kind"] != "historic"}


@lru_cache(maxsize=8192)
def named(name: str) -> list[Division]:
    """The divisions of that full or short name."""
    if division := _shorts().get(name):
        return [division]
    found = _by_name().get(name, [])
    return [division for division in found if division.name == name] or found


def located(places: Iterable[tuple[Entity, str]]) -> dict[str, Division]:
    """The division that each place entity means, by entity id, where it can be told."""
    known: dict[str, Division] = {}
    open_: list[tuple[Entity, list[Division]]] = []
    before: Entity | None = None
    for entity, name in places:
        candidates = named(name)
        parent = known.get(before.id) if before and before.end == entity.start else None
        if parent:
            candidates = [division for division in candidates if _inside(division, parent)]
        if len(candidates) == 1 and (parent or candidates[0].level != "town"):
            known[entity.id] = candidates[0]
        elif candidates:
            open_.append((entity, candidates))
        before = entity
    context = {prefix for division in set(known.values()) for prefix in _prefixes(division)}
    for entity, candidates in open_:
        for digits in (6, 4, 2):  # of one county, one city, one province with what is known
            near = [division for division in candidates if _prefix(division, digits) in context]
            if near:
                candidates = near
                break
        else:
            if context:
                continue
        if len(candidates) == 1:
            known[entity.id] = candidates[0]
    return known


def _prefixes(division: Division) -> list[str]:
    """What it shares with other divisions of its county, city and province, as far down as it goes itself."""
    level = 4 if division.code[:2] in _MUNICIPALITIES else _level(division)
    return [_prefix(division, digits) for digits in (6, 4, 2) if digits <= max(level, _level(division))]


def _prefix(division: Division, digits: int) -> str:
    """The digits of a county, city or province; the districts of a municipality lie in it as in a city."""
    if digits == 4 and division.code[:2] in _MUNICIPALITIES:
        return division.code[:2] + "00"
    return division.code[:digits]


@lru_cache(maxsize=8192)
def opening(name: str) -> tuple[Division | None, int]:
    """The smallest division of the chain that opens a name (福建省|厦门市|…), and where the chain ends."""
    found: Division | None = None
    start = 0
    while start < len(name):
        for end in range(min(len(name), start + 12), start + 1, -1):
            word = name[start:end]
            within = [
                division
                for division in named(word)
                if division.level != "town"
                and (division.name == word or word in _shorts())  # 北湖新城 need not lie in a 北湖区
                and (found is None or _inside(division, found))
            ]
            if len(within) == 1:
                found, start = within[0], end
                break
        else:
            break
    return found, start


def province(code: str) -> Division | None:
    """The province that a code lies in."""
    return _by_code().get(code[:2] + "0000")


def city(code: str) -> Division | None:
    """The city that a code lies in; None for a province."""
    return _by_code().get(code[:4] + "00") if code[2:4] != "00" else None


@cache
def _by_code() -> dict[str, Division]:
    rows = table("divisions", "corpus/gazetteers")
    return {row["code"]: Division(row["code"], row["name"], row["level"]) for row in rows}


def _level(division: Division) -> int:
    """How many digits of the code say which division it is."""
    return _DIGITS.get(division.level, 6)


def _inside(division: Division, parent: Division) -> bool:
    digits = _level(parent)
    return division.code[:digits] == parent.code[:digits] and _level(division) + len(division.code) > digits
