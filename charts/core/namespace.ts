import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Check } from './check';

/** The namespace of a construct: its tenant's, or its chart's. */
export function namespaceOf(construct: IConstruct, check: Check): string {
  const chart = construct.node.scopes.reverse().find((scope): scope is Chart => Chart.isChart(scope));
  if (!chart) {
    check.fail('there is no chart above it', "create it in a Tenant: new Tenant(cluster, 'shop')");
  }
  return (
    chart.namespace ??
    check.fail(
      `chart '${chart.node.path}' has no namespace`,
      "create it in a Tenant (new Tenant(cluster, 'shop')), or give the chart a namespace",
    )
  );
}
