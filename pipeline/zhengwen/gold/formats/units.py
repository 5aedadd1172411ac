"""Offsets in UTF-16 units, as programs in JavaScript count, and in code points, as Python and gold count."""


def to_units(text: str) -> list[int]:
    """For each code point offset, 0 … len(text), the offset in UTF-16 units."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (2 if character > "\uffff" else 1))
    return offsets


def from_units(text: str) -> dict[int, int]:
    """For each offset in UTF-16 units that is not inside a character, the code point offset."""
    return {units: points for points, units in enumerate(to_units(text))}


def bare(text: str) -> str:
    """A covered text without white space, line breaks written as \\n too: tools change it, and it tells nothing."""
    return "".join(text.replace("\\n", " ").split())
