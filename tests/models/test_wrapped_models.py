"""Models inside torch's wrappers are read, edited and saved as the models that they are."""

from functools import cache

import pytest
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

import edgewise as ew

X = torch.linspace(-2, 2, 80).reshape(20, 4)
WRAPPERS = {
    "compile": lambda model: torch.compile(model, backend="eager"),
    "DataParallel": nn.DataParallel,
    "AveragedModel": AveragedModel,
    "both": lambda model: torch.compile(AveragedModel(model), backend="eager"),
}
VERBS = {
    "attribute": lambda model: ew.attribute(model, X).edges[0],
    "prune": lambda model: ew.prune(model, X)(X),
    "structure": lambda model: str(ew.structure(model, X)),
    "certify": lambda model: str(ew.certify(model, [(-1, 1)] * 4, boxes=2, starts=2)),
    "tabulate": lambda model: ew.export.to_python(ew.export.tabulate(model, [(-1, 1)] * 4)),
    "program": lambda model: ew.export.to_program(model).module()(X),
    "freeze": lambda model: ew.surgery.freeze(model, (0, 1, 2)).layers[0].frozen,
    "fix_edge": lambda model: ew.surgery.fix_edge(model, (0, 1, 2), "sin", X)(X),
    "edge_curve": lambda model: ew.surgery.edge_curve(model, (0, 1, 2), X).y,
    "expand_width": lambda model: ew.surgery.expand_width(model, 1, 2, seed=0)(X),
    "auto_swap": lambda model: ew.surgery.auto_swap(model, X)(X),
    "plot": lambda model: len(ew.plot(model, X).axes),
}


@pytest.fixture(scope="module")
def model():
    """Of few operations: torch.export takes its time for each."""
    made = ew.KAN([4, 3, 2], basis=ew.Chebyshev(degree=2), seed=0)
    made(X)
    return made.eval()


@pytest.fixture(scope="module")
def wanted(model):
    """What a verb answers for the bare model."""
    return cache(lambda verb: VERBS[verb](model))


@pytest.mark.parametrize("wrap", WRAPPERS)
@pytest.mark.parametrize("verb", VERBS)
def test_verbs_see_the_model_inside(model, wanted, wrap, verb):
    found, want = VERBS[verb](WRAPPERS[wrap](model)), wanted(verb)
    if isinstance(want, torch.Tensor):
        torch.testing.assert_close(found, want, equal_nan=True)
    else:
        assert found == want


@pytest.mark.parametrize("wrap", ["compile", "DataParallel"])
def test_files_hold_the_model_inside(model, wrap, tmp_path):
    ew.save(WRAPPERS[wrap](model), tmp_path / "model.safetensors")
    loaded = ew.load(tmp_path / "model.safetensors").eval()
    assert type(loaded) is ew.KAN
    torch.testing.assert_close(loaded(X), model(X))


def test_a_count_of_averages_is_not_lost_in_a_file(model, tmp_path):
    with pytest.raises(ValueError, match="AveragedModel"):
        ew.save(AveragedModel(model), tmp_path / "model.safetensors")
