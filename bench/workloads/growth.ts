import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Ground } from '../growth/ground.js';
import { assertSpace } from '../growth/growth-sizes.js';
import { OBSERVED } from '../growth/statement-costs.js';
import { APPS } from '../stage/product.js';
import { openStage } from '../stage/stage.js';
import type { Workload } from './workload.js';

/** The same load at each size of the tables, on one installation that grows from one to the next. */
export const growth: Workload = {
  name: 'GROWTH',
  about:
    'the same load while tables grow by SQL in bulk (--sizes, --small): cost per event and plans at each size',
  rate: 200,
  run: async (surroundings) => {
    const { options, build } = surroundings;
    if (build.isFloor === true) throw new Error('The floor has no tables that grow.');
    if (options.standalone)
      throw new Error('GROWTH has to set up PostgreSQL, which standalone brings itself.');
    const { bavail, bsize } = await statfs(tmpdir());
    assertSpace(options.sizes, bavail * bsize);
    const stage = await openStage({ apps: APPS, fanOut: 1, serverSettings: OBSERVED }, surroundings);
    const ground = await Ground.open(stage, surroundings);
    for (const size of options.sizes) await ground.measureAt(size);
    return ground.result;
  },
};
