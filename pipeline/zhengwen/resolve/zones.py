"""One name and one key for a zone: full and short forms, the national list, and bare mentions.

The key is `zone:CODE:NAME`, of the code of its place (000000 if none is known) and the rest of its name in the shortest
form, so that 山西省大同经济技术开发区 and 大同经开区 have one key in all articles: zone:140200:经开区.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

import regex

from ..lexicon import column, table
from .divisions import opening

_FORMS: Final = dict(zip(column("zone_forms", "long"), column("zone_forms", "short"), strict=True))
_LONG: Final = regex.compile(r"\L<forms>", forms=list(_FORMS))


class Zones:
    """The zones of one article. Mentions are given by their names, in simplified script."""

    def __init__(self, names: Iterable[str]):
        self._full: dict[str, str] = {}
        for name in names:
            known = self._full.setdefault(key(name), name)
            if len(name) > len(known):
                self._full[key(name)] = name

    def canonical(self, name: str) -> str:
        """The fullest name of the zone, in the national list or else in the article."""
        own = key(name)
        plain = own.endswith(":开发区")
        for form in (
            (own, own.removesuffix("开发区") + "经开区") if plain else (own,)
        ):  # 昆山开发区 is its 经济技术开发区, if it has one
            if known := _listed().get(form):
                return known
        return self._full.get(own, name)


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    division, end = opening(name)
    if division is None and (place := _places().get(name)):
        division, _ = opening(place)  # 中关村科技园区
    return f"zone:{division.code if division else '000000'}:{reduced(name[end:]) or name}"


def reduced(name: str) -> str:
    """A zone's name in its shortest form, which all its forms share."""
    return _LONG.sub(lambda form: _FORMS[form[0]], name)


@lru_cache(maxsize=4096)
def kind_of(name: str) -> str:
    """What a bare mention can repeat of the name: 高新区, 经开区, 示范区."""
    return reduced(name)[-3:]


@cache
def _listed() -> dict[str, str]:
    """Listed zones by their keys; a key that two share tells neither."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for row in table("zones", "corpus/gazetteers"):
        for name in {row["name"], row["short"]} - {""}:
            if found.setdefault(key(name), row["name"]) != row["name"]:
                shared.add(key(name))
    return {form: name for form, name in found.items() if form not in shared}


@cache
def _places() -> dict[str, str]:
    return {row["name"]: row["place"] for row in table("zones", "corpus/gazetteers")}
