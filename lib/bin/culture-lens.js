#!/usr/bin/env node
// The command's real code is built from lib/cli; this file exists before any build, so that npm can link it.
import { existsSync } from 'node:fs';

const program = new URL('../dist/cli/culture-lens.js', import.meta.url);
if (!existsSync(program)) {
  console.error('culture-lens: lib/dist is missing. Run `npm run build` once, then repeat this command.');
  process.exit(2);
}
const { run } = await import(program.href);
process.exitCode = await run(process.argv);
