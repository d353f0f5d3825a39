"""Python transformers on PyTorch, CPU, float32: whole prompts of equal length in batches, one forward pass each.

Only the last position goes through the output layer (`logits_to_keep`), its fastest way for this job.
"""

from typing import Any

import torch
import transformers
from peer_record import answer_request, seconds_of
from transformers import AutoModelForCausalLM


def measure(request: dict[str, Any], prompts: list[dict[str, Any]]) -> dict[str, Any]:
    model = AutoModelForCausalLM.from_pretrained(request["settings"][0]["model"], dtype=torch.float32).eval()
    option_log_probs: list[list[float]] = [[] for _ in prompts]

    def read(batch: list[int]) -> None:
        ids = torch.tensor([prompts[place]["tokenIds"] for place in batch])
        logits = model(input_ids=ids, use_cache=False, logits_to_keep=1).logits[:, -1]
        for place, row in zip(batch, torch.log_softmax(logits.float(), dim=-1), strict=True):
            options = [option["tokenId"] for option in prompts[place]["optionTokens"]]
            option_log_probs[place] = row[options].tolist()

    def read_all(batches: list[list[int]]) -> None:
        for batch in batches:
            read(batch)

    settings = []
    with torch.inference_mode():
        for setting in request["settings"]:
            batches = setting["batches"]
            read(batches[0])
            seconds = [seconds_of(lambda: read_all(batches)) for _ in range(request["repeats"])]
            settings.append({"label": setting["label"], "seconds": seconds})
    lengths = [len(prompt["tokenIds"]) for prompt in prompts]
    return {
        "version": f"transformers {transformers.__version__}, torch {torch.__version__}",
        "settings": settings,
        "work": {
            "tokens": sum(lengths),
            "attentionPairs": sum(length * length for length in lengths),
            "outputRows": len(lengths),
            "tokensPerRun": sum(lengths) / len(request["settings"][-1]["batches"]),
        },
        "optionLogProbs": option_log_probs,
    }


if __name__ == "__main__":
    answer_request(measure)
