// Opens a run folder for writing, says so, and holds it until it is told to end or is killed.
// node hold-store.js FOLDER
const { openStore } = await import('../../lib/dist/runs/store/index.js');

const store = await openStore(process.argv[2], { write: true, command: 'culture-lens probe nightly' });
process.send('held');
process.on('message', async () => {
  await store.close();
  process.disconnect();
});
