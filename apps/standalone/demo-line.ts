/** One call's way through the product, as the demo shows it. */
export interface ShownCall {
  vendor: string;
  scenario: string;
  direction: string;
  from: string;
  to: string;
  result: string;
  talkSeconds: number | null;
  /** How the first word of it went, in milliseconds since the PBX sent it. */
  receivedMs: number;
  enrichedMs: number;
  deliveredMs: number;
  tries: number;
}

const COLOURS = { dim: 2, green: 32, yellow: 33, cyan: 36 } as const;

/** @param colour  false where nobody reads it in a terminal */
export function demoLine(call: ShownCall, colour: boolean): string {
  const paint = (name: keyof typeof COLOURS, text: string): string =>
    colour ? `\x1b[${String(COLOURS[name])}m${text}\x1b[0m` : text;
  const talk = call.talkSeconds === null ? '' : ` ${clock(call.talkSeconds)}`;
  const who = `${call.direction.padEnd(8)} ${call.from.padStart(14)} -> ${call.to.padEnd(14)}`;
  const what = `${call.result}${talk}`.padEnd(17);
  const way = [
    `received ${ms(call.receivedMs)}`,
    `enriched ${ms(call.enrichedMs)}`,
    `delivered ${ms(call.deliveredMs)}`,
  ].join(paint('dim', ' > '));
  const tries = call.tries > 1 ? paint('yellow', `  after ${String(call.tries)} tries`) : '';
  return `${paint('cyan', call.vendor.padEnd(9))} ${call.scenario.padEnd(17)} ${who} ${paint('green', what)} ${way}${tries}`;
}

function ms(value: number): string {
  return `${String(Math.max(0, Math.round(value))).padStart(4)} ms`;
}

function clock(seconds: number): string {
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}
