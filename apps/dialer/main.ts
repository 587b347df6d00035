import { DbModule, assertMigrated } from '#db';
import { processEnv, runProcess, startProcess, yieldToIngress } from '#platform';
import { QueuesModule } from '#queues';
import { DialerModule } from './dialer.module.js';

yieldToIngress();
await runProcess('dialer', async () => {
  const env = processEnv();
  const url = await assertMigrated(env.DATABASE_URL);
  return startProcess('dialer', env, { imports: [DbModule.with(url), QueuesModule.with(url), DialerModule] });
});
