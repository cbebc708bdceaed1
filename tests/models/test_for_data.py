"""KAN.for_data begins where the data is: on raw columns it learns what it learns on scaled ones."""

import pytest
import torch
from sklearn.datasets import load_diabetes, load_wine

import edgewise as ew
from edgewise import grids


def read(load, **options):
    x, y = load(return_X_y=True, **options)
    return torch.tensor(x, dtype=torch.float32), torch.tensor(y)


@pytest.mark.parametrize("basis", ["bspline", "gaussian", "rswaf", "chebyshev", "fourier"])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_data_lie_inside_of_every_grid(basis, dtype):
    x = torch.rand(300, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    x = x * torch.tensor([1e-3, 1.0, 1e4]) + torch.tensor([5.0, -1.0, 1e6])
    model = ew.KAN.for_data([3, 4, 1], x, basis=basis, dtype=dtype)
    names = ["layers.0", "layers.1"] if basis != "fourier" else []
    covered = grids.coverage(model, x)
    assert all(covered[name].outside.max() == 0 for name in names)
    if basis in ("bspline", "gaussian", "rswaf"):
        assert not covered["layers.0"].dead.any()
    assert model(x.to(dtype)).std() < 10


def test_units_do_not_matter():
    """In other units the same network: its curves stand over other numbers."""
    x = torch.rand(200, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    y = x[:, 0] * x[:, 1] + x[:, 2]
    units, zero = torch.tensor([1e3, 1e-4, 7.0]), torch.tensor([300.0, 0.0, -2.0])
    losses = []
    for inputs, targets in ((x, y), (units * x + zero, 50 * y + 1000)):
        model = ew.KAN.for_data(
            [3, 4, 1],
            inputs,
            targets,
            dtype=torch.float64,
            seed=torch.Generator().manual_seed(0),
        )
        before = model(inputs)[:, 0].detach()
        losses.append(float(((before - targets) ** 2).mean() / targets.var()))
    assert losses[0] == pytest.approx(losses[1], rel=1e-6)


def test_a_constant_column_and_a_single_row():
    x = torch.tensor([[3.0, 1e6], [4.0, 1e6]])
    assert ew.KAN.for_data([2, 3, 1], x)(x).isfinite().all()
    assert ew.KAN.for_data([2, 3, 1], x[:1])(x).isfinite().all()


def test_raw_columns_are_learned():
    x, y = read(load_diabetes, scaled=False)
    model = ew.KAN.for_data([10, 5, 1], x, y, seed=torch.Generator().manual_seed(0))
    ew.fit(model, x, y.float()[:, None], steps=300, lr=0.01, progress=False)
    assert float(((model(x)[:, 0].detach() - y) ** 2).mean() / y.double().var()) < 0.6
    x, y = read(load_wine)
    model = ew.KAN.for_data([13, 5, 3], x, seed=torch.Generator().manual_seed(0))
    history = ew.fit(model, x, y, steps=100, lr=0.01, progress=False)
    assert history.metrics["accuracy"][-1] > 0.95


def test_it_is_saved_and_read(tmp_path):
    x, y = read(load_diabetes)
    model = ew.KAN.for_data([10, 5, 1], x, y)
    ew.save(model, tmp_path / "model")
    assert torch.equal(ew.load(tmp_path / "model")(x), model(x))


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (torch.rand(5, 2), None, r"x expected numbers of shape \(rows, 3\)"),
        (torch.full((5, 3), torch.nan), None, "finite numbers"),
        (torch.rand(0, 3), None, "rows"),
        (torch.rand(5, 3), torch.rand(5, 2), r"y expected numbers of shape \(rows, 1\)"),
    ],
)
def test_data_that_do_not_fit(x, y, message):
    with pytest.raises(ValueError, match=message):
        ew.KAN.for_data([3, 4, 1], x, y)
