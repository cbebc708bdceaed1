"""Runs cases with a program and keeps the results: resumable, with progress."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any

from benchmarks.discovery.cases import Case, Program
from benchmarks.discovery.judge import r2_of, relative_error
from benchmarks.machine import describe_run
from benchmarks.records import Records

Work = tuple[Case, str, Program, float]
"""A case, a program's name and itself, and its seconds."""


def run_case(case: Case, name: str, program: Program, budget: float) -> dict[str, Any]:
    """One row of the results; a program that fails is wrong, and the row says how it failed."""
    data = case.data()
    row = {
        **_key(case, name, budget),
        "inputs": data.x.shape[1],
        "rows": len(data.y),
        "difficulty": case.difficulty,
        "truth": case.truth,
    }
    try:
        answer = program(data, budget, case.seed)
        row |= {
            "verdict": answer.verdict,
            "right": case.judge(data, answer),
            "seconds": round(answer.seconds, 3),
            "r2": r2_of(answer.values, data.y_test),
            "relative_error": relative_error(answer.values, data.y_test),
            "formula": answer.formula,
            **answer.about,
        }
    except Exception as error:  # Whatever a program does, the other rows go on.
        row |= {"right": False, "error": f"{type(error).__name__}: {error}"[-500:]}
    return row | describe_run(cores=1)


def run(work: Iterable[Work], records: Records, jobs: int = 1, again: bool = False) -> None:
    """Run what isn't in the records yet, and write each row as it comes."""
    from tqdm import tqdm

    left = [w for w in work if again or _key(w[0], w[1], w[3]) not in records]
    counts = {"right": 0, "wrong claims": 0}
    with tqdm(total=len(left), unit="run", smoothing=0.1) as bar:
        for row in _rows(left, jobs):
            records.append(row)
            counts["right"] += row["right"] is True
            counts["wrong claims"] += bool(row.get("verdict")) and is_wrong_claim(row)
            bar.set_postfix(counts)
            bar.update()
            bar.write(describe(row))


def is_wrong_claim(row: dict[str, Any]) -> bool:
    """Whether it says exact or law, and isn't."""
    return row["verdict"] in ("exact", "law") and str(row["right"]) == "False"


def describe(row: dict[str, Any]) -> str:
    """A row in a line."""
    right = {True: "right", False: "wrong", None: "-"}[row["right"]]
    result = row.get("error") or f"{row['relative_error']:.1e} {row['formula'][:70]}"
    name = f"{row['case']} {row['condition']} {row['seed']}"
    verdict = row.get("verdict", "")
    return (
        f"{name:<32} {row['program']:<9} {right:<5} {verdict:<13} "
        f"{row.get('seconds') or 0:6.1f} s  {result}"
    )


def _rows(work: list[Work], jobs: int) -> Iterator[dict[str, Any]]:
    if jobs == 1:
        use_one_core()
        for each in work:
            yield run_case(*each)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), use_one_core) as pool:
        waiting = [pool.submit(run_case, *each) for each in work]
        try:
            for done in as_completed(waiting):
                yield done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def use_one_core() -> None:
    """Times are those of one core."""
    import torch

    torch.set_num_threads(1)


def _key(case: Case, program: str, budget: float) -> dict[str, Any]:
    return {
        "case": case.name,
        "condition": case.condition,
        "seed": case.seed,
        "program": program,
        "budget": float(budget),
    }
