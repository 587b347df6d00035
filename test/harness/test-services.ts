import type { Services } from './services.js';

/** Variable by which the run tells its test files what was chosen. */
export const SERVICES = 'TEST_SERVICES';

/** What was chosen at the start of this run. */
export function testServices(): Services {
  const told = process.env[SERVICES];
  if (told === undefined) throw new Error('No services were chosen: run the tests through npm test.');
  return JSON.parse(told) as Services;
}

export function ownRedis(): Services['ownRedis'] {
  return testServices().ownRedis;
}
