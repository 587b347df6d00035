import fc from 'fast-check';
import { nestFields } from './nest-fields.js';

const read = (form: string) =>
  nestFields(form.split('&').map((pair) => pair.split('=', 2) as [string, string]));

describe('nestFields', () => {
  it.each([
    [
      'record[]=a&record[]=b',
      [
        ['record', 'a'],
        ['record', 'b'],
      ],
    ],
    [
      'record[0]=a&record[1]=b',
      [
        ['record', 'a'],
        ['record', 'b'],
      ],
    ],
    ['caller[]=1', [['caller', '1']]],
    [
      'customdata[deal]=5&x=1&customdata[who]=me',
      [
        ['x', '1'],
        ['customdata', { deal: '5', who: 'me' }],
      ],
    ],
    [
      'IVR[0][layer_id]=1&IVR[0][Dtmf]=2&IVR[1][layer_id]=3',
      [['IVR', [{ layer_id: '1', Dtmf: '2' }, { layer_id: '3' }]]],
    ],
    ['IVR[1][id]=2&IVR[0][id]=1', [['IVR', [{ id: '1' }, { id: '2' }]]]],
    ['IVR[][id]=1&IVR[][d]=5&IVR[][id]=2', [['IVR', [{ id: '1', d: '5' }, { id: '2' }]]]],
    ['IVR[0].id=1&IVR[0].d=2', [['IVR', [{ id: '1', d: '2' }]]]],
    ['ivr.0.layer_id=1', [['ivr', [{ layer_id: '1' }]]]],
    ['DATA[a][b][c]=1', [['DATA', { a: { b: { c: '1' } } }]]],
    ['a[9999]=x', [['a', 'x']]],
    ['a[1000000]=x', [['a', { '1000000': 'x' }]]],
  ])('%s', (form, fields) => {
    expect(read(form)).toEqual(fields);
  });

  it.each([
    'a[=1',
    'a]=1',
    '[a]=1',
    '[]=1',
    'a[b]c=1',
    'a.b=1',
    'representative.name=x',
    `a${'[b]'.repeat(9)}=1`,
  ])('leaves %s as it is', (form) => {
    expect(read(form)).toEqual([form.split('=', 2)]);
  });

  it('keeps both of two values that are in each other’s way', () => {
    expect(read('a[b]=1&a[b][c]=2&a[b]=3')).toEqual([
      ['a[b][c]', '2'],
      ['a[b]', '3'],
      ['a', { b: '1' }],
    ]);
  });

  it('makes ordinary members of names that JavaScript uses itself', () => {
    const [field] = read('a[__proto__][x]=1&a[constructor]=2');
    const value = field?.[1] as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('loses no value, whatever the names are', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'b', '[', ']', '.', '0', '1'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), (names) => {
        const fields = nestFields(names.map((each, index): [string, string] => [each, `value ${index}.`]));
        const text = JSON.stringify(fields);
        for (const index of names.keys()) expect(text).toContain(`value ${index}.`);
      }),
      { numRuns: 2000 },
    );
  });
});
