import type { CallScript } from './call-script.js';

/** The call as it goes when it is hung up while the caller is still in the menu. @param at  seconds since its start */
export function cutShort(script: CallScript, at: number): CallScript {
  const menu = script.menu && {
    ...script.menu,
    presses: script.menu.presses.filter((press) => press.at <= at),
  };
  const parts = script.parts.filter(({ from }) => from < at);
  return { ...script, menu, parts, queue: null, voicemailFrom: null, until: Math.max(1, at) };
}
