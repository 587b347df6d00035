import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { NeedDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { useRole } from '../app/use-role';
import { ActionButton } from '../page/action-button';
import { isolated } from '../texts/isolated';
import { useLanguage, useOwnTexts } from '../texts/language';
import { nowMs } from '../page/now-ms';
import { LinkButton } from './link-button';
import { counted, countedReceipts } from './need-words';
import { own } from './texts';

interface NeedProps {
  tenant: string;
  need: NeedDto;
}

const DAY_MS = 86_400_000;

/** What to press now: what mends it where that is one step, else where it is mended. */
export function NeedButtons({ tenant, need }: NeedProps): ReactNode {
  const texts = useOwnTexts(own);
  switch (need.code) {
    case 'endpoint.disabled':
      return <Enable tenant={tenant} need={need} />;
    case 'endpoint.failing':
    case 'endpoint.backlog':
      return (
        <LinkButton
          variant="default"
          to="/t/$tenant/deliveries"
          params={{ tenant }}
          search={{ state: 'due', ...(need.subject.id === null ? {} : { endpointId: need.subject.id }) }}
        >
          {texts.see}
        </LinkButton>
      );
    case 'deliveries.dead':
      return <RetryDead tenant={tenant} need={need} />;
    case 'receipts.unparsed':
    case 'receipts.set_aside':
      return <ReadAgain tenant={tenant} need={need} />;
    case 'webhooks.none':
    case 'socket.never':
      return <OpenSubject tenant={tenant} need={need} label={texts.setUp} />;
    default:
      return <OpenSubject tenant={tenant} need={need} label={texts.open} />;
  }
}

/** The name of what a need is about, which leads there. */
export function SubjectLink({
  tenant,
  subject: { type, id, name },
}: {
  tenant: string;
  subject: NeedDto['subject'];
}): ReactNode {
  if (id === null || type === 'tenant') return null;
  const text = <bdi>{name ?? id}</bdi>;
  if (type === 'endpoint')
    return (
      <TextLink fw={600} to="/t/$tenant/endpoints/$endpointId" params={{ tenant, endpointId: id }}>
        {text}
      </TextLink>
    );
  if (type === 'connection')
    return (
      <TextLink fw={600} to="/t/$tenant/connections/$connectionId" params={{ tenant, connectionId: id }}>
        {text}
      </TextLink>
    );
  return <Text fw={600}>{text}</Text>;
}

function OpenSubject({ tenant, need: { subject }, label }: NeedProps & { label: string }): ReactNode {
  const { type, id } = subject;
  if (type === 'endpoint' && id !== null)
    return (
      <LinkButton variant="default" to="/t/$tenant/endpoints/$endpointId" params={{ tenant, endpointId: id }}>
        {label}
      </LinkButton>
    );
  if (type === 'connection' && id !== null)
    return (
      <LinkButton
        variant="default"
        to="/t/$tenant/connections/$connectionId"
        params={{ tenant, connectionId: id }}
      >
        {label}
      </LinkButton>
    );
  return (
    <LinkButton variant="default" to="/t/$tenant/settings" params={{ tenant }}>
      {label}
    </LinkButton>
  );
}

function Enable({ tenant, need }: NeedProps): ReactNode {
  const texts = useOwnTexts(own);
  const role = useRole(tenant);
  const { id, name } = need.subject;
  if (id === null || (role !== 'operator' && role !== 'admin'))
    return <OpenSubject tenant={tenant} need={need} label={texts.open} />;
  return (
    <ActionButton
      label={texts.enable}
      confirm={texts.enableAsk(isolated(name ?? id))}
      act={() => ask('endpoints.enable', { path: { id }, body: { held: 'drain' }, tenant })}
      stale={[['figures', tenant]]}
    />
  );
}

function RetryDead({ tenant, need }: NeedProps): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  return (
    <>
      <LinkButton variant="default" to="/t/$tenant/deliveries" params={{ tenant }} search={{ state: 'dead' }}>
        {texts.seeDead}
      </LinkButton>
      <ActionButton
        label={texts.retryAll}
        confirm={texts.retryAsk(counted('deliveriesOf', need.params, { texts, language }))}
        act={() =>
          ask('deliveries.retryAll', {
            body: { from: new Date(nowMs() - DAY_MS).toISOString() },
            tenant,
          })
        }
        done={texts.retried}
        stale={[['figures', tenant]]}
      />
    </>
  );
}

function ReadAgain({ tenant, need }: NeedProps): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { id } = need.subject;
  if (id === null) return null;
  const state = need.code === 'receipts.unparsed' ? 'unparsed' : 'set_aside';
  return (
    <>
      <OpenSubject tenant={tenant} need={need} label={texts.open} />
      <ActionButton
        label={texts.replay}
        confirm={texts.replayAsk(countedReceipts(need.params, { texts, language }))}
        act={() => ask('connectionReceipts.replay', { path: { id }, body: { state }, tenant })}
        stale={[['figures', tenant]]}
      />
    </>
  );
}
