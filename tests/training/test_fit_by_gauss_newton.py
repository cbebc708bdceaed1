"""`fit(optimizer="gauss-newton")`: known least-squares answers, batches, weights, refusals."""

import pytest
import torch

import edgewise as ew
from edgewise.training import damped

F64 = torch.float64


def line(rows=60):
    return torch.linspace(-1, 1, rows, dtype=F64)[:, None]


def layer(**settings):
    basis = ew.Chebyshev(6)
    return ew.KAN([1, 2], basis=basis, norm=None, base=None, seed=0, **{"dtype": F64, **settings})


def fit(model, x, y, **settings):
    return ew.fit(model, x, y, optimizer="gauss-newton", progress=False, **settings)


def test_one_layer_is_solved_like_least_squares():
    """Three steps to lstsq's answer, with weights of rows that one step's damping doesn't hide."""
    x, model = line(), layer()
    y = torch.cat([torch.exp(x), torch.sin(5 * x)], 1)
    weight = torch.linspace(0.2, 2, 60, dtype=F64)
    history = fit(model, x, y, sample_weight=weight, steps=8)
    table = model.layers[0].basis.evaluate(x, ())[:, 0]
    root = weight.sqrt()[:, None]
    design = torch.cat([table, torch.ones(60, 1, dtype=F64)], 1)
    wanted = design @ torch.linalg.lstsq(root * design, root * y, driver="gelsd").solution
    assert torch.allclose(model(x).detach(), wanted, atol=1e-8)
    assert history.loss[-1] < history.loss[0]


@pytest.mark.parametrize("by", ["fit", "residuals"])
def test_steps_are_computed_in_the_types_of_the_parameters(by):
    x = line().float()
    y = torch.sin(5 * x)
    models = [ew.KAN([1, 3, 1], basis=ew.Chebyshev(6), norm=None, seed=0) for _ in "12"]
    for model, enabled in zip(models, (False, True), strict=True):
        with torch.autocast("cpu", torch.bfloat16, enabled=enabled):
            if by == "fit":
                fit(model, x, y, steps=4)
            else:
                ew.training.gauss_newton(
                    model, lambda u, x: u.value - torch.sin(5 * x), x, orders=0, steps=4
                )
    exact, cast = (model(x).detach() for model in models)
    assert torch.equal(exact, cast)
    assert float((exact - y).square().mean()) < 0.01


def test_a_deep_network_gets_far_in_batches():
    x = line(200)
    y = torch.sin(4 * x) * torch.exp(x)
    model = ew.KAN([1, 4, 1], basis=ew.Chebyshev(8), init="line", seed=0, dtype=F64)
    history = fit(model, x, y, epochs=15, batch_size=100, seed=0)
    assert history.loss[-1] < 1e-9
    again = ew.KAN([1, 4, 1], basis=ew.Chebyshev(8), init="line", seed=0, dtype=F64)
    ew.fit(again, x, y, optimizer="lbfgs", epochs=15, batch_size=100, seed=0, progress=False)
    assert history.loss[-1] < 1e-2 * ew.evaluate(again, x, y)["loss"]


def test_many_parameters_are_no_obstacle(monkeypatch):
    """With more parameters than can be factorised, rows or gradients are used instead."""
    monkeypatch.setattr(damped, "MOST_DENSE", 50)
    monkeypatch.setattr(damped, "SAMPLE", 40)
    x = line(80)
    y = torch.sin(4 * x)
    for rows in (40, 80):
        model = ew.KAN([1, 12, 1], basis=ew.Chebyshev(8), init="line", seed=0, dtype=F64)
        history = fit(model, x[:rows], y[:rows], steps=15)
        assert history.loss[-1] < 1e-5


def test_float32_models_are_stepped_in_double():
    x = line().float()
    model = layer(dtype=torch.float32)
    history = fit(model, x, torch.cat([torch.exp(x), x], 1), steps=6)
    assert history.loss[-1] < 1e-9
    assert next(model.parameters()).dtype == torch.float32


def test_runs_go_on_from_checkpoints(tmp_path):
    x = line()
    y = torch.cat([torch.sin(6 * x), x], 1)
    whole, parts = layer(), layer()
    fit(whole, x, y, steps=4)
    fit(parts, x, y, steps=2, checkpoint_dir=tmp_path)
    fit(parts, x, y, steps=4, checkpoint_dir=tmp_path, resume=True)
    assert torch.allclose(whole.layers[0].coef, parts.layers[0].coef, rtol=1e-9)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"loss": "huber"}, "expected loss='mse'"),
        ({"regularizer": ew.training.Sparsity(1e-3)}, "regularizer=None"),
        ({"max_grad_norm": 1.0}, "max_grad_norm=None"),
        ({"weight_decay": 0.1}, "weight_decay 0"),
    ],
)
def test_what_isnt_least_squares_is_refused(settings, message):
    x = line(8)
    with pytest.raises(ValueError, match=message):
        fit(layer(), x, torch.cat([x, x], 1), steps=1, **settings)


@pytest.mark.parametrize("kind", [torch.bool, torch.int64])
def test_classes_are_refused_and_the_model_stays(kind):
    x, model = line(8), layer()
    before = model.layers[0].coef.detach().clone()
    y = torch.cat([x, x], 1) > 0.5 if kind == torch.bool else (x[:, 0] > 0.5).to(kind)
    with pytest.raises(ValueError, match="gauss-newton expected numbers as targets"):
        fit(model, x, y, steps=1)
    assert torch.equal(model.layers[0].coef, before)
