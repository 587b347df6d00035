import { isLoopbackAddress, processEnv, runProcess } from '#platform';
import { startStandalone } from './start-standalone.js';

const HELP = `npm start

Runs Switchhook in one process on a PostgreSQL of its own, with its data in DATA_DIR (.data).
Settings are environment variables; .env.example lists them.
`;

if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
} else {
  await runProcess('standalone', async () => {
    const say = (line: string): void => void process.stderr.write(`switchhook: ${line}\n`);
    const standalone = await startStandalone(processEnv(), say);
    const { HOST: host, PUBLIC_URL: publicUrl } = standalone.env;
    if (standalone.operatorKey !== null) {
      say(`the operator's key, shown this once: ${standalone.operatorKey}`);
    }
    if (standalone.setupUrl !== null) say(`the first operator signs in at ${standalone.setupUrl}`);
    if (isLoopbackAddress(host)) say(`only this machine reaches it; HOST=0.0.0.0 opens it to others`);
    say(`ready at ${publicUrl ?? standalone.url} (API documentation at /docs)`);
    return standalone;
  });
}
