import { readEnv } from './read-env.js';

describe('INGRESS_TRUST_PROXY', () => {
  it.each([
    [undefined, 0],
    ['', 0],
    ['0', 0],
    ['1', 1],
    ['3', 3],
    ['true', 1],
    ['False', 0],
  ])('%j is %d proxies', (INGRESS_TRUST_PROXY, hops) => {
    expect(readEnv({ INGRESS_TRUST_PROXY }).INGRESS_TRUST_PROXY).toBe(hops);
  });

  it.each(['-1', '1.5', '99', 'yes', '10.0.0.0/8', 'constructor'])('%j is refused', (INGRESS_TRUST_PROXY) => {
    expect(() => readEnv({ INGRESS_TRUST_PROXY })).toThrow('INGRESS_TRUST_PROXY');
  });
});
