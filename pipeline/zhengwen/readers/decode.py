"""Bytes to text: a given encoding, else a byte order mark, strict UTF-8, GB18030."""

import codecs

from ..errors import DocumentError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# GB18030 decodes most binary files without an error, but no text holds these control characters.
_CONTROLS = frozenset(map(chr, set(range(32)) - {9, 10, 11, 12, 13, 27})) | {"\x7f"}


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of `data`, line ends as they are, without a byte order mark.

    Raises DocumentError D102 if the bytes do not fit the encoding, or no encoding fits them.
    """
    if encoding is None:
        encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for name in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError as error:
            position = error.start
        else:
            if _CONTROLS.isdisjoint(text):
                return text.removeprefix("\ufeff")
            position = next(i for i, character in enumerate(text) if character in _CONTROLS)
    raise DocumentError("D102", f"no text in {encoding or 'UTF-8 or GB18030'}: see position {position}", position)
