"""Survey questions of culture-lens as a task of inspect_ai: one token is generated, and what counts are its most probable alternatives."""

import json
from pathlib import Path
from typing import Any

from inspect_ai import Task, task
from inspect_ai.dataset import Sample, json_dataset
from inspect_ai.model import GenerateConfig
from inspect_ai.solver import generate

HERE = Path(__file__).parent


def sample(record: dict[str, Any]) -> Sample:
    return Sample(id=record["id"], input=record["text"])


@task
def culture_lens(top_logprobs: int = 20) -> Task:
    return Task(
        dataset=json_dataset(str(HERE / "documents.jsonl"), sample),
        solver=generate(),
        config=GenerateConfig(max_tokens=1, logprobs=True, top_logprobs=top_logprobs),
        metadata=json.loads((HERE / "task.json").read_text(encoding="utf-8")),
    )
