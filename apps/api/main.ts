import { DbModule, TenantScopeModule, assertMigrated } from '#db';
import { processEnv, runProcess, startProcess } from '#platform';
import { QueuesModule } from '#queues';
import { ApiModule, ensureFirstStart, prepareApi } from './api.module.js';
import { pagesUrl, type FirstStart } from './first-start.js';

await runProcess('api', async () => {
  const env = processEnv();
  const url = await assertMigrated(env.DATABASE_URL);
  const imports = [DbModule.with(url), TenantScopeModule.with(url), QueuesModule.with(url), ApiModule];
  let first: FirstStart | null = null as FirstStart | null;
  const running = await startProcess('api', env, {
    imports,
    prepare: async (app) => {
      prepareApi(app);
      first = await ensureFirstStart(app);
    },
  });
  if (first !== null) {
    const say = (line: string): void => void process.stderr.write(`switchhook api: ${line}\n`);
    // A key that came from ADMIN_KEY is known to whoever set it.
    if (env.ADMIN_KEY === undefined) say(`the operator's key, shown this once: ${first.operatorKey}`);
    say(`the first operator signs in at ${pagesUrl(env, running.url)}${first.setupPath}`);
  }
  return running;
});
