// In what order Jest begins the test files. On a clean clone it knows no times and goes by size, and a short file may be the one
// that takes longest: begun last, it would keep one worker busy and the other waiting.
import Sequencer from '@jest/test-sequencer';

/** Those that take longer than a minute, of which most is spent on waiting. */
const LONGEST = [
  'test/e2e/console.spec.ts',
  'test/e2e/every-operation-by-its-document.spec.ts',
  'test/e2e/dialer-killed.spec.ts',
  // An office in real time, which wants a processor: it comes beside one that waits.
  'test/e2e/asterisk.spec.ts',
  'test/e2e/own-database-killed.spec.ts',
  'test/e2e/npm-script-killed.spec.ts',
  'libs/dialects/src/conformance/every-dialect.spec.ts',
  'test/medium/api-edges.spec.ts',
];

/** The longest, then the others as Jest would have them. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const [longest, others] = [[], []];
    for (const test of super.sort(tests)) (placeOf(test) === -1 ? others : longest).push(test);
    return [...longest.sort((one, other) => placeOf(one) - placeOf(other)), ...others];
  }
}

function placeOf({ path }) {
  return LONGEST.findIndex((file) => path.replaceAll('\\', '/').endsWith(file));
}
