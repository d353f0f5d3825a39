"""The reference: what Python transformers says about prompts. `python reference.py INPUT.json OUTPUT.json`

Input: `model` (a folder with config.json, tokenizer files and weights), `generateTokens`, and `prompts`, each with
`text`, `messages` (or null), `letters` and `continuations`. The contract:

- With `messages`, the prompt is the chat template's rendering, ready for the answer, encoded without special tokens (the
  template writes them); `strftime_now` answers with the pinned date. Otherwise it is `text`, encoded with them.
- What follows is joined by one space, or by nothing where the prompt ends in whitespace, and the whole is encoded at once.
  The prompt's ids must come back as its beginning; a letter must add exactly one id. Where not, the value is null.
- Model in float32 with plain attention, log-softmax in float64. `letterLogMass` covers the letters that have a token.
- Greedy: no cache, the first of equal logits; stops at an end token of the model's generation settings, which is left out.
- A folder without weights gives renderings and ids; everything that needs logits is null.

Floats have 10 significant digits, keys are sorted, one prompt a line.
"""

import datetime
import json
import math
import platform
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

import tokenizers  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402
from transformers.utils import chat_template_utils  # noqa: E402

DATE = datetime.datetime(2024, 7, 1)
WEIGHTS = ("*.safetensors", "pytorch_model*.bin")


class PinnedDate(datetime.datetime):
    @classmethod
    def now(cls, tz=None) -> datetime.datetime:
        return DATE


class Reference:
    def __init__(self, folder: Path) -> None:
        self.tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self.model = None
        if any(True for pattern in WEIGHTS for _ in folder.glob(pattern)):
            settings = {"dtype": torch.float32, "attn_implementation": "eager", "local_files_only": True}
            self.model = transformers.AutoModelForCausalLM.from_pretrained(folder, **settings).eval()

    def answer(self, prompt: dict, generate_tokens: int) -> dict:
        text = self.render(prompt)
        special = prompt["messages"] is None
        ids = self.encode(text, special)
        letters = [self.following(text, letter, ids, special) for letter in prompt["letters"]]
        letter_ids = [following[0] if following and len(following) == 1 else None for following in letters]
        continuations = [self.following(text, continuation, ids, special) for continuation in prompt["continuations"]]
        return {
            "renderedText": text,
            "tokenIds": ids,
            "letterTokenIds": letter_ids,
            **self.read_letters(ids, letter_ids),
            "continuations": [self.read_continuation(ids, following) for following in continuations],
            "greedy": self.greedy(ids, generate_tokens),
        }

    def render(self, prompt: dict) -> str:
        if prompt["messages"] is None:
            return prompt["text"]
        return self.tokenizer.apply_chat_template(prompt["messages"], tokenize=False, add_generation_prompt=True)

    def encode(self, text: str, special: bool) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=special)

    def following(self, text: str, continuation: str, ids: list[int], special: bool) -> list[int] | None:
        """The ids that `continuation` adds to the prompt's; null where the prompt's ids are not the beginning of the whole."""
        separator = "" if text[-1:].isspace() else " "
        whole = self.encode(text + separator + continuation, special)
        return whole[len(ids) :] if whole[: len(ids)] == ids else None

    def log_probs(self, ids: list[int], first: int = -1) -> torch.Tensor:
        """Log-probability of every token after each position from `first` on; after the last by default."""
        with torch.no_grad():
            logits = self.model(torch.tensor([ids]), use_cache=False).logits[0, first:]
        return torch.log_softmax(logits.double(), dim=-1)

    def read_letters(self, ids: list[int], letter_ids: list[int | None]) -> dict:
        if self.model is None:
            return {"letterLogProbs": None, "letterLogMass": None}
        last = self.log_probs(ids)[-1]
        read = [None if letter is None else last[letter].item() for letter in letter_ids]
        present = [last[letter] for letter in dict.fromkeys(letter_ids) if letter is not None]
        return {"letterLogProbs": read, "letterLogMass": torch.logsumexp(torch.stack(present), 0).item() if present else None}

    def read_continuation(self, ids: list[int], following: list[int] | None) -> dict:
        if following is None:
            return {"logProb": None, "tokens": None}
        if self.model is None:
            return {"logProb": None, "tokens": len(following)}
        before = self.log_probs(ids + following, len(ids) - 1)
        return {"logProb": math.fsum(row[token].item() for row, token in zip(before, following)), "tokens": len(following)}

    def greedy(self, ids: list[int], tokens: int) -> list[int] | None:
        if self.model is None:
            return None
        end = self.model.generation_config.eos_token_id
        ends = set(end) if isinstance(end, list) else {end}
        generated: list[int] = []
        while len(generated) < tokens:
            best = self.log_probs(ids + generated)[-1].argmax().item()
            if best in ends:
                break
            generated.append(best)
        return generated


def ten_digits(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if isinstance(value, dict):
        return {key: ten_digits(inner) for key, inner in value.items()}
    return [ten_digits(inner) for inner in value] if isinstance(value, list) else value


def main(input_path: Path, output_path: Path) -> None:
    chat_template_utils.datetime = PinnedDate
    given = json.loads(input_path.read_text(encoding="utf-8"))
    reference = Reference(Path(given["model"]))
    answers = [ten_digits(reference.answer(prompt, given["generateTokens"])) for prompt in given["prompts"]]
    lines = ",\n".join(json.dumps(answer, sort_keys=True, ensure_ascii=False) for answer in answers)
    versions = {
        "python": platform.python_version(),
        "tokenizers": tokenizers.__version__,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
    }
    text = f'{{"prompts": [\n{lines}\n],\n"versions": {json.dumps(versions, sort_keys=True)}}}\n'
    output_path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python reference.py INPUT.json OUTPUT.json")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
