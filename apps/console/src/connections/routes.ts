import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';
import { readConnectionSearch } from './connection-search';

export const connectionsRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/connections',
    component: lazyRouteComponent(() => import('./connections-page'), 'ConnectionsPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/connections/new',
    /** The connection that waits for its first webhook: who comes back goes on with it. */
    validateSearch: (search): { connection?: string } =>
      typeof search['connection'] === 'string' ? { connection: search['connection'] } : {},
    component: lazyRouteComponent(() => import('./new-connection-page'), 'NewConnectionPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/connections/$connectionId',
    validateSearch: readConnectionSearch,
    component: lazyRouteComponent(() => import('./connection-page'), 'ConnectionPage'),
  }),
] as const;
