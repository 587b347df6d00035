import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage, useOwnTexts } from '../texts/language';
import { useEditing } from './editing';
import { namesAt, pathText, valueAt } from './flow-document';
import { START, titleOf } from './flow-graph';
import { kindOf, slotsOfMenu, slotsOfStep, type Slot } from './flow-steps';
import { own } from './texts';

/** The flow as nested lists of buttons: the same as the diagram, for keyboard and screen readers. */
export function FlowOutline(): ReactNode {
  const texts = useOwnTexts(own);
  const { document } = useEditing();
  return (
    <Stack gap="xs" component="section" aria-label={texts.outline}>
      <Text size="sm" c="dimmed">
        {texts.outlineAbout}
      </Text>
      <ul className="flow-outline">
        <li>
          <Line item={START} text={texts.start} />
          <ul>
            <Slots of={[{ path: ['start'], by: 'then' }]} />
          </ul>
        </li>
        {namesAt(document, ['menus']).map((name) => (
          <li key={name}>
            <Line item={`menus.${name}`} text={texts.menuNamed(name)} />
            <ul>
              <Slots of={slotsOfMenu(document, name)} />
            </ul>
          </li>
        ))}
        {namesAt(document, ['hours']).map((name) => (
          <li key={name}>
            <Line item={`hours.${name}`} text={`${texts.hours}: ${name}`} />
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function Slots({ of }: { of: readonly Slot[] }): ReactNode {
  const texts = useOwnTexts(own);
  const { document } = useEditing();
  return of.map(({ path, by }) => {
    const step = valueAt(document, path) ?? undefined;
    const kind = kindOf(step);
    if (kind === undefined && step === undefined && by !== 'invalid' && path[0] !== 'start') return null;
    const inner = slotsOfStep(document, path);
    const words =
      kind === undefined ? (by === 'invalid' ? texts.kinds.hangup : texts.noStep) : texts.kinds[kind];
    const title = titleOf(step);
    return (
      <li key={pathText(path)}>
        <Line
          item={pathText(path)}
          by={texts.by[by] ?? by}
          text={title === '' ? words : `${words}: ${title}`}
        />
        {inner.length > 0 && (
          <ul>
            <Slots of={inner} />
          </ul>
        )}
      </li>
    );
  });
}

function Line({ item, by, text }: { item: string; by?: string; text: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { item: chosen, choose, problems, lit } = useEditing();
  const faults = problems.filter(({ path }) => path === item || path.startsWith(`${item}.`)).length;
  const isLit = lit !== null && (lit.nodes.has(item) || lit.edges.has(item));
  return (
    <button
      type="button"
      className="flow-line"
      data-lit={isLit}
      aria-current={chosen === item}
      onClick={() => {
        choose(item);
      }}
    >
      {by !== undefined && (
        <>
          <b>
            <bdi>{by}</bdi>
          </b>
          <span> → </span>
        </>
      )}
      <bdi>{text}</bdi>
      {faults > 0 && <span className="tone-bad"> ⚠ {texts.problems(faults.toLocaleString(language))}</span>}
    </button>
  );
}
