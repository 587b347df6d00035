import { expect, it } from '@jest/globals';
import { judgePopups } from './judge-popups.js';

it('owes a popup for each webhook that was accepted, and counts what came again', () => {
  const load = {
    sentMs: Float64Array.from([100, 200, 300, 400]),
    statuses: Uint16Array.from([200, 200, 503, 200]),
  };
  const came = { calls: Uint32Array.from([1, 0, 1, 2]), atMs: Float64Array.from([210, 150, 260, 400]) };
  expect(judgePopups(load, came)).toEqual({ owed: 3, lost: 1, duplicates: 1, socketMs: [50, 10] });
});
