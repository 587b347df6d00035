import type { Facade, FacadeRoute } from './facade.js';
import { globalexApi } from './globalex/api/globalex-api.js';
import { voicenterApi } from './voicenter/api/voicenter-api.js';
import { voipnowApi } from './voipnow/api/voipnow-api.js';

/** Every vendor's request API that we serve, one line each. */
export const FACADES: readonly Facade[] = [globalexApi, voicenterApi, voipnowApi];

const byName = new Map(FACADES.map((facade) => [facade.name, facade]));

/** Undefined for a name that no facade has. */
export function facadeNamed(name: string): Facade | undefined {
  return byName.get(name);
}

export interface FoundRoute {
  facade: Facade;
  route: FacadeRoute;
}

/** Whose path it is, whatever its case and whether or not it ends in a slash; undefined for nobody's. */
export function routeOf(path: string): FoundRoute | undefined {
  const segments = segmentsOf(path);
  for (const facade of FACADES) {
    const route = facade.routes.find(({ paths }) =>
      paths.some((pattern) => fits(segmentsOf(pattern), segments)),
    );
    if (route) return { facade, route };
  }
  return undefined;
}

function segmentsOf(path: string): string[] {
  return path.toLowerCase().replace(/\/+$/, '').split('/').slice(1);
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => (part === '*' ? segments[index] !== '' : part === segments[index]))
  );
}
