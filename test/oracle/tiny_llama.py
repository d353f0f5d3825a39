"""The tiny Llama of test/fixtures/onnx: random weights, a byte-level tokenizer of 300 tokens, and what it should answer."""

import datetime
import json
from pathlib import Path

import numpy as np
import onnxruntime
import tokenizers
import torch
import transformers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers.utils import chat_template_utils

transformers.utils.logging.disable_progress_bar()

SEED = 20260712
VOCABULARY = 300
SPECIAL_TOKENS = ["<|unknown|>", "<|begin|>", "<|end|>"]
CORPUS = (
    "How important is it in your life? Very important. Rather important. Not very important. Not at all important. "
    "In a country, people answer the question. Answer with the letter of one answer: A, B, C or D. The answer is "
)
PREFIX = "How important is it? A. Very important B. Not at all"
TEXTS = (
    "In it?",
    "Answer: A",
    PREFIX,
    f"{PREFIX} in Japan",
    f"{PREFIX} in Chile",
    f"{PREFIX} in the Netherlands",
    "Café, 2024: naïve or not? 幸福 = joy",
)
LISTED = 20
MEASURES = {"seed": SEED, "weights": "random: they say nothing about any model"}
SHIFT = 0.05
CHAT_DATE = datetime.datetime(2024, 7, 1)
CHAT_TEMPLATE = (
    "{{ bos_token }}{%- if strftime_now is defined %}{%- set date_string = strftime_now('%d %b %Y') %}"
    "{%- else %}{%- set date_string = 'no date' %}{%- endif %}"
    "{%- if messages[0]['role'] == 'system' %}{%- set system = messages[0]['content'] %}{%- set messages = messages[1:] %}"
    "{%- else %}{%- set system = '' %}{%- endif %}"
    "{{- '[system]\\nToday: ' + date_string + '\\n' + system + eos_token }}"
    "{%- for message in messages %}{{- '[' + message['role'] + ']\\n' + message['content'] | trim + eos_token }}{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '[assistant]\\n' }}{%- endif %}"
)
CHATS = (
    [{"role": "user", "content": " Is it important?  "}],
    [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "A or B?"}],
    [{"role": "user", "content": "A or B?"}, {"role": "assistant", "content": "A"}, {"role": "user", "content": "Why?"}],
)


def write(folder: Path) -> dict[str, object]:
    """Writes model and tokenizer as a Hugging Face folder; returns what transformers answers to TEXTS."""
    model = make_model()
    model.save_pretrained(folder)
    write_tokenizer(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    # Both names of the rotary base: transformers 4, inside an exporter, knows only the older one.
    write_json(folder / "config.json", {**config, "rope_theta": config["rope_parameters"]["rope_theta"]})
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    return expected_answers(transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32), tokenizer)


def make_model() -> transformers.LlamaForCausalLM:
    """Weights grow until log-probabilities spread by at least 1 and a wrong position or rotary base shows."""
    scale = 0.1
    while True:
        model = random_model(scale)
        row = torch.arange(3, 43)[None]
        right = next_log_probs(model, row)
        shifted = next_log_probs(model, row, position_ids=torch.arange(40)[None] * 2)
        other_base = next_log_probs(with_rotary_base(model, 10_000.0), row)
        if right.std() >= 1 and (shifted - right).abs().max() > SHIFT and (other_base - right).abs().max() > SHIFT:
            return model
        scale *= 1.25


def random_model(scale: float) -> transformers.LlamaForCausalLM:
    torch.manual_seed(SEED)
    model = transformers.LlamaForCausalLM(configuration())
    with torch.no_grad():
        for name, weight in model.named_parameters():
            # Norm weights near one, so that leaving one out shows.
            weight.copy_(torch.randn(weight.shape) * (0.2 if "norm" in name else scale) + (1 if "norm" in name else 0))
    return model.eval()


def configuration() -> transformers.LlamaConfig:
    """A rotary base that is not the default, so that an export that lost it fails."""
    return transformers.LlamaConfig(
        architectures=["LlamaForCausalLM"],
        bos_token_id=1,
        dtype="float32",
        eos_token_id=2,
        head_dim=16,
        hidden_size=32,
        intermediate_size=64,
        max_position_embeddings=256,
        num_attention_heads=4,
        num_hidden_layers=2,
        num_key_value_heads=2,
        pad_token_id=2,
        rope_parameters={"rope_type": "default", "rope_theta": 500.0},
        tie_word_embeddings=False,
        vocab_size=VOCABULARY,
    )


def with_rotary_base(model: transformers.LlamaForCausalLM, base: float) -> transformers.LlamaForCausalLM:
    config = configuration()
    config.rope_parameters = {"rope_type": "default", "rope_theta": base}
    other = transformers.LlamaForCausalLM(config).eval()
    other.load_state_dict(model.state_dict())
    return other


def write_tokenizer(folder: Path) -> None:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(vocab_size=VOCABULARY, special_tokens=SPECIAL_TOKENS, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator([CORPUS], trainer)
    assert tokenizer.get_vocab_size() == VOCABULARY
    begin = ("<|begin|>", 1)
    tokenizer.post_processor = processors.TemplateProcessing(single="<|begin|> $A", pair="<|begin|> $A $B", special_tokens=[begin])
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {
        "bos_token": "<|begin|>",
        "clean_up_tokenization_spaces": False,
        "eos_token": "<|end|>",
        "model_max_length": 256,
        "pad_token": "<|end|>",
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": "<|unknown|>",
    }
    write_json(folder / "tokenizer_config.json", settings)


def expected_answers(model: transformers.LlamaForCausalLM, tokenizer) -> dict[str, object]:
    rows = [tokenizer.encode(text) for text in TEXTS]
    listed = sorted(np.random.default_rng(SEED).choice(VOCABULARY, LISTED, replace=False).tolist())
    sequences = [
        {
            "text": text,
            "tokenIds": row,
            "logProbs": [ten_digits(value) for value in next_log_probs(model, torch.tensor([row]))[listed].tolist()],
        }
        for text, row in zip(TEXTS, rows)
    ]
    versions = {"tokenizers": tokenizers.__version__, "torch": torch.__version__, "transformers": transformers.__version__}
    return {**MEASURES, "versions": versions, "listedTokenIds": listed, "sequences": sequences}


def next_log_probs(model: transformers.LlamaForCausalLM, row: torch.Tensor, **settings: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        return torch.log_softmax(model(row, **settings).logits[0, -1].double(), dim=-1)


def largest_difference(folder: Path, expected: dict) -> float:
    """Of the listed log-probabilities, between the folder's ONNX graph in one run a sequence and transformers."""
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    largest = 0.0
    for sequence in expected["sequences"]:
        logits = torch.from_numpy(session.run(["logits"], feeds_of(session, sequence["tokenIds"]))[0][0, -1]).double()
        found = torch.log_softmax(logits, dim=-1)[expected["listedTokenIds"]]
        largest = max(largest, (found - torch.tensor(sequence["logProbs"], dtype=torch.float64)).abs().max().item())
    return largest


def feeds_of(session: onnxruntime.InferenceSession, row: list[int]) -> dict[str, np.ndarray]:
    feeds: dict[str, np.ndarray] = {}
    for given in session.get_inputs():
        if given.name.startswith("past_key_values."):
            feeds[given.name] = np.zeros((1, 2, 0, 16), np.float16 if given.type == "tensor(float16)" else np.float32)
    known = {"input_ids": row, "attention_mask": [1] * len(row), "position_ids": list(range(len(row)))}
    names = {given.name for given in session.get_inputs()}
    return {**feeds, **{name: np.array([values], np.int64) for name, values in known.items() if name in names}}


def write_chat(tokenizer_from: Path, folder: Path) -> None:
    """A tokenizer folder whose template asks for the date; transformers' own clock is set to CHAT_DATE."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_bytes((tokenizer_from / "tokenizer.json").read_bytes())
    settings = json.loads((tokenizer_from / "tokenizer_config.json").read_text(encoding="utf-8"))
    write_json(folder / "tokenizer_config.json", {**settings, "chat_template": CHAT_TEMPLATE})
    chat_template_utils.datetime = PinnedDate
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    renderings = [rendering(tokenizer, messages, prompt) for messages in CHATS for prompt in (True, False)]
    versions = {"tokenizers": tokenizers.__version__, "transformers": transformers.__version__}
    write_json(folder / "expected.json", {"date": CHAT_DATE.date().isoformat(), "versions": versions, "renderings": renderings})


def rendering(tokenizer, messages: list[dict[str, str]], add_generation_prompt: bool) -> dict[str, object]:
    text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=add_generation_prompt)
    ids = tokenizer.encode(text, add_special_tokens=False)
    return {"messages": messages, "addGenerationPrompt": add_generation_prompt, "text": text, "tokenIds": ids}


class PinnedDate(datetime.datetime):
    @classmethod
    def now(cls, tz=None) -> datetime.datetime:
        return CHAT_DATE


def ten_digits(value: float) -> float:
    return float(f"{value:.10g}")


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
