/** Three sizes, one runner. `npm test` runs all of them; `npm test -- --small` (or --medium, --e2e) one. */
import { availableParallelism } from 'node:os';

/** Jest's own choice, all cores but one, leaves one of two idle while a test waits for a lease to run out. */
const MAX_WORKERS = Math.max(2, availableParallelism() - 1);

const LIBRARIES = '^#(domain|dialects|formats|sources|pbx|crm|platform|queues|db)$';
/** Not libphonenumber's own `*.json.js`. */
const SOURCES = { '^(\\.{1,2}/.*(?<!\\.json))\\.js$': '$1' };

/** For the tests of a whole system, what tools/bundle-for-tests.mjs made of the build. */
const bundled = {
  [LIBRARIES]: '<rootDir>/dist/for-tests/libs/$1/src/index.js',
  '^(?:\\.\\./)+((?:apps|bench)/.*)\\.js$': '<rootDir>/dist/for-tests/$1.js',
  '^@nestjs/common$': '<rootDir>/dist/for-tests/nestjs-common.js',
  ...SOURCES,
};

const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: { [LIBRARIES]: '<rootDir>/libs/$1/src/index.ts', ...SOURCES },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/', '<rootDir>/apps/console/'],
};

export default {
  maxWorkers: MAX_WORKERS,
  testSequencer: './tools/longest-first.mjs',
  // A worker keeps something of each file that it ran, and of some hundred files that is more than it may have.
  workerIdleMemoryLimit: '1500MB',
  // Opening the whole API takes a second or two, and more beside another worker that is busy.
  testTimeout: 15_000,
  projects: [
    { ...common, displayName: 'small', testMatch: ['<rootDir>/{libs,apps,bench,tools}/**/*.spec.ts'] },
    {
      ...common,
      displayName: 'medium',
      moduleNameMapper: bundled,
      testMatch: ['<rootDir>/test/medium/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/harness/global-setup.ts',
      globalTeardown: '<rootDir>/test/harness/global-teardown.ts',
    },
    {
      ...common,
      displayName: 'e2e',
      moduleNameMapper: bundled,
      testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/harness/global-setup.ts',
      globalTeardown: '<rootDir>/test/harness/global-teardown.ts',
    },
  ],
};
