"""What tab completion shows: public names, and nothing else."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

import edgewise as ew

ROOMS = [name for name in dir(ew) if isinstance(getattr(ew, name), ModuleType)]
VERBS = [
    *("fit", "evaluate", "plot", "plot_edge", "prune", "prune_to", "attribute", "interactions"),
    *("unmix", "extract", "structure", "save", "fix_edge", "free_edge", "freeze", "unfreeze"),
    *("edge_curve", "expand_width", "expand_depth", "auto_swap"),
]


@pytest.mark.parametrize("name", ["", *ROOMS])
def test_dir_shows_public_names_alone(name):
    module = getattr(ew, name) if name else ew
    shown = dir(module)
    assert sorted(shown) == sorted(module.__all__)
    for public in shown:
        assert not public.startswith("_")
        found = getattr(module, public)
        if inspect.isclass(found) or inspect.isfunction(found):
            assert found.__module__.split(".")[0] == "edgewise"
        elif isinstance(found, ModuleType):
            assert found.__name__.split(".")[0] == "edgewise"


def test_the_rooms_are_those_that_may_be_used():
    assert {"bases", "datasets", "grids", "models", "nn", "surgery", "symbolic"} <= set(ROOMS)


def test_dir_of_a_room_leads_to_its_names_before_anything_is_loaded(forks):
    code = "import edgewise as ew; print(*dir(ew), '|', *dir(ew.datasets))"
    names, datasets = forks.run("-c", code).split("|")
    assert set(VERBS) <= set(names.split())
    assert set(datasets.split()) == set(ew.datasets.__all__)


@pytest.mark.parametrize("verb", VERBS)
def test_verbs_are_functions_with_the_model_first(verb):
    assert next(iter(inspect.signature(getattr(ew, verb)).parameters)) == "model"
