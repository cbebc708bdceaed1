"""Files with a few faults in them: in their bytes, their descriptions or their tensors."""

from __future__ import annotations

import copy
import struct

import torch
from hypothesis import strategies as st
from safetensors import safe_open

SPOILERS = [
    None, True, -1, 0, 1, 2, 3, 7, 10**9, 10**30, 0.5, -1e300, float("nan"), float("inf"), "", "x",
    "gaussian", [], {}, [[]], [0, 1], [-1], {"name": "bspline"}, "1/0", "exp", [1, [2, [3]]],
]  # fmt: skip


def places(node, here=()):
    """Every way from the root of a JSON value to a node in it."""
    yield here
    if isinstance(node, dict | list):
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        for key, child in pairs:
            yield from places(child, (*here, key))


def mutate_json(data, root):
    """The value with a few of its nodes replaced, dropped, doubled or renamed."""
    root = copy.deepcopy(root)
    for _ in range(data.draw(st.integers(1, 3))):
        inner = [p for p in places(root) if p]
        if not inner:
            return root
        path = inner[data.draw(st.integers(0, len(inner) - 1))]
        parent = root
        for key in path[:-1]:
            parent = parent[key]
        key, action = path[-1], data.draw(st.sampled_from(["set", "drop", "double", "rename"]))
        if action == "set":
            parent[key] = copy.deepcopy(data.draw(st.sampled_from(SPOILERS)))
        elif action == "drop":
            del parent[key]
        elif isinstance(parent, list):
            parent.append(copy.deepcopy(parent[key]))
        elif action == "rename":
            parent[f"{key}_"] = parent.pop(key)
    return root


def mutate_tensor(data, tensor):
    """Another shape, type or content."""
    kind = data.draw(st.sampled_from(["shape", "less", "more", "type", "values", "none", "turn"]))
    if kind == "shape":
        return torch.zeros(data.draw(st.lists(st.integers(0, 9), max_size=4)), dtype=tensor.dtype)
    if kind == "less":
        return tensor[:-1].clone() if tensor.dim() else tensor
    if kind == "more":
        return torch.cat([tensor, tensor]) if tensor.dim() else tensor[None].clone()
    if kind == "type" and not tensor.is_complex():  # torch warns of what it would leave out
        types = [torch.int64, torch.bool, torch.bfloat16, torch.float16, torch.float64, torch.int8]
        types += [torch.complex64, torch.float8_e4m3fn, torch.uint8]
        return tensor.to(data.draw(st.sampled_from(types)))
    if kind == "values" and tensor.is_floating_point():
        return torch.full_like(tensor, data.draw(st.sampled_from([0, -1, 1e30, torch.nan])))
    return tensor.reshape(-1) if kind != "turn" else tensor.movedim(0, -1).contiguous()


def mutate_state(data, state):
    """The tensors with a few of them changed, dropped or renamed."""
    state = dict(state)
    for _ in range(data.draw(st.integers(1, 3))):
        if not state:
            break
        name = data.draw(st.sampled_from(sorted(state)))
        action = data.draw(st.sampled_from(["change", "change", "change", "drop", "rename"]))
        if action == "change":
            tensor = state[name]
            if tensor.dim() or tensor.is_floating_point():
                state[name] = mutate_tensor(data, tensor if tensor.dim() else tensor[None])
        else:
            tensor = state.pop(name)
            if action == "rename":
                state[name + data.draw(st.sampled_from(["_", ".1", ".weight"]))] = tensor
    return {name: tensor.contiguous() for name, tensor in state.items()}


def mutate_bytes(data, content):
    """A few bytes changed, cut out or put in."""
    content = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        action = data.draw(st.sampled_from(["set", "cut", "insert", "end", "length"]))
        if action == "set" and content:
            content[at] = data.draw(st.integers(0, 255))
        elif action == "cut":
            del content[at : at + data.draw(st.integers(1, 50))]
        elif action == "insert":
            content[at:at] = data.draw(st.binary(max_size=20))
        elif action == "length" and len(content) > 8:
            content[:8] = struct.pack("<Q", data.draw(st.integers(0, 2**20)))
        elif action == "end":
            del content[at:]
    return bytes(content)


def parts_of(path):
    with safe_open(path, framework="pt") as file:
        return file.metadata(), {k: file.get_tensor(k) for k in file.keys()}  # noqa: SIM118
