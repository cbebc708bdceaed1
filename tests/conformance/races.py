"""Twelve threads read one model at once, each by two threads of OpenMP: `make races`.

    python tests/conformance/races.py [SECONDS] [SEED]

Models of random bases, norms, sizes and types, one after the other. Each verb must answer what it
answers alone, bit by bit; ThreadSanitizer, under which `make races` runs this, must see no two
threads at one place of memory.
"""

from __future__ import annotations

import random
import sys
import threading
import time

import torch
from every_basis import KNOWN

import edgewise as ew
from edgewise.engines import native

WIDTHS = ([2, 3, 1], [3, 17, 2], [130, 20, 4], [5, 30, 5])
"""With the rows: threads share the rows, or the inputs, or don't share the work at all."""
ROWS = (20, 300, 700)
NORMS = (None, "layer", "tanh", "standard")


def backward(model, x):
    return torch.autograd.grad(model(x).square().sum(), list(model.parameters()), allow_unused=True)


def backward_twice(model, x):
    x = x.clone().requires_grad_()
    (slopes,) = torch.autograd.grad(model(x).sum(), x, create_graph=True)
    return torch.autograd.grad(slopes.square().sum(), list(model.parameters()), allow_unused=True)


def evaluate(model, x):
    return list(ew.evaluate(model, x, x[:, :1].expand(-1, model.widths[-1])).values())


def jets(model, x):
    return ew.jets(model, x, 2).value


VERBS = (lambda model, x: model(x), backward, evaluate, backward_twice, jets)


def same(a, b):
    if isinstance(a, list | tuple):
        return all(map(same, a, b))
    return torch.equal(a, b) if torch.is_tensor(a) and torch.is_tensor(b) else a == b


def read_at_once(model, x, verbs):
    """The verbs that answer twelve threads something else than one, and how many calls it took."""
    alone = [verb(model, x) for verb in verbs]
    other = []

    def read(first):
        torch.set_num_threads(2)
        for k in range(first, first + len(verbs)):
            n = k % len(verbs)
            if not same(verbs[n](model, x), alone[n]):
                other.append(verbs[n].__name__)

    threads = [threading.Thread(target=read, args=(first,)) for first in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return other, 12 * len(verbs)


def main(seconds=60.0, seed=0):
    """Raise SystemExit where a thread got another answer."""
    if reason := native.unavailable():
        raise SystemExit(reason)
    draw, end = random.Random(seed), time.monotonic() + seconds
    wrong, models, calls = [], 0, 0
    while time.monotonic() < end:
        basis, widths, norm = draw.choice(KNOWN), draw.choice(WIDTHS), draw.choice(NORMS)
        dtype = draw.choice([torch.float32, torch.float64])
        model = ew.KAN(widths, basis=basis, norm=norm, seed=0).to(dtype).eval()
        points = torch.Generator().manual_seed(seed)
        x = 2 * torch.rand(draw.choice(ROWS), widths[0], dtype=dtype, generator=points) - 1
        other, count = read_at_once(model, x, VERBS if widths[0] < 100 else VERBS[:3])
        wrong += [(name, str(basis), norm) for name in other]
        models, calls = models + 1, calls + count
    print(f"{calls:,} calls of {models} models, {len(wrong)} with another answer", wrong[:5])
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
