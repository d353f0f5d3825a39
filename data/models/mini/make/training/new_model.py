"""An untrained model: transformers' own Llama, small initial values everywhere."""

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from recipes import Size
from training.batch import ATTENTION


def new_model(size: Size, vocabulary: int, training: dict, seed: int) -> LlamaForCausalLM:
    torch.manual_seed(seed)
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=vocabulary,
            hidden_size=size.width,
            intermediate_size=size.inner,
            num_hidden_layers=size.layers,
            num_attention_heads=size.heads,
            num_key_value_heads=size.heads,
            max_position_embeddings=training["positions"],
            initializer_range=training["initialDeviation"],
            rms_norm_eps=1e-5,
            tie_word_embeddings=True,
            bos_token_id=0,
            eos_token_id=0,
            rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
            attn_implementation=ATTENTION,
        )
    )


def parameter_counts(model: LlamaForCausalLM) -> dict[str, int]:
    embedding = model.model.embed_tokens.weight.numel()
    total = sum(parameter.numel() for parameter in model.parameters())
    return {"withoutEmbedding": total - embedding, "embedding": embedding, "total": total}
