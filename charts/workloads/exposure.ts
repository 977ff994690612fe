import { addCheck } from '../core/checks';
import { clusterOf } from '../core/cluster-context';
import type { Ingress, Service } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { type Requirement, Requirements } from '../core/requirements';
import { tenants } from '../core/tenant-context';
import type { Connections } from '../network/connections';
import { isLoadBalanced } from '../network/expose';
import { albIngress, type LoadBalancerFacts, loadBalancerRanges, nlbService } from '../network/load-balancers';
import { ipBlock, PRIVATE_RANGES, policyPorts } from '../network/targets';
import type { ShutdownModel } from '../pods/shutdown';
import type { ServiceModel } from './service-parts';
import type { ObjectFactory } from './workload';

/** What a load balancer in front of a workload needs besides its own object. */
export interface Exposure {
  readonly service: ServiceModel;
  readonly shutdown: ShutdownModel;
  readonly connections: Connections;
}

/** Lets the load balancer in, holds pods back until their target is healthy, and asks the cluster for the controller. */
export function wireLoadBalancer(exposure: Exposure): void {
  const { service, connections } = exposure;
  const { construct } = connections.owner;
  const spec = service.expose;
  if (spec.kind === 'node-port') {
    // the node that took the request calls the pod, from an address of the VPC
    connections.acceptLate(() => {
      const cidr = clusterOf(construct)?.vpcCidr;
      return {
        peers: (cidr ? [cidr] : PRIVATE_RANGES).map((range) => ipBlock(range)),
        ports: policyPorts(service.ports),
      };
    });
    addCheck(construct, (report) => {
      const cluster = clusterOf(construct);
      if (cluster && cluster.vpcCidr === undefined && tenants.nearest(construct)?.isolated) {
        report({
          rule: 'network/node-port-range',
          message: `the nodes of cluster '${cluster.facts.name}' call its pods from an IPv6 range that is not known, so the network policy would drop the traffic of its node port`,
          field: 'expose',
          fix: "give the cluster a range of your own: config: { vpc: { ipv6Cidr: '2001:db8:1234::/56', ipv6Pool: '...' } }",
        });
      }
    });
  }
  if (!isLoadBalanced(spec)) {
    return;
  }
  const tenant = tenants.nearest(construct);
  tenant?.needsReadinessGate();
  const ports = [service.exposed];
  const probe = service.probes.readinessProbe?.httpGet?.port;
  if (typeof probe === 'number' && probe !== service.exposed.port) {
    ports.push({ ...service.exposed, port: probe, protocol: 'TCP' });
  }
  connections.acceptLate(() => {
    const ranges = loadBalancerRanges(spec.props.scheme, clusterOf(construct)) ?? [];
    return ranges.length === 0 ? undefined : { peers: ranges.map((r) => ipBlock(r)), ports: policyPorts(ports) };
  });
  addCheck(construct, (report) => {
    const cluster = clusterOf(construct);
    if (tenant?.isolated && loadBalancerRanges(spec.props.scheme, cluster) === undefined) {
      const side = spec.props.scheme === 'internet-facing' ? 'public' : 'private';
      report({
        rule: 'network/load-balancer-subnets',
        message: `its load balancer is in the ${side} subnets of cluster '${cluster?.facts.name}', whose ranges are not known, so the network policy would drop its traffic`,
        field: 'expose',
        fix: `give the cluster loadBalancerSubnets: { ${side}: ['10.0.0.0/20', ...] }`,
      });
    }
    if (!tenant) {
      report({
        rule: 'load-balancer/readiness-gate',
        severity: 'warning',
        message:
          'without a Tenant its namespace gets no label for pod readiness gates, so a rollout may answer 5xx for seconds',
        fix: 'create it in a Tenant',
      });
    }
    if (cluster?.facts.compute === 'auto' && spec.kind === 'alb' && spec.props.group !== undefined) {
      report({
        rule: 'load-balancer/group-in-auto-mode',
        field: 'expose.group',
        message: 'expose.group is ignored by EKS Auto Mode',
        fix: 'share a load balancer by the IngressClassParams of an IngressClass of its own',
      });
    }
  });
  Requirements.defer(construct, (): Requirement[] => [
    Requirements.feature('load-balancer', { because: `'${construct.node.path}' is exposed by a load balancer` }),
  ]);
}

/** The objects of a load balancer; one of them at most. */
export interface LoadBalancerObjects {
  readonly ingress: KubeObject<Ingress> | undefined;
  readonly loadBalancerService: KubeObject<Service> | undefined;
}

export function loadBalancerObjects(exposure: Exposure, make: ObjectFactory): LoadBalancerObjects {
  const spec = exposure.service.expose;
  const { name } = exposure.connections.owner;
  return {
    ingress:
      spec.kind === 'alb'
        ? make<Ingress>('Ingress', 'networking.k8s.io/v1', 'Ingress', (m) => albIngress(m, spec.props, facts(exposure)))
        : undefined,
    loadBalancerService:
      spec.kind === 'nlb'
        ? make<Service>(
            'LoadBalancerService',
            'v1',
            'Service',
            (m) => nlbService(m, spec.props, facts(exposure)),
            `${name}-nlb`,
          )
        : undefined,
  };
}

function facts({ service, shutdown, connections }: Exposure): LoadBalancerFacts {
  const { construct, name } = connections.owner;
  return {
    name,
    port: service.exposed,
    readiness: service.probes.readinessProbe,
    deregistrationDelay: shutdown.sleep + shutdown.drain,
    auto: clusterOf(construct)?.facts.compute === 'auto',
    dualStack: clusterOf(construct)?.ipFamily === 'IPv6',
  };
}
