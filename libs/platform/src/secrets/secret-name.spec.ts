import { maskQuery } from './mask-query.js';
import { redactHeaders } from './redact-headers.js';
import { redactUrl } from './redact-url.js';
import { isSecretName } from './secret-name.js';

const SECRET = (
  'code Code password pwd pass token access_token org_token api_key apiKey X-API-Key key secret client_secret phonelogincode ' +
  'auth user[password] signature pw passphrase userpass user_pass auth_code authcode secret_code secretword password1 token1 ' +
  'apikey2 webhook_key securitykey hashkey accesskeyid AWSAccessKeyId PHPSESSID jsessionid ASPSESSIONIDQQRA psw passwort x_sig ' +
  'hash sign X-Pin x_code dbpass loginkey pin_code OTP hmac X-Amz-Credential'
).split(' ');

/** What dialects and tenants' custom data have. */
const PLAIN = (
  'representativecode representative_code departmentcode areacode country_code zipcode hangupcode statusCode errorcode ' +
  'customdata[deal_code] customdata[key] dtmfkey dtmf_key keypress keyboard monkey turkey passenger passengers compass bypass ' +
  'author tokenise pinned spin callhash design assign sessions callsid callapiid CallID ivruniqueid CallerIDNum CalledExtension ' +
  'duration status type record queueid signal x xy 1 number2'
).split(' ');

describe('isSecretName', () => {
  it.each(SECRET)('knows %s in a query, a header and a URL', (name) => {
    expect(isSecretName(name)).toBe(true);
    expect(maskQuery(`a=1&${name}=s3cr%65t&b=2`)).toBe(`a=1&${name}=[redacted]&b=2`);
    expect(redactHeaders({ [name]: 's3cret' })).toEqual({ [name]: '[redacted]' });
    expect(redactUrl(`https://x.example/?${name}=s3cret`)).toBe(`https://x.example/?${name}=[redacted]`);
  });

  it.each(PLAIN)('leaves %s alone', (name) => {
    expect(isSecretName(name)).toBe(false);
    expect(maskQuery(`${name}=7&pin=1`)).toBe(`${name}=7&pin=[redacted]`);
  });
});
