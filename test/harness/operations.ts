/** The operations of the API as its OpenAPI document has them, for tests that try something at each of them. */

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  minLength?: number;
  pattern?: string;
  example?: unknown;
  required?: string[];
  properties?: Record<string, Schema>;
  allOf?: Schema[];
}
interface DocumentedOperation {
  operationId: string;
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface Document {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, Schema> };
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  hasPathId: boolean;
  /** Names of what its query can be asked. */
  query: string[];
  /** Those that are times. */
  times: string[];
  body: Schema | undefined;
  /** Members of the body that are times. */
  bodyTimes: string[];
  /** Members that are objects of the caller's own. */
  objects: string[];
  /** Members that may be left out and cannot be null, or that must be there. */
  notNull: string[];
  /** Members that are texts and may not be empty. */
  texts: string[];
}

export function operationsOf(document: unknown): Operation[] {
  const { paths, components } = document as Document;
  const resolved = (schema: Schema | undefined): Schema | undefined =>
    schema?.$ref === undefined ? schema : components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): Operation => {
      const asked = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
      const body = resolved(operation.requestBody?.content['application/json']?.schema);
      const members = Object.entries(body?.properties ?? {});
      const named = (isWanted: (schema: Schema) => boolean) =>
        members.filter(([, schema]) => isWanted(schema)).map(([name]) => name);
      return {
        id: operation.operationId,
        method,
        path,
        hasPathId: path.includes('{'),
        query: asked.map(({ name }) => name),
        times: asked.filter(({ schema }) => schema.format === 'date-time').map(({ name }) => name),
        body,
        bodyTimes: named(({ format }) => format === 'date-time'),
        objects: named((schema) => schema.$ref === undefined && typesOf(schema).includes('object')),
        notNull: named((schema) => !typesOf(schema).includes('null')),
        texts: named(
          ({ type, minLength = 0, ...schema }) =>
            typesOf({ type: type ?? 'object' }).includes('string') &&
            minLength > 0 &&
            schema.enum === undefined,
        ),
      };
    }),
  );
}

function typesOf({ type = [] }: Schema): string[] {
  return [type].flat();
}

/** A path about things that there are not, all of them named as such things are. */
export function pathOfNobody(path: string): string {
  return path.replaceAll(/\{([^}]+)\}/g, (_, name) =>
    ['eventId', 'index'].includes(String(name)) ? '1' : crypto.randomUUID(),
  );
}

/** @param text  in place of every parameter of the path */
export function pathWith(path: string, text: string): string {
  return path.replaceAll(/\{[^}]+\}/g, text);
}

/** What the document gives as examples of the members that must be there. */
export function sampleBody({ body }: Operation): Record<string, unknown> {
  const { required = [], properties = {} } = body ?? {};
  return Object.fromEntries(
    required.map((name) => [name, properties[name]?.example ?? properties[name]?.enum?.[0] ?? 'x']),
  );
}
