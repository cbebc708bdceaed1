"""Models inside torch's wrappers are read, edited and saved as the models that they are."""

from functools import cache

import pytest
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

import edgewise as ew
from every_pair import every_value

X = torch.linspace(-2, 2, 80).reshape(20, 4)
WRAPPERS = {
    "compile": lambda model: torch.compile(model, backend="eager"),
    "DataParallel": nn.DataParallel,
    "AveragedModel": AveragedModel,
    "both": lambda model: torch.compile(AveragedModel(model), backend="eager"),
}
STACKS = {
    "layers": lambda model: nn.Sequential(*model.layers),
    "nested": lambda model: nn.Sequential(nn.Sequential(model.layers[0]), model[1]),
    "alone": nn.Sequential,
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


@every_value(verb=VERBS, wrap=WRAPPERS)
def test_verbs_see_the_model_inside(model, wanted, wrap, verb):
    check_same(VERBS[verb](WRAPPERS[wrap](model)), wanted(verb))


def check_same(found, want):
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


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "program"])
def test_layers_in_a_row_are_a_network(model, wanted, stack, verb):
    check_same(VERBS[verb](STACKS[stack](model)), wanted(verb))


def test_a_layer_is_a_network_of_one(model):
    layer = model.layers[0]
    found = ew.prune(layer, X)
    assert type(found) is ew.KAN
    assert not found.training
    torch.testing.assert_close(found(X), layer(X))
    rows = ew.explain.extract(nn.Sequential(nn.Tanh(), layer), X, "1")[1]
    torch.testing.assert_close(rows, X.tanh())


def test_products_and_chosen_inputs_stay_in_a_row():
    first = ew.KAN([2, (1, 1)], norm=None, seed=0)
    first.set_inputs([3, 1], 4)
    row = nn.Sequential(first, ew.KANLinear(2, 1, seed=0)).eval()
    found = ew.surgery.freeze(row, (0, 0, 0))
    assert (found.widths, found.inputs, found.products) == ([2, 2, 1], [3, 1], [(2,), ()])
    torch.testing.assert_close(found(X), row(X))


@pytest.mark.parametrize("make", [nn.Sequential, lambda *layers: ew.KAN.from_layers(layers)])
def test_a_layer_that_is_called_twice_is_edited_where_it_was_asked(make):
    layer = ew.KANLinear(4, 4, norm=None, seed=0)
    twice = make(layer, layer).eval()
    before = twice(X)
    found = ew.surgery.freeze(twice, (1, 0, 0))
    assert found.layers[0].frozen is None
    assert found.layers[1].frozen is not None
    torch.testing.assert_close(found(X), before)
    pruned = ew.prune_to(twice, X, loss_budget=0.5)
    assert not torch.equal(pruned.layers[0].mask, pruned.layers[1].mask)
    assert torch.equal(twice(X), before)


class Doubled(nn.Sequential):
    def forward(self, x):
        return 2 * super().forward(x)


@pytest.mark.parametrize(
    "made",
    [
        Doubled(ew.KANLinear(4, 3), ew.KANLinear(3, 2)),
        nn.Sequential(ew.KANLinear(4, 3), nn.Tanh(), ew.KANLinear(3, 2)),
        nn.Sequential(ew.FastKAN([4, 3]), ew.KAN([3, 2]), nn.Sequential()),
    ],
)
def test_what_does_more_than_its_layers_is_refused_with_their_names(made):
    with pytest.raises(TypeError, match=r"prune expected a KAN .*: go layer by layer.*'0'"):
        ew.prune(made, X)
