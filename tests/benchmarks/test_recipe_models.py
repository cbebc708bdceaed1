"""benchmarks.recipes: recipes train, their networks are of one size, rows are read right."""

import json
import math

import pytest
import torch
from click.testing import CliRunner

import edgewise as ew
from benchmarks.drop_in.networks import block_maker
from benchmarks.networks import count
from benchmarks.recipes import control, measure, small_models, study, transformers
from benchmarks.recipes.recipes import RECIPES

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


@pytest.mark.parametrize("name", RECIPES)
def test_networks_have_nearly_as_many_parameters_and_begin_alike_for_a_seed(name):
    recipe = RECIPES[name]
    models = {network: recipe.start(network, 0, 5).model for network in recipe.networks}
    sizes = [count(model) for model in models.values()]
    assert max(sizes) <= 1.05 * min(sizes)
    again = recipe.start("kan", 0, 5).model.state_dict()
    assert all(torch.equal(again[key], value) for key, value in models["kan"].state_dict().items())


@pytest.mark.parametrize("name", [n for n, recipe in RECIPES.items() if not recipe.higher])
def test_training_takes_the_loss_down(name):
    training = RECIPES[name].start("kan", 0, 40)
    first = float(training.loss(0).detach())
    curve = measure.train(training, 1e-2, 40)
    assert float(training.loss(0).detach()) < first
    seconds = [spent for spent, _ in curve]
    assert seconds == sorted(seconds)
    assert curve[-1][1] == pytest.approx(training.metric(), rel=1e-5)
    assert all(p.grad is not None and p.grad.isfinite().all() for p in training.model.parameters())


@pytest.mark.parametrize("network", ["mlp-silu", "kan"])
def test_transformers_have_networks_in_their_mlps_place(network):
    make_block = transformers.feed_forward_maker(network)
    vit, gpt = transformers.vision_transformer(make_block), transformers.Gpt(50, make_block)
    kind = {"mlp-silu": ew.MLP, "kan": ew.KAN}[network]
    assert all(isinstance(b.mlp, kind) for b in [*vit.blocks, *gpt.model.transformer.h])
    assert vit(torch.randn(3, 1, 8, 8)).shape == (3, 10)
    tokens = torch.randint(50, (2, 48), generator=torch.Generator().manual_seed(0))
    logits = gpt(tokens)
    assert logits.shape == (2, 48, 50)
    # What comes later changes nothing before.
    changed = tokens.clone()
    changed[:, 30:] = (changed[:, 30:] + 1) % 50
    assert torch.allclose(gpt.eval()(changed)[:, :30], gpt(tokens)[:, :30], atol=1e-5)


def test_an_mlp_is_four_times_as_wide_as_its_block():
    assert transformers.feed_forward_maker("mlp-tanh")(32, 32).widths == [32, 128, 32]


def test_a_network_that_begins_with_nothing_leaves_a_residual_branch_out():
    vit = transformers.vision_transformer(transformers.feed_forward_maker("kan-zero"))
    x = torch.randn(3, 16, 32)
    for block in vit.blocks:
        assert torch.equal(block.mlp(x), torch.zeros_like(x))
    flow = RECIPES["flow"].start("kan-zero", 0, 1).model
    points = torch.randn(5, 2)
    normal = torch.distributions.Normal(0, 1).log_prob(points).sum(1)
    assert torch.allclose(flow(points), normal, atol=1e-5)


@pytest.mark.parametrize("network", ["mlp-tanh", "kan"])
def test_the_laplacian_is_that_of_known_functions(network):
    points = torch.rand(20, 2) * 2 - 1
    found = small_models.laplacian(lambda x: (x[:, :1] ** 3) * x[:, 1:] ** 2, points)
    a, b = points.T
    assert torch.allclose(found[:, 0], 6 * a * b**2 + 2 * a**3, atol=1e-5)
    model = block_maker(network, 500)(2, 1).double().eval()
    hessians = torch.func.vmap(torch.func.hessian(lambda p: model(p[None])[0, 0]))(points.double())
    traces = hessians.diagonal(dim1=1, dim2=2).sum(1)
    assert torch.allclose(small_models.laplacian(model, points.double())[:, 0], traces)


# ---- control ----------------------------------------------------------------------------------


def test_advantages_are_sums_of_what_follows_in_the_same_game():
    g = torch.Generator().manual_seed(0)
    shape = 7, 3
    rewards, values, following = (torch.randn(shape, generator=g) for _ in range(3))
    ended = torch.rand(shape, generator=g) < 0.3
    terminated = ended & (torch.rand(shape, generator=g) < 0.5)
    nothing = torch.zeros(shape)
    rollout = control.Rollout(nothing, nothing, nothing, rewards, terminated, ended)
    found = control.advantages(rollout, values, following)
    for game in range(shape[1]):
        for start in range(shape[0]):
            total, factor = 0.0, 1.0
            for move in range(start, shape[0]):
                after = 0.0 if terminated[move, game] else 0.99 * following[move, game]
                total += factor * (rewards[move, game] + after - values[move, game])
                factor *= 0.99 * 0.95
                if ended[move, game]:
                    break
            assert float(found[start, game]) == pytest.approx(float(total), abs=1e-5)


@pytest.mark.parametrize("name", ["cartpole", "acrobot"])
def test_games_go_on_from_where_they_were(name):
    game = RECIPES[name].start("kan-zero-raw", 0, 1)
    first, second = game.play(), game.play()
    states = torch.cat([first.states, second.states])
    following, ended = (
        torch.cat([getattr(r, part) for r in (first, second)]) for part in ("following", "ended")
    )
    assert torch.equal(states[1:][~ended[:-1]], following[:-1][~ended[:-1]])
    if name == "cartpole":
        assert ended.any()
        assert (states[1:][ended[:-1]].abs() <= 0.05).all()  # where CartPole begins
        assert len(game._finished) == int(ended.sum())
        lengths = sum(game._finished) + sum(game._running)
        assert lengths == ended.numel()  # a reward of 1 a move
    assert float(first.rewards.abs().max()) == pytest.approx(0.01)


def test_a_policy_learns_to_hold_a_pole():
    game = RECIPES["cartpole"].start("kan-zero", 0, 1)
    curve = measure.train(game, 1e-2, 40)
    assert curve[-1][1] > 2 * curve[0][1]


# ---- rows -------------------------------------------------------------------------------------


def test_a_quick_run_has_a_row_for_each_rate_and_network(tmp_path, monkeypatch):
    monkeypatch.setattr(study, "QUICK", measure.Form("quick", 0.01, (1e-3, 1e-2), range(1)))
    arguments = ["--quick", "--recipes", "flow", "--networks", "mlp-silu,kan"]
    arguments += ["--results", str(tmp_path)]
    done = CliRunner().invoke(study.main, arguments, catch_exceptions=False)
    assert [(r["network"], r["lr"]) for r in study.STUDY.open(tmp_path).rows()] == [
        (network, lr) for network in ("mlp-silu", "kan") for lr in ("0.001", "0.01")
    ]
    assert "normalising flow, moons (divergence, nats, lower is better; 1 seed): kan" in done.stdout


def row(recipe, network, lr, seed, metric, seconds=2.0, **changes):
    """A row as the CSV gives it back; half of the time the metric was twice as much."""
    curve = json.dumps([[seconds / 2, 2 * metric], [seconds, metric]])
    case = {"form": "full", "recipe": recipe, "network": network, "lr": str(lr), "seed": str(seed)}
    figures = {"metric": str(metric), "seconds": str(seconds), "curve": curve, "steps": "100"}
    about = {"commit": "c", "machine": "m", "date": "2026-01-01 10:00", "parameters": "1234"}
    return case | figures | about | changes


def test_the_best_rate_counts_and_equal_time_is_the_fastest_networks():
    rows = [
        *(row("vit", "mlp-silu", lr, seed, 8.0) for lr in (0.001, 0.01) for seed in (1, 2)),
        *(row("vit", "mlp-tanh", 0.01, seed, 9.0, 3.0) for seed in (1, 2)),
        *(row("vit", "kan", 0.01, seed, metric, 4.0) for seed, metric in ((1, 3.0), (2, 5.0))),
        *(row("vit", "kan", 0.001, seed, 4.5, 4.0) for seed in (1, 2)),
        row("vit", "kan", 0.003, 1, 0.1),  # a rate with fewer seeds doesn't compete
        row("vit", "kan", 0.003, 1, 0.1, form="quick"),
        *(row("cartpole", "kan", lr, 1, 100 * lr) for lr in (1, 2)),
    ]
    found = {(runs["recipe"], runs["network"]): runs for runs in study.summarize(rows)}
    assert found["vit", "kan"].mean("metric") == 4
    assert study.within(found["vit", "kan"], 2.0) == [6, 10]
    assert found["cartpole", "kan"]["lr"] == "2"  # a return is to be high
    (said,) = study.findings(rows)
    assert "kan 4 ± 1.4, mlp-silu 8 ± 0 with as many parameters" in said
    assert "8 ± 2.8 against 8 ± 0 in the same time; a step takes 2.0 times as long" in said
    assert said.endswith("differ by more than both deviations between seeds together.")
    text = study.describe(rows)
    assert "| vit | test error, % ↓ | kan | 2 | 1,234 | 0.01 | 4 ± 1.4 | 8 ± 2.8 | 40.0 |" in text
    assert set(study.charts(rows)) == {"recipes"}
    assert study.charts([]) == {}


def test_before_the_first_look_nothing_is_known():
    assert measure.read_curve([(1.0, 5.0), (2.0, 3.0)], 1.9) == 5
    assert math.isnan(measure.read_curve([(1.0, 5.0)], 0.5))
