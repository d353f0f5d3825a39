"""Forms of a graph that optimum's command line does not write, made by its own code: `family_optimum.py FORM SOURCE FOLDER`.

Runs in optimum's environment, which has transformers 4.
- `eager`: the model's own attention instead of torch's scaled dot product, which has no soft cap, so that Gemma 2's is lost in
  silence; Falcon's ALiBi, too, differs between the two by a quarter of a nat, in transformers itself
- `without-positions`: no input `position_ids`, so that the graph counts, as exports of earlier years do
- `float16`: as `--dtype fp16` writes it, which optimum allows on a graphics card only, though tracing needs none
- `merged`: a decoder without and one with a cache in the two branches of an `If`, as exports of earlier years do
"""

import sys
from pathlib import Path

import torch
from optimum.exporters.onnx.convert import export_models
from optimum.exporters.tasks import TasksManager
from transformers import AutoModelForCausalLM

TASK = "text-generation"
WITH_PAST = {"task": TASK, "use_past": True, "use_past_in_inputs": True}
BEFORE_PAST = {"task": TASK, "use_past": True, "use_past_in_inputs": False}


def main(form: str, source: str, folder: Path) -> None:
    attention = "eager" if form == "eager" else "sdpa"
    dtype = torch.float16 if form == "float16" else torch.float32
    model = AutoModelForCausalLM.from_pretrained(source, attn_implementation=attention, dtype=dtype).eval()
    kind = model.config.model_type
    known = TasksManager.get_exporter_config_constructor("onnx", library_name="transformers", model_type=kind, task=TASK).func
    configs = {
        "eager": {"model": known(model.config, **WITH_PAST)},
        "float16": {"model": known(model.config, **WITH_PAST, float_dtype="fp16")},
        "without-positions": {"model": without_positions(known)(model.config, **WITH_PAST)},
        # The names by which optimum knows the two decoders that it merges.
        "merged": {"decoder_model": known(model.config, **BEFORE_PAST), "decoder_with_past_model": known(model.config, **WITH_PAST)},
    }[form]
    models = {name: (model, config) for name, config in configs.items()}
    files = [f"{name}.onnx" for name in models]
    export_models(models, folder, output_names=files)
    next(iter(configs.values())).post_process_exported_models(folder, models, files)
    if form == "merged":
        (folder / "decoder_model_merged.onnx").rename(folder / "model.onnx")
        for name in files:
            (folder / name).unlink()


def without_positions(known: type) -> type:
    class Counting(known):
        @property
        def inputs(self) -> dict[str, dict[int, str]]:
            return {name: axes for name, axes in super().inputs.items() if name != "position_ids"}

    return Counting


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
