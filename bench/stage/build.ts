/** Which build of the product is measured: this checkout's, or another commit's that was built beside it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#platform';

export interface Build {
  /** How it is called in what is printed. */
  name: string;
  /** The folder that holds its `dist` and `node_modules`. */
  root: string;
  /** Not the product, but the bare pipeline beside it. */
  isFloor?: true;
}

export function ownBuild(): Build {
  return { name: 'this build', root: projectRoot() };
}

export function floorBuild(): Build {
  return { name: 'the floor', root: projectRoot(), isFloor: true };
}

/** An older build that is compared with this one may lack an app. */
export function hasProgram({ root }: Build, app: string): boolean {
  return existsSync(join(root, 'dist', 'apps', app, 'main.js'));
}

/**
 * @param app  such as `ingress`; with another file than `main.js` where it has several programs
 * @throws Error when it was not built
 */
export function programOf({ root }: Build, app: string, file = 'main.js'): string {
  const program = join(root, 'dist', 'apps', app, file);
  if (!existsSync(program)) throw new Error(`There is no ${program}: run npm run build first.`);
  return program;
}
