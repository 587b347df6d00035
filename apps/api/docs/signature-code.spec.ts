import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '#platform';

const LANGUAGES = ['js', 'python', 'php', 'go'] as const;
type Language = (typeof LANGUAGES)[number];

const read = (path: string): string => readFileSync(join(projectRoot(), path), 'utf8');

/** What the page for tenants shows. */
function codeOf(language: Language): string {
  return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(read('docs/webhooks.md'))?.[1] ?? '';
}

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const BODY = '{"test": 2432232314}';
/** The published example of Standard Webhooks. */
const AT = 1_614_265_330;
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

interface Asked {
  body: string;
  timestamp: string;
  signature: string;
  now: number;
}

const GENUINE: Asked = { body: BODY, timestamp: String(AT), signature: SIGNATURE, now: AT };

const CASES: readonly [words: string, asked: Asked, isGenuine: boolean][] = [
  ['what we signed', GENUINE, true],
  ['one of several signatures', { ...GENUINE, signature: `v1,AAAA v1a,AAAA ${SIGNATURE}` }, true],
  ['another body', { ...GENUINE, body: '{"test": 2432232315}' }, false],
  ['another time', { ...GENUINE, timestamp: String(AT + 1) }, false],
  ['what is older than five minutes', { ...GENUINE, now: AT + 301 }, false],
  ['no time at all', { ...GENUINE, timestamp: '' }, false],
  ['no signature', { ...GENUINE, signature: '' }, false],
  ['a signature of another kind', { ...GENUINE, signature: SIGNATURE.replace('v1,', 'v1a,') }, false],
];

const ASKED = JSON.stringify(CASES.map(([, asked]) => asked));

/** Programs that ask the code about each case, and print what it says as JSON. */
const RUNS: Readonly<Record<Language, (folder: string) => string>> = {
  js: (folder) => {
    writeFileSync(join(folder, 'check.mjs'), codeOf('js'));
    const main = `import { isGenuine } from './check.mjs';
console.log(JSON.stringify(${ASKED}.map(({ body, timestamp, signature, now }) =>
  isGenuine(body, { 'webhook-id': '${ID}', 'webhook-timestamp': timestamp, 'webhook-signature': signature }, now))));`;
    writeFileSync(join(folder, 'main.mjs'), main);
    return run(process.execPath, ['main.mjs'], folder);
  },
  python: (folder) => {
    writeFileSync(join(folder, 'check.py'), codeOf('python'));
    const main = `import json, check
print(json.dumps([check.is_genuine(a["body"].encode(), {"webhook-id": "${ID}", "webhook-timestamp": a["timestamp"],
  "webhook-signature": a["signature"]}, a["now"]) for a in json.loads('''${ASKED.replaceAll('\\', '\\\\')}''')]))`;
    writeFileSync(join(folder, 'main.py'), main);
    return run('python3', ['main.py'], folder);
  },
  php: (folder) => {
    writeFileSync(join(folder, 'check.php'), codeOf('php'));
    const main = `<?php require 'check.php';
echo json_encode(array_map(fn ($a) => isGenuine($a['body'], ['webhook-id' => '${ID}', 'webhook-timestamp' => $a['timestamp'],
  'webhook-signature' => $a['signature']], $a['now']), json_decode(file_get_contents('asked.json'), true)));`;
    writeFileSync(join(folder, 'asked.json'), ASKED);
    writeFileSync(join(folder, 'main.php'), main);
    return run('php', ['main.php'], folder);
  },
  go: (folder) => {
    writeFileSync(join(folder, 'check.go'), codeOf('go').replace('package webhook', 'package main'));
    writeFileSync(join(folder, 'asked.json'), ASKED);
    writeFileSync(join(folder, 'go.mod'), 'module check\n\ngo 1.21\n');
    writeFileSync(join(folder, 'main.go'), GO_MAIN);
    return run('go', ['run', '.'], folder);
  },
};

const GO_MAIN = `package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"
)

func main() {
	text, _ := os.ReadFile("asked.json")
	var asked []struct {
		Body, Timestamp, Signature string
		Now                        int64
	}
	json.Unmarshal(text, &asked)
	said := []bool{}
	for _, a := range asked {
		headers := http.Header{}
		headers.Set("webhook-id", "${ID}")
		headers.Set("webhook-timestamp", a.Timestamp)
		headers.Set("webhook-signature", a.Signature)
		said = append(said, IsGenuine([]byte(a.Body), headers, time.Unix(a.Now, 0)))
	}
	out, _ := json.Marshal(said)
	fmt.Println(string(out))
}
`;

function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, WEBHOOK_SECRET: SECRET },
  });
}

function isHere(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Go has to build its library first, which takes half a minute where nothing is kept of the last time: asked for by name. */
const PROGRAMS: readonly [Language, boolean][] = [
  ['js', true],
  ['python', isHere('python3', ['--version'])],
  ['php', isHere('php', ['--version'])],
  ['go', process.env['VERIFY_GO'] === '1' && isHere('go', ['version'])],
];

describe('the code that checks a signature', () => {
  it('is asked about what the published example is signed with', () => {
    const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');
    const mac = createHmac('sha256', key).update(`${ID}.${AT}.${BODY}`).digest('base64');
    expect(`v1,${mac}`).toBe(SIGNATURE);
  });

  it.each(LANGUAGES)('is the same in the console: %s', (language) => {
    const escaped = codeOf(language).replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
    expect(escaped).not.toBe('');
    expect(read('apps/console/src/endpoints/verify-code.ts')).toContain(escaped);
  });

  for (const [language, isThere] of PROGRAMS) {
    const test = isThere ? it : it.skip;
    test(`tells what is genuine in ${language}`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'switchhook-verify-'));
      try {
        const said = JSON.parse(RUNS[language](folder)) as boolean[];
        const told = CASES.map(([words], index) => [words, said[index]]);
        expect(told).toEqual(CASES.map(([words, , isGenuine]) => [words, isGenuine]));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }, 120_000);
  }
});
