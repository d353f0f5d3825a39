"""Weights rounded to what a narrower type holds, in place; the model still computes in float32."""

import torch
import transformers

BLOCK = 32
# Integers of four bits; the number of a block that is farthest from 0 becomes the lowest of them.
LOWEST, HIGHEST = -8, 7


def to_float16(model: transformers.PreTrainedModel) -> None:
    for weight in model.parameters():
        weight.copy_(weight.half())


def to_int4(model: transformers.PreTrainedModel) -> None:
    """Weights that onnxruntime's quantisation in blocks gives back unchanged, so that a graph in four bits must agree with them."""
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            for block in module.weight.split(BLOCK, dim=1):
                place = block.abs().argmax(dim=1, keepdim=True)
                farthest = block.gather(1, place)
                # A power of two, so that no rounding of the scale itself comes in.
                scale = torch.exp2(torch.round(torch.log2(farthest.abs() / -LOWEST))) * -farthest.sign()
                integers = torch.round(block / scale).clamp(LOWEST, HIGHEST).scatter(1, place, float(LOWEST))
                block.copy_(integers * scale)
