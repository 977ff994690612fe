import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Check } from './check';

/** The namespace of a construct: that of its Tenant or other chart. */
export function namespaceOf(construct: IConstruct, check: Check): string {
  const chart = chartAround(construct);
  if (!chart) {
    check.fail(
      'forbidden',
      '',
      'must be created in a Tenant or another chart, but its scope is the app',
      "create it in a Tenant: new Tenant(cluster, 'shop')",
    );
  }
  return (
    chart.namespace ??
    check.fail(
      'required',
      '',
      `the namespace of chart '${chart.node.path}' is required`,
      "create it in a Tenant (new Tenant(cluster, 'shop')), or set the namespace of the chart",
    )
  );
}

function chartAround(construct: IConstruct): Chart | undefined {
  let scope: IConstruct | undefined = construct;
  while (scope && !Chart.isChart(scope)) {
    scope = scope.node.scope;
  }
  return scope;
}

/** A command of kubectl in a namespace that the manifests may make later. */
export function kubectlIn(namespace: string, command: string): string {
  return `kubectl get namespace ${namespace} || kubectl create namespace ${namespace}\nkubectl -n ${namespace} ${command}`;
}
