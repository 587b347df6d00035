import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';
import { onlySet, textIn } from '../list/read-filters';
import { readDeliveryFilters } from './delivery-filters';

export const deliveriesRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/deliveries',
    validateSearch: readDeliveryFilters,
    component: lazyRouteComponent(() => import('./deliveries-page'), 'DeliveriesPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/deliveries/$deliveryId',
    validateSearch: (search): { try?: string } => onlySet({ try: textIn(search, 'try') }),
    component: lazyRouteComponent(() => import('./delivery-page'), 'DeliveryPage'),
  }),
] as const;
