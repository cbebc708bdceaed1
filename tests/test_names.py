"""What tab completion shows: public names, and nothing else."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

import edgewise as ew

ROOMS = [
    name for name in [*dir(ew), *sorted(ew._UNLISTED)] if isinstance(getattr(ew, name), ModuleType)
]
VERBS = [
    *("fit", "evaluate", "plot", "prune", "prune_to", "attribute", "structure", "save"),
    *("explore", "certify"),
]
IN_ROOMS = {
    "explain": ["interactions", "extract"],
    "plotting": ["plot_edge"],
    "surgery": [
        *("fix_edge", "free_edge", "freeze", "unfreeze", "edge_curve"),
        *("expand_width", "expand_depth", "auto_swap", "unmix"),
    ],
}


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
    assert {"bases", "datasets", "grids", "nn", "presets", "surgery", "symbolic"} <= set(ROOMS)
    assert len(ew.__all__) <= 42


def test_dir_of_a_room_leads_to_its_names_before_anything_is_loaded(forks):
    code = "import edgewise as ew; print(*dir(ew), '|', *dir(ew.datasets))"
    names, datasets = forks.run("-c", code).split("|")
    assert set(VERBS) <= set(names.split())
    assert set(datasets.split()) == set(ew.datasets.__all__)


@pytest.mark.parametrize(
    "verb",
    [getattr(ew, v) for v in VERBS]
    + [getattr(getattr(ew, room), v) for room, verbs in IN_ROOMS.items() for v in verbs],
)
def test_verbs_are_functions_with_the_model_first(verb):
    assert next(iter(inspect.signature(verb).parameters)) == "model"


@pytest.mark.parametrize(("name", "room"), sorted(ew._MOVED.items()))
def test_names_that_left_the_top_are_found_in_their_rooms(name, room):
    with pytest.warns(DeprecationWarning, match=rf"edgewise\.{room}\.{name} now"):
        found = getattr(ew, name)
    assert found is getattr(getattr(ew, room), name)


def test_a_report_of_grids_by_its_old_name():
    with pytest.warns(DeprecationWarning, match=r"edgewise\.grids\.ChangeReport now"):
        assert ew.grids.Report is ew.grids.ChangeReport
    with pytest.raises(AttributeError, match="nonsense"):
        _ = ew.grids.nonsense


def test_a_name_that_never_was():
    with pytest.raises(AttributeError, match="nonsense"):
        _ = ew.nonsense
