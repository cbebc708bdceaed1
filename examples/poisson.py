"""A differential equation: ∇²u = f on [-1, 1]², whose answer is u = sin πx sin πy.

A [2, 2, 1] KAN is trained on the equation inside (second derivatives through the network) and on
u = 0 on the boundary, while its grid grows from 5 to 10 to 20 cells.

    python examples/poisson.py
"""

import math
import time

import torch

import edgewise as ew
from edgewise import grids


def solution(x: torch.Tensor) -> torch.Tensor:
    """u at points (N, 2): (N, 1)."""
    return (torch.sin(math.pi * x[:, :1]) * torch.sin(math.pi * x[:, 1:])).detach()


def laplacian(model: torch.nn.Module, x: torch.Tensor) -> torch.Tensor:
    """∇²u at points (N, 2): (N, 1)."""
    x = x.detach().requires_grad_()
    (slope,) = torch.autograd.grad(model(x).sum(), x, create_graph=True)
    second = [
        torch.autograd.grad(slope[:, k].sum(), x, create_graph=True)[0][:, k] for k in range(2)
    ]
    return sum(second)[:, None]


def main(sizes: tuple[int, ...] = (5, 10, 20), steps: int = 12, side: int = 21) -> float:
    """Solve it; the mean squared error of u."""
    line = torch.linspace(-1, 1, side, dtype=torch.float64)
    points = torch.cartesian_prod(line, line)
    generator = torch.Generator().manual_seed(4)  # others end in worse minima
    model = ew.KAN([2, 2, 1], basis=ew.BSpline(sizes[0]), dtype=torch.float64, seed=generator)
    start = time.perf_counter()
    for size in sizes:
        if size > sizes[0]:
            model = grids.refine(model, size, points, even=True, tolerance=math.inf)
        model = grids.fit_range(model, points, margin=0.05, tolerance=math.inf)
        train(model, points, steps)
        with torch.no_grad():
            error = float((model(points) - solution(points)).square().mean())
        seconds = time.perf_counter() - start
        print(f"grid {size:2d}: mean squared error {error:.1e} after {seconds:.1f} s")
    return error


def train(model: torch.nn.Module, points: torch.Tensor, steps: int) -> None:
    """L-BFGS on the equation inside and on the boundary."""
    edge = points[(points.abs() == 1).any(1)]
    inside = points[(points.abs() < 1).all(1)]
    source = -2 * math.pi**2 * solution(inside)
    optimizer = torch.optim.LBFGS(
        model.parameters(),
        history_size=10,
        line_search_fn="strong_wolfe",
        tolerance_grad=1e-32,
        tolerance_change=1e-32,
    )

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        equation = (laplacian(model, inside) - source).square().mean()
        total = 0.01 * equation + model(edge).square().mean()
        total.backward()
        return total

    for _ in range(steps):
        optimizer.step(loss)


if __name__ == "__main__":
    main()
