import { type Cluster, type EksApp, PatternError, Tenant, type TenantProps } from 'cdk8s-eks-patterns';
import { pick, type Random, seeded } from '../review/damage';
import { existingCluster, NODE_GROUP, newApp, newAutoCluster, newCluster, PATTERN_NAMES, PATTERNS } from './app';
import { drawn, type Props } from './random/draw';
import { PATTERN_VALUES } from './random/pattern-values';
import { POD_SECURITY, podSecurity, TENANT_VALUES } from './random/tenant-values';
import { consistent } from './random-program';

/** The namespace of a random tenant within a tenant. */
export const INNER = 'inner';

export interface RandomTenant {
  /** Undefined where a constructor refuses the props. */
  readonly app: EksApp | undefined;
  readonly props: Props;
}

/**
 * A program of one tenant, named after its Pod Security Standard, with up to two workloads, and sometimes a tenant within it.
 * Some are of a cluster in Auto Mode, or of one whose nodes are not known.
 */
export function randomTenant(
  seed: number,
  change: (props: Props, random: Random) => Props = (props) => props,
): RandomTenant {
  const random = seeded(seed);
  const app = newApp();
  let props: Props = {};
  try {
    const cluster = pick(random, CLUSTERS)(app);
    const level = pick(random, [...POD_SECURITY, 'restricted', 'restricted'] as const);
    // what values create is in a tenant of its own
    const others = new Tenant(cluster, 'others', { quota: 'none' });
    props = {
      podSecurity: podSecurity(level)(random, others),
      ...drawn(TENANT_VALUES, pick(random, [0.1, 0.2, 0.4]), random, others),
    };
    props = change(props, random);
    const tenant = new Tenant(cluster, level, props as TenantProps);
    fill(tenant, random);
    if (random() < 0.2) {
      fill(new Tenant(tenant, INNER, drawn(TENANT_VALUES, 0.1, random, others)), random);
    }
  } catch (e) {
    if (e instanceof PatternError) {
      return { app: undefined, props };
    }
    throw e;
  }
  return { app, props };
}

/** Two groups, one of them for the tenants of random programs. */
const groups = (app: EksApp): Cluster =>
  newCluster(app, {
    nodeGroups: [NODE_GROUP, ...POD_SECURITY.map((tenant) => ({ ...NODE_GROUP, name: tenant, tenant }))],
  });
const CLUSTERS = [newCluster, groups, groups, newAutoCluster, existingCluster];

function fill(tenant: Tenant, random: Random): void {
  const count = Math.floor(random() * 3);
  for (let i = 0; i < count; i++) {
    const pattern = pick(random, PATTERN_NAMES);
    const props = consistent(drawn(PATTERN_VALUES[pattern], 0.02, random, tenant));
    (PATTERNS[pattern] as (props: Props, scope: Tenant, id: string) => unknown)(props, tenant, `w${i}`);
  }
}
