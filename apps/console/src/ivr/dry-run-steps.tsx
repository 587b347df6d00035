import type { DryRun, IvrAction, IvrPrompt } from '#flows';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { own, type IvrTexts } from './texts';

/** What the caller hears and does, line by line. */
export function DryRunSteps({ run }: { run: DryRun }): ReactNode {
  const texts = useOwnTexts(own);
  const { phone } = texts;
  return (
    <ol className="flow-heard" aria-label={phone.transcript} aria-live="polite">
      {run.steps.map(({ menu, digits, answer }, at) => (
        <li key={at}>
          {menu !== null && isPress(menu) && (
            <Text size="sm" fw={600}>
              {digits === null ? phone.pressedNothing : phone.pressed(`\u2068${digits}\u2069`)}
            </Text>
          )}
          <Text size="sm">
            <bdi>{actionText(answer.action, texts)}</bdi>
          </Text>
          {Object.entries(answer.customData).map(([name, value]) => (
            <Text size="sm" c="dimmed" key={name}>
              {phone.remembers}: <bdi>{name}</bdi> = <bdi>{value}</bdi>
            </Text>
          ))}
        </li>
      ))}
      <li>
        <Text size="sm" fw={600} className={run.ended === 'waiting' ? 'tone-waiting' : 'tone-good'}>
          {phone.ends[run.ended]}
        </Text>
      </li>
    </ol>
  );
}

/** A place that is no menu is asked about without anything having been pressed. */
function isPress(menu: string): boolean {
  return menu.split('~').length < 3 && !menu.startsWith('~');
}

function actionText(action: IvrAction, { phone, menuNamed, kinds }: IvrTexts): string {
  switch (action.do) {
    case 'menu': {
      const heard = promptsText(action.prompts, phone);
      return isPress(action.menu) ? `${menuNamed(action.menu)}: ${heard}` : heard;
    }
    case 'dial': {
      const who = [...action.targets.map(({ target }) => target), ...action.dialStrings].join(', ');
      return `${phone.rings}: ${who}`;
    }
    case 'say':
      return promptsText(action.prompts, phone);
    case 'layer':
      return `${kinds.layer}: ${action.layer.toString()}`;
    case 'record':
    case 'hangup':
      return action.recording === null ? kinds[action.do] : `${phone.heard}: ${action.recording}`;
    case 'fallback':
      return kinds.fallback;
  }
}

function promptsText(prompts: readonly IvrPrompt[], phone: IvrTexts['phone']): string {
  if (prompts.length === 0) return phone.silent;
  return `${phone.heard}: ${prompts.map((prompt) => Object.values(prompt).at(-1)).join(', ')}`;
}
