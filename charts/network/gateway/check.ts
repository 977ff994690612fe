import type { IConstruct } from 'constructs';
import { describe } from '../../../kube/describe';
import { isDnsLabel } from '../../../kube/names';
import { indexPath, keyPath } from '../../../kube/text';
import type { Check } from '../../core/check';
import type { Problem } from '../../core/checks';
import { addCheck } from '../../core/checks';
import { type ClusterContext, clusterOf } from '../../core/cluster-context';
import { ItemCheck } from '../../core/item-check';
import { checkFrontend } from '../expose/alb-check';
import { checkLoadBalancerSettings } from '../expose/balancer-settings';
import { checkLoadBalancer } from '../expose/load-balancer';
import { EXISTING, type ExistingGatewayProps, GATEWAY, type GatewayProps } from './props';

/** The redirect of a Gateway has a name of its own. */
const MAX_NAME = 63 - '-redirect'.length;

export function checkGateway(check: Check, id: string, props: GatewayProps): void {
  check.keys<GatewayProps>('props', props ?? null, GATEWAY);
  checkName(check, id);
  // these are checked as the fields of Expose.alb
  const own = new ItemCheck(check.path, 'expose', '');
  checkLoadBalancer(own, props);
  checkFrontend(own, props);
  checkLoadBalancerSettings(own, props);
  checkRoutesFrom(check, props.routesFrom);
  for (const [name, value] of Object.entries(props.listenerAttributes ?? {})) {
    const field = keyPath('listenerAttributes', name);
    check.text(field, value);
    if (!/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(name)) {
      check.fail(
        'invalid',
        field,
        `${field} must be the name of an attribute of a listener of AWS`,
        "write for example 'routing.http.response.server.enabled'",
      );
    }
  }
}

export function checkName(check: Check, id: string): void {
  if (!isDnsLabel(id) || id.length > MAX_NAME) {
    check.fail(
      'invalid',
      '',
      `invalid id '${id}': the name of a Gateway must be at most ${MAX_NAME} lowercase letters, digits and '-'`,
      'choose another id',
    );
  }
}
export function checkRoutesFrom(check: Check, from: GatewayProps['routesFrom']): void {
  if (from === undefined || from === 'all') {
    return;
  }
  if (!Array.isArray(from) || from.length === 0) {
    check.fail(
      Array.isArray(from) ? 'invalid' : 'type',
      'routesFrom',
      `routesFrom must be 'all' or a list of Tenants that is not empty, but is ${describe(from)}`,
      'write routesFrom: [tenant], or leave it out for routes of its own namespace',
    );
  }
  for (const [i, one] of (from as readonly unknown[]).entries()) {
    const name = namespaceIn(one);
    if (typeof name !== 'string' || !isDnsLabel(name)) {
      const field = indexPath('routesFrom', i);
      check.fail(
        typeof name === 'string' ? 'invalid' : 'type',
        field,
        `${field} must be a Tenant or the name of a namespace, but is ${describe(one)}`,
        "write the tenant, or 'shop'",
      );
    }
  }
}

/** The namespace that an entry of routesFrom is or has. */
const namespaceIn = (one: unknown): unknown =>
  typeof one === 'object' && one !== null ? (one as { readonly namespace?: unknown }).namespace : one;

/** The namespaces whose routes a Gateway takes, its own among them. */
export const namespacesOf = (own: string, from: GatewayProps['routesFrom']): 'all' | readonly string[] =>
  from === 'all' ? from : [own, ...(from ?? []).map(namespaceIn as (one: unknown) => string)];

export function checkExisting(check: Check, props: ExistingGatewayProps): void {
  check.keys<ExistingGatewayProps>('props', props ?? null, EXISTING);
  for (const key of ['name', 'namespace'] as const) {
    if (!isDnsLabel(check.text(key, props[key]))) {
      check.fail(
        'invalid',
        key,
        `${key} must be at most 63 lowercase letters, digits and '-', but is '${props[key]}'`,
        "write for example 'edge'",
      );
    }
  }
  const own = new ItemCheck(check.path, 'expose', '');
  checkLoadBalancer(own, props);
  checkFrontend(own, { listeners: props.listeners, scheme: 'internal' });
  checkLoadBalancerSettings(own, { subnets: props.subnets });
}

/** Auto Mode makes load balancers of Gateways too, by controllers of its own. */
export function autoModeProblem(cluster: ClusterContext | undefined, field?: string): Problem | undefined {
  return cluster?.facts.compute === 'auto'
    ? {
        rule: 'gateway/auto-mode',
        ...(field === undefined ? {} : { field }),
        message: `cluster '${cluster.facts.name}' is in Auto Mode, whose Gateways are configured by objects that this library does not know, so scheme, certificates and health checks would be lost`,
        fix: 'write expose: Expose.alb({...}), or run the AWS Load Balancer Controller on node groups',
        docs: 'https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-gateway-api.html',
      }
    : undefined;
}

export function checkMode(construct: IConstruct): void {
  addCheck(construct, (report) => {
    const problem = autoModeProblem(clusterOf(construct));
    if (problem) {
      report(problem);
    }
  });
}
