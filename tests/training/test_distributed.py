"""Two processes compute what one computes on the same global batches."""

from pathlib import Path

import pytest
import torch
import torch.distributed as dist
from safetensors.torch import load_file
from torch.nn.parallel import DistributedDataParallel

from edgewise.training import fit

from .distributed_run import CHECKPOINTED, data, model
from .helpers import mlp, regression, same

SCRIPT = Path(__file__).with_name("distributed_run.py")


def test_two_processes_equal_one(tmp_path, forks):
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    forks.run(SCRIPT, one)
    forks.run_two(SCRIPT, two, one)
    expected = load_file(one / "rank0.safetensors")
    first, second = (load_file(two / f"rank{rank}.safetensors") for rank in (0, 1))
    assert expected.keys() == first.keys() == second.keys()
    assert "bad step" in expected
    for name, tensor in expected.items():
        torch.testing.assert_close(first[name], tensor, rtol=1e-12, atol=1e-12, equal_nan=True)
        assert torch.equal(first[name].nan_to_num(), second[name].nan_to_num()), name
    # Two processes continued from the checkpoint of one; now the other way round.
    net = model(seed=9)
    fit(net, data(), **CHECKPOINTED, checkpoint_dir=two / "copy", epochs=6)
    for name, tensor in net.state_dict().items():
        before = expected[f"continued {name}"]
        torch.testing.assert_close(tensor, before, rtol=1e-12, atol=1e-12)


@pytest.fixture
def group():
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    yield
    dist.destroy_process_group()


@pytest.mark.usefixtures("group")
def test_an_existing_group_is_used_and_left_alone(tmp_path):
    alone, grouped = mlp(), mlp()
    torch.manual_seed(0)
    fit(alone, regression(), epochs=2, batch_size=8, progress=False)
    torch.manual_seed(0)
    fit(grouped, regression(), epochs=2, batch_size=8, progress=False)
    assert dist.is_initialized()
    assert same(alone, grouped)


@pytest.mark.usefixtures("group")
def test_a_wrapped_model_trains_in_one_process_too():
    alone, wrapper = mlp(), DistributedDataParallel(mlp())
    histories = []
    for net in (alone, wrapper):
        torch.manual_seed(0)
        rows = regression()
        histories.append(fit(net, rows, val=rows, epochs=2, batch_size=8, progress=False))
    assert same(alone, wrapper.module)
    assert histories[0].loss == histories[1].loss
    assert histories[0].val_loss == histories[1].val_loss
    with pytest.raises(ValueError, match="convert the model before you wrap it"):
        fit(wrapper, regression(), steps=1, precision="float64")
    assert next(wrapper.parameters()).dtype == torch.float32
    del wrapper.reducer, wrapper.logger  # see edgewise.training.distributed.average_gradients
