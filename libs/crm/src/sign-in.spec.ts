import { CONNECTORS } from './registry.js';
import { signInAt } from './sign-in.js';

const OURS = 'https://acme.crm.example/some/path';

describe('the page of a CRM on which people agree', () => {
  const known = CONNECTORS.flatMap(({ name, signIn, credentials }) =>
    signIn === undefined ? [] : [[name, signIn, credentials.map(({ kind }) => kind)] as const],
  );

  it('is known of those whose addresses are alike for everybody', () => {
    expect(known.map(([name]) => name)).toContain('hubspot');
  });

  it.each(known)('of %s is at addresses that can be used, and its connector takes such tokens', (...of) => {
    const [, signIn, kinds] = of;
    const at = signInAt(signIn, OURS);
    for (const url of [at.authoriseUrl, at.tokenUrl]) {
      expect(new URL(url)).toMatchObject({ protocol: 'https:', search: '', hash: '' });
    }
    expect(JSON.stringify(Object.values(at))).not.toContain('{origin}');
    expect(kinds).toContain('oauth2');
  });

  it('is the tenant’s own where each has one', () => {
    const zendesk = known.find(([name]) => name === 'zendesk')?.[1];
    expect(zendesk && signInAt(zendesk, OURS)).toMatchObject({
      authoriseUrl: 'https://acme.crm.example/oauth/authorizations/new',
      tokenUrl: 'https://acme.crm.example/oauth/tokens',
    });
  });
});
