/** `npm run bench:parse`: what it costs to read each example message of the dialects and to make a leg of ours of it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { instant, normaliseLeg } from '#domain';
import { DIALECTS, type Dialect, type InboundRequest } from '#dialects';
import { projectRoot } from '#platform';
import { percentiles } from '../apps/simulator/index.js';

const HELP = `npm run bench:parse -- [--runs <n>] [--json]

Reads every example in libs/dialects/src/<vendor>/fixtures <n> times (default 5000) after as many to warm up, and tells the
microseconds of one message: from its bytes to the legs that a call is folded from.`;

interface Sample {
  name: string;
  dialect: Dialect;
  request: InboundRequest;
}

function samples(): Sample[] {
  return DIALECTS.flatMap((dialect) =>
    dialect.routes.flatMap((route) => {
      const folder = join(projectRoot(), 'libs/dialects/src', dialect.name, 'fixtures', route);
      return readdirSync(folder)
        .filter((file) => !file.includes('.unreadable.'))
        .map((file) => {
          const bytes = readFileSync(join(folder, file));
          const asked = file.endsWith('.query');
          const query = asked ? bytes.toString().trimEnd() : '';
          const body = asked ? new Uint8Array() : bytes;
          const method = asked ? 'GET' : 'POST';
          const request = { method, route, query, headers: {}, body };
          return { name: `${dialect.name}/${route}/${file}`, dialect, request };
        });
    }),
  );
}

function readOnce({ dialect, request }: Sample): number {
  const context = {
    epochs: dialect.defaultEpochs,
    timeZone: dialect.defaultTimeZone,
    country: dialect.defaultCountry,
  };
  const startedAt = performance.now();
  const reading = dialect.read(request, {});
  if (!reading.ok) throw new Error(reading.reason);
  for (const report of reading.reports) normaliseLeg(report, context, instant(0));
  return (performance.now() - startedAt) * 1000;
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5000' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${HELP}\n`);
} else {
  const runs = Math.max(1, Math.round(Number(values.runs)) || 1);
  const times = samples().map((sample) => {
    for (let run = 0; run < runs; run += 1) readOnce(sample);
    const microseconds = percentiles(Array.from({ length: runs }, () => readOnce(sample)));
    const { p50, p95, p99 } = microseconds;
    return {
      name: sample.name,
      bytes: sample.request.body.length + sample.request.query.length,
      p50,
      p95,
      p99,
    };
  });
  for (const { name, bytes, p50, p95, p99 } of values.json ? [] : times) {
    const numbers = [p50, p95, p99].map((value) => value.toFixed(1).padStart(8)).join('');
    process.stdout.write(`${name.padEnd(52)}${String(bytes).padStart(7)} bytes${numbers} µs\n`);
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ runs, microseconds: times })}\n`);
}
