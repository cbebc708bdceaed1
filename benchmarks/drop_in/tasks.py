"""The thirty tasks, by name."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.drop_in.problem import Task
from benchmarks.drop_in.tasks_formulas import FORMULAS
from benchmarks.drop_in.tasks_images import IMAGES
from benchmarks.drop_in.tasks_models import MODELS
from benchmarks.drop_in.tasks_sequences import SEQUENCES
from benchmarks.drop_in.tasks_tables import TABLES
from benchmarks.drop_in.tasks_teachers import TEACHERS

TASKS: Mapping[str, Task] = {
    task.name: task for task in (*FORMULAS, *TEACHERS, *TABLES, *IMAGES, *SEQUENCES, *MODELS)
}
FAMILIES = tuple(dict.fromkeys(task.family for task in TASKS.values()))
