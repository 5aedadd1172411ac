"""Traditional script: kept as it is in the output, read as simplified by the rules.

Every character is mapped to one character (OpenCC's table t2s, character by character), so that offsets stay. A text
counts as traditional if enough of its characters exist in traditional script alone: 著 and 乾 are simplified too.
"""

import re
from functools import cache, lru_cache
from typing import Final

import opencc
import regex

HAN = (
    r"\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufa6d\ufa70-\ufad9\U00016fe2-\U00016ff6\U00020000-\U000323af"
)
"""The Chinese characters, as ranges for a class of `re`: twice as fast as `regex`, it knows no scripts."""
_HAN: Final = regex.compile(r"\p{Han}")
MIN_SHARE = 0.02
"""Of a text's Chinese characters; a traditional text has some 0.3, a name in a simplified one less."""
MAX_KEPT = 10_000
"""Characters of a text that is kept simplified: all that is kept takes 20 MB at most."""


def simplified(text: str) -> str:
    """The text in simplified script, of the same length; the text itself if it is simplified."""
    return _kept(text) if len(text) <= MAX_KEPT else _simplified(text)


@lru_cache(maxsize=1024)
def _kept(text: str) -> str:
    """Every stage asks for it: those of a group of articles are kept from one to the next."""
    return _simplified(text)


def _simplified(text: str) -> str:
    only = _traditional_only()
    if not only.search(text):
        return text
    found = len(only.findall(text))
    return text.translate(_table()) if found > MIN_SHARE * len(_HAN.findall(text)) else text


def as_written(phrase: str, plain: str, text: str) -> str:
    """A phrase of the simplified text as the original has it; unchanged if it does not stand there as a whole."""
    if plain == text:
        return phrase
    position = plain.find(phrase)
    return text[position : position + len(phrase)] if position >= 0 else phrase


@cache
def _table() -> dict[int, str]:
    converter = opencc.OpenCC("t2s")
    characters = map(chr, range(0x3400, 0xA000))
    return {ord(c): simple for c in characters if (simple := converter.convert(c)) != c and len(simple) == 1}


@cache
def _traditional_only() -> re.Pattern[str]:
    characters = [character for code in _table() if not (character := chr(code)).encode("gb2312", "ignore")]
    return re.compile(f"[{''.join(characters)}]")
