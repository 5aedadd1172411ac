"""When two quantities are the same: value, unit and bound after conversion to a base unit."""

import math
from decimal import Decimal
from fractions import Fraction
from functools import cache

from ..gold.documents import GoldQuantity
from ..lexicon import table
from .outputs import FoundQuantity

_LOOSE = {"at_least": "over", "more_than": "over", "at_most": "under", "less_than": "under"}
"""以上 and 超过 are often told apart by nothing."""


@cache
def _bases() -> dict[str, tuple[str, float]]:
    return {row["unit"]: (row["base"], float(Fraction(row["factor"]))) for row in table("base_units")}


def in_base(value: Decimal | None, unit: str | None) -> tuple[float | None, str]:
    """A value in the base of its unit, and that base: 3 kW as 3000 W, 6 t/d as 6000 kg/d."""
    over, _, under = (unit or "").partition("/")
    base, factor = _bases().get(over, (over, 1.0))
    if under:
        per, divisor = _bases().get(under, (under, 1.0))
        base, factor = f"{base}/{per}", factor / divisor
    if value is None:
        return None, base
    return (math.nan if value.is_nan() else float(value)) * factor, base


def same_value(gold: GoldQuantity, found: FoundQuantity) -> bool:
    """Whether value, or low and high, are the same; whatever the bound of `found`."""
    pairs = [(gold.low, found.low), (gold.high, found.high)] if gold.bound == "range" else [(gold.value, found.value)]
    for wanted, got in pairs:
        (a, _), (b, _) = in_base(wanted, gold.unit), in_base(got, found.unit)
        if (a is None) != (b is None):
            return False
        if a is not None and b is not None and not math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12):
            return False
    return True


def same_unit(gold: GoldQuantity, found: FoundQuantity) -> bool:
    return in_base(None, gold.unit)[1] == in_base(None, found.unit)[1]


def same_bound(gold: GoldQuantity, found: FoundQuantity) -> bool:
    bound = found.bound or "exact"
    return _LOOSE.get(gold.bound, gold.bound) == _LOOSE.get(bound, bound)


def difference(gold: GoldQuantity, found: FoundQuantity) -> str | None:
    """What differs, the gravest first: unit, value or bound; None if nothing does."""
    if not same_unit(gold, found):
        return "unit"
    if not same_value(gold, found):
        return "value"
    return None if same_bound(gold, found) else "bound"
