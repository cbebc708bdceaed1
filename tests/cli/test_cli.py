"""The command line, run in this process; and what it costs to start it, in a fresh one."""

import importlib
import json
import re
import subprocess
import sys

import pytest
import torch
from click.testing import CliRunner

import edgewise as ew
from edgewise.cli import cli, main
from edgewise.cli.train import MODELS
from edgewise.models import PRESETS


def run(capsys, *args):
    """Exit status, standard output and standard error of ``edgewise ARGS``."""
    with pytest.raises(SystemExit) as stop:
        main([str(a) for a in args])
    out, err = capsys.readouterr()
    return stop.value.code, out, err


def test_model_names_are_the_presets_and_two_more():
    assert set(MODELS) == set(PRESETS) | {"kan", "mlp"}


@pytest.mark.parametrize("model", MODELS)
def test_train_every_model_then_evaluate(model, tmp_path, capsys):
    out = tmp_path / "run"
    args = ("train", "iris", "--model", model, "--epochs", 3, "--out", out, "--quiet")
    code, text, _ = run(capsys, *args)
    assert code == 0
    assert "test accuracy" in text
    for name in ("model.safetensors", "config.json", "history.csv", "curves.png"):
        assert (out / name).stat().st_size > 0
    assert json.loads((out / "config.json").read_text())["options"]["seed"] == 0
    assert json.loads((out / "config.json").read_text())["options"]["lr"] == 1e-3
    assert len((out / "history.csv").read_text().splitlines()) == 4
    accuracy = float(text.split("test accuracy ")[1].split("%")[0])
    code, text, _ = run(capsys, "evaluate", out, "iris")
    assert code == 0
    assert float(text.split("accuracy ")[1]) == pytest.approx(accuracy / 100, abs=1e-4)


def test_seed_decides_and_a_finished_run_is_not_overwritten(tmp_path, capsys):
    for k, seed in enumerate((5, 5, 6)):
        args = ("train", "iris", "--epochs", 1, "--seed", seed, "--quiet", "--out")
        assert run(capsys, *args, tmp_path / str(k))[0] == 0
    a, b, c = (ew.load(tmp_path / str(k) / "model.safetensors") for k in range(3))
    assert torch.equal(a.layers[0].coef, b.layers[0].coef)
    assert not torch.equal(a.layers[0].coef, c.layers[0].coef)
    code, _, err = run(capsys, "train", "iris", "--out", tmp_path / "0", "--quiet")
    assert code == 2
    assert "exists already" in err


def test_a_bar_is_for_terminals(tmp_path, capsys, monkeypatch):
    command = ("train", "iris", "--epochs", 1, "--out")
    assert "it/s" not in run(capsys, *command, tmp_path / "piped")[2]
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert "it/s" in run(capsys, *command, tmp_path / "shown")[2]


def test_resume_goes_on_to_more_epochs_as_if_never_stopped(tmp_path, capsys):
    common = ("train", "iris", "--seed", 1, "--quiet", "--out")
    run(capsys, *common, tmp_path / "a", "--epochs", 4)
    run(capsys, *common, tmp_path / "b", "--epochs", 2)
    assert run(capsys, *common, tmp_path / "b", "--epochs", 4, "--resume")[0] == 0
    a, b = (ew.load(tmp_path / k / "model.safetensors") for k in "ab")
    for p, q in zip(a.parameters(), b.parameters(), strict=True):
        assert torch.equal(p, q)


def test_fast_is_a_recipe_of_which_options_override_parts(tmp_path, capsys, monkeypatch):
    from edgewise import datasets

    x, y = torch.rand(64, 784), torch.arange(64) % 10
    images = datasets.Dataset("mnist", x, y, x, y, "classification")
    monkeypatch.setattr(datasets, "load", lambda name, **_: images)
    args = ("train", "mnist", "--fast", "--epochs", 2, "--batch-size", 16, "--quiet", "--out")
    assert run(capsys, *args, tmp_path)[0] == 0
    options = json.loads((tmp_path / "config.json").read_text())["options"]
    assert (options["epochs"], options["batch_size"]) == (2, 16)
    assert (options["model"], options["lr"], options["weight_decay"]) == ("imagekan", 8e-3, 0.05)
    assert ew.load(tmp_path / "model.safetensors").widths == [784, 256, 10]
    rates = [line.split(",") for line in (tmp_path / "history.csv").read_text().splitlines()]
    last = float(rates[-1][rates[0].index("lr")])
    assert last < 8e-3 / 1000  # one cycle ends near zero; an exponential would not
    code, out, _ = run(capsys, *args, tmp_path / "fastkan", "--model", "fastkan")
    assert code == 0
    assert "fastkan [784, 64, 10]" in out
    monkeypatch.undo()
    code, _, err = run(capsys, "train", "iris", "--fast", "--out", tmp_path / "no")
    assert code == 2
    assert "mnist or fashion_mnist" in err


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has CUDA")
def test_a_device_that_is_missing_is_one_line(tmp_path, capsys):
    args = ("train", "iris", "--device", "cuda", "--quiet", "--out", tmp_path / "run")
    code, _, err = run(capsys, *args)
    assert code == 2
    (line,) = err.splitlines()
    assert line.startswith("edgewise: --device expected a device that this machine has, got 'cuda'")
    assert not (tmp_path / "run").exists()


def test_a_dataset_and_an_optimiser_by_other_spellings(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    args = ("train", "Breast-Cancer", "--optimizer", "LBFGS", "--epochs", 1, "--weight-decay", 0)
    assert run(capsys, *args, "--quiet")[0] == 0
    assert (tmp_path / "runs" / "breast_cancer-fastkan-0" / "model.safetensors").exists()


def test_regression_and_a_basis_with_settings(tmp_path, capsys):
    out = tmp_path / "run"
    code, text, _ = run(
        capsys,
        *("train", "diabetes", "--model", "kan", "--basis", "gaussian:num=5,lo=-3,hi=3"),
        *("--widths", "10,4,1", "--epochs", 2, "--out", out, "--quiet"),
    )
    assert code == 0
    assert "test loss" in text
    assert ew.load(out / "model.safetensors").layers[0].basis == ew.Gaussian(5, -3, 3)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("train",), "Missing argument 'DATASET'"),
        (("train", "imagenet"), "unknown dataset 'imagenet'"),
        (("train", "iris", "--device", "gpu"), "--device expected a device that this machine has"),
        (("evaluate", "run", "iris", "--device", "gpu"), "got 'gpu': choose cpu"),
        (("train", "iris", "--model", "resnet"), "'resnet' is not one of"),
        (("train", "iris", "--epochs", "0"), "Invalid value for '--epochs'"),
        (("train", "iris", "--widths", "4,a,3"), "integers such as 784,64,10"),
        (("train", "iris", "--widths", "5,3,3"), "widths from 4 to 3, got [5, 3, 3]"),
        (("train", "iris", "--widths", "4,0,3"), "every width to be an integer"),
        (("train", "iris", "--set", "grids=4"), "fastkan has no argument grids"),
        (("train", "iris", "--set", "grids"), "KEY=VALUE"),
        (("train", "iris", "--basis", "gaussian"), "--basis expected --model kan"),
        (("train", "iris", "--model", "kan", "--basis", "waves"), "got 'waves'"),
        (("train", "iris", "--model", "kan", "--basis", "bspline:grid=x"), "integer"),
        (("evaluate", "nowhere", "iris"), "no such file"),
        (("convert", "nowhere.pt", "a.safetensors"), "no such file"),
        (("fly",), "No such command 'fly'"),
        (("--fast",), "No such option"),
    ],
)
def test_wrong_arguments_exit_2_with_one_line(args, message, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *args)
    assert code == 2
    assert message in err
    assert len(err.strip().splitlines()) == 1
    assert not out
    assert not list(tmp_path.rglob("*.safetensors"))


def test_evaluate_refuses_a_model_of_another_shape(tmp_path, capsys):
    ew.save(ew.KAN([4, 3]), tmp_path / "model.safetensors")
    code, _, err = run(capsys, "evaluate", tmp_path, "wine")
    assert code == 2
    assert "from 13 to 3 features, got widths [4, 3]" in err


def test_convert_there_and_back(tmp_path, capsys):
    model = ew.presets.EfficientKAN([3, 4, 2])
    theirs, ours, back = (tmp_path / n for n in ("t.pt", "o.safetensors", "b.pt"))
    torch.save(ew.saving.to_foreign(model, "efficient-kan"), theirs)
    code, _, err = run(capsys, "convert", theirs, ours)
    assert code == 2
    assert "expected --base, since" in err
    assert "pass --base silu" in err
    assert run(capsys, "convert", theirs, ours, "--base", "silu")[0] == 0
    assert run(capsys, "convert", ours, back, "--to", "efficient-kan")[0] == 0
    assert run(capsys, "convert", ours, tmp_path / "b.safetensors", "--to", "efficient-kan")[0] == 0
    x = torch.rand(5, 3)
    for path in (back, tmp_path / "b.safetensors"):
        assert torch.equal(ew.load_foreign(path, base="silu")(x), model(x))
    assert torch.equal(ew.load(ours)(x), model(x))
    code, _, err = run(capsys, "convert", ours, tmp_path / "c.pt", "--to", "fast-kan")
    assert code == 2
    assert "a Gaussian basis" in err
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "b.pt",
        "b.safetensors",
        "o.safetensors",
        "t.pt",
    ]


def test_env_says_which_engine_runs_and_why(capsys):
    code, out, _ = run(capsys, "env")
    assert code == 0
    assert re.search(rf"^edgewise +{re.escape(ew.__version__)}$", out, re.MULTILINE)
    assert "bspline on cpu" in out


def fresh(code):
    """What a new interpreter prints when it runs ``code``."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_bench_speed_has_a_line_for_every_basis(capsys, monkeypatch):
    from edgewise.bases import registry

    monkeypatch.setattr(importlib.import_module("edgewise.cli.bench"), "SECONDS", 1e-4)
    args = ("bench", "speed", "--widths", "4,3", "--batch", 5, "--threads", 1)
    code, out, err = run(capsys, *args)
    assert (code, err) == (0, "")
    first, _, *lines = out.splitlines()
    assert first == "4-3, batch 5, 1 threads"
    assert [line.split()[0] for line in lines] == sorted(registry())
    for line in lines:
        ours, theirs, ratio = map(float, line.split()[1:4])
        assert ours > 0
        assert ratio == pytest.approx(ours / theirs, rel=0.02, abs=0.006)


def test_help_imports_neither_torch_nor_numpy():
    code = (
        "import sys, contextlib, io\n"
        "from edgewise.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main(['train', '--help'])\n"
        "print(sorted({'torch', 'numpy', 'edgewise.models'} & set(sys.modules)))"
    )
    assert fresh(code) == "[]"


def test_importing_edgewise_loads_nothing_optional(forks):
    code = (
        "import sys, edgewise as ew\n"
        "extras = {'KANRegressor', 'KANClassifier', 'KANSurvival', 'discover', 'discover_ode'}\n"
        "extras |= {'fit_formula', 'fit_law'}\n"
        "for name in set(ew.__all__) - extras: getattr(ew, name)\n"
        "for module in list(sys.modules.values()): getattr(module, '__file__', '')  # as inspect\n"
        "optional = {'triton', 'sklearn', 'matplotlib', 'scipy', 'pandas', 'sympy', 'click'}\n"
        "import torch\n"
        "print(sorted((optional & set(sys.modules)) - before))"
    )
    code = "import sys, torch\nbefore = set(sys.modules)\n" + code
    assert forks.run("-c", code).strip() == "[]"


def test_what_needs_an_extra_says_which(forks):
    code = (
        "import sys\n"
        "for library in ('scipy', 'sklearn', 'pandas'): sys.modules[library] = None\n"
        "import edgewise as ew\n"
        "for name in ('KANRegressor', 'discover'):\n"
        "    try: getattr(ew, name)\n"
        "    except ImportError as error: print(error)"
    )
    extras = re.findall(r'pip install "edgewise\[(\w+)\]"', forks.run("-c", code))
    assert extras == ["tables", "symbolic"]


def test_an_interrupt_ends_with_130_and_one_line(capsys, monkeypatch):
    def interrupt(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.commands["env"], "callback", interrupt)
    code, out, err = run(capsys, "env")
    assert (code, out) == (130, "")
    assert err.strip() == "edgewise: interrupted"  # 128 and the number of the signal, as shells say


# ---- words --------------------------------------------------------------------------------------


def test_alone_it_shows_four_ways_to_begin(capsys):
    with pytest.raises(SystemExit) as stopped:
        main([])
    said, err = capsys.readouterr()
    assert (stopped.value.code, err) == (0, "")
    shown = re.findall(r"edgewise (\w+) \S", said)
    assert {"discover", "fit", "train", "explore"} <= set(shown)
    assert max(map(len, said.splitlines())) <= 80


def test_summaries_of_commands_are_whole_in_80_columns():
    text = CliRunner().invoke(cli, ["--help"], terminal_width=80).output
    listed = text.partition("Commands:")[2]
    assert len(listed.splitlines()) == 1 + len(cli.commands)
    assert "..." not in listed


def test_a_second_run_is_refused_in_the_words_of_the_command(tmp_path, capsys):
    args = ["train", "digits", "--epochs", "1", "--quiet", "--out", str(tmp_path)]
    for wanted in (0, 2):
        with pytest.raises(SystemExit) as stopped:
            main(args)
        assert stopped.value.code == wanted
        err = capsys.readouterr().err
    assert "pass --resume to continue" in err
    assert "another --out" in err
    assert "resume=True" not in err


def test_it_is_a_module_too(forks):
    code = (
        "import runpy, sys; sys.argv = ['edgewise', '--version']; "
        "runpy.run_module('edgewise', run_name='__main__')"
    )
    assert forks.run("-c", code).startswith("edgewise, version")


def test_pykans_checkpoints_are_three_files_and_state_dicts_one(tmp_path, capsys):
    ours = tmp_path / "o.safetensors"
    ew.save(ew.KAN([2, 2, 1], basis=ew.BSpline()), ours)
    for name in ("mark", "state.pt", "state.safetensors"):
        assert run(capsys, "convert", ours, tmp_path / name, "--to", "pykan")[0] == 0
    ours.unlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        *("mark_cache_data", "mark_config.yml", "mark_state", "state.pt", "state.safetensors"),
    ]
    assert "act_fun.0.coef" in torch.load(tmp_path / "state.pt")
