import { Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { linesOf } from './lines-of';
import { MoreButton } from './more-button';
import { NewPortalLink } from './new-portal-link';
import { Part } from './part';
import { own } from './portals-texts';
import { SendForm } from './send-form';
import { own as words } from './texts';

/** What the tenant shows of itself inside other pages. */
export function PortalsPart({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const settings = useQuery({
    queryKey: ['settings', tenant, 'portal-origins'],
    queryFn: ({ signal }) => ask('portalSettings.get', { tenant, signal }),
  });
  return (
    <>
      <Part title={texts.origins}>
        <Loaded query={settings}>{({ origins }) => <Origins origins={origins} tenant={tenant} />}</Loaded>
      </Part>
      <Part title={texts.make}>
        <Text size="sm">{texts.about}</Text>
        <NewPortalLink tenant={tenant} />
      </Part>
      <Part title={texts.live}>
        <LivePortals tenant={tenant} />
      </Part>
    </>
  );
}

function Origins({ origins, tenant }: { origins: readonly string[]; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { kept } = useOwnTexts(words);
  const [lines, setLines] = useState(origins.join('\n'));
  return (
    <SendForm
      label={texts.save}
      done={kept}
      send={() => ask('portalSettings.put', { body: { origins: linesOf(lines) }, tenant })}
      stale={[['settings', tenant, 'portal-origins']]}
    >
      <Textarea
        className="wide"
        label={texts.origins}
        description={texts.originsAbout}
        dir="ltr"
        autosize
        minRows={2}
        value={lines}
        onChange={({ currentTarget }) => {
          setLines(currentTarget.value);
        }}
      />
    </SendForm>
  );
}

function LivePortals({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { rows, query } = usePages(['settings', tenant, 'portals'], (cursor, signal) =>
    ask('portals.list', { query: { limit: 50, cursor }, tenant, signal }),
  );
  return (
    <Listed error={query.error} retry={query.refetch} count={rows?.length} none={texts.none}>
      <ul className="settings-rows">
        {rows?.map(({ id, areas, readOnly, openedAt, endsAt }) => (
          <li key={id}>
            <div className="settings-what">
              {areas.map((area) => texts.areaWords[area]).join(', ')}
              {readOnly && ` · ${texts.onlyShows}`}
              <Text size="sm" c="dimmed" component="div">
                {openedAt === null ? (
                  texts.unused
                ) : (
                  <>
                    {texts.openedAt} <TimeText at={openedAt} />
                  </>
                )}{' '}
                · {texts.endsAt} <TimeText at={endsAt} />
              </Text>
            </div>
            <ActionButton
              label={texts.end}
              color="red"
              variant="outline"
              confirm={texts.endConfirm}
              act={() => ask('portals.end', { path: { id }, tenant })}
              stale={[['settings', tenant, 'portals']]}
            />
          </li>
        ))}
      </ul>
      <MoreButton query={query} />
    </Listed>
  );
}
