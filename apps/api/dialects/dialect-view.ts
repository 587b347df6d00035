import type { Dialect } from '#dialects';
import type { ConnectionKind, DialectDto } from './dialect.dto.js';

/** A dialect as the API tells of it. */
export function dialectView(dialect: Dialect): DialectDto {
  const { name, guide, defaultTimeZone: timeZone, defaultCountry: country, defaultEpochs: epochs } = dialect;
  return {
    name,
    title: guide.title,
    kind: kindOf(dialect),
    steps: [...guide.steps],
    routes: [...guide.routes],
    defaults: { timeZone, country, epochs },
    settings: (guide.settings ?? []).map((setting) => ({ ...setting, values: [...setting.values] })),
  };
}

export function kindOf({ socket }: Pick<Dialect, 'socket'>): ConnectionKind {
  return socket === undefined ? 'webhook' : 'socket';
}
