"""Makes test/fixtures/chat-templates/expected.json: how transformers renders and encodes the templates beside it.

`python3 make_chat_fixtures.py`, after make_tokenizer_fixtures.py, whose tokenizers it uses. The environment is that of
data/models/convert (made there when missing, about 5 GB). The templates are our own, in the constructs
of the families that they are named for; transformers' clock is set to a fixed date.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
TOKENIZERS = REPOSITORY / "test" / "fixtures" / "tokenizers"
TEMPLATES = REPOSITORY / "test" / "fixtures" / "chat-templates"
sys.path.append(str(REPOSITORY / "data" / "models" / "convert"))

import environments  # noqa: E402

if Path(sys.prefix).resolve() != environments.EXPORTER.resolve():
    environments.prepare()
    print(environments.run_python(str(Path(__file__).resolve())), end="")
    sys.exit()

sys.path.append(str(HERE))  # last, so that the packages still find Python's own modules first

import jinja2  # noqa: E402
import tiny_llama  # noqa: E402
import tokenizers  # noqa: E402
import transformers  # noqa: E402
from chat_constructs import CONSTRUCTS  # noqa: E402
from transformers.utils import chat_template_utils  # noqa: E402

# The kind of tokenizer that each template is for.
KINDS = {
    "chatml-default-system": "qwen2",
    "qwen3-thinking": "qwen2",
    "llama2-inst": "llama2",
    "llama3-headers": "llama3",
    "mistral-v3": "mistral",
    "mistral-v7": "mistral-tekken",
    "gemma-refuses-system": "gemma",
    "gemma3-merges-system": "gemma",
    "phi3-lines": "phi-3",
    "phi4-separator": "phi-4",
    "zephyr-lines": "llama2-legacy",
    "stablelm-generation": "smollm2",
    "command-r-macros": "command-r",
    "deepseek-think": "deepseek-v3",
    "olmo2-ternary": "olmo2",
    "granite-date": "granite",
    "smollm3-flags": "smollm2",
    "falcon-names": "falcon",
}
QUESTION = "How important is family?\nA. Very important\n\nB. Not at all: “it's” <b>1,234</b> & more\nAnswer:"
USER = {"role": "user", "content": QUESTION}
SYSTEM = {"role": "system", "content": "Be brief. /no_think "}
ANSWER = {"role": "assistant", "content": "<think>\nIs it?\n</think>\n\nA. Côte d'Ivoire "}
CHATS = {
    "one turn": [USER],
    "a system turn": [SYSTEM, USER],
    "three turns": [USER, ANSWER, {"role": "user", "content": "  And now? "}],
    "system and three turns": [SYSTEM, USER, ANSWER, {"role": "user", "content": "Why"}],
    "an answer at the end": [USER, ANSWER],
    "two users in a row": [USER, USER],
}


def main() -> None:
    chat_template_utils.datetime = tiny_llama.PinnedDate
    versions = {"jinja2": jinja2.__version__, "tokenizers": tokenizers.__version__, "transformers": transformers.__version__}
    assert set(KINDS) == {path.stem for path in TEMPLATES.glob("*.jinja")}
    templates = {name: {"tokenizer": kind, "renderings": renderings(name, kind)} for name, kind in KINDS.items()}
    expected = {"date": tiny_llama.CHAT_DATE.date().isoformat(), "versions": versions, "chats": CHATS, "templates": templates}
    expected["constructs"] = [{"source": source, **construct(source)} for source in CONSTRUCTS]
    tiny_llama.write_json(TEMPLATES / "expected.json", expected)
    print(f"{len(KINDS)} templates, {(TEMPLATES / 'expected.json').stat().st_size} bytes")


def construct(source: str) -> dict[str, str]:
    tokenizer = transformers.PreTrainedTokenizerFast.from_pretrained(TOKENIZERS / "gpt2")
    tokenizer.chat_template = source
    try:
        return {"text": tokenizer.apply_chat_template(CHATS["three turns"], tokenize=False)}
    except Exception as error:  # Whatever is raised, Python does not render it.
        return {"complaint": f"{type(error).__name__}: {error}"}


def renderings(name: str, kind: str) -> list[dict[str, object]]:
    tokenizer = transformers.PreTrainedTokenizerFast.from_pretrained(TOKENIZERS / kind)
    tokenizer.chat_template = (TEMPLATES / f"{name}.jinja").read_text(encoding="utf-8")
    return [rendering(tokenizer, chat) for chat in CHATS]


def rendering(tokenizer, chat: str) -> dict[str, object]:
    """The text and its ids; or the template's own complaint."""
    try:
        text = tokenizer.apply_chat_template(CHATS[chat], tokenize=False, add_generation_prompt=True)
    except jinja2.TemplateError as error:
        return {"chat": chat, "complaint": str(error)}
    ids = tokenizer.apply_chat_template(CHATS[chat], tokenize=True, add_generation_prompt=True, return_dict=False)
    return {"chat": chat, "text": text, "tokenIds": json.dumps(ids, separators=(",", ":"))}


if __name__ == "__main__":
    main()
