"""The training loop behind `fit`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from time import perf_counter
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils import clip_grad_norm_
from torch.optim import LBFGS

from edgewise._bars import Bar
from edgewise.training import checkpoint
from edgewise.training.data import Batch, Batches
from edgewise.training.distributed import check_all_used, mark_maps
from edgewise.training.evaluate import evaluate_batches
from edgewise.training.guard import Guard, NonFiniteLossError, explain_fault, whole_steps
from edgewise.training.history import History
from edgewise.training.idle_functions import IdleCheck, find_movable
from edgewise.training.objective import check_depends, measure
from edgewise.training.recorder import Recorder, StepValues
from edgewise.training.regrid import regrid
from edgewise.training.regularize import watch_penalty
from edgewise.training.resume import Captured, Position, capture, restore
from edgewise.training.run import Run, is_true
from edgewise.training.schedule import Schedule

_GROUP = 20  # steps between two looks at the losses: a look makes the host wait for a GPU
_LONGEST_WAIT = 0.5  # seconds; slow steps are looked at more often, for the progress bar


class Trainer:
    """A run: where it is, and how it makes the next step.

    Args:
        run: what to train, on what, and how.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.history = History(by_epoch=not run.duration.by_step)
        self.at = Position()
        self.recorder = Recorder(self.history, 0, run.validation is None)
        self.schedule = Schedule(run.optimizer, run.scheduler, not run.duration.by_step)
        self._settled = False
        self._stopped = False  # by a callback
        self._values: StepValues = ()
        self._last: Batch | None = None
        self._judged = -1  # The last step whose weights have shown a finite loss.
        self.seconds_before = 0.0
        self.saved_step: int | None = None
        self._resumed: tuple[Path, dict[str, Any]] | None = None  # Until the first step.
        self._in_loss = False  # Or in the model: the user's own code.
        self._every = None if run.checkpoints is None else run.checkpoints.interval(run.duration)
        # Where grids move, or must not, a warning would be no help.
        told = run.grid_update_every is None and run.continual is None and run.ranks.rank == 0
        self._idle = IdleCheck(find_movable(run.model) if told else {}, run.count_steps())

    def resume(self, captured: Captured) -> None:
        """Go on from the state that was read from a checkpoint.

        Raises:
            ValueError: the state belongs to another model or another kind of run.
        """
        model = self.run.model.state_dict()
        before = {k: v.clone() if isinstance(v, Tensor) else v for k, v in model.items()}
        try:
            restore(self.run, self.recorder, captured)
        except ValueError:
            self.run.model.load_state_dict(before)
            raise
        self._resumed = captured.path, before
        self.at, self.seconds_before = captured.at, captured.seconds
        self.saved_step = self.at.step

    def train(self) -> None:
        """Train to the end of the run.

        Raises:
            NonFiniteLossError: a loss or the final weights are not finite.
        """
        run = self.run
        slow = isinstance(run.optimizer, LBFGS)  # it waits for the device anyway
        self._group = 1 if slow else _GROUP
        self._guard = Guard(run.model, self.at.step, self._group)
        self._began = self._looked = perf_counter()
        if self._resumed is None:
            run.hold.begin()
        with self._progress_bar() as self._bar:
            run.model.train()
            while not self._is_done():
                self._run_epoch()
            self._look(thorough=True)
            self._judge()
            if run.checkpoints is not None and self.at.step != self.saved_step:
                self._save()
        self._put_back_best()

    def _judge(self) -> None:
        """Stop unless the weights that the run ends with have a finite loss.

        The loss of a step is that of the weights before it, so that of the last ones is computed
        here: on the validation data they have been evaluated, or else on the last batch.
        """
        run, batch = self.run, self._last
        kept = run.best is not None and run.best.step is not None  # they take its place
        if batch is None or kept or self._judged == self.at.step:
            return
        run.model.eval()
        with run.precision.autocast:  # with gradients, as the user's code may ask for them
            loss = run.objective.loss(run.model(batch.x), batch.y, batch.weight).detach()
        run.model.train()
        self._check_last(bool(loss.isfinite().all()))

    def _check_last(self, finite: bool) -> None:
        """Raise NonFiniteLossError if the present weights have no finite loss in some process."""
        bad = torch.tensor(float(not finite), device=self.run.ranks.device)
        if self.run.ranks.sum(bad):
            bad_step = self.at.step + 1  # the one that would begin with these weights
            raise self._make_error(self.at.step, self._guard.restore(bad_step), "last loss")
        self._judged = self.at.step

    def _put_back_best(self) -> None:
        if self.run.best is not None:
            self.run.best.put_back()
            self.history.best_step = self.run.best.step

    def _is_done(self) -> bool:
        if self._stopped or (self.run.best is not None and self.run.best.is_exhausted):
            return True
        return self.run.duration.is_over(self.at.step, self.at.epoch)

    def _run_epoch(self) -> None:
        by_step = self.run.duration.by_step
        for batch in self.run.batches.epoch(self.at.batch):
            self._train(batch)
            self.at.step += 1
            self._idle.warn(self.at.step)
            every = self.run.grid_update_every
            if every is not None and self.at.step % every == 0:
                self._move_grids(batch)
            self.at.batch += 1
            if by_step:
                self._close_row()
            now = perf_counter()
            if self.recorder.waiting >= self._group or self._is_impatient(now):
                self._look()
            if self._every is not None and self.at.step % self._every == 0:
                self._save()
            if by_step and self._is_done():
                return
        self.at.epoch += 1
        self.at.batch = 0
        if not by_step:
            self._close_row()
            if self.run.checkpoints is not None and self._every is None:
                self._save()

    def _is_impatient(self, now: float) -> bool:
        # Not by the clock with several processes: all must find a bad loss at the same step.
        return now - self._looked > _LONGEST_WAIT and self.run.ranks.size == 1

    def _train(self, batch: Batch) -> None:
        run, self._last = self.run, batch
        self._values = ()
        # Averages over processes whose parts of the batch differ in size need these weights.
        weight = batch.size * run.ranks.size / batch.total

        def closure() -> Tensor:
            self._in_loss = True  # and so it stays if an error leaves it
            total = self._loss_and_gradients(batch, weight)
            self._in_loss = False
            return total

        tries = run.in_units or isinstance(run.optimizer, LBFGS)  # other weights within a step
        if run.by_rows is not None:
            with whole_steps(run.params):
                run.by_rows.step(batch, closure)
        elif run.precision.scaler is None:
            with whole_steps(run.params) if tries else nullcontext(), self._check_optimizer():
                run.optimizer.step(closure)  # type: ignore[arg-type]  # torch types it as -> float
        else:
            closure()
            if run.max_grad_norm is not None:
                run.precision.scaler.unscale_(run.optimizer)
                clip_grad_norm_(run.params, run.max_grad_norm)
            with whole_steps(run.params) if tries else nullcontext(), self._check_optimizer():
                run.precision.scaler.step(run.optimizer)
            run.precision.scaler.update()
        run.hold.put_back()
        self.recorder.add(self._values, batch.total)
        self.schedule.end_step()

    @contextmanager
    def _check_optimizer(self) -> Iterator[None]:
        """Only its first step says whether an optimizer understands the state that it was given."""
        resumed, self._resumed = self._resumed, None
        try:
            yield
        except (LookupError, TypeError, AttributeError) as error:
            if resumed is None or self._in_loss:
                raise
            path, before = resumed
            self.run.model.load_state_dict(before)
            raise ValueError(
                f"checkpoint {path} does not fit this run: the optimizer expected another state "
                f"({type(error).__name__}: {error}): restore the file from a copy, or pass another "
                "checkpoint_dir"
            ) from error

    def _move_grids(self, batch: Batch) -> None:
        objective = self.run.objective
        # This puts weights back that aren't finite; the grids would only refuse them.
        self._look(thorough=True)

        def loss(model: nn.Module) -> Tensor:
            return objective.loss(model(batch.x), batch.y, batch.weight)

        regrid(self.run.model, self.run.optimizer, batch.x, loss)

    def _loss_and_gradients(self, batch: Batch, weight: float | Tensor) -> Tensor:
        run, x, y = self.run, batch.x, batch.y
        for parameter in run.params:
            parameter.grad = None
        with run.precision.autocast:
            with (
                watch_penalty(run.regularizer, run.model, x) as penalise,
                run.hold.watch(),
                self._idle.watch(self.at.step + 1, batch.size),
                nullcontext() if batch.size else mark_maps(run.model, "is_repeated"),
            ):
                prediction = run.forward(x)
            self._settle(prediction, batch)
            total = run.objective.loss(prediction, y, batch.weight)
            penalty: Any = penalise()
            if run.regularizer is not None:
                total = total + penalty
            if run.hold.anchors:
                energy = run.hold.energy()
                total, penalty = total + energy, penalty + energy
        check_depends(total.requires_grad)
        weighted = total if run.ranks.size == 1 else total * weight
        scaler = run.precision.scaler
        (weighted if scaler is None else scaler.scale(weighted)).backward()
        check_depends(any(parameter.grad is not None for parameter in run.params))
        check_all_used(run.forward, run.model, run.params)
        run.hold.mask_gradients()
        if run.max_grad_norm is not None and scaler is None:
            clip_grad_norm_(run.params, run.max_grad_norm)
        return self._report(total, penalty, prediction, y, weight)

    def _settle(self, prediction: Tensor, batch: Batch) -> None:
        objective = self.run.objective
        if batch.unseen is not None:
            objective.check_targets(prediction, batch.unseen)
        if not self._settled:
            self.recorder.metric_names = list(objective.settle(prediction, batch.y))
            self._settled = True

    def _report(
        self,
        total: Tensor,
        penalty: Any,
        prediction: Tensor,
        target: Tensor,
        weight: float | Tensor,
    ) -> Tensor:
        """Keep the values of the step's first evaluation; returns the global loss."""
        values: list[Any] = [total.detach(), penalty]
        if isinstance(penalty, Tensor):
            values[1] = penalty.detach()
        if self.run.validation is None and self.run.objective.metrics and not self._values:
            with torch.no_grad():
                values += measure(self.run.objective.metrics, prediction.detach(), target)
        if self.run.ranks.size > 1:
            values = list(self.run.ranks.average(values, weight, total.device))
        if not self._values:
            # The loss before the update, also for an optimizer that evaluates more than once.
            self._values = tuple(values)
        return values[0]

    def _close_row(self) -> None:
        run = self.run
        results: dict[str, float] = {}
        if run.validation is not None and run.duration.is_evaluation_due(self.at.step):
            self._look()  # a bad loss stops the run before time is spent on an evaluation
            results = self._evaluate(run.validation)
            if run.best is None and self._is_last_row():
                self._check_last(math.isfinite(results["loss"]))
        self.recorder.close_row(
            results,
            step=self.at.step,
            epoch=self.at.epoch + run.duration.by_step,
            lr=self.schedule.rate_of_row,
            seconds=self.seconds(),
        )
        self.schedule.end_row(lambda: self._find_loss(results))
        if run.best is not None and results:
            run.best.see(results, self.at.step)
            self.history.best_step = run.best.step
        if run.callbacks:
            self._call_back()

    def _is_last_row(self) -> bool:
        done = self.at.epoch + self.run.duration.by_step
        return self.run.duration.is_over(self.at.step, done)

    def _call_back(self) -> None:
        """Show the row to the callbacks; one process that wants to stop stops all."""
        run = self.run
        self._look()
        asked = [is_true(callback(run.model, self.history)) for callback in run.callbacks]
        run.model.train()
        wishes = torch.tensor(float(any(asked)), device=run.ranks.device)
        self._stopped = bool(run.ranks.sum(wishes))

    def _evaluate(self, validation: Batches) -> dict[str, float]:
        run = self.run
        run.ranks.copy_from_first(list(run.model.buffers()))
        results = evaluate_batches(
            run.model, validation, run.objective, run.precision.autocast, run.ranks
        )
        run.model.train()
        return results

    def _find_loss(self, results: dict[str, float]) -> float | None:
        """The loss of the last row, of the validation data if there are any; None if unknown."""
        if self.run.validation is not None:
            return results.get("loss")
        self._look()
        return self.history.loss[-1]

    def seconds(self) -> float:
        return self.seconds_before + perf_counter() - self._began

    def _look(self, *, thorough: bool = False) -> None:
        """Read the waiting losses from the device; stop the run if one is not finite.

        Args:
            thorough: check the weights that the last step left as well.
        """
        shown = self.recorder.step
        bad_step = self.recorder.flush()
        self._looked = perf_counter()
        if bad_step is not None:
            raise self._make_error(bad_step, self._guard.restore(bad_step), "loss")
        if thorough and not self._guard.is_finite():
            # The last loss was finite, hence so were the weights that it was computed from.
            raise self._make_error(self.at.step, self._guard.restore(self.at.step + 1), "weights")
        self._guard.confirm(self.at.step)
        if not self._bar.disable:
            self._show(self.recorder.step - shown)

    def _make_error(self, step: int, restored: int, what: str) -> NonFiniteLossError:
        message = explain_fault(step, restored, what, self.schedule.rate)
        return NonFiniteLossError(message, step, self.history)

    def _progress_bar(self) -> Bar:
        run = self.run
        total = run.count_steps()
        hidden = not run.progress or run.ranks.rank > 0
        done = self.at.step
        return Bar(total=total, initial=done, unit="it", disable=hidden, dynamic_ncols=True)

    def _show(self, steps: int) -> None:
        shown = {"loss": f"{self.recorder.latest[0]:.3g}"} if self.recorder.latest else {}
        for name, values in self.history.metrics.items():
            known = [v for v in values[-200:] if not math.isnan(v)]
            if known:
                shown[name] = f"{known[-1]:.3g}"
        shown["lr"] = f"{self.schedule.rate:.2g}"
        self._bar.set_postfix(shown, refresh=False)
        self._bar.update(steps)

    def interrupt(self) -> None:
        """Record what is waiting after Ctrl-C."""
        self.recorder.flush()
        self.history.interrupted = True
        self._put_back_best()

    def _save(self) -> None:
        self._look(thorough=True)
        if self._is_done():
            self._judge()
        state = capture(self.run, self.at, self.recorder, self.seconds())
        self.saved_step = self.at.step
        if self.run.checkpoints is not None and self.run.ranks.rank == 0:
            checkpoint.save(state, self.run.checkpoints.folder)
