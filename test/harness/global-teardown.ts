import type { TestRun } from './global-setup.js';

export default async function globalTeardown(): Promise<void> {
  await (globalThis as { testRun?: TestRun }).testRun?.stop();
}
