import type { EksApp, Tenant, TenantProps } from 'cdk8s-eks-patterns';
import { newApp, newCluster, newTenant } from '../../support/app';

/** An app of one tenant, whose namespace has that name. */
export function tenantApp(name: string, fill: (tenant: Tenant) => void, props: TenantProps = {}): EksApp {
  const app = newApp();
  fill(newTenant(props, newCluster(app), name));
  return app;
}
