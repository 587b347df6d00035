import { describe, expect, it } from 'vitest';
import { FIELDS, fieldsOf, type Field, type Group } from './fields';
import { changesOf, draftOf, faultOf } from './settings-draft';

const ALL: Field[] = Object.values(FIELDS).flat();
const RULE = { delays: [10, 20], max: 3, otherDayPart: true };
const SETTINGS = {
  callerId: '+442079460018',
  callerIds: { IL: ['+97239300000', '+97239300001'] },
  queue: null,
  presence: 'login',
  record: null,
  ringSeconds: 25,
  variables: { ticket: '4711' },
  announcement: null,
  pacing: { method: 'planner', abandonTarget: 0.02, maxLines: null },
  rules: {
    windows: {
      mon: [
        ['09:00', '13:00'],
        ['14:00', '20:00'],
      ],
      tue: [],
      wed: [],
      thu: [],
      fri: [],
      sat: [],
      sun: [],
    },
    maxPerPhone: [{ count: 3, hours: 24 }],
    neverDial: ['+97250*'],
    agentFirst: false,
    maxAttempts: 6,
  },
  retry: { jitter: 0.2, results: { busy: RULE, missed: RULE } },
};

function edited(change: Readonly<Record<string, string>>): Record<string, unknown> {
  const before = draftOf(SETTINGS, ALL);
  return changesOf({ ...before, ...change }, before, ALL);
}

describe('a form of settings', () => {
  it('that nobody touched changes nothing', () => {
    expect(edited({})).toEqual({});
  });

  it('sends what was changed, read by its kind', () => {
    expect(
      edited({
        callerId: '',
        callerIds: 'US: +12125550100 , +12125550101',
        record: 'false',
        'pacing.abandonTarget': '2.5%',
        'rules.maxPerPhone': '2 / 24\n7 / 168',
        'rules.neverDial': '',
        'rules.agentFirst': 'true',
        variables: 'a = b=c',
      }),
    ).toEqual({
      callerId: null,
      callerIds: { US: ['+12125550100', '+12125550101'] },
      record: false,
      pacing: { abandonTarget: 0.025 },
      rules: {
        maxPerPhone: [
          { count: 2, hours: 24 },
          { count: 7, hours: 168 },
        ],
        neverDial: [],
        agentFirst: true,
      },
      variables: { a: 'b=c' },
    });
  });

  it('sends a week of hours as a whole, and a message', () => {
    const windows = { ...SETTINGS.rules.windows, tue: [['10:00', '12:00']] };
    expect(edited({ 'rules.windows.tue': '10:00-12:00' })).toEqual({ rules: { windows } });
    expect(edited({ 'announcement.before': 'hello' })).toEqual({
      announcement: { before: 'hello', digits: null, between: null, after: null },
    });
  });

  it('has no retry of a result without a wait', () => {
    expect(edited({ 'retry.results.busy.delays': '' })).toEqual({ retry: { results: { missed: RULE } } });
  });

  it('leaves to the API what it cannot read', () => {
    expect(edited({ 'rules.maxAttempts': 'many' })).toEqual({ rules: { maxAttempts: 'many' } });
    const errors = [{ field: 'settings.rules.windows.mon.0', message: 'No.' }];
    expect(faultOf('rules.windows.mon', errors)).toBe('No.');
    expect(faultOf('rules.windows.tue', errors)).toBeUndefined();
  });

  it('shows only what means something in the mode', () => {
    const groups = Object.keys(FIELDS) as Group[];
    const paths = (mode: 'message' | 'preview'): string[] => fieldsOf(groups, mode).map(({ path }) => path);
    expect(paths('message')).toContain('announcement.before');
    expect(paths('message')).not.toContain('queue');
    expect(paths('preview')).not.toContain('announcement.before');
  });
});
