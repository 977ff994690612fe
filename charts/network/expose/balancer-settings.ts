import { valueProblem } from '../../../eks/annotation-values';
import { ALB_ANNOTATIONS } from '../../../eks/load-balancer-annotations';
import { describe } from '../../../kube/describe';
import { indexPath, keyPath } from '../../../kube/text';
import type { Cidr, KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import { asText, checkAttributes } from './attributes';
import { checkHealthCheck, type HealthCheck } from './health-check';

/** A subnet of a load balancer. */
export interface LoadBalancerSubnet {
  /** The id, 'subnet-...', or the name of the subnet. */
  readonly subnet: string;
  /** Its range of addresses, from which the load balancer calls the pods: the network policy lets it in. */
  readonly cidr: Cidr;
}

/**
 * What AWS offers for load balancers of both kinds. In Auto Mode some of it is read from the class alone, and refused here by
 * the review.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html
 */
export interface BalancerSettings extends LoadBalancerSettings, TargetSettings {}

/** How a load balancer treats its targets. */
export interface TargetSettings {
  /** How targets are checked, beside what the readiness probe says. @default - as the controller does */
  readonly healthCheck?: HealthCheck;
  /**
   * Attributes of the target group, by their names in AWS: { 'slow_start.duration_seconds': '60' }. The time of the
   * deregistration follows from `shutdown` and is refused.
   *
   * @default - those of AWS
   */
  readonly targetGroupAttributes?: Readonly<Record<string, string>>;
}

/** What a load balancer itself is, whatever it sends traffic to. */
export interface LoadBalancerSettings {
  /**
   * Attributes of the load balancer, by their names in AWS: { 'idle_timeout.timeout_seconds': '300' }. Those of access logs
   * need a bucket whose policy lets Elastic Load Balancing write.
   *
   * @default - those of AWS
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-attributes
   */
  readonly attributes?: Readonly<Record<string, string>>;
  /** The subnets, one a zone. @default - found by their tags, as eksctl sets them; their ranges are those of the cluster */
  readonly subnets?: readonly LoadBalancerSubnet[];
  /** Ids or names of security groups. The rules of the nodes are still kept by the controller. @default - one of its own */
  readonly securityGroups?: readonly string[];
  /** Ids of prefix lists of those who may call, beside `allowFrom`: 'pl-0123456789abcdef0'. @default - none */
  readonly prefixLists?: readonly string[];
  /** Tags of the AWS resources. @default - those of the controller */
  readonly tags?: Readonly<Record<string, string>>;
  /** The name of the load balancer in AWS, at most 32 letters, digits and '-'. It cannot change later. @default - made by the controller */
  readonly loadBalancerName?: string;
}

export const TARGET_SETTINGS: KeyTable<TargetSettings> = { healthCheck: 'object', targetGroupAttributes: 'map' };
export const LOAD_BALANCER_SETTINGS: KeyTable<LoadBalancerSettings> = {
  attributes: 'map',
  subnets: 'list',
  securityGroups: 'texts',
  prefixLists: 'texts',
  tags: 'map',
  loadBalancerName: 'text',
};
export const BALANCER_SETTINGS: KeyTable<BalancerSettings> = { ...TARGET_SETTINGS, ...LOAD_BALANCER_SETTINGS };

const NONE: readonly never[] = [];
const NO_TAGS: NonNullable<LoadBalancerSettings['tags']> = {};

export function checkSettings(check: Check, settings: BalancerSettings): void {
  checkTargetSettings(check, settings);
  checkLoadBalancerSettings(check, settings);
}

export function checkTargetSettings(check: Check, { healthCheck, targetGroupAttributes }: TargetSettings): void {
  checkHealthCheck(check, healthCheck);
  checkAttributes(check, 'expose.targetGroupAttributes', targetGroupAttributes);
}

export function checkLoadBalancerSettings(check: Check, settings: LoadBalancerSettings): void {
  const { attributes, subnets, securityGroups, prefixLists, tags } = settings;
  checkAttributes(check, 'expose.attributes', attributes);
  for (const [i, one] of (subnets ?? NONE).entries()) {
    const field = indexPath('expose.subnets', i);
    check.keys<LoadBalancerSubnet>(field, one ?? null, { subnet: 'text', cidr: 'text' });
    if (!one.subnet) {
      check.fail(
        'required',
        `${field}.subnet`,
        `${field}.subnet is required`,
        "write for example 'subnet-0123456789abcdef0'",
      );
    }
    if (one.cidr === undefined) {
      check.fail(
        'required',
        `${field}.cidr`,
        `${field}.cidr is required: the load balancer calls the pods from there`,
        "write for example '10.0.0.0/20'",
      );
    }
    check.cidr(`${field}.cidr`, one.cidr);
  }
  checkFilled(check, 'expose.subnets', subnets);
  checkFilled(check, 'expose.securityGroups', securityGroups);
  checkFilled(check, 'expose.prefixLists', prefixLists);
  for (const [i, id] of (prefixLists ?? NONE).entries()) {
    if (!/^pl-[0-9a-f]+$/.test(id)) {
      const field = indexPath('expose.prefixLists', i);
      check.fail('invalid', field, `${field} must be the id of a prefix list, but is '${id}'`, "write 'pl-...'");
    }
  }
  for (const [key, value] of Object.entries(tags ?? NO_TAGS)) {
    check.text(keyPath('expose.tags', key), value);
  }
  const { loadBalancerName } = settings;
  const problem =
    loadBalancerName === undefined ? undefined : valueProblem(loadBalancerName, ALB_ANNOTATIONS['load-balancer-name']!);
  if (problem !== undefined) {
    check.fail(
      'invalid',
      'expose.loadBalancerName',
      `expose.loadBalancerName ${problem}`,
      `correct the name ${describe(loadBalancerName)}`,
    );
  }
}

function checkFilled(check: Check, field: string, list: readonly unknown[] | undefined): void {
  if (list?.length === 0) {
    check.fail('invalid', field, `${field} must not be empty`, 'leave it out');
  }
}

/** The names of the settings in the annotations of an Ingress and of a Service. */
const NAMES = {
  alb: {
    name: 'load-balancer-name',
    attributes: 'load-balancer-attributes',
    tags: 'tags',
  },
  nlb: {
    name: 'name',
    attributes: 'attributes',
    tags: 'additional-resource-tags',
  },
} as const;

const NO_ANNOTATIONS: Record<string, string | undefined> = {};

/** The settings as annotations, without their prefix; those of the target group apart. */
export function settingsAnnotations(
  of: keyof typeof NAMES,
  settings: LoadBalancerSettings,
): Record<string, string | undefined> {
  const { attributes, subnets, securityGroups, prefixLists, tags, loadBalancerName } = settings;
  if (!attributes && !subnets && !securityGroups && !prefixLists && !tags && loadBalancerName === undefined) {
    return NO_ANNOTATIONS;
  }
  const names = NAMES[of];
  return {
    [names.name]: loadBalancerName,
    [names.attributes]: attributes && asText(attributes),
    [names.tags]: tags && asText(tags),
    subnets: subnets?.map(({ subnet }) => subnet).join(','),
    'security-groups': securityGroups?.join(','),
    'manage-backend-security-group-rules': securityGroups && 'true',
    'security-group-prefix-lists': prefixLists?.join(','),
  };
}
