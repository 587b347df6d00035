/** The example of docs/generic-dialect.md is one that works. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generic } from './generic.js';

const PAGE = readFileSync(
  fileURLToPath(new URL('../../../../docs/generic-dialect.md', import.meta.url)),
  'utf8',
);

it('reads the sample of the page by the mapping of the page', () => {
  const [sample = '', mapping = ''] = [...PAGE.matchAll(/```json\n([^]*?)```/g)].map(([, text]) => text);
  const settings = { mapping: JSON.parse(mapping) as unknown };
  expect(generic.settingProblems?.(settings)).toEqual([]);
  const reading = generic.read(
    { method: 'POST', route: 'event', query: '', headers: {}, body: Buffer.from(sample) },
    settings,
  );
  expect(reading).toMatchObject({
    ok: true,
    reports: [
      {
        vendorCallId: '7f3c-1',
        direction: 'inbound',
        result: 'answered',
        from: '+972501234567',
        to: '+972722776772',
        extension: '101',
        startedEpochSeconds: 1_795_253_400,
        ringSeconds: 7,
        talkSeconds: 42,
        raw: { event: 'call.ended', call: { codec: 'opus' } },
      },
    ],
  });
});
