import { describe, expect, it } from '@jest/globals';
import { requestOf } from './request-of.js';

const json = { params: { args: ['acme', 2, null, { name: null }] } };
const bodyOf = (secretAt: readonly (string | number)[] | undefined, secret?: string): unknown => {
  const request = { method: 'POST', path: '/x', json, ...(secretAt && { secretAt }) } as const;
  return JSON.parse(requestOf(request, 'https://crm.example', secret).body ?? 'null');
};

describe('a request as it travels', () => {
  it('has the secret in the place that is made for it, when it is given', () => {
    expect(bodyOf(['params', 'args', 2], 's3cret')).toEqual({
      params: { args: ['acme', 2, 's3cret', { name: null }] },
    });
    expect(bodyOf(['params', 'args', 2])).toEqual(json);
    expect(json.params.args[2]).toBeNull();
  });

  it('has it nowhere where no place is made for it', () => {
    expect(bodyOf(undefined, 's3cret')).toEqual(json);
    expect(bodyOf(['other', 'place', 1], 's3cret')).toMatchObject(json);
  });
});
