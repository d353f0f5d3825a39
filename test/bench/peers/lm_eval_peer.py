"""lm-evaluation-harness, Hugging Face backend, CPU, float32: a multiple-choice task whose choices are the option letters.

The seconds are those of the backend's `loglikelihood` (tokenizing and forward passes); building the task and the
harness's own scores are left out.
"""

import os
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_OFFLINE", "1")

import lm_eval
import torch
import transformers
from datasets import Dataset
from lm_eval.api.instance import Instance
from lm_eval.api.task import ConfigurableTask
from lm_eval.models.huggingface import HFLM
from peer_record import answer_request, seconds_of


class CountingBackend(HFLM):
    """The backend as it is, counting tokens and seconds."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.start_again()

    def start_again(self) -> None:
        self.seconds = 0.0
        self.shapes: list[tuple[int, int]] = []
        self.found: dict[tuple[int, int], float] = {}

    def _model_call(self, inps: torch.Tensor, *arguments: Any, **named: Any) -> torch.Tensor:
        self.shapes.append((inps.shape[0], inps.shape[1]))
        return super()._model_call(inps, *arguments, **named)

    def _encode_pair(self, context: str, continuation: str) -> tuple[list[int], list[int]]:
        # The harness moves white space at a prompt's end into the answer, and would add the log-probability of a chat
        # prompt's last line end to every letter.
        own = self.tok_encode(context)
        return own, self.tok_encode(context + continuation)[len(own) :]

    def loglikelihood(self, requests: list[Instance], disable_tqdm: bool = True) -> list[tuple[float, bool]]:
        answers: list[tuple[float, bool]] = []
        self.seconds += seconds_of(lambda: answers.extend(super(CountingBackend, self).loglikelihood(requests, disable_tqdm=True)))
        for request, (log_prob, _) in zip(requests, answers, strict=True):
            self.found[request.doc_id, request.idx] = log_prob
        return answers


def letters_task(prompts: list[dict[str, Any]]) -> ConfigurableTask:
    documents = [{"text": prompt["prompt"]["text"], "letters": [option["text"] for option in prompt["optionTokens"]]} for prompt in prompts]
    return ConfigurableTask(
        config={
            "task": "option_letters",
            "custom_dataset": lambda **_: {"test": Dataset.from_list(documents)},
            "test_split": "test",
            "output_type": "multiple_choice",
            "doc_to_text": lambda document: document["text"],
            "doc_to_choice": lambda document: document["letters"],
            # Which letter people chose does not matter here; the harness wants one.
            "doc_to_target": lambda _: 0,
            "target_delimiter": "",
            "metric_list": [{"metric": "acc"}],
        }
    )


def measure(request: dict[str, Any], prompts: list[dict[str, Any]]) -> dict[str, Any]:
    backend = CountingBackend(pretrained=request["settings"][0]["model"], device="cpu", dtype="float32")
    task = letters_task(prompts)

    def evaluate(documents: list[int] | None) -> float:
        backend.start_again()
        samples = None if documents is None else {"option_letters": documents}
        lm_eval.simple_evaluate(model=backend, tasks=[task], samples=samples, bootstrap_iters=0, log_samples=False)
        return backend.seconds

    settings = []
    for setting in request["settings"]:
        backend.batch_size_per_gpu = setting["size"]
        evaluate(list(range(min(len(prompts), setting["size"]))))
        settings.append({"label": setting["label"], "seconds": [evaluate(None) for _ in range(request["repeats"])]})
    tokens = sum(rows * length for rows, length in backend.shapes)
    return {
        "version": f"lm-eval {lm_eval.__version__}, transformers {transformers.__version__}, torch {torch.__version__}",
        "settings": settings,
        "work": {
            "tokens": tokens,
            "attentionPairs": sum(rows * length * length for rows, length in backend.shapes),
            "outputRows": tokens,
            "tokensPerRun": tokens / len(backend.shapes),
        },
        "optionLogProbs": [
            [backend.found.get((place, option)) for option in range(len(prompt["optionTokens"]))] for place, prompt in enumerate(prompts)
        ],
    }


if __name__ == "__main__":
    answer_request(measure)
