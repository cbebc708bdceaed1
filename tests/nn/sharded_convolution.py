"""FSDP2 of convolutions whose blocks are computed again, for test_conv.py."""

import os
import sys
from pathlib import Path

import torch
from sharded_block import main

import edgewise as ew


def make():
    """Two convolutions of many blocks, for the images of ``(2, 5, 8)`` that ``train`` makes."""
    torch.manual_seed(0)
    settings = {"padding": 1, "basis": ew.Gaussian(3), "memory": 1}
    return torch.nn.Sequential(
        torch.nn.Unflatten(1, (1, 5)),
        ew.nn.KANConv2d(1, 4, 3, **settings),
        ew.nn.KANConv2d(4, 2, 3, groups=2, **settings),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), make)
    os._exit(0)  # for the reason that examples/two_processes.py gives
