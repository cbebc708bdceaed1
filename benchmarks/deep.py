"""Do depth and finer grids help at a fixed number of parameters? `python -m benchmarks.deep`.

It compares default KANs with one to six hidden layers, KANs with residual blocks or normalisation
between layers, and KANs with more or fewer cells. Tasks and protocol are those of
`benchmarks.drop_in`; eight of its tasks are used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from benchmarks.drop_in.deep import CELLS
from benchmarks.drop_in.measure import FULL, QUICK
from benchmarks.drop_in.networks import LAYERS, MLPS
from benchmarks.drop_in.study import COLUMNS, KEY, plan_rates
from benchmarks.drop_in.summary import Relation, label, relate, summarize
from benchmarks.markdown import provenance, table
from benchmarks.options import seed_range
from benchmarks.runs import geometric_mean
from benchmarks.study import Choice, Job, Rows, Study

TASKS = ["wave", "quotient", "random-5", "teacher-tanh", "teacher-curves", "friedman", "digits",
         "series"]  # fmt: skip
DEPTHS = (1, 2, 3, 6)
CASES: tuple[tuple[str, int], ...] = (
    *((network, LAYERS) for network in MLPS),
    *(("kan", depth) for depth in DEPTHS),
    *(("kan-residual", depth) for depth in DEPTHS[1:]),
    *((f"kan-{norm}", depth) for norm in ("layer", "tanh") for depth in (2, 6)),
    *((f"kan-{cells}-cells", 2) for cells in CELLS),
    *((f"kan-{cells}-cells", 1) for cells in CELLS),
)
"""Pairs of a network and its number of hidden layers."""


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each run; those of one seed and task, which share its rows, are adjacent."""
    form, tasks = (QUICK, TASKS[:1]) if choice.quick else (FULL, TASKS)
    for seed, task, (network, layers) in product(choice.seeds, sorted(tasks), CASES):
        yield from plan_rates(form, seed, task, network, layers)


def describe(rows: Rows) -> str:
    """Markdown: the ratio of each network's loss to the MLP's, by task, and its geometric mean."""
    summaries = summarize(rows)
    relations = relate(summaries)
    if not relations:
        return ""
    networks = dict.fromkeys(r.network for r in relations)
    took = {(runs["task"], label(runs.rows[0])): runs.mean("seconds") for runs in summaries}
    lines = [_line(name, [r for r in relations if r.network == name], took) for name in networks]
    return f"{provenance(rows)}\n\n{table(['network', *TASKS, 'mean', 'time'], lines)}"


def _line(
    name: str, relations: Sequence[Relation], took: Mapping[tuple[str, str], float]
) -> list[str]:
    ratios = {r.task: r.ratio for r in relations}
    cells = [f"{ratios[task]:.2f}" if task in ratios else "" for task in TASKS]
    mean = geometric_mean(ratios.values())
    seconds = geometric_mean(took[r.task, name] / r.mlp.mean("seconds") for r in relations)
    return [name, *cells, f"{mean:.2f}", f"{seconds:.1f}"]


STUDY = Study(
    "deep",
    key=KEY,
    columns=COLUMNS,
    help="Write test losses to deep.csv, and print a table of their ratios to the better MLP's.",
    plan=plan,
    describe=describe,
    options=(seed_range("1000", "[0 for --quick]"),),
    quick={"seeds": range(1)},
    side_by_side=True,
    said="loss",
    part="deep",
)
main = STUDY.command

if __name__ == "__main__":
    main()
