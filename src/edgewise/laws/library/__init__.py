"""The library of named laws: one table for each field, and functions that search them."""

from __future__ import annotations

import difflib
from types import MappingProxyType

from edgewise._checks import check_choice, quote
from edgewise.laws.law import Law
from edgewise.laws.library.biology import BIOLOGY
from edgewise.laws.library.chemistry import CHEMISTRY
from edgewise.laws.library.curves import CURVES
from edgewise.laws.library.engineering import ENGINEERING
from edgewise.laws.library.matter import MATTER
from edgewise.laws.library.physics import PHYSICS
from edgewise.laws.library.practice import PRACTICE
from edgewise.laws.library.reactions import REACTIONS

TABLES = (CURVES, BIOLOGY, REACTIONS, CHEMISTRY, PHYSICS, MATTER, ENGINEERING, PRACTICE)
LAWS = MappingProxyType({law.name: law for table in TABLES for law in table})
"""All laws by name."""


def names(field: str | None = None) -> list[str]:
    """The names of all laws, or of those of one field.

    Raises:
        ValueError: if there is no such field.

    Example:
        >>> import edgewise as ew
        >>> ew.laws.names("enzymes and binding")[:2]
        ['michaelis_menten', 'hill']
    """
    if field is not None:
        check_choice("names", "a field", field, fields())
    return [law.name for law in LAWS.values() if field in (None, law.field)]


def fields() -> list[str]:
    """The names of the fields of science.

    Example:
        >>> import edgewise as ew
        >>> ew.laws.fields()[:3]
        ['lines and ratios', 'powers', 'exponentials']
    """
    return list(dict.fromkeys(law.field for law in LAWS.values()))


def find(text: str) -> list[str]:
    """The names of the laws whose name, title, other names or field contain a text.

    Raises:
        TypeError: if `text` isn't a string.

    Example:
        >>> import edgewise as ew
        >>> ew.laws.find("verhulst")
        ['logistic']
    """
    if not isinstance(text, str):
        raise TypeError(f"find expected a text such as 'growth', got {text!r:.80}")
    word = text.lower()
    return [
        law.name
        for law in LAWS.values()
        if word in " ".join([law.name, law.title, *law.also, law.field]).lower()
    ]


def get(name: str) -> Law:
    """A law by its name.

    Raises:
        ValueError: if there is no law of this name.

    Example:
        >>> import edgewise as ew
        >>> ew.laws.get("gompertz")
        Gompertz growth: N = K*exp(-b*exp(-c*t))
    """
    if isinstance(name, str) and name in LAWS:
        return LAWS[name]
    text = name if isinstance(name, str) else ""
    near = find(text) if text else []
    near += difflib.get_close_matches(text, LAWS, n=3)
    hint = f": {' or '.join(dict.fromkeys(near[:3]))}?" if near else ", see edgewise.laws.names()"
    raise ValueError(f"expected the name of a law, got {quote(name)}{hint}")
