import { DbModule, TenantScopeModule, assertMigrated } from '#db';
import { processEnv, runProcess, startProcess } from '#platform';
import { QueuesModule } from '#queues';
import { ApiModule, ensureFirstStart, prepareApi } from './api.module.js';
import { pagesUrl } from './first-start.js';

await runProcess('api', async () => {
  const env = processEnv();
  const url = await assertMigrated(env.DATABASE_URL);
  const imports = [DbModule.with(url), TenantScopeModule.with(url), QueuesModule.with(url), ApiModule];
  return startProcess('api', env, {
    imports,
    prepare: async (app) => {
      prepareApi(app);
      const first = await ensureFirstStart(app);
      if (first === null) return;
      // Before it listens: what is shown once must be shown also where the port turns out to be taken.
      const say = (line: string): void => void process.stderr.write(`switchhook api: ${line}\n`);
      // A key that came from ADMIN_KEY is known to whoever set it.
      if (env.ADMIN_KEY === undefined) say(`the operator's key, shown this once: ${first.operatorKey}`);
      const here = `http://localhost:${String(env.PORT)}`;
      say(`the first operator signs in at ${pagesUrl(env, here)}${first.setupPath}`);
    },
  });
});
