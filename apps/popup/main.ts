import { DbModule, assertMigrated } from '#db';
import { processEnv, runProcess, startProcess } from '#platform';
import { QueuesModule } from '#queues';
import { PopupModule } from './popup.module.js';

await runProcess('popup', async () => {
  const env = processEnv();
  const url = await assertMigrated(env.DATABASE_URL);
  return startProcess('popup', env, { imports: [DbModule.with(url), QueuesModule.with(url), PopupModule] });
});
