import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { askYes } from '../convert/ask-yes.js';
import { checkConverted } from '../convert/check-converted.js';
import { checkSource } from '../convert/check-source.js';
import { convertFolder } from '../convert/convert-folder.js';
import { convertedText } from '../convert/converted-text.js';
import { untilInterrupted } from '../until-interrupted.js';

interface ConvertOptions {
  readonly exporter?: 'genai' | 'optimum';
  readonly dtype: 'fp32' | 'fp16' | 'int8' | 'int4';
  readonly name?: string;
  readonly replace?: boolean;
  readonly verify: boolean;
  readonly keepSource?: boolean;
  readonly makeEnvironment?: boolean;
}

const HELP = `
The source is a Hugging Face folder (config.json, *.safetensors, tokenizer) or a .gguf file of a
Llama, Qwen2 or Qwen3. bfloat16 and float16 weights become float32. The exporters are Python
programs with pinned versions; where they are missing, the command says how large they are and asks,
or wants --make-environment. Nothing is fetched from a hub, and no code that comes with a model is
run.

What comes out is compared with Python transformers in float32 before the folder gets its name: a
float32 export that differs is refused, the differences of fp16, int8 and int4 are stated on the
card. Then culture-lens opens the folder itself.

  npx culture-lens convert path/to/Qwen3-0.6B models/qwen3
  npx culture-lens convert SmolLM2.Q4_1.gguf models/smollm2 --exporter optimum
  npx culture-lens convert path/to/Qwen3-0.6B models/qwen3-int4 --dtype int4 --make-environment`;

/** `culture-lens convert <source> <out>`: a checkpoint becomes a folder that can be asked. */
export function convertCommand(): Command {
  return new Command('convert')
    .description('Make an ONNX folder of a checkpoint: a folder with safetensors, or a GGUF file.')
    .argument('<source>', 'folder with config.json, *.safetensors and a tokenizer, or a .gguf file')
    .argument('<out>', 'folder to make')
    .addOption(
      new Option(
        '--exporter <exporter>',
        'default: genai, whose graphs run faster, or optimum where genai lacks the architecture',
      ).choices(['genai', 'optimum']),
    )
    .addOption(
      new Option('--dtype <dtype>', 'element type that the weights are converted to')
        .choices(['fp32', 'fp16', 'int8', 'int4'])
        .default('fp32'),
    )
    .option('--name <name>', 'name on the card (default: name of the folder)')
    .option('--replace', 'replace a folder that is there')
    .option('--no-verify', 'leave out the comparison with transformers')
    .option('--keep-source', "keep a GGUF file's float32 Hugging Face folder as <out>/hugging-face")
    .option('--make-environment', 'install the exporters where they are missing, without being asked')
    .addHelpText('after', HELP)
    .action(async (source: string, out: string, options: ConvertOptions) => {
      checkSource(source);
      await convertInTerminal([source, out, ...flags(options)]);
      console.log(convertedText(out, await checkConverted(resolve(out))));
    });
}

/** The options as data/models/convert/convert.py takes them. */
function flags(options: ConvertOptions): string[] {
  const { exporter, dtype, name, replace, verify, keepSource, makeEnvironment } = options;
  return [
    ...(exporter === undefined ? [] : ['--exporter', exporter]),
    ...['--dtype', dtype],
    ...(name === undefined ? [] : ['--name', name]),
    ...(replace === true ? ['--replace'] : []),
    ...(verify ? [] : ['--no-verify']),
    ...(keepSource === true ? ['--keep-source'] : []),
    ...(makeEnvironment === true ? ['--make-environment'] : []),
  ];
}

/** @throws Interrupted when it was stopped; InputError as the conversion does */
function convertInTerminal(words: readonly string[]): Promise<void> {
  const convert = async (signal: AbortSignal): Promise<void> => {
    const isConverted = await convertFolder({
      words,
      onLine: (line) => process.stderr.write(`${line}\n`),
      signal,
      agree: (question) => askYes(question, signal),
    });
    if (!isConverted) {
      throw signal.reason;
    }
  };
  return untilInterrupted(convert, {
    // The converter has a group of its own, which none of these reaches, and is given the time to clear up.
    signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
    again: 'ignored',
    outcome: 'Stopped: nothing was kept.',
  });
}
