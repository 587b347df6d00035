import { describe, expect, it } from 'vitest';
import type { AttemptDto } from '../api/operations';
import { curlOf } from './curl-of';

describe('curlOf', () => {
  const attempt = {
    requestUrl: 'https://crm.example/hook',
    requestMethod: 'POST',
    requestHeaders: { 'content-type': 'application/json', host: 'crm.example' },
    requestBody: `{"note":"it's"}`,
  } as unknown as AttemptDto;

  it('writes a command that a shell takes literally', () => {
    expect(curlOf(attempt, attempt.requestBody)).toBe(
      [
        `curl -X POST 'https://crm.example/hook' \\`,
        `  -H 'content-type: application/json' \\`,
        `  --data-binary '{"note":"it'\\''s"}'`,
      ].join('\n'),
    );
  });

  it('has none for a mail or for what was not kept', () => {
    expect(curlOf({ ...attempt, requestUrl: 'mailto:a@example.com' }, null)).toBeUndefined();
    expect(curlOf({ ...attempt, requestUrl: null }, null)).toBeUndefined();
  });
});
