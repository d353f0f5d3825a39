// Loaded before the command: tells how much memory and time the whole process took, in one line at its end.
const started = performance.now();
process.on('exit', () => {
  const { maxRSS } = process.resourceUsage();
  const seconds = (performance.now() - started) / 1000;
  process.stderr.write(`\nPEAK ${JSON.stringify({ megabytes: Math.round(maxRSS / 1000), seconds })}\n`);
});
