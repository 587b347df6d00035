/** A field of the CRM, and what of the call goes there. */
export interface MappingRow {
  field: string;
  from: string;
}

const WRAPPED = '$number';

/**
 * What the settings of the generic connector write where: a row for each member of the request that logs a call.
 *
 * @param settings  `formatSettings`
 */
export function mappingRows(settings: Readonly<Record<string, unknown>>): MappingRow[] {
  const request = memberOf(memberOf(settings, 'log'), 'request');
  return ['json', 'form', 'query'].flatMap((part) => rowsOf(memberOf(request, part), ''));
}

function rowsOf(value: unknown, above: string): MappingRow[] {
  if (typeof value === 'string') return [{ field: above, from: value }];
  if (typeof value === 'number' || typeof value === 'boolean') return [{ field: above, from: String(value) }];
  if (Array.isArray(value)) return value.flatMap((one, index) => rowsOf(one, `${above}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === WRAPPED ? rowsOf(inner, above) : rowsOf(inner, above === '' ? name : `${above}.${name}`),
  );
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[name];
}
