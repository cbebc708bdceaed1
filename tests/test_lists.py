"""What documentation lists by name is all that there is; docs/architecture.md says where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import edgewise as ew
from edgewise import datasets
from edgewise.bases import registry
from edgewise.cli.convert import convert
from edgewise.cli.train import train
from edgewise.interop.formats import FORMATS
from edgewise.nn.norm import NORMS
from edgewise.training.losses import LOSSES, METRICS

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
PROGRAMS = [f for f in FORMATS if not any(f.startswith(f"{other}-") for other in FORMATS)]
BASES = [cls.__name__ for cls in registry().values() if cls.__module__.startswith("edgewise.")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (ew.KANLinear.__doc__, NORMS),
        (ew.fit.__doc__, LOSSES),
        (ew.fit.__doc__, METRICS),
        (train.help, datasets.names()),
        (convert.help, PROGRAMS),
        (README, BASES),
    ],
    ids=["norms", "losses", "metrics", "datasets", "formats", "bases"],
)
def test_a_list_leaves_nothing_out(text, names):
    words = set(re.findall(r"[\w-]+", text))
    assert set(names) - words == set()
