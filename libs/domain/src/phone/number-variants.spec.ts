import { numberVariants } from './number-variants.js';

describe('the forms of one number', () => {
  it.each([
    ['+5491123456789', '+541123456789'],
    ['+5215512345678', '+525512345678'],
    ['+5511987654321', '+551187654321'],
    ['+2290197123456', '+22997123456'],
    ['+2250707123456', '+22507123456'],
    ['+2250546123456', '+22546123456'],
  ])('%s is %s as well', (one, other) => {
    expect(numberVariants(one)).toEqual([one, other]);
    expect(numberVariants(other)).toEqual([other, one]);
  });

  it.each(['+972502345678', '+551133334444', '+5511933334444', '+390669812345', '+80012345678'])(
    '%s has no other',
    (e164) => {
      expect(numberVariants(e164)).toEqual([e164]);
    },
  );
});
