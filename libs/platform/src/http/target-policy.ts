import { type Cidr, parseCidr } from './address-guard.js';

/** Which ports a tenant's URL may name. */
export interface PortPolicy {
  /** Allowed one by one. */
  exactly: readonly number[];
  /** Allowed from here upwards; 65536 for none. */
  from: number;
}

/** Where requests on tenants' behalf may go. */
export interface TargetPolicy {
  ports: PortPolicy;
  /** Subnets that the operator opened although they are not public. */
  allow: readonly Cidr[];
}

/** Web ports, and those that need no privilege: 22, 25, 53 and the like are other people's services. */
export const DEFAULT_PORTS: PortPolicy = { exactly: [80, 443], from: 1024 };

/**
 * The policy of an installation.
 *
 * @param allow  the operator's subnets (`EGRESS_ALLOW`), such as `10.1.0.0/16`
 * @throws AppError `egress.bad_subnet` (misconfigured) when one of them is none
 */
export function targetPolicy(allow: readonly string[], ports: PortPolicy = DEFAULT_PORTS): TargetPolicy {
  return { ports, allow: allow.map(parseCidr) };
}
