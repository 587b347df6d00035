// Lints the OpenAPI document by the rules of redocly.yaml. `node tools/openapi-lint.mjs [file]`
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = process.argv[2] ?? join(root, 'docs/openapi.json');

const { status, stdout, stderr } = spawnSync(
  process.execPath,
  ['node_modules/@redocly/cli/bin/cli.js', 'lint', '--config', 'redocly.yaml', '--format', 'stylish', file],
  {
    cwd: root,
    encoding: 'utf8',
    // Else it asks the registry for a newer version of itself, and tells its makers that it was used.
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  },
);
// What it writes to stderr beside its sentence at the end is an advertisement of newer versions of Node.
process.stdout.write(status === 0 ? '' : stdout || stderr);
process.exitCode = status ?? 1;
