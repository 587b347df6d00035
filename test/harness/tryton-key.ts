import type { RealCrm } from './real-crm.js';

/** A key for Tryton's REST API, made as its user would make one in the client. */
export async function trytonKey(server: RealCrm): Promise<string> {
  const password = server.read('pw');
  const [user, session] = (await ask(server, 'common.db.login', ['admin', { password }, 'en'])) as [
    number,
    string,
  ];
  const authorization = `Session ${Buffer.from(`admin:${String(user)}:${session}`).toString('base64')}`;
  const model = (method: string, ...params: unknown[]) =>
    ask(server, `model.res.user.application.${method}`, [...params, {}], authorization);
  const [id] = (await model('create', [{ user, application: 'rest' }])) as [number];
  const [{ key }] = (await model('read', [id], ['key'])) as [{ key: string }];
  return key;
}

async function ask(
  { url }: RealCrm,
  method: string,
  params: unknown[],
  authorization?: string,
): Promise<unknown> {
  const answer = await fetch(`${url}/crm/rpc/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
    body: JSON.stringify({ id: 1, method, params }),
  });
  const { result } = (await answer.json()) as { result: unknown };
  return result;
}
