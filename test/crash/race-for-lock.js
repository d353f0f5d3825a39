// Tries for the lock of a folder at the moments it is told, together with its like.
// node race-for-lock.js FOLDER; each message is a time in milliseconds, each answer "held" or the refusal.
const { acquireLock } = await import('../../lib/dist/runs/store/lock.js');

process.on('message', (time) => {
  while (Date.now() < time) {
    // Waiting in a loop keeps the racers closer together than a timer would.
  }
  try {
    acquireLock(process.argv[2], { command: 'racer' });
    process.send('held');
  } catch (error) {
    process.send(error.message);
  }
});
process.send('ready');
