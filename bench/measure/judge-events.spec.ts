import fc from 'fast-check';
import { courseQuestion, courseStep } from '../load/ask/calls-in-course.js';
import { judgeEvents } from './judge-events.js';

/** The first ring of the first two calls; of three questions each, the others have no call yet. */
const RINGS = [0, 3];

describe('events of calls', () => {
  const statuses = Uint16Array.from([200, 200, 200, 200, 200, 200]);
  const sentMs = Float64Array.from([0, 1, 2, 3, 4, 5]);
  const judge = (came: [question: number, socket: number, atMs: number][]) =>
    judgeEvents(
      { statuses, sentMs },
      {
        questions: Uint32Array.from(came, ([question]) => question),
        sockets: Uint32Array.from(came, ([, socket]) => socket),
        atMs: Float64Array.from(came, ([, , atMs]) => atMs),
      },
      2,
    );

  it('are owed to each socket of the tenant, once', () => {
    const all = RINGS.flatMap((question): [number, number, number][] => [
      [question, 0, question + 10],
      [question, 1, question + 20],
    ]);
    expect(judge(all)).toEqual({ owed: 4, lost: 0, duplicates: 0, socketMs: [10, 20, 10, 20] });
    expect(judge(all.slice(1))).toMatchObject({ lost: 1 });
    expect(judge([...all, [0, 1, 90]])).toMatchObject({ lost: 0, duplicates: 1 });
  });

  it('are found again by the question that told of them', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (question) => {
        const step = courseStep(question);
        if (step !== undefined) expect(courseQuestion(step)).toBe(question);
      }),
    );
  });
});
