import type { IConstruct } from 'constructs';
import { Inherited } from '../core/inherited';
import type { TenantProps } from './tenant-props';

/** What a tenant within a tenant has in common with it. */
export type SharedProps = Pick<TenantProps, 'contact' | 'costs' | 'nodes' | 'access' | 'admission'> & {
  /** The owner. */
  readonly team: string;
  /** The outermost tenant. */
  readonly tenant: string;
};

const SHARED = ['tenant', 'team', 'contact', 'costs', 'nodes', 'access', 'admission'] as const;
const shared = new Inherited<SharedProps>('shared-tenant-props');

/** The props of a tenant, completed with those of the tenant that it is in. */
export function withShared(tenant: IConstruct, id: string, props: TenantProps): TenantProps & SharedProps {
  const outer: SharedProps = shared.nearest(tenant) ?? { tenant: id, team: id };
  const given = Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
  const costs = { ...outer.costs, ...props.costs };
  const merged: TenantProps & SharedProps = { ...outer, ...given, ...(Object.keys(costs).length > 0 ? { costs } : {}) };
  const own = SHARED.flatMap((key) => (merged[key] === undefined ? [] : [[key, merged[key]] as const]));
  shared.set(tenant, Object.fromEntries(own) as unknown as SharedProps);
  return merged;
}
