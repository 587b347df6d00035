// Writes .env.example from the table of settings; with --check says whether it is current.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformFileSync } from '@swc/core';

const FILE = fileURLToPath(new URL('../.env.example', import.meta.url));
const TABLE = fileURLToPath(new URL('../libs/platform/src/env/variables.ts', import.meta.url));

const HEAD = `# Every setting of Switchhook. A line that is commented out shows the default, or nothing when there is none.
# Made by \`npm run env:example\` from the table that the programs themselves read; do not edit.
`;

/** The table as it is written now; dist/ may be older. */
async function readTable() {
  const { code } = transformFileSync(TABLE, { sourceMaps: false });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

function envExample({ VARIABLES, VARIABLE_GROUPS }) {
  const variables = Object.entries(VARIABLES);
  const section = ([group, title]) => {
    const lines = variables
      .filter(([, variable]) => variable.group === group)
      .map(([name, variable]) => `# ${variable.about}\n#${name}=${variable.default ?? ''}\n`);
    return lines.length === 0 ? '' : `\n# == ${title} ==\n\n${lines.join('\n')}`;
  };
  return HEAD + Object.entries(VARIABLE_GROUPS).map(section).join('');
}

if (process.argv.includes('--help')) {
  process.stdout.write(
    'npm run env:example [-- --check]\n\nWrites .env.example, or says whether it is current.\n',
  );
  process.exit(0);
}

const wanted = envExample(await readTable());
if (process.argv.includes('--check')) {
  let found = '';
  try {
    found = readFileSync(FILE, 'utf8');
  } catch {
    // No file is an old file.
  }
  if (found !== wanted) {
    process.stderr.write('.env.example is not current: run `npm run env:example`.\n');
    process.exit(1);
  }
} else {
  writeFileSync(FILE, wanted);
}
