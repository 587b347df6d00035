import fc from 'fast-check';
import { KEEP_ALIVE_DAYS, OWN_AUTHORISE_PARAMETERS, type OAuthCodeClient } from '#domain';
import { authorisePage, newVerifier } from './ask-for-grant.js';

const CLIENT: OAuthCodeClient = {
  kind: 'oauth2_code',
  authoriseUrl: 'https://login.crm.example/authorise?tenant=7',
  tokenUrl: 'https://login.crm.example/token',
  clientId: 'switch hook',
  clientSecret: 's3cret',
  scope: 'a b',
  sendAs: 'basic',
  authoriseParameters: { access_type: 'offline' },
  pkce: true,
  baseUrlFrom: null,
  keepAliveDays: KEEP_ALIVE_DAYS,
};
/** RFC 7636, appendix B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const JOURNEY = { redirectUri: 'https://hook.example/oauth/callback', state: 'swg_x', verifier: VERIFIER };

describe('the page on which somebody agrees', () => {
  const asked = (more: Partial<OAuthCodeClient> = {}) =>
    new URL(authorisePage({ ...CLIENT, ...more }, JOURNEY));

  it('is asked with everything that it needs, and keeps what its address has', () => {
    expect(Object.fromEntries(asked().searchParams)).toEqual({
      tenant: '7',
      access_type: 'offline',
      response_type: 'code',
      client_id: 'switch hook',
      redirect_uri: JOURNEY.redirectUri,
      scope: 'a b',
      state: 'swg_x',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    });
  });

  it('is not asked with a challenge or a scope where there is none', () => {
    const names = [...asked({ pkce: false, scope: null }).searchParams.keys()];
    expect(names).toEqual(['tenant', 'access_type', 'response_type', 'client_id', 'redirect_uri', 'state']);
  });

  it('never has the secret or the verifier, and no parameter takes the place of one of ours', () => {
    const parameters = fc.dictionary(
      fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom(...OWN_AUTHORISE_PARAMETERS)),
      fc.string(),
    );
    fc.assert(
      fc.property(parameters, (authoriseParameters) => {
        const url = asked({ authoriseParameters });
        expect(url.searchParams.getAll('state')).toEqual(['swg_x']);
        expect(url.searchParams.getAll('redirect_uri')).toEqual([JOURNEY.redirectUri]);
        expect(url.searchParams.getAll('code_challenge')).toEqual([CHALLENGE]);
        expect(url.href).not.toContain(VERIFIER);
        expect(url.href).not.toContain(CLIENT.clientSecret);
        expect(url.origin).toBe('https://login.crm.example');
      }),
    );
  });

  it('gets another verifier on each journey, as long as RFC 7636 wants it', () => {
    const made = Array.from({ length: 50 }, newVerifier);
    expect(new Set(made).size).toBe(50);
    for (const verifier of made) expect(verifier).toMatch(/^[A-Za-z0-9_-]{43,128}$/);
  });
});
