import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';
import { readEndpointSearch, readListSearch } from './endpoint-search';

export const endpointsRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/endpoints',
    validateSearch: readListSearch,
    component: lazyRouteComponent(() => import('./endpoints-page'), 'EndpointsPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/endpoints/new',
    component: lazyRouteComponent(() => import('./new-endpoint-page'), 'NewEndpointPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/endpoints/$endpointId',
    validateSearch: readEndpointSearch,
    component: lazyRouteComponent(() => import('./endpoint-page'), 'EndpointPage'),
  }),
] as const;
