"""Architectures that the pinned exporters know by name, so that others are refused before anything heavy begins.

Models of text and pictures, and those that need code of their own, are not among them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Architecture:
    """The name in `model_type`, and which exporter has a graph for it.

    Gemma 3 is not among the builder's: its pinned release fails on what transformers 5 makes of the two rotary bases.
    """

    model_type: str
    optimum: bool
    genai: bool


def _both(model_type: str) -> Architecture:
    return Architecture(model_type, optimum=True, genai=True)


def _optimum(model_type: str) -> Architecture:
    return Architecture(model_type, optimum=True, genai=False)


def _genai(model_type: str) -> Architecture:
    return Architecture(model_type, optimum=False, genai=True)


ARCHITECTURES = {
    "ArceeForCausalLM": _optimum("arcee"),
    "BloomForCausalLM": _optimum("bloom"),
    "CodeGenForCausalLM": _optimum("codegen"),
    "CohereForCausalLM": _optimum("cohere"),
    "DeepseekV3ForCausalLM": _optimum("deepseek_v3"),
    "Ernie4_5ForCausalLM": _genai("ernie4_5"),
    "FalconForCausalLM": _optimum("falcon"),
    "Gemma2ForCausalLM": _both("gemma2"),
    "Gemma3ForCausalLM": _optimum("gemma3_text"),
    "GemmaForCausalLM": _both("gemma"),
    "GlmForCausalLM": _optimum("glm"),
    "GPT2LMHeadModel": _optimum("gpt2"),
    "GPTBigCodeForCausalLM": _optimum("gpt_bigcode"),
    "GPTJForCausalLM": _optimum("gptj"),
    "GPTNeoForCausalLM": _optimum("gpt_neo"),
    "GPTNeoXForCausalLM": _optimum("gpt_neox"),
    "GraniteForCausalLM": _both("granite"),
    "HeliumForCausalLM": _optimum("helium"),
    "HunYuanDenseV1ForCausalLM": _genai("hunyuan_v1_dense"),
    "LlamaForCausalLM": _both("llama"),
    "MistralForCausalLM": _both("mistral"),
    "MptForCausalLM": _optimum("mpt"),
    "NemotronForCausalLM": _both("nemotron"),
    "Olmo2ForCausalLM": _optimum("olmo2"),
    "OlmoForCausalLM": _both("olmo"),
    "OPTForCausalLM": _optimum("opt"),
    "Phi3ForCausalLM": _both("phi3"),
    "PhiForCausalLM": _both("phi"),
    "Qwen2ForCausalLM": _both("qwen2"),
    "Qwen3ForCausalLM": _both("qwen3"),
    "Qwen3MoeForCausalLM": _optimum("qwen3_moe"),
    "SmolLM3ForCausalLM": _both("smollm3"),
    "StableLmForCausalLM": _optimum("stablelm"),
}
