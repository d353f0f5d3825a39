// What a notebook's kernel requires. Before the first build there is nothing to load, and that is said in one line.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { inspect } = require('node:util');

if (!existsSync(join(__dirname, 'dist', 'index.js'))) {
  const message = 'culture-lens is not built yet. Run `npm run build` once in the project, then restart the kernel.';
  // Frozen, so that Node does not set this file's source before it.
  throw Object.freeze(Object.assign(new Error(message), { stack: message, [inspect.custom]: () => message }));
}
module.exports = require('./dist/index.js');
