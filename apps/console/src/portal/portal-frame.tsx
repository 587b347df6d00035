import { Button, Group, Text } from '@mantine/core';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useRef, type ReactNode } from 'react';
import { useDoorbells } from '../app/live';
import type { Portal } from '../app/portal';
import { momentText, ownZone } from '../list/zoned-time';
import { useLanguage, useOwnTexts, useTexts } from '../texts/language';
import './portal.css';
import { portalPlaces, type PortalPlace } from './portal-places';
import { leavePortal } from './portal-session';
import { own } from './texts';
import { useLook } from './use-look';
import { useToldHeight } from './use-told-height';

/** What is around the screens of a portal: only what it is for, in the colours of whoever shows it. */
export function PortalFrame({ portal }: { portal: Portal }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const whole = useRef<HTMLDivElement>(null);
  useLook(portal.look);
  useToldHeight(whole, portal.origins);
  const places = portalPlaces(portal.areas);
  const { logoUrl } = portal.look;
  return (
    <div className="portal" ref={whole}>
      <Group component="header" className="portal-head" justify="space-between" gap="xs">
        <Group gap="xs">
          {logoUrl !== undefined && <img className="portal-logo" src={logoUrl} alt={texts.logo} />}
          {places.length > 1 && <Places places={places} tenant={portal.tenantId} />}
        </Group>
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            {portal.readOnly && `${texts.readOnly} `}
            <time dateTime={portal.endsAt}>
              {texts.until(momentText(portal.endsAt, language, false, ownZone()))}
            </time>
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => void leavePortal()}>
            {texts.leave}
          </Button>
        </Group>
      </Group>
      <main className="portal-main" id="content">
        <Outlet />
      </main>
      <Doorbells portal={portal} />
    </div>
  );
}

function Places({ places, tenant }: { places: readonly PortalPlace[]; tenant: string }): ReactNode {
  const { places: words } = useTexts();
  const texts = useOwnTexts(own);
  const path = useRouterState({ select: ({ location: { pathname } }) => pathname });
  return (
    <nav aria-label={texts.areas} className="portal-places">
      {places.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          params={{ tenant }}
          aria-current={path.startsWith(to.replace('$tenant', tenant)) ? 'page' : undefined}
        >
          {label === 'agent' ? texts.agent : words[label]}
        </Link>
      ))}
    </nav>
  );
}

/** Only a portal of calls hears that lists changed; the others ask again and again. */
function Doorbells({ portal: { tenantId, areas } }: { portal: Portal }): ReactNode {
  useDoorbells(tenantId, areas.includes('calls'));
  return null;
}
