"""Results with known numbers, without measuring anything."""

from edgewise.bench import checkouts, rows
from edgewise.bench.memory import Peak
from edgewise.bench.peers import Comparison, Halves, Program
from edgewise.bench.report import Result
from edgewise.bench.speed import PASSES, Cell, Memory
from edgewise.bench.timing import Timing

ABOUT = {
    "machine": "a machine, 2 cores",
    "versions": "edgewise 0, torch 0",
    "engine": "native",
    "commit": "abc",
    "date": "2026-01-01",
    "command": "edgewise bench speed",
}


def timing(*ms):
    return Timing(tuple(value / 1e3 for value in ms))


def cell(row="cubic5", shape="784-64-10", batch=64, mode=PASSES[1], kan=2.0, mlp=4.0, compiled=5.0):
    def around(ms):
        return None if ms is None else timing(ms, ms, ms)

    return Cell(
        rows.ROWS[row],
        shape,
        batch,
        2,
        mode,
        10,
        11,
        around(kan),
        around(mlp),
        around(compiled),
        "",
        50.0,
        100.0,
    )


def comparison(peer="fast-kan", batch=64, theirs=8.0, ours=2.0, compiled=None):
    def program(name, ms):
        halves = Halves(timing(ms / 4, ms / 4), timing(3 * ms / 4, 3 * ms / 4))
        return Program(name, halves, 1234, 1230, Peak(2**20, 3 * 2**20))

    return Comparison(
        checkouts.PEERS[peer],
        "784-64-10",
        batch,
        2,
        program(peer, theirs),
        program(f"edgewise, as {peer}", ours),
        None if compiled is None else program(peer, compiled).eager,
        "" if compiled is not None else "Boom: a | b",
        "1.0e-07",
    )


def result():
    cells = [cell(mode=mode, batch=batch) for batch in (64, 1024) for mode in PASSES]
    memory = [Memory(rows.ROWS["cubic5"], "784-64-10", 2**20, 2**21, Peak(9, 30), Peak(5, 10))]
    return Result(dict(ABOUT), cells, memory, [comparison()], {"pykan": "no yaml"})
