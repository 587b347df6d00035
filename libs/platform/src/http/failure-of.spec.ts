import { failureOf } from './failure-of.js';
import { TargetError } from './target-error.js';

function withCode(code: string, message = 'connect 10.1.2.3:443 secret=1'): Error {
  return Object.assign(new Error(message), { code });
}

describe('failureOf', () => {
  it.each([
    ['ECONNREFUSED', 'refused'],
    ['EHOSTUNREACH', 'refused'],
    ['ENETUNREACH', 'refused'],
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'reset'],
    ['UND_ERR_SOCKET', 'reset'],
    ['ETIMEDOUT', 'timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['EPROTO', 'tls'],
    ['UND_ERR_HEADERS_OVERFLOW', 'protocol'],
    ['EMFILE', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s', (code, cause) => {
    expect(failureOf(withCode(code)).cause).toBe(cause);
  });

  it('shows the code and nothing else of the error', () => {
    const { message } = failureOf(withCode('ECONNREFUSED'));
    expect(message).toContain('ECONNREFUSED');
    expect(message).not.toMatch(/10\.1\.2\.3|secret/);
  });

  it('passes on what the guard says', () => {
    expect(failureOf(new TargetError('blocked', 'Not allowed.'))).toEqual({
      kind: 'failed',
      cause: 'blocked',
      message: 'Not allowed.',
    });
  });
});
