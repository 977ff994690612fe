import { ALB_CONTROLLER, LOAD_BALANCER_GROUP } from '../../eks/compute-modes';
import { AWS_GATEWAY_GROUP } from '../../eks/gateway-api';
import type { IngressClassParams } from '../../imports/eks-auto-mode';
import type { GatewayClass } from '../../imports/gateway-api';
import type { ConfigMap, IngressClass, PriorityClass } from '../../imports/kubernetes';
import { MANAGED_BY } from '../../kube/labels';
import { isLabelValue } from '../../kube/names';
import { GATEWAY_CLASS, groupClass, INGRESS_CLASS, PRIORITY_CLASS } from '../core/class-names';
import type { ClusterContext } from '../core/cluster-context';

/** Labels of what belongs to the whole cluster. */
export function clusterLabels(cluster: string): Record<string, string> {
  return {
    'app.kubernetes.io/managed-by': MANAGED_BY,
    // a cluster's name may be longer than a label
    ...(isLabelValue(cluster) ? { 'app.kubernetes.io/part-of': cluster } : {}),
  };
}

/** What gives way when nodes are short, far below the system's own classes. None is the default of the cluster. */
export function priorityClasses(labels: Readonly<Record<string, string>>): {
  readonly [K in keyof typeof PRIORITY_CLASS]: PriorityClass;
} {
  const priorityClass = (key: keyof typeof PRIORITY_CLASS, value: number, description: string): PriorityClass => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: PRIORITY_CLASS[key], labels: { ...labels } },
    value,
    description,
    globalDefault: false,
  });
  return {
    agent: priorityClass(
      'agent',
      1_000_000,
      'Agents that every node needs: they displace any other workload of their node.',
    ),
    critical: priorityClass('critical', 100_000, 'Services that must stay up when nodes are short.'),
    standard: priorityClass('standard', 10_000, 'Services and workers.'),
    batch: {
      ...priorityClass('batch', 1_000, 'Jobs: they give way to services, wait for room and displace nobody.'),
      preemptionPolicy: 'Never',
    },
  };
}

/** Without it Auto Mode accepts network policies and ignores them. */
export function autoModeNetworkPolicy(labels: Readonly<Record<string, string>>): ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'amazon-vpc-cni', namespace: 'kube-system', labels: { ...labels } },
    data: { 'enable-network-policy-controller': 'true' },
  };
}

/**
 * The class of ALBs in Auto Mode; on node groups the chart of the load balancer controller brings its own.
 *
 * @param group of Ingresses that share one load balancer; without it, each has its own
 */
export function autoModeIngressClass(
  labels: Readonly<Record<string, string>>,
  ipFamily: ClusterContext['ipFamily'],
  group?: string,
): {
  readonly ingressClass: IngressClass;
  readonly params: IngressClassParams;
} {
  const name = group === undefined ? INGRESS_CLASS : groupClass(group);
  return {
    ingressClass: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name, labels: { ...labels } },
      spec: {
        controller: ALB_CONTROLLER.auto,
        parameters: { apiGroup: LOAD_BALANCER_GROUP.auto, kind: 'IngressClassParams', name },
      },
    },
    params: {
      apiVersion: 'eks.amazonaws.com/v1',
      kind: 'IngressClassParams',
      metadata: { name, labels: { ...labels } },
      // what it leaves out, each Ingress can choose
      spec: {
        ...(group === undefined ? {} : { group: { name: group } }),
        ...(ipFamily === 'IPv6' ? { ipAddressType: 'dualstack' } : {}),
      },
    },
  };
}

/** A class of Gateways of the load balancer controller of node groups, by its name. */
export function gatewayClass(labels: Readonly<Record<string, string>>, name: string): GatewayClass {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name, labels: { ...labels } },
    spec: { controllerName: `${AWS_GATEWAY_GROUP}/${name === GATEWAY_CLASS.nlb ? 'nlb' : 'alb'}` },
  };
}
