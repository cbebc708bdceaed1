"""Temperatures on another scale than a law needs: degrees Celsius for kelvin, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from edgewise._arrays import Array
from edgewise.laws.law import Law

COLD, HOT = 150.0, 200.0
"""Columns below COLD are hardly in kelvin, those above HOT hardly in °C, in laws that say which."""
KELVIN, CELSIUS = "in kelvin", "in °C"
"""How the meaning of an input says its scale."""
NAMED = re.compile(r"°\s*C|℃|celsius|\bdeg[ _]?C\b|[\[(/_]\s*C\s*[\])]?$", re.IGNORECASE)
"""What a column's name says of degrees Celsius, such as "T [°C]" or T_C."""


def note_temperatures(law: Law, x: Array, names: Sequence[str]) -> Iterator[str]:
    """A note for each input that seems to be on another scale of temperature than the law's.

    Shape:
        x: (rows, in)
    """
    for meaning, name, column in zip(law.inputs.values(), names, x.T, strict=True):
        celsius = NAMED.search(name) is not None
        if meaning.endswith(KELVIN) and (celsius or column.max() < COLD):
            yield f"{name} seems to be in °C, and the law needs kelvin: add 273.15 to it"
        if meaning.endswith(CELSIUS) and not celsius and column.min() > HOT:
            yield f"{name} seems to be in kelvin, and the law needs °C: subtract 273.15 from it"
