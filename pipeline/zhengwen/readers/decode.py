"""Bytes to text: a given encoding, a byte order mark, the page's own declaration, strict UTF-8, else the likeliest of the
other encodings that Chinese archives have.

GB18030 and Big5 decode most of each other's text without an error, into characters that no text uses: the reading with
more of the common characters (the first levels of GB 2312 and Big5) is taken.
"""

import codecs
import re
from functools import cache

import regex

from ..errors import DocumentError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = regex.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", regex.I
)
_DECLARABLE = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80", "gb18030", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "x-x-big5", "cp950"), "big5hkscs"),
}
"""What a page may declare, and what it is read as; anything else that is declared is passed over."""
# Any byte string decodes as UTF-16 and most as GB18030, but no text holds these control characters.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_GUESSES = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_SAMPLE = 4000
"""Characters looked at to tell how likely a reading is."""
_FEW = 20
"""Chinese characters, of which no share can be told."""
_HAN = regex.compile(r"\p{Han}")
_BROKEN = regex.compile("锟斤拷|烫烫烫|\ufffd{2}|(?:[ÃÂäåæçèéï][\x80-\xbf¡-¿]){2}")


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of `data`, line ends as they are, without a byte order mark.

    Raises DocumentError D102 if the bytes do not fit the encoding, or no encoding fits them.
    """
    if encoding is not None:
        return _strict(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, name)
    if (declared := _declared(data)) and (text := _try(data, declared)) is not None:
        return text
    if (text := _try(data, "utf-8")) is not None:
        return text
    readings = {name: text for name in _GUESSES if (text := _try(data, name)) is not None}
    if not readings:
        return _strict(data, "utf-8")
    best = max(readings, key=lambda name: likelihood(readings[name]))
    if likelihood(readings[best]) < 0.5:
        raise DocumentError("D102", f"no text in UTF-8, {', '.join(_GUESSES)}: name the encoding in the config")
    return readings[best]


def likelihood(text: str) -> float:
    """The share of characters that are common in Chinese text, of the first few thousand: near 1 for text, less for garbage."""
    sample = text[:_SAMPLE]
    common = _common()
    return sum(character in common for character in sample) / len(sample) if sample else 1.0


def garbled(text: str) -> bool:
    """Whether a text was decoded wrongly before it came here: 锟斤拷, ä¸­å›½, UTF-8 read as GBK (鏂伴椈)."""
    sample = text[:_SAMPLE]
    if _BROKEN.search(sample):
        return True
    unusual = set(sample) - _common()  # few in a text, so that most texts are done with here
    rare = sum(sample.count(character) for character in unusual if _HAN.match(character))
    return rare > 0.3 * _FEW and len(han := _HAN.findall(sample)) >= _FEW and rare > 0.3 * len(han)


@cache
def _common() -> frozenset[str]:
    """The 3,755 characters of GB 2312's first level, the 5,401 of Big5's, printable ASCII, and CJK punctuation."""
    level_one = {bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)}
    simplified = {code.decode("gb2312", "ignore") for code in level_one}
    cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = {bytes((row, cell)).decode("big5", "ignore") for row in range(0xA4, 0xC7) for cell in cells}
    ascii_text = {*map(chr, range(32, 127)), "\t", "\n", "\r"}
    marks = {*"，。、；：？！“”‘’（）《》【】—…·％～　〇①②③④⑤⑥⑦⑧⑨⑩亿", *map(chr, range(0xFF10, 0xFF5B))}
    return frozenset((simplified | traditional | ascii_text | marks) - {""})


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data, 0, 2048)
    return _DECLARABLE.get(found[1].decode().lower()) if found else None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return _strict(data, encoding)
    except DocumentError:
        return None


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except LookupError:
        raise DocumentError("D102", f"unknown encoding {encoding!r}") from None
    except UnicodeDecodeError as error:
        raise DocumentError("D102", f"no text in {encoding}: see byte {error.start}", error.start) from None
    except UnicodeError as error:
        raise DocumentError("D102", f"no text in {encoding}: {error}") from None
    if control := _CONTROL.search(text):
        position = control.start()
        raise DocumentError("D102", f"no text in {encoding}: control character at {position}", position)
    return text.removeprefix("\ufeff")
