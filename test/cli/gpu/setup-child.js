// Sets up CUDA with the folders, the machine and the environment that it is given, so that a test can kill it.
import { setupGpu } from '../../../lib/dist/cli/gpu/setup-gpu.js';

await setupGpu({ ...JSON.parse(process.argv[2]), log: console.log });
