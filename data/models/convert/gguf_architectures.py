"""Architectures whose GGUF files are converted: what llama.cpp calls them, and what such a file must and may say.

transformers leaves out, in silence, what it does not look for, and takes a default of its own where it finds nothing; no
comparison with transformers would show either. So a file has what is listed here, and nothing else, or it is refused.
"""

from dataclasses import dataclass

WEIGHTS = {
    f"{name}.weight"
    for name in ("attn_norm", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_norm", "ffn_gate", "ffn_up", "ffn_down")
}  # fmt: skip
BIASES = {f"attn_{name}.bias" for name in "qkv"}
NORMS = {f"attn_{name}_norm.weight" for name in "qk"}
AROUND, OUTPUT = {"token_embd.weight", "output_norm.weight"}, "output.weight"
KEY_VALUE_HEADS = "attention.head_count_kv"
NEEDED = {
    "attention.head_count", "attention.layer_norm_rms_epsilon", "block_count", "context_length", "embedding_length",
    "feed_forward_length",
}  # fmt: skip
HEAD_SIZES = ("attention.key_length", "attention.value_length", "rope.dimension_count")
KNOWN = {*NEEDED, KEY_VALUE_HEADS, *HEAD_SIZES, "rope.freq_base", "vocab_size"}


@dataclass(frozen=True)
class GgufArchitecture:
    """`name` is transformers' own; `needed` are keys, `layer` the tensors of each layer.

    `pre_tokenizers` are those whose tokens were held against the original tokenizer's; None leaves it to
    gguf_tokenizer.py. `free_heads` says that a head may be wider or narrower than embedding / heads.
    """

    name: str
    needed: frozenset[str]
    layer: frozenset[str]
    pre_tokenizers: tuple[str, ...] | None
    free_heads: bool


# Without a number of key-value heads transformers takes 32 for Qwen.
QWEN_NEEDED = frozenset({*NEEDED, KEY_VALUE_HEADS})
OF_GGUF = {
    "llama": GgufArchitecture("LlamaForCausalLM", frozenset(NEEDED), frozenset(WEIGHTS), None, free_heads=True),
    "qwen2": GgufArchitecture("Qwen2ForCausalLM", QWEN_NEEDED, frozenset(WEIGHTS | BIASES), ("qwen2",), free_heads=False),
    "qwen3": GgufArchitecture("Qwen3ForCausalLM", QWEN_NEEDED, frozenset(WEIGHTS | NORMS), ("qwen2",), free_heads=True),
}
