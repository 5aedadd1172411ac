"""Quantities: numbers with what they count or measure, as exact decimals in a known unit."""
