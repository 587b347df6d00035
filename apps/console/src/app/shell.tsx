import { AppShell, Badge, Burger, Button, Group, NativeSelect, NavLink, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useParams, useRouter, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { SessionDto } from '../api/operations';
import { Problem } from '../api/problem';
import { ZoneProvider } from '../list/zone';
import { isolated } from '../texts/isolated';
import { useTexts } from '../texts/language';
import { AccountButton } from './account-button';
import { KeyBoard } from './key-board';
import { useDoorbells } from './live';
import { PLACES, roleIn } from './navigation';
import { usePortal } from './portal';
import { ProblemNotice } from './problem-notice';
import { SESSION } from './session';
import { MenuLink } from './text-link';

/** What is around every screen of who is signed in; who is not is sent to sign in. A portal has a frame of its own. */
export function Shell(): ReactNode {
  return usePortal() === null ? <SessionShell /> : <Outlet />;
}

function SessionShell(): ReactNode {
  const texts = useTexts();
  const session = useQuery(SESSION);
  const [opened, { toggle, close }] = useDisclosure();
  const { tenant } = useParams({ strict: false });
  // A screen on a wall has nothing around it.
  const isOnWall = useRouterState({ select: ({ location }) => 'tv' in location.search });
  useSignInFirst(session.error);
  if (session.data === undefined) {
    const shown = session.error !== null && !isSignedOut(session.error);
    return shown ? <ProblemNotice error={session.error} retry={session.refetch} /> : null;
  }
  if (isOnWall) {
    return (
      <main id="content">
        <Outlet />
      </main>
    );
  }
  return (
    <ZoneProvider tenant={tenant}>
      <AppShell
        header={{ height: 52 }}
        navbar={{ width: 210, breakpoint: 'sm', collapsed: { mobile: !opened } }}
        padding="md"
      >
        <a className="skip" href="#content">
          {texts.shell.skip}
        </a>
        <AppShell.Header>
          <Group h="100%" px="md" justify="space-between" wrap="nowrap">
            <Group gap="sm" wrap="nowrap">
              <Burger
                opened={opened}
                onClick={toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={texts.shell.menu}
              />
              <Text fw={700} component={Link} to="/" c="inherit" td="none" visibleFrom="xs">
                Switchhook
              </Text>
              <TenantSwitcher />
            </Group>
            <Group gap="xs" wrap="nowrap">
              {tenant !== undefined && <Search tenant={tenant} />}
              <Account name={session.data.user.name} />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs" className="places-bar" aria-label={texts.shell.navigation}>
          <div onClick={close}>
            <Navigation tenant={tenant} memberships={session.data.memberships} />
          </div>
          {tenant !== undefined && <LiveMark tenant={tenant} />}
        </AppShell.Navbar>
        <AppShell.Main id="content">
          {tenant !== undefined && <ActingFor tenant={tenant} memberships={session.data.memberships} />}
          <Outlet />
        </AppShell.Main>
      </AppShell>
    </ZoneProvider>
  );
}

type Seen = Pick<SessionDto, 'memberships'>;

function isSignedOut(error: unknown): boolean {
  return error instanceof Problem && error.status === 401;
}

/** Once for each refusal: on its way to the sign-in page the address is already another one. */
function useSignInFirst(error: unknown): void {
  const router = useRouter();
  useEffect(() => {
    const { href } = router.latestLocation;
    if (isSignedOut(error) && !href.startsWith('/sign-in')) {
      void router.navigate({ to: '/sign-in', search: { to: href }, replace: true });
    }
  }, [error, router]);
}

function Navigation({ tenant, memberships }: { tenant: string | undefined } & Seen): ReactNode {
  const { shell, places } = useTexts();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const role = tenant === undefined ? null : roleIn(memberships, tenant);
  return (
    <>
      {tenant !== undefined &&
        PLACES.map((group) => (
          <div key={group[0].to} className="places">
            {group
              .filter(({ roles }) => roles.some((one) => one === role))
              .map(({ to, label }) => (
                <MenuLink
                  key={to}
                  to={to}
                  params={{ tenant }}
                  label={places[label]}
                  active={path.startsWith(to.replace('$tenant', tenant))}
                />
              ))}
          </div>
        ))}
      {roleIn(memberships, '') === 'operator' && (
        <MenuLink to="/operator" label={shell.tenants} active={path === '/operator'} />
      )}
      <NavLink component="a" href="/docs" target="_blank" label={shell.docs} />
    </>
  );
}

function LiveMark({ tenant }: { tenant: string }): ReactNode {
  const { shell } = useTexts();
  const connected = useDoorbells(tenant);
  return (
    <Text size="xs" mt="auto" p="xs" className={connected ? 'tone-good' : 'tone-waiting'} role="status">
      {connected ? `● ${shell.live}` : `○ ${shell.polling}`}
    </Text>
  );
}

/** Whoever looks after all tenants is told whose this is. */
function ActingFor({ tenant, memberships }: { tenant: string } & Seen): ReactNode {
  const { shell } = useTexts();
  const { data } = useQuery({ ...TENANTS, enabled: isStranger(memberships, tenant) });
  if (!isStranger(memberships, tenant)) return null;
  const name = data?.data.find(({ id }) => id === tenant)?.name ?? tenant;
  return (
    <p className="acting" role="note">
      <span>{shell.actFor(isolated(name))}</span>
      <Link to="/operator">{shell.leave}</Link>
    </p>
  );
}

/** An operator who is no member of the tenant. */
function isStranger(memberships: Seen['memberships'], tenant: string): boolean {
  return roleIn(memberships, '') === 'operator' && !memberships.some(({ tenantId }) => tenantId === tenant);
}

const TENANTS = queryOptions({
  queryKey: ['tenants', 'switcher'],
  queryFn: ({ signal }) => ask('tenants.list', { query: { limit: 200 }, signal }),
});

/** Operators choose among all tenants, others among their own. */
function TenantSwitcher(): ReactNode {
  const texts = useTexts();
  const navigate = useNavigate();
  const { tenant } = useParams({ strict: false });
  const { memberships = [] } = useQuery(SESSION).data ?? {};
  const isOperator = memberships.some(({ role }) => role === 'operator');
  const all = useQuery({ ...TENANTS, enabled: isOperator });
  const own = memberships.flatMap(({ tenantId, tenantName }) =>
    tenantId === null ? [] : [{ value: tenantId, label: tenantName ?? tenantId }],
  );
  const choices = isOperator
    ? (all.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
    : own;
  if (tenant === undefined) return null;
  if (choices.length < 2)
    return (
      <Badge variant="default" tt="none">
        {choices[0]?.label ?? texts.shell.tenant}
      </Badge>
    );
  return (
    <NativeSelect
      aria-label={texts.shell.tenant}
      size="xs"
      maw={220}
      data={choices}
      value={tenant}
      onChange={({ currentTarget: { value } }) => {
        void navigate({ to: '/t/$tenant/calls', params: { tenant: value } });
      }}
    />
  );
}

function Search({ tenant }: { tenant: string }): ReactNode {
  const { shell } = useTexts();
  const [wanted, want] = useState(0);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        aria-keyshortcuts="/ Control+K Meta+K"
        onClick={() => {
          want((times) => times + 1);
        }}
      >
        {shell.search}
      </Button>
      <KeyBoard tenant={tenant} wanted={wanted} />
    </>
  );
}

const AccountMenu = lazy(async () => ({ default: (await import('./account-menu')).AccountMenu }));

/** Its menu is not loaded before somebody opens it: the first screen has better things to load. */
function Account({ name }: { name: string }): ReactNode {
  const [wanted, want] = useState(false);
  const button = (
    <AccountButton
      name={name}
      aria-expanded={false}
      onClick={() => {
        want(true);
      }}
    />
  );
  return wanted ? (
    <Suspense fallback={button}>
      <AccountMenu name={name} />
    </Suspense>
  ) : (
    button
  );
}
