"""ONNX's own operators Attention and RotaryEmbedding (opset 23), by torch.onnx: `family_standard_attention.py FORM SOURCE FOLDER`.

- `masked`: the exporter recognises both operators in the Llama of transformers; a mask of true and false reaches Attention,
  and rotations come ready from `position_ids`; no cache
- `causal`: the operators are called where the Llama turns and attends; Attention is causal by itself and holds the caches,
  and RotaryEmbedding reads `position_ids`
"""

import sys
from pathlib import Path

import onnx
import torch
import transformers
from transformers.models.llama import modeling_llama

OPSET = 23
# What lengths there are while tracing must differ from each other and from every size of the model.
BATCH, LENGTH, PAST = 3, 7, 5
ANY_BATCH = torch.export.Dim("batch_size")
ROW = {0: ANY_BATCH, 1: torch.export.Dim("sequence_length")}
CACHE = {0: ANY_BATCH, 2: torch.export.Dim("past_sequence_length")}


class Masked(torch.nn.Module):
    def __init__(self, model: transformers.LlamaForCausalLM) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, position_ids: torch.Tensor) -> torch.Tensor:
        return self.model(input_ids, attention_mask=attention_mask, position_ids=position_ids, use_cache=False).logits


class Causal(torch.nn.Module):
    def __init__(self, model: transformers.LlamaForCausalLM) -> None:
        super().__init__()
        self.model = model
        config = model.config
        turns = torch.outer(torch.arange(config.max_position_embeddings).float(), model.model.rotary_emb.inv_freq)
        self.register_buffer("cosines", turns.cos())
        self.register_buffer("sines", turns.sin())

    def forward(self, input_ids: torch.Tensor, position_ids: torch.Tensor, *past: torch.Tensor) -> tuple[torch.Tensor, ...]:
        present: list[torch.Tensor] = []

        def turn(query: torch.Tensor, key: torch.Tensor, *_: object) -> tuple[torch.Tensor, torch.Tensor]:
            both = (torch.onnx.ops.rotary_embedding(one, self.cosines, self.sines, position_ids) for one in (query, key))
            return tuple(both)

        def attend(layer: torch.nn.Module, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, *_: object, **__: object):
            cached = past[2 * layer.layer_idx : 2 * layer.layer_idx + 2]
            output, keys, values, _ = torch.onnx.ops.attention(query, key, value, None, *cached, is_causal=True, scale=layer.scaling)
            present.extend((keys, values))
            return output.transpose(1, 2).contiguous(), None

        modeling_llama.apply_rotary_pos_emb = turn
        transformers.AttentionInterface.register("onnx", attend)
        self.model.set_attn_implementation("onnx")
        logits = self.model(input_ids, position_ids=position_ids, use_cache=False).logits
        return logits, *present


def main(form: str, source: str, folder: Path, onnxscript: str) -> None:
    sys.path.append(onnxscript)
    model = transformers.AutoModelForCausalLM.from_pretrained(source, dtype=torch.float32, attn_implementation="sdpa").eval()
    ids = torch.arange(3, 3 + BATCH * LENGTH).reshape(BATCH, LENGTH)
    positions = torch.arange(LENGTH).repeat(BATCH, 1)
    if form == "masked":
        inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "position_ids": positions}
        export(Masked(model), inputs, (ROW, ROW, ROW), ["logits"], folder)
        return
    config = model.config
    caches = [f"{layer}.{kind}" for layer in range(config.num_hidden_layers) for kind in ("key", "value")]
    past = {f"past_key_values.{name}": torch.zeros(BATCH, config.num_key_value_heads, PAST, config.head_dim) for name in caches}
    inputs = {"input_ids": ids, "position_ids": positions + PAST, **past}
    export(Causal(model), inputs, (ROW, ROW, tuple(CACHE for _ in past)), ["logits", *(f"present.{name}" for name in caches)], folder)


def export(model: torch.nn.Module, inputs: dict[str, torch.Tensor], shapes: tuple, outputs: list[str], folder: Path) -> None:
    program = torch.onnx.export(
        model.eval(),
        tuple(inputs.values()),
        dynamo=True,
        opset_version=OPSET,
        input_names=list(inputs),
        output_names=outputs,
        dynamic_shapes=shapes,
        verbose=False,
    )
    program.save(folder / "model.onnx")
    graph = onnx.load(folder / "model.onnx")
    without_notes(graph)
    onnx.save(graph, folder / "model.onnx")


def without_notes(model: onnx.ModelProto) -> None:
    """The exporter notes the place in the source of every node, with this machine's paths."""
    graph = model.graph
    for holder in (model, graph, *graph.node, *graph.initializer, *graph.value_info, *graph.input, *graph.output, *model.functions):
        holder.ClearField("metadata_props")
        holder.ClearField("doc_string")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4])
