import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';
import { readAuditFilters } from './audit-filters';

export const auditRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/audit',
    validateSearch: readAuditFilters,
    component: lazyRouteComponent(() => import('./audit-page'), 'AuditPage'),
  }),
] as const;
