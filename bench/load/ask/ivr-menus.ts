/** What callers hear in the workload IVR. Each tenant's menu has names of its own, so that another's would be noticed. */
export const KEYS = [1, 2, 3] as const;

export function welcome(tenant: number): string {
  return `welcome-${String(tenant)}`;
}

/** Who is rung for a key. */
export function extensionFor(tenant: number, key: number): string {
  return String(1000 + 10 * tenant + key);
}

/** A flow as it is kept: welcome, a key, a call; what was pressed is remembered. */
export function ivrDocument(tenant: number): object {
  const digits = KEYS.map((key) => {
    const target = { type: 'extension', target: extensionFor(tenant, key) };
    return [key, { do: 'dial', targets: [target], remember: { pressed: '{digits}' } }];
  });
  return {
    start: 'main',
    menus: { main: { recording: welcome(tenant), digits: Object.fromEntries(digits) as object } },
  };
}
