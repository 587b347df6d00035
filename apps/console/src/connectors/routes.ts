import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';
import { readConnectorFilters, readConnectorsFilters } from './filters';

export const connectorsRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/connectors',
    validateSearch: readConnectorsFilters,
    component: lazyRouteComponent(() => import('./connectors-page'), 'ConnectorsPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/connectors/new/$name',
    component: lazyRouteComponent(() => import('./new-connector-page'), 'NewConnectorPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/connectors/$endpointId',
    validateSearch: readConnectorFilters,
    component: lazyRouteComponent(() => import('./connector-page'), 'ConnectorPage'),
  }),
] as const;
