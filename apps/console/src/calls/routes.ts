import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';
import { readCallFilters } from './call-filters';
import { readCallSearch } from './call-tabs';

export const callsRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/calls',
    validateSearch: readCallFilters,
    component: lazyRouteComponent(() => import('./calls-page'), 'CallsPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/calls/$callId',
    validateSearch: readCallSearch,
    component: lazyRouteComponent(() => import('./call-page'), 'CallPage'),
  }),
] as const;
