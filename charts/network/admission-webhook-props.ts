import type { IConstruct } from 'constructs';
import { describe } from '../../kube/describe';
import { isSubdomain } from '../../kube/names';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { LabelSelector, MatchCondition } from '../core/k8s';
import type { PortModel } from '../core/ports';
import type { Duration } from '../core/values';
import { targetOfUser } from './connections';
import { serviceOf } from './expose/exposed-services';
import type { ExposedService } from './expose/way';
import type { Connectable } from './targets';

/** Where the API server finds the authority that signed the certificate of a webhook: one of these. */
export interface WebhookAuthority {
  /** The name of a Certificate of cert-manager in the namespace of the service; its cainjector copies the authority. @default - none */
  readonly certificate?: string;
  /** The name of a Secret in that namespace with the annotation `cert-manager.io/allow-direct-injection: "true"`; the same. @default - none */
  readonly secret?: string;
  /** Certificates in PEM format. @default - none */
  readonly bundle?: string;
}

/** What a webhook is asked about: each list has at least one entry, and '*' stands for all. */
export interface WebhookRule {
  /** '' for the core group: ['apps']. */
  readonly apiGroups: readonly string[];
  /** ['v1']. */
  readonly apiVersions: readonly string[];
  /** What is done with the objects. */
  readonly operations: readonly ('*' | 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT')[];
  /** In the plural: ['deployments', 'deployments/scale']. */
  readonly resources: readonly string[];
  /** Objects with a namespace, without one, or both. @default '*' */
  readonly scope?: '*' | 'Cluster' | 'Namespaced';
}

/** Props of an AdmissionWebhook. */
export interface AdmissionWebhookProps {
  /** Whether it may change objects, or only accept and refuse them. Objects are changed first. */
  readonly type: 'validating' | 'mutating';
  /** The WebService or StatefulService that answers by HTTPS, with one port: policy.on('https'). */
  readonly service: Connectable;
  /** The path that is called. @default '/' */
  readonly path?: string;
  /** What it is asked about, at least one rule: an object that fits any of them. */
  readonly rules: readonly WebhookRule[];
  /**
   * The authority of its certificate, which is for '<service>.<namespace>.svc'; 'self' if the program writes it into the
   * configuration, for which it needs `apiAccess`.
   */
  readonly ca: WebhookAuthority | 'self';
  /**
   * What happens when it does not answer: 'Fail' refuses the request, 'Ignore' lets it pass.
   *
   * @default 'Fail', as in Kubernetes: what nobody looked at is not stored
   */
  readonly failurePolicy?: 'Fail' | 'Ignore';
  /** How long the API server waits: whole seconds, 1 s to 30 s. @default 10 s, as in Kubernetes */
  readonly timeout?: Duration;
  /** 'NoneOnDryRun' if it changes something elsewhere. @default 'None' */
  readonly sideEffects?: 'None' | 'NoneOnDryRun';
  /** The namespaces whose objects it is asked about. @default - all */
  readonly namespaceSelector?: LabelSelector;
  /** The objects that it is asked about, by their labels. @default - all */
  readonly objectSelector?: LabelSelector;
  /** Conditions in CEL, which must all be true for it to be asked. @default - none */
  readonly matchConditions?: readonly MatchCondition[];
}

const KEYS: KeyTable<AdmissionWebhookProps> = {
  type: true,
  service: 'object',
  path: 'text',
  rules: 'list',
  ca: true,
  failurePolicy: true,
  timeout: true,
  sideEffects: true,
  namespaceSelector: 'object',
  objectSelector: 'object',
  matchConditions: 'list',
};
const AUTHORITY: KeyTable<WebhookAuthority> = { certificate: 'text', secret: 'text', bundle: 'text' };
const RULE: KeyTable<WebhookRule> = {
  apiGroups: 'texts',
  apiVersions: 'texts',
  operations: 'texts',
  resources: 'texts',
  scope: true,
};
const OPERATIONS = ['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'];
const RULE_LISTS = ['apiGroups', 'apiVersions', 'operations', 'resources'] as const;
const TIMEOUT = 10;
const MAX_TIMEOUT = 30;

/** The checked parts of a webhook. */
export interface ResolvedWebhook {
  readonly service: ExposedService;
  readonly port: PortModel;
  readonly ca: WebhookAuthority;
  readonly timeout: number;
}

export function checkWebhook(
  construct: IConstruct,
  check: Check,
  id: string,
  props: AdmissionWebhookProps,
): ResolvedWebhook {
  check.keys<AdmissionWebhookProps>('props', props ?? null, KEYS);
  if (!isSubdomain(id) || id.split('.').length < 3) {
    check.fail(
      'invalid',
      '',
      `invalid id '${id}': the name of a webhook must have at least three parts of lowercase letters, digits and '-', with dots between them`,
      "write for example 'validate.policy.example.com'",
    );
  }
  check.oneOf('type', props.type, ['validating', 'mutating']);
  checkRules(check, props.rules);
  if (props.path !== undefined && !props.path.startsWith('/')) {
    check.fail('invalid', 'path', `path must begin with '/', but is '${props.path}'`, `write '/${props.path}'`);
  }
  if (props.failurePolicy !== undefined) {
    check.oneOf('failurePolicy', props.failurePolicy, ['Fail', 'Ignore']);
  }
  if (props.sideEffects !== undefined) {
    check.oneOf('sideEffects', props.sideEffects, ['None', 'NoneOnDryRun']);
  }
  const timeout = check.seconds('timeout', props.timeout ?? TIMEOUT, 1);
  check.integer('timeout', timeout, 1, MAX_TIMEOUT);
  return { ...resolveService(construct, check, props.service), ca: resolveAuthority(check, props.ca), timeout };
}

function checkRules(check: Check, rules: unknown): void {
  if (!Array.isArray(rules) || rules.length === 0) {
    check.fail(
      rules === undefined ? 'required' : 'invalid',
      'rules',
      `rules must have at least one rule, but is ${describe(rules)}`,
      "write for example { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }",
    );
  }
  for (const [i, rule] of (rules as readonly WebhookRule[]).entries()) {
    const place = indexPath('rules', i);
    check.keys<WebhookRule>(place, rule ?? null, RULE);
    for (const key of RULE_LISTS) {
      const field = `${place}.${key}`;
      const list: unknown = rule[key];
      if (!Array.isArray(list) || list.length === 0) {
        check.fail(
          list === undefined ? 'required' : 'invalid',
          field,
          `${field} must have at least one entry, but is ${describe(list)}`,
          "list what it is asked about, or ['*']",
        );
      }
    }
    for (const [j, operation] of rule.operations.entries()) {
      check.oneOf(indexPath(`${place}.operations`, j), operation, OPERATIONS);
    }
    if (rule.scope !== undefined) {
      check.oneOf(`${place}.scope`, rule.scope, ['*', 'Cluster', 'Namespaced']);
    }
  }
}

function resolveService(
  construct: IConstruct,
  check: Check,
  given: Connectable,
): Pick<ResolvedWebhook, 'service' | 'port'> {
  const target = typeof given?.toConnectionTarget === 'function' ? targetOfUser(check, 'service', given) : undefined;
  const workload = target?.workload;
  const service = workload?.node.root === construct.node.root && workload ? serviceOf(workload) : undefined;
  if (!target || !service) {
    throw check.error(
      given === undefined ? 'required' : 'type',
      'service',
      `service must be a WebService or StatefulService of this app, but is ${describe(workload ?? given)}`,
      "write the workload, or workload.on('https')",
    );
  }
  const ports = service.ports.filter((own) => target.ports.some(({ port }) => port === own.port));
  const [port] = ports;
  if (!port || ports.length > 1 || port.protocol !== 'TCP') {
    throw check.error(
      'invalid',
      'service',
      `service must name one TCP port of '${service.name}', but names ${ports.map(({ name }) => `'${name}'`).join(', ') || 'none'}`,
      "write workload.on('https')",
    );
  }
  return { service, port };
}

function resolveAuthority(check: Check, ca: WebhookAuthority | 'self'): WebhookAuthority {
  if (ca === 'self') {
    return {};
  }
  if (ca === undefined) {
    check.fail(
      'required',
      'ca',
      'ca is required: the API server calls no webhook whose certificate it cannot check',
      "write ca: { certificate: 'name' }, { secret: 'name' }, { bundle: '...' } or 'self'",
    );
  }
  check.keys<WebhookAuthority>('ca', ca, AUTHORITY);
  const given = Object.keys(AUTHORITY).filter((key) => ca[key as keyof WebhookAuthority] !== undefined);
  if (given.length !== 1) {
    check.fail(
      'invalid',
      'ca',
      `ca must have one of 'certificate', 'secret' and 'bundle', but has ${given.length === 0 ? 'none' : given.join(', ')}`,
      'leave one of them',
    );
  }
  const { bundle, ...names } = ca;
  for (const [key, name] of Object.entries(names)) {
    if (name !== undefined && !isSubdomain(name)) {
      check.fail(
        'invalid',
        `ca.${key}`,
        `ca.${key} must be the name of an object in the namespace of the service, but is '${name}'`,
        'write the name alone',
      );
    }
  }
  if (bundle !== undefined && (!bundle.includes('-----BEGIN CERTIFICATE-----') || bundle.includes('PRIVATE KEY'))) {
    check.fail(
      'invalid',
      'ca.bundle',
      'ca.bundle must be certificates in PEM format, without a private key',
      "read them from a file: readFileSync('ca.pem', 'utf8')",
    );
  }
  return ca;
}
