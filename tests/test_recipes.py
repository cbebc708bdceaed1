"""The recipes with other programs run, and do what their page says."""

import copy
import importlib
import logging
import sys
from pathlib import Path

import pytest
import torch

import edgewise as ew

FOLDER = Path(__file__).parents[1] / "examples" / "recipes"

# Lightning, tensorboard and transformers warn of each other and of themselves.
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.usefixtures("one_thread")]


@pytest.fixture
def recipe(monkeypatch):
    """Import a recipe by name, and leave no trace of it."""
    monkeypatch.syspath_prepend(str(FOLDER))
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if Path(getattr(sys.modules[name], "__file__", None) or "/").parent == FOLDER:
            del sys.modules[name]


def check_line(printed, title, found):
    """One line, with the error that was found for each; and nothing else."""
    (line,) = printed.splitlines()
    assert line.startswith(title)
    for name, result in found.items():
        assert f"{name} {result['error']:.4f} in " in line


def same(a, b):
    first, second = a.state_dict(), b.state_dict()
    assert first.keys() == second.keys()
    for name, tensor in first.items():
        assert torch.equal(tensor, second[name]), name


def test_the_two_networks_have_as_many_numbers(recipe):
    task = recipe("task")
    kan, mlp = (task.count_numbers(make()) for make in (task.make_kan, task.make_mlp))
    assert kan == pytest.approx(mlp, rel=0.03)
    assert task.UNSEEN[1].var() > 1
    assert task.find_error(task.make_kan()) > 0.5


def test_adapters(recipe, capsys):
    adapters = recipe("adapters")
    found = adapters.main(steps=150)
    check_line(capsys.readouterr().out, "adapters", found)
    assert found["KAN"]["error"] < found["MLP"]["error"] < found["LoRA"]["error"]
    assert found["KAN"]["error"] < 0.09
    numbers = [found[name]["numbers"] for name in ("KAN", "MLP", "LoRA")]
    assert max(numbers) < 1.03 * min(numbers)


def test_an_adapter_begins_with_the_frozen_layer_and_leaves_it(recipe):
    adapters = recipe("adapters")
    model = torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.SiLU(), torch.nn.Linear(6, 1))
    x = torch.randn(50, 4)
    before, y = copy.deepcopy(model.state_dict()), model(x).detach()
    makers = (adapters.make_kan, adapters.make_lora, adapters.make_mlp)
    for adapted in [adapters.adapt(model, make, "0") for make in makers]:
        torch.testing.assert_close(adapted(x), y)
        adapters.train(adapted, x, y + 1, lr=0.01, steps=5)
        assert not torch.allclose(adapted(x), y)
        assert torch.equal(adapted[0].linear.weight, model[0].weight)
        assert torch.equal(adapted[2].weight, model[2].weight)
    replaced = adapters.replace(model, "0")
    torch.testing.assert_close(replaced(x), y)
    adapters.train(replaced, x, y + 1, lr=0.01, steps=5)
    assert not torch.allclose(replaced(x), y)
    assert torch.equal(replaced[0].base_weight, model[0].weight.t())
    assert all(torch.equal(before[name], tensor) for name, tensor in model.state_dict().items())


def test_lightning(recipe, capsys):
    found = recipe("with_lightning").main()
    check_line(capsys.readouterr().out, "Lightning", found)
    assert found["KAN"]["error"] < 0.01 < found["MLP"]["error"]


@pytest.mark.parametrize("rows", [300, 2000])
def test_a_resumed_run_of_lightning_is_the_run_bit_for_bit(recipe, rows, tmp_path):
    """After an epoch of 300 rows the map of the inputs isn't settled yet."""
    lightning, task = recipe("with_lightning"), recipe("task")
    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    lightning.ROWS = tuple(t[:rows] for t in task.ROWS)
    epoch = -(-rows // 128)
    whole = lightning.train(task.make_kan(), 5 * epoch, str(tmp_path))
    same(lightning.run_in_two(task.make_kan, epoch, 5 * epoch), whole.network)


def test_lightnings_first_validation_does_not_move_the_map(recipe, tmp_path):
    lightning, task = recipe("with_lightning"), recipe("task")
    counts = []

    class Watched(lightning.Regression):
        def on_train_start(self):
            counts.append(int(self.network.layers[0].norm.count.max()))

    lightning.Regression = Watched
    lightning.train(task.make_kan(), 1, str(tmp_path))
    assert counts == [0]


@pytest.mark.parametrize("use_buffers", [True, False])
def test_lightnings_average_of_weights(recipe, use_buffers):
    """Its callback averages buffers, too, unless it is told not to."""
    task = recipe("task")
    module = recipe("with_lightning").Regression(task.make_kan())
    import lightning
    from lightning.pytorch import callbacks

    if not hasattr(callbacks, "EMAWeightAveraging"):
        pytest.skip("came with lightning 2.6")
    average = callbacks.EMAWeightAveraging(decay=0.9, use_buffers=use_buffers)
    trainer = lightning.Trainer(
        max_steps=100, callbacks=[average], accelerator="cpu", logger=False,
        enable_progress_bar=False, enable_model_summary=False, enable_checkpointing=False,
    )  # fmt: skip
    trainer.fit(module)
    assert task.find_error(module.network) < 0.1
    before = copy.deepcopy(module.network)
    module.network.train()(100 + task.ROWS[0])
    same(before, module.network)


def test_accelerate(recipe, capsys):
    found = recipe("with_accelerate").main()
    check_line(capsys.readouterr().out, "Accelerate", found)
    assert found["KAN"]["error"] < 0.025 < found["MLP"]["error"]


def test_batches_in_parts_are_whole_batches(recipe):
    accelerate, task = recipe("with_accelerate"), recipe("task")
    whole, parts = (accelerate.train(task.make_kan(), 15, parts=n) for n in (1, 4))
    for name, tensor in whole.state_dict().items():
        torch.testing.assert_close(tensor, parts.state_dict()[name], atol=1e-4, rtol=1e-4)


def test_a_state_that_accelerate_saved(recipe, tmp_path):
    recipe("with_accelerate")
    from accelerate import Accelerator

    accelerator = Accelerator(cpu=True)
    model = accelerator.prepare(recipe("task").make_kan())
    model(recipe("task").ROWS[0][:300])
    saved = copy.deepcopy(model)
    accelerator.save_state(str(tmp_path))
    model(5 + recipe("task").ROWS[0])
    accelerator.load_state(str(tmp_path))
    same(model, saved)
    for network in (model, saved):
        network(recipe("task").ROWS[0][300:])
    same(model, saved)


def test_transformers(recipe, capsys):
    found = recipe("with_transformers").main()
    check_line(capsys.readouterr().out, "Transformers", found)
    before, after = found["KAN"]["before"], found["KAN"]["after"]
    assert type(after) is type(before)
    same(before, after)
    x = recipe("task").UNSEEN[0]
    assert torch.equal(before.eval()(x)["logits"], after(x)["logits"])
    assert found["KAN"]["error"] < 0.03
    after.train()(100 + x)  # the map was settled, and stays so
    same(before, after)


def test_layers_that_no_file_holds_are_initialised(recipe, tmp_path):
    transformers = recipe("with_transformers")
    from safetensors.torch import load_file, save_file

    model = transformers.KANModel(transformers.KANConfig(widths=(4, 5, 1)))
    model.kan(torch.randn(300, 4))
    model.save_pretrained(tmp_path)
    state = load_file(tmp_path / "model.safetensors")
    kept = {name: tensor for name, tensor in state.items() if "layers.0" in name}
    save_file(kept, tmp_path / "model.safetensors", {"format": "pt"})
    found = [transformers.AutoModel.from_pretrained(tmp_path).kan for _ in range(2)]
    for kan in found:
        same(kan.layers[0], model.kan.layers[0])
        assert torch.equal(kan.layers[1].knots, model.kan.layers[1].knots)
        assert 0 < kan.layers[1].base_weight.abs().max() < 10
        assert torch.equal(kan.layers[1].bias, torch.zeros(1))
    assert not torch.equal(found[0].layers[1].coef, found[1].layers[1].coef)


def test_a_resumed_run_of_trainer_is_the_run_bit_for_bit(recipe, tmp_path, monkeypatch):
    task, transformers = recipe("task"), recipe("with_transformers")
    from transformers import Trainer, TrainingArguments

    # It takes tests/datasets for the package of that name.
    monkeypatch.setattr("transformers.trainer.is_datasets_available", lambda: False)
    rows = [{"x": x, "labels": y} for x, y in zip(*task.ROWS, strict=True)]
    settings = TrainingArguments(
        str(tmp_path), max_steps=40, save_steps=20, learning_rate=0.03, use_cpu=True,
        per_device_train_batch_size=64, gradient_accumulation_steps=2, report_to=[],
        disable_tqdm=True,
    )  # fmt: skip
    found = []
    for resume in (None, str(tmp_path / "checkpoint-20")):
        torch.manual_seed(0)
        model = transformers.KANModel(transformers.KANConfig(widths=[4, 8, 1]))
        trainer = Trainer(model, settings, train_dataset=rows)
        trainer.train(resume_from_checkpoint=resume)
        found.append(model)
    same(*found)
    assert task.find_error(found[0].kan) < 0.3


def test_hubs_mixin_reads_what_it_wrote(tmp_path):
    from huggingface_hub import PyTorchModelHubMixin

    class Net(torch.nn.Module, PyTorchModelHubMixin):
        def __init__(self, widths):
            super().__init__()
            self.kan = ew.KAN(widths)

    model = Net([4, 8, 1])
    model.kan(torch.randn(300, 4))
    model.save_pretrained(tmp_path)
    same(model, Net.from_pretrained(tmp_path))


def test_optuna(recipe, capsys):
    found = recipe("with_optuna").main()
    check_line(capsys.readouterr().out, "Optuna", found)
    assert found["KAN"]["error"] < 0.012 < found["MLP"]["error"]
    for result in found.values():
        states = {trial.state.name for trial in result["study"].trials}
        assert states == {"COMPLETE", "PRUNED"}
        assert result["numbers"] == pytest.approx(300, rel=0.08)
    assert set(found["KAN"]["study"].best_params) == {"cells", "degree", "lr"}


def test_tensorboard(recipe, capsys, tmp_path):
    import matplotlib.pyplot as plt

    plt.switch_backend("Agg")
    found = recipe("with_tensorboard").main(tmp_path)
    check_line(capsys.readouterr().out, "TensorBoard", found)
    assert found["KAN"]["error"] < 0.01 < found["MLP"]["error"]
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(tmp_path / "KAN"))
    events.Reload()
    assert set(events.Tags()["images"]) == {f"edges/input {i}" for i in range(4)}
    assert [event.step for event in events.Images("edges/input 0")] == [200, 400, 600, 800]
    losses = [event.value for event in events.Scalars("loss/train")]
    assert len(losses) == 800
    assert sum(losses[-50:]) < 0.05 * sum(losses[:50])
    assert not plt.get_fignums()


def test_mlflow(recipe, capsys, tmp_path):
    pytest.importorskip("mlflow", reason="needs edgewise[recipes]")
    pytest.importorskip("skops", reason="needs edgewise[recipes]")
    found = recipe("with_mlflow").main(str(tmp_path))
    assert capsys.readouterr().out == f"MLflow: {found['uri']} predicts the same: True\n"
    logged = found["run"].data
    assert set(logged.params) == set(ew.KANRegressor().get_params())
    assert logged.metrics["R2 on unseen rows"] > 0.3
    (page,) = tmp_path.rglob("effects.html")
    assert "bmi" in page.read_text(encoding="utf-8")
    assert list(tmp_path.rglob("model.skops"))
    assert not list(tmp_path.rglob("*.pkl"))


@pytest.fixture
def plain(recipe):
    return recipe("plain_torch")


def test_averaged_weights(plain, capsys):
    found = plain.main()
    check_line(capsys.readouterr().out, "PyTorch, averaged", found)
    assert found["KAN"]["error"] < 0.012 < found["MLP"]["error"]


def test_parts_compiled_and_half_precision(plain, recipe):
    make, find_error = recipe("task").make_kan, recipe("task").find_error
    whole = plain.train(make(), 30)
    for settings in ({"parts": 4}, {"compiled": True}):
        other = plain.train(make(), 30, **settings)
        for name, tensor in whole.state_dict().items():
            torch.testing.assert_close(tensor, other.state_dict()[name], atol=1e-3, rtol=1e-3)
    whole, half = (find_error(plain.train(make(), 200, half=half)) for half in (False, True))
    assert half == pytest.approx(whole, rel=0.3)


def test_gradients_of_each_row(plain, recipe):
    model = recipe("task").make_kan()
    x, y = (t[:1000] for t in recipe("task").ROWS)
    each = plain.find_gradients(model, x, y)
    (model(x) - y).square().sum().backward()
    assert isinstance(model, ew.KAN)
    for name, parameter in model.named_parameters():
        torch.testing.assert_close(each[name].sum(0), parameter.grad, atol=1e-2, rtol=1e-4)
