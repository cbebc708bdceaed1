"""How far exported models are from theirs, how large and fast they are, whether proofs hold.

``python -m benchmarks.export agreement`` compares C, JavaScript, Python and SQL with the model on
100,000 inputs; ``speed`` runs [784, 64, 10] on one core beside onnxruntime's MLP of as many
parameters; ``certificates`` attacks the bounds of 1,000 random models. Each goes on where an
earlier run ended and keeps each row as it is measured, in ``benchmarks/results/export-….csv``.
"""

from __future__ import annotations

import ctypes
import json
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch

import edgewise as ew
from benchmarks import export_report
from benchmarks.machine import CORES
from benchmarks.markdown import table
from benchmarks.runs import Runs
from benchmarks.study import Choice, Job, Rows, Study, make_group, one_row
from edgewise.certify.evaluate import evaluate_stack, evaluate_torch
from edgewise.certify.stack import read_stack

AGREEING = ("target", "degree", "dtype", "rows", "bytes", "bound", "measured", "exceeded",
            "ns_per_row")  # fmt: skip
TIMED = ("program", "parameters", "bytes", "us_per_row", "measured", "bound")
CERTIFIED = ("seed", "basis", "norm", "widths", "low", "high", "attacked_low", "attacked_high",
             "width_over_found", "violated", "table_violated", "seconds")  # fmt: skip


def compile_c(source: str, folder: Path) -> Any:
    """The functions of a C file."""
    (folder / "model.c").write_text(source)
    flags = ["-std=c99", "-O3", "-march=native", "-fPIC", "-shared"]
    subprocess.run(["gcc", *flags, "-o", folder / "model.so", folder / "model.c"], check=True)
    return ctypes.CDLL(str(folder / "model.so"))


FEW = 64
"""Rows of a timing: short ones are seldom interrupted."""


def best_of(call: Any) -> float:
    """The shortest of many runs, in seconds."""
    times = []
    for _ in range(300):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


LOOP = """
void run(const float *x, float *y, long rows) {
    for (long r = 0; r < rows; r++) model(x + r * %d, y + r * %d);
}
"""


def run_c(tables: Any, x: np.ndarray, folder: Path) -> tuple[np.ndarray, float]:
    """Answers, and seconds a row: the best of five runs."""
    loop = LOOP % (tables.in_features, tables.out_features)
    library = compile_c(ew.export.to_c(tables) + loop, folder)
    x = np.ascontiguousarray(x, dtype=np.float32)
    y = np.zeros((len(x), tables.out_features), dtype=np.float32)
    ends = ctypes.c_void_p(x.ctypes.data), ctypes.c_void_p(y.ctypes.data)
    library.run(*ends, ctypes.c_long(len(x)))
    few = min(len(x), FEW)
    return y, best_of(lambda: library.run(*ends, ctypes.c_long(few))) / few


def run_node(tables: Any, x: np.ndarray, folder: Path) -> tuple[np.ndarray, float]:
    ew.export.to_javascript(tables, folder / "model.js")
    (folder / "x.json").write_text(json.dumps(x.tolist()))
    code = (
        'const f = require("./model.js"), x = require("./x.json"); x.slice(0, 2000).map(f);'
        "const start = performance.now(), y = x.map(f), spent = performance.now() - start;"
        'require("fs").writeFileSync("y.json", JSON.stringify([y, spent / 1000 / x.length]))'
    )
    subprocess.run(["node", "-e", code], cwd=folder, check=True)
    y, seconds = json.loads((folder / "y.json").read_text())
    return np.array(y), seconds


def run_python(tables: Any, x: np.ndarray, folder: Path) -> tuple[np.ndarray, float]:
    space: dict[str, Any] = {}
    exec(ew.export.to_python(tables), space)
    start = time.perf_counter()
    y = space["model"](x)
    return y, (time.perf_counter() - start) / len(x)


def run_sql(tables: Any, x: np.ndarray, folder: Path) -> tuple[np.ndarray, float]:
    base = sqlite3.connect(":memory:")
    columns = ", ".join(f'"{name}" REAL' for name in tables.input_names)
    base.execute(f'CREATE TABLE "data" ("key" INTEGER, {columns})')
    marks = ", ".join("?" * (x.shape[1] + 1))
    base.executemany(
        f'INSERT INTO "data" VALUES ({marks})', [(k, *row) for k, row in enumerate(x.tolist())]
    )
    query = ew.export.to_sql(tables, keep=["key"])
    start = time.perf_counter()
    found = np.array(base.execute(query).fetchall())
    seconds = (time.perf_counter() - start) / len(x)
    return found[found[:, 0].argsort(), 1:], seconds


TARGETS = {"C": run_c, "JavaScript": run_node, "Python": run_python, "SQL": run_sql}
NEEDS = {"C": "gcc", "JavaScript": "node"}


@cache
def make_case(rows: int) -> tuple[ew.KAN, np.ndarray, np.ndarray]:
    """The network, its random inputs, and its answers."""
    model = ew.KAN([4, 5, 1], basis="gaussian", seed=torch.Generator().manual_seed(1000))
    x = np.random.default_rng(1000).uniform(-2, 2, (rows, 4)).astype(np.float32).astype(float)
    return model, x, evaluate_stack(read_stack("benchmark", model), x)


@cache
def make_tables(rows: int, degree: int, dtype: str) -> Any:
    """The network as tables."""
    model, *_ = make_case(rows)
    return ew.export.tabulate(model, (-2, 2), degree=degree, dtype=dtype, cells=64)


def plan_agreement(choice: Choice) -> Iterator[Job]:
    """A job for each kind of table and language that can run here."""
    there = [t for t in TARGETS if t not in NEEDS or shutil.which(NEEDS[t]) is not None]
    for degree, dtype in ((3, "float32"), (2, "int16"), (1, "int8")):
        for target in there:
            case = {"target": target, "degree": degree, "dtype": dtype, "rows": choice.rows}
            yield one_row(measure_agreement, case)


def measure_agreement(target: str, degree: int, dtype: str, rows: int) -> dict[str, Any]:
    """A language beside the network."""
    _, x, expected = make_case(rows)
    return _compare(target, make_tables(rows, degree, dtype), x, expected)


def _compare(target: str, tables: Any, x: np.ndarray, expected: np.ndarray) -> dict[str, Any]:
    """How far a target's answers are off, what is proven of it, and its time."""
    with tempfile.TemporaryDirectory() as folder:
        y, seconds = TARGETS[target](tables, x, Path(folder))
    off, bound = float(np.abs(y - expected).max()), float(tables.report.bound.max())
    return {
        "bytes": tables.report.bytes,
        "bound": f"{bound:.3g}",
        "measured": f"{off:.3g}",
        "exceeded": int(off > bound),
        "ns_per_row": round(seconds * 1e9),
    }


def list_rows(rows: Rows, columns: Sequence[str]) -> str:
    """Rows as a table in Markdown."""
    return table(columns, [[row[c] for c in columns] for row in rows])


def plan_speed(choice: Choice) -> Iterator[Job]:
    """A job for each program."""
    model = ew.KAN([784, 64, 10], basis=ew.Gaussian(8, -2, 2), norm=None, base=None)
    count = sum(p.numel() for p in model.parameters())
    mlp = ew.MLP.matching(count, 784, 10).eval()
    x = np.random.default_rng(1000).uniform(0, 1, (choice.rows, 784)).astype(np.float32)
    for degree, cells in ((0, 32), (1, 16)):
        case = {"program": f"KAN, C, int8, degree {degree}, {cells} cells"}
        yield one_row(_time, case, partial(_time_c, model, degree, cells, x))
    for batch in (1, 64):
        case = {"program": f"MLP {mlp.widths}, onnxruntime, float32, batches of {batch}"}
        yield one_row(_time, case, partial(_time_mlp, mlp, x[:batch]))


def _time(run: Callable[[], dict[str, Any]], program: str) -> dict[str, Any]:
    return run()


def _time_c(model: Any, degree: int, cells: int, x: np.ndarray) -> dict[str, Any]:
    """int8 tables in C: their time and error."""
    tables = ew.export.tabulate(model, (0, 1), degree=degree, dtype="int8", cells=cells, rows=100)
    with tempfile.TemporaryDirectory() as folder:
        y, seconds = run_c(tables, x, Path(folder))
    off = np.abs(y[:200] - evaluate_stack(read_stack("b", model), x[:200].astype(float))).max()
    return {
        "parameters": sum(p.numel() for p in model.parameters()),
        "bytes": tables.report.bytes,
        "us_per_row": round(seconds * 1e6, 2),
        "measured": f"{off:.3g}",
        "bound": f"{tables.report.bound.max():.3g}",
    }


def _time_mlp(mlp: ew.MLP, x: np.ndarray) -> dict[str, Any]:
    """An MLP in onnxruntime, on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        ew.export.to_onnx(mlp).SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    seconds = best_of(lambda: session.run(None, {"x": x})) / len(x)
    count = sum(p.numel() for p in mlp.parameters())
    return {"parameters": count, "bytes": 4 * count, "us_per_row": round(seconds * 1e6, 2)}


def plan_certificates(choice: Choice) -> Iterator[Job]:
    """A job for each random network."""
    for seed in range(1000, 1000 + choice.models):
        yield Job(partial(_certify, seed, choice.starts), [{"seed": seed}])


def _certify(seed: int, starts: int) -> list[dict[str, Any]]:
    return [_certify_one(seed, starts)]


def _certify_one(seed: int, starts: int) -> dict[str, Any]:
    """A random model's proven range beside the one that an attack found, and its tables' bound."""
    bases = sorted(
        name
        for name, kind in ew.bases.registry().items()
        if kind.__module__.startswith("edgewise.")
    )
    random = np.random.default_rng(seed)
    basis = bases[seed % len(bases)]
    norm = (None, "affine", "tanh", "layer")[seed // len(bases) % 4]
    widths = [int(n) for n in (*random.integers(2, 4, 2), 1)]
    generator = torch.Generator().manual_seed(seed)
    model = ew.KAN(widths, basis=basis, norm=norm, seed=generator)
    start = time.perf_counter()
    proof = ew.certify(model, (-1, 1), boxes=8, starts=8)
    spent = time.perf_counter() - start
    tables = ew.export.tabulate(model, (-1, 1), degree=1, dtype="int8", rows=1000)
    low, high = _attack(read_stack("b", model), widths[0], starts, generator)
    return {
        "seed": seed,
        "basis": basis,
        "norm": norm or "none",
        "widths": "-".join(map(str, widths)),
        "low": f"{proof.low[0]:.6g}",
        "high": f"{proof.high[0]:.6g}",
        "attacked_low": f"{low:.6g}",
        "attacked_high": f"{high:.6g}",
        "width_over_found": f"{(proof.high[0] - proof.low[0]) / (high - low):.4g}",
        "violated": int(low < proof.low[0] or high > proof.high[0]),
        "table_violated": int((tables.report.measured > tables.report.bound).any()),
        "seconds": f"{spent:.2f}",
    }


def _attack(stack: Any, features: int, starts: int, generator: Any) -> tuple[float, float]:
    """The least and the greatest value that gradient ascent meets."""
    ends = []
    for sign in (-1, 1):
        x = 2 * torch.rand(starts, features, generator=generator, dtype=torch.float64) - 1
        best, step = -float("inf"), 0.1
        for _ in range(60):
            x = x.detach().requires_grad_()
            y = sign * evaluate_torch(stack, x)[:, 0]
            best = max(best, float(y.detach().max()))
            (slope,) = torch.autograd.grad(y.sum(), x)
            x = (x.detach() + step * slope.sign()).clamp(-1, 1)
            step *= 0.93
        ends.append(sign * best)
    return ends[0], ends[1]


def describe_certificates(rows: Rows) -> str:
    """How many bounds were violated, and how wide the proven ranges are."""
    bad = sum(int(row["violated"]) + int(row["table_violated"]) for row in rows)
    wide = Runs(rows)
    return (
        f"{len(rows)} models, {bad} bounds violated; proven range over found: median "
        f"{wide.median('width_over_found'):.3f}, worst {max(wide.values('width_over_found')):.3f}"
    )


def _whole(flag: str, default: int) -> Callable[..., Any]:
    return click.option(flag, default=default, show_default=True)


AGREEMENT = Study(
    "agreement",
    key=("target", "degree", "dtype", "rows", "commit", "machine"),
    columns=AGREEING,
    help="Every target beside the model on random inputs.",
    plan=plan_agreement,
    describe=partial(list_rows, columns=AGREEING),
    options=(_whole("--rows", 100_000),),
    cores=CORES,
    newest=True,
    csvs=("export-agreement",),
)
SPEED = Study(
    "speed",
    key=("program", "commit", "machine"),
    columns=TIMED,
    help="[784, 64, 10] in C beside onnxruntime's MLP of as many parameters, a row at a time.",
    plan=plan_speed,
    describe=partial(list_rows, columns=TIMED),
    options=(_whole("--rows", 2000),),
    newest=True,
    csvs=("export-speed",),
)
CERTIFICATES = Study(
    "certificates",
    key=("seed",),
    columns=CERTIFIED,
    help="Random models, and gradient ascent against the bounds of their range.",
    plan=plan_certificates,
    describe=describe_certificates,
    options=(_whole("--models", 1000), _whole("--starts", 100)),
    cores=CORES,
    csvs=("export-certificates",),
)
STUDY = Study(
    "export",
    findings=export_report.findings,
    charts=export_report.charts,
    csvs=("export-agreement", "export-speed", "export-certificates"),
    title="Are they the same in other languages?",
    about="Networks as tables in C, JavaScript, Python and SQL beside the network itself, and "
    "gradient ascent against the proven ranges of random networks, which are too many to list.",
    listed=("target", "program", "degree", "dtype", "rows", "parameters", "bytes", "bound",
            "measured", "ns_per_row", "us_per_row"),
    keeps=lambda row: row["csv"] != "export-certificates",
    command_line="python -m benchmarks.export agreement|speed|certificates",
)  # fmt: skip
main = make_group(
    "Exported models: agreement, speed, certificates.",
    *(study.command for study in (AGREEMENT, SPEED, CERTIFICATES)),
)

if __name__ == "__main__":
    main()
