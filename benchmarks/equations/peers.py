"""DeepXDE and jaxKAN on the same equations: a script that runs in another Python.

The other Python needs no edgewise; a peer reads points and writes its values there. Given values
hold by construction in all of them, as their own examples recommend, except for the periodic
problem, whose initial value has a kink; all compute in float64 on one thread.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
PEERS = {"deepxde": "DeepXDE", "jaxkan": "jaxKAN"}
EQUATIONS = ("poisson", "helmholtz", "burgers", "allen-cahn", "allen-cahn-standard")
POINTS, BORDER = 2500, 200
"""Inside and on the border or at the beginning, as in DeepXDE's example of Burgers' equation."""
RATE = 1e-3
"""Of Adam, in the first half of the time; L-BFGS has the second."""
PI = math.pi
VISCOSITY, SHARP, STANDARD = 0.01 / PI, 1e-3, 1e-4


def residual(equation: str, u: Any, d: Callable[..., Any], x: Any, s: Any, sin: Any) -> Any:
    """What should be 0; d("xx") is a derivative, s the second coordinate, y or t."""
    if equation == "poisson":
        return d("xx") + d("ss") + 2 * PI**2 * sin(PI * x) * sin(PI * s)
    if equation == "helmholtz":
        return d("xx") + d("ss") + u + (17 * PI**2 - 1) * sin(PI * x) * sin(4 * PI * s)
    if equation == "burgers":
        return d("s") + u * d("x") - VISCOSITY * d("xx")
    spread = SHARP if equation == "allen-cahn" else STANDARD
    return d("s") - spread * d("xx") - 5 * (u - u**3)


def transform(equation: str, n: Any, x: Any, s: Any, sin: Any, cos: Any) -> Any:
    """The field of a network's output n."""
    if equation in ("poisson", "helmholtz"):
        return (1 - x**2) * (1 - s**2) * n
    if equation == "burgers":
        return -sin(PI * x) + s * (1 - x**2) * n
    if equation == "allen-cahn":
        return x**2 * cos(PI * x) + s * (1 - x**2) * n
    return n


def in_time(equation: str) -> bool:
    return equation not in ("poisson", "helmholtz")


def solve_by_deepxde(equation: str, points: Array, seconds: float, seed: int) -> tuple[Array, int]:
    """Its own example's network of 20-20-20 tanh units, Adam, then L-BFGS."""
    os.environ["DDE_BACKEND"] = "pytorch"
    import deepxde as dde
    import torch

    torch.set_num_threads(1)
    dde.config.set_default_float("float64")
    dde.config.set_random_seed(seed)
    low, high = (-1.0, 0.0 if in_time(equation) else -1.0), (1.0, 1.0)

    def pde(z: Any, u: Any) -> Any:
        def d(name: str) -> Any:
            places = ["xs".index(letter) for letter in name]
            if len(places) == 1:
                return dde.grad.jacobian(u, z, i=0, j=places[0])
            return dde.grad.hessian(u, z, i=places[0], j=places[1])

        return residual(equation, u, d, z[:, :1], z[:, 1:], torch.sin)

    conditions: list[Any] = []
    if in_time(equation):
        shape = dde.geometry.GeometryXTime(
            dde.geometry.Interval(-1, 1), dde.geometry.TimeDomain(0, 1)
        )
        if equation == "allen-cahn-standard":
            conditions = [
                dde.icbc.PeriodicBC(shape, 0, lambda _, on: on, derivative_order=order)
                for order in (0, 1)
            ]
            start = dde.icbc.IC(
                shape, lambda z: z[:, :1] ** 2 * np.cos(PI * z[:, :1]), lambda _, on: on
            )
            conditions.append(start)
        counts = {"num_boundary": BORDER, "num_initial": BORDER} if conditions else {}
        data = dde.data.TimePDE(shape, pde, conditions, num_domain=POINTS, **counts)
    else:
        data = dde.data.PDE(dde.geometry.Rectangle(low, high), pde, [], num_domain=POINTS)
    net = dde.nn.FNN([2, 20, 20, 20, 1], "tanh", "Glorot normal")
    net.apply_output_transform(
        lambda z, n: transform(equation, n, z[:, :1], z[:, 1:], torch.sin, torch.cos)
    )
    model = dde.Model(data, net)
    end = 0.0

    class Stop(dde.callbacks.Callback):  # type: ignore[misc,name-defined]
        def on_epoch_end(self) -> None:
            self.model.stop_training = time.process_time() > end

    end = time.process_time() + seconds / 2
    model.compile("adam", lr=RATE, loss_weights=[1] + [100] * len(conditions))
    model.train(iterations=10**7, callbacks=[Stop()], display_every=10**6, verbose=0)
    end = time.process_time() + seconds / 2
    dde.optimizers.set_LBFGS_options(maxiter=10**7)
    dde.optimizers.LBFGS_options["iter_per_step"] = 50
    dde.optimizers.LBFGS_options["fun_per_step"] = 60
    model.compile("L-BFGS", loss_weights=[1] + [100] * len(conditions))
    model.train(callbacks=[Stop()], display_every=10**6, verbose=0)
    numbers = sum(p.numel() for p in net.parameters())
    return np.asarray(model.predict(points)).reshape(-1), numbers


def solve_by_jaxkan(equation: str, points: Array, seconds: float, seed: int) -> tuple[Array, int]:
    """A KAN of 2-8-8-1 with cubic splines, Adam, then optax's L-BFGS."""
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp
    import optax
    from flax import nnx
    from jaxkan.models.KAN import KAN

    low = jnp.array([-1.0, 0.0 if in_time(equation) else -1.0])
    key = jax.random.key(seed)
    inside = low + (1 - low) * jax.random.uniform(key, (POINTS, 2), dtype=jnp.float64)
    line = jnp.linspace(0, 1, BORDER)
    network = KAN([2, 8, 8, 1], "base", {"k": 3, "G": 5}, seed=seed)
    graph, weights, rest = nnx.split(network, nnx.Param, ...)
    weights = jax.tree.map(lambda w: w.astype(jnp.float64), weights)

    def field(w: Any, x: Any, s: Any) -> Any:
        model = nnx.merge(graph, w, rest)
        n = model(jnp.stack([x, s])[None])[0, 0]
        return transform(equation, n, x, s, jnp.sin, jnp.cos)

    def left(w: Any, x: Any, s: Any) -> Any:
        def d(name: str) -> Any:
            made: Any = field
            for letter in name:
                made = jax.grad(made, argnums=1 + "xs".index(letter))
            return made(w, x, s)

        return residual(equation, field(w, x, s), d, x, s, jnp.sin)

    def loss(w: Any) -> Any:
        made = jnp.mean(jax.vmap(left, (None, 0, 0))(w, inside[:, 0], inside[:, 1]) ** 2)
        if equation == "allen-cahn-standard":
            values = jax.vmap(field, (None, 0, 0))
            slopes = jax.vmap(jax.grad(field, argnums=1), (None, 0, 0))
            x, zero, one = 2 * line - 1, jnp.zeros(BORDER), jnp.ones(BORDER)
            first = values(w, x, zero) - x**2 * jnp.cos(PI * x)
            made += 100 * jnp.mean(first**2)
            for function in (values, slopes):
                made += 100 * jnp.mean((function(w, one, line) - function(w, -one, line)) ** 2)
        return made

    def train(optimizer: Any, w: Any, steps: int, *, linear_search: bool) -> Any:
        state = optimizer.init(w)

        def step(carry: Any, _: Any) -> Any:
            w, state = carry
            value, grad = jax.value_and_grad(loss)(w)
            more = {"value": value, "grad": grad, "value_fn": loss} if linear_search else {}
            updates, state = optimizer.update(grad, state, w, **more)
            return (optax.apply_updates(w, updates), state), value

        some = jax.jit(lambda carry: jax.lax.scan(step, carry, None, length=steps)[0])
        carry = jax.block_until_ready(some((w, state)))  # compiled before time counts
        end = time.process_time() + seconds / 2
        while time.process_time() < end:
            carry = jax.block_until_ready(some(carry))
        return carry[0]

    weights = train(optax.adam(RATE), weights, 10, linear_search=False)
    weights = train(optax.lbfgs(), weights, 1, linear_search=True)
    values = jax.jit(jax.vmap(field, (None, 0, 0)))(weights, points[:, 0], points[:, 1])
    numbers = sum(leaf.size for leaf in jax.tree.leaves(weights))
    return np.asarray(values), int(numbers)


SOLVERS = {"deepxde": solve_by_deepxde, "jaxkan": solve_by_jaxkan}


def run(
    python: Path, peer: str, equation: str, points: Array, seconds: float, seed: int
) -> dict[str, Any]:
    """A peer's values at points, its parameters and the seconds that it trained.

    Raises:
        RuntimeError: the script failed; with the end of what it printed.
    """
    with tempfile.TemporaryDirectory() as folder:
        given, result = Path(folder, "points.npy"), Path(folder, "result.json")
        np.save(given, points)
        # -I keeps this folder, whose files have common names, off the path of their imports.
        command = [str(python), "-I", __file__, peer, equation, str(given), str(result)]
        command += [f"--seconds={seconds}", f"--seed={seed}"]
        single = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        done = subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, **single}, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{peer} failed in {python}: {done.stderr.strip()[-2000:]}")
        found = json.loads(result.read_text())
    return {**found, "values": np.array(found["values"], dtype=float)}


def main() -> None:
    """The script: solve one equation and write the values."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=list(PEERS))
    parser.add_argument("equation", choices=EQUATIONS)
    parser.add_argument("points", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    points = np.load(given.points)
    began = time.process_time()
    values, numbers = SOLVERS[given.peer](given.equation, points, given.seconds, given.seed)
    spent = time.process_time() - began
    print(f"{spent:.1f} s with imports and compilation")
    text = {"values": values.tolist(), "parameters": numbers, "seconds": given.seconds}
    given.result.write_text(json.dumps(text))


if __name__ == "__main__":
    main()
