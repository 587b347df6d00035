import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';
import { readCampaignSearch, readListSearch } from './campaign-search';

export const campaignsRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/campaigns',
    validateSearch: readListSearch,
    component: lazyRouteComponent(() => import('./campaigns-page'), 'CampaignsPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/campaigns/new',
    component: lazyRouteComponent(() => import('./new-campaign-page'), 'NewCampaignPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/campaigns/$campaignId',
    validateSearch: readCampaignSearch,
    component: lazyRouteComponent(() => import('./campaign-page'), 'CampaignPage'),
  }),
] as const;
