"""Fashion-MNIST: a small convolutional KAN beside the CNN of the same shape and of its parameters.

    python examples/convolution.py

Its numbers are one machine's and few epochs'; three seeds, with their spread.
"""

import statistics
import time

import torch
from torch import nn

import edgewise as ew
from edgewise import datasets


def kan(channels: int, classes: int = 10) -> nn.Sequential:
    """Two convolutions whose edges are Gaussians and SiLU, and a KAN layer on the means."""
    basis = ew.Gaussian(4, -1.5, 1.5)
    return nn.Sequential(
        ew.nn.KANConv2d(1, channels, 3, stride=2, basis=basis),
        nn.BatchNorm2d(channels),
        ew.nn.KANConv2d(channels, 2 * channels, 3, stride=2, basis=basis),
        nn.BatchNorm2d(2 * channels),
        nn.AdaptiveAvgPool2d(2),
        nn.Flatten(),
        ew.KANLinear(8 * channels, classes, basis=basis),
    )


def cnn(channels: int, classes: int = 10) -> nn.Sequential:
    """The same with nn.Conv2d, ReLU and nn.Linear."""
    return nn.Sequential(
        nn.Conv2d(1, channels, 3, stride=2),
        nn.BatchNorm2d(channels),
        nn.ReLU(),
        nn.Conv2d(channels, 2 * channels, 3, stride=2),
        nn.BatchNorm2d(2 * channels),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(2),
        nn.Flatten(),
        nn.Linear(8 * channels, classes),
    )


def count(model: nn.Module) -> int:
    """Parameters of a model."""
    return sum(p.numel() for p in model.parameters())


def matching_channels(parameters: int) -> int:
    """The channels with which the CNN comes nearest to a number of parameters."""
    return min(range(1, 65), key=lambda c: abs(count(cnn(c)) - parameters))


def train(
    model: nn.Module, x: torch.Tensor, y: torch.Tensor, epochs: int, batch: int = 128
) -> float:
    """AdamW on shuffled batches; the seconds that it took."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    generator = torch.Generator().manual_seed(0)
    start = time.perf_counter()
    for _ in range(epochs):
        for rows in torch.randperm(len(x), generator=generator).split(batch):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
            optimizer.step()
    return time.perf_counter() - start


@torch.no_grad()
def accuracy(model: nn.Module, x: torch.Tensor, y: torch.Tensor) -> float:
    """The fraction of images whose class is the most probable one."""
    model.eval()
    right = [
        (model(a).argmax(1) == b).sum() for a, b in zip(x.split(500), y.split(500), strict=True)
    ]
    return float(sum(right)) / len(y)


def compare(
    train_set: tuple[torch.Tensor, torch.Tensor],
    test_set: tuple[torch.Tensor, torch.Tensor],
    channels: int = 8,
    epochs: int = 3,
    seeds: tuple[int, ...] = (0, 1, 2),
) -> dict[str, tuple[int, list[float], float]]:
    """For each network: parameters, accuracies of the seeds, seconds of one training.

    Shape:
        images (N, 1, height, width), classes (N,)
    """
    wide = matching_channels(count(kan(channels)))
    networks = {
        f"KAN, {channels} channels": lambda: kan(channels),
        f"CNN, {channels} channels": lambda: cnn(channels),
        f"CNN of its parameters, {wide} channels": lambda: cnn(wide),
    }
    found = {}
    for name, make in networks.items():
        scores, seconds = [], []
        for seed in seeds:
            torch.manual_seed(seed)
            model = make()
            seconds.append(train(model, *train_set, epochs))
            scores.append(accuracy(model, *test_set))
        found[name] = (count(model), scores, statistics.mean(seconds))
        low, high = min(scores), max(scores)
        print(
            f"{name}: {found[name][0]:,} parameters, {100 * statistics.mean(scores):.2f} % "
            f"({100 * low:.2f}–{100 * high:.2f}) in {found[name][2]:.1f} s"
        )
    return found


def main(rows: int = 12_000) -> None:
    """Some rows of Fashion-MNIST, which is downloaded once."""
    data = datasets.load("fashion_mnist")
    images = [x.reshape(-1, 1, 28, 28) for x in (data.x_train[:rows], data.x_test)]
    compare((images[0], data.y_train[:rows]), (images[1], data.y_test))


if __name__ == "__main__":
    main()
