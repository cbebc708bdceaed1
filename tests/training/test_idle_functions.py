"""Early in a run `fit` says which functions data never reach, and the remedies it names work."""

import warnings

import pytest
import torch
from torch import nn

import edgewise as ew
from edgewise.training import OutsideWarning, fit
from edgewise.training.idle_functions import LATEST, ROWS, IdleCheck, count_idle, find_movable

NARROW = 0.4  # 3 of 8 cubic splines on the 5 cells of [-1, 1] are zero from 0 to here


def make(widths=(6, 4, 1), basis=None, **settings):
    generator = torch.Generator().manual_seed(0)
    basis = ew.BSpline() if basis is None else basis
    return ew.KAN(list(widths), basis=basis, norm=None, seed=generator, **settings)


def data(rows=200, features=6, high=NARROW):
    x = torch.rand(rows, features, generator=torch.Generator().manual_seed(1)) * high
    return x, torch.sin(20 * x[:, :1])


def told(model, x, y, **settings):
    """The warnings of a run, all of which are about the grids and point to this file."""
    with warnings.catch_warnings(record=True) as met:
        warnings.simplefilter("always")
        fit(model, x, y, **({"steps": 40, "progress": False} | settings))
    assert {w.category for w in met} <= {OutsideWarning}
    assert {w.filename for w in met} <= {__file__}
    return [str(w.message) for w in met]


def test_it_counts_as_coverage_does():
    model, (x, y) = make(), data()
    idle = int(ew.grids.coverage(model, x)["layers.0"].dead.sum())
    assert idle == 18
    first = told(model, x, y)[0]
    assert first.startswith("layers.0: 18 of 48 functions never fire, because no inputs are where")
    assert "(looked at in step 4)" in first


@pytest.mark.parametrize("remedy", ["fit_range", "for_data", "grid_update_every"])
def test_the_remedies_that_it_names_work(remedy):
    x, y = data()
    message = told(make(), x, y)[0]
    assert remedy in message
    settings = {}
    if remedy == "for_data":
        model = ew.KAN.for_data([6, 4, 1], x, y)
    elif remedy == "fit_range":
        model = ew.grids.fit_range(make(), x, tolerance=1.0)
    else:
        model, settings = make(), {"grid_update_every": 5}
    assert told(model, x, y, **settings) == []
    if remedy == "grid_update_every":
        assert told(model, x, y) == []


@pytest.mark.parametrize(
    ("batch_size", "optimizer"),
    [(None, "adamw"), (None, "lbfgs"), (200, "lbfgs"), (32, "lbfgs"), (7, "adamw")],
)
def test_batches_of_any_size_tell_it_once(batch_size, optimizer):
    x, y = data(400)
    steps = 50 if batch_size == 7 else 20
    found = told(make((6, 1)), x, y, steps=steps, batch_size=batch_size, optimizer=optimizer)
    assert [m.partition(":")[0] for m in found] == ["layers.0"]
    assert "18 of 48" in found[0]


def test_iterables_of_unknown_length():
    x, y = data(400)

    class Batches:
        def __iter__(self):
            return zip(x.split(40), y.split(40), strict=True)

    assert "step 20" in told(make((6, 1)), Batches(), None, steps=None, epochs=3)[0]
    assert told(make((6, 1)), Batches(), None, steps=None, epochs=1) == []  # ends before


def test_every_layer_by_its_name_in_any_module():
    x, y = data()
    inner = nn.ModuleDict({"left": make((6, 1)).layers[0], "right": make((6, 1)).layers[0]})

    class Two(nn.Module):
        def __init__(self):
            super().__init__()
            self.parts = inner

        def forward(self, x):
            return self.parts["left"](x) + self.parts["right"](x=x)

    found = told(Two(), x, y)
    assert [m.partition(":")[0] for m in found] == ["parts.left", "parts.right"]
    alone = told(make((6, 1)).layers[0], x, y)
    assert alone[0].startswith("the layer: 18 of 48")


def test_convolutions():
    x = torch.rand(8, 1, 12, 12) * NARROW
    conv = nn.Sequential(ew.nn.KANConv2d(1, 2, 3, basis=ew.BSpline(), norm=None), nn.Flatten())
    found = told(conv, x, torch.zeros(8, 200))
    assert found
    assert found[0].startswith("0.layers.0: 27 of 72 functions never fire")


@pytest.mark.parametrize(
    ("model", "rows", "why"),
    [
        (lambda: make((6, 1)), data(high=1.0), "only a quarter is idle"),
        (lambda: make((6, 1), ew.Chebyshev(6)), data(), "no grid to move"),
        (lambda: make((6, 1)), data(rows=15), "too few rows for a verdict"),
        (lambda: make((6, 1)), (data()[0] * 0 + 0.1, data()[1]), "a single value"),
        (
            lambda: make((6, 1)),
            ((data()[0] > NARROW / 2).float() * NARROW, data()[1]),
            "two values",
        ),
        (lambda: make((6, 1)).requires_grad_(False), data(), "not trained"),
    ],
    ids=lambda p: p if isinstance(p, str) else "",
)
def test_what_is_not_told(model, rows, why):
    model = model()
    if why == "not trained":
        model.layers[0].bias.requires_grad_(True)
    assert told(model, *rows) == [], why


def test_layers_that_are_looked_at():
    model = make((6, 1), [ew.Chebyshev(6)])
    assert find_movable(model) == {}
    assert find_movable(make((6, 1), "bspline")) == {}  # has linear tails
    assert list(find_movable(make())) == ["layers.0", "layers.1"]


def test_constant_inputs_do_not_hide_the_others():
    x, y = data()
    x[:, 3:] = 0.1
    assert "9 of 24" in told(make((6, 1)), x, y)[0]


def test_inputs_that_reach_no_function_at_all():
    x, _ = data()
    layer = make((6, 1)).layers[0]
    assert count_idle(layer, x + 1000) == (48, 48)
    gaussian = make((6, 1), ew.Gaussian(8)).layers[0]
    assert count_idle(gaussian, x + 8) == (48, 48)  # where the greatest value is 1e-23
    assert ew.grids.coverage(gaussian, x + 8)[""].dead.all()


def test_the_filters_of_warnings_decide():
    x, y = data()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OutsideWarning)
        warnings.filterwarnings("error", category=UserWarning, message="(?!layers)")
        fit(make(), x, y, steps=40, progress=False)
    model = make()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(OutsideWarning, match=r"layers\.0: 18 of 48"):
            fit(model, x, y, steps=40, progress=False)
    assert all(p.isfinite().all() for p in model.parameters())


def test_continual_runs_are_left_alone():
    x, y = data()
    memory = fit(make(), x, y, steps=2, progress=False, continual=ew.continual.Frozen(None))
    assert memory.memory is not None
    assert told(make(), x, y, continual=ew.continual.Frozen(None)) == []


def test_hooks_are_there_for_the_last_rows_before_the_look_alone():
    model = make((6, 1))
    check = IdleCheck(find_movable(model), 5000)
    assert check.due == LATEST
    hooked = []
    for step in range(1, 111):
        with check.watch(step, ROWS // 4):
            hooked.append(bool(model.layers[0]._forward_pre_hooks))
            model(torch.rand(ROWS // 4, 6))
    assert [k + 1 for k, on in enumerate(hooked) if on] == [97, 98, 99, 100]
    assert not model.layers[0]._forward_pre_hooks
    assert sum(len(part) for part in check._seen[model.layers[0]]) == ROWS
    layer = ew.KANLinear(512, 1)
    wide = IdleCheck({"wide": layer}, 5000)
    with wide.watch(LATEST, ROWS):
        layer(torch.rand(ROWS, 512))
    assert [part.shape for part in wide._seen[layer]] == [(512, 512)]


def test_the_run_is_the_same_with_it_and_without(monkeypatch):
    x, y = data(300)
    found = []
    for told_of in (True, False):
        if not told_of:
            monkeypatch.setattr("edgewise.training.loop.find_movable", lambda model: {})
        model = make()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", OutsideWarning)
            history = fit(
                model, x, y, steps=30, batch_size=64, progress=False,
                seed=torch.Generator().manual_seed(3),
            )  # fmt: skip
        found.append([history.loss, model.state_dict()])
    assert found[0][0] == found[1][0]
    assert all(torch.equal(found[0][1][k], found[1][1][k]) for k in found[0][1])


def test_normalisations_are_asked_in_evaluation_mode():
    class Counting(nn.Module):
        name, mixes, mixes_rows, rescales = "counting", False, False, True

        def __init__(self):
            super().__init__()
            self.trained = 0

        def for_engine(self):
            return None

        def forward(self, x):
            self.trained += self.training
            return x

    layer = make((6, 1)).layers[0]
    layer.norm = Counting()
    assert count_idle(layer.train(), data()[0]) == (18, 48)
    assert layer.norm.trained == 0
    assert layer.training


@pytest.mark.parametrize("wrong", [torch.nan, torch.inf])
def test_no_function_is_judged_by_inputs_that_are_not_finite(wrong):
    layer = ew.KANLinear(2, 3, basis=ew.BSpline(5), norm=None)
    x = torch.rand(200, 2)
    assert count_idle(layer, x)[1] > 0
    x[3, 1] = wrong
    assert count_idle(layer, x) == (0, 0)
