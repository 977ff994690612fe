import type { IConstruct } from 'constructs';
import { ADMISSION_LABEL } from '../../kube/labels';
import { ADMISSION_RULES, type AdmissionRule, type AdmissionSubject, waiversOf } from '../../review/admission/rules';
import { RULES } from '../../review/rules';
import { DATED, WAIVER_PREFIX, WITH_END } from '../../review/waiver-text';
import { ADMISSION_ACTIONS, type AdmissionAction } from '../core/declarations';
import type {
  NamedRuleWithOperations,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  Variable,
} from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import { type Exclusion, exclusionsOf, NAME_IN_EXCLUSION } from './admission-exclusions';

const API_VERSION = 'admissionregistration.k8s.io/v1';
const PREFIX = 'cdk8s-eks-patterns';

/** Objects of one shape, which one policy judges. */
interface Judged {
  readonly name: string;
  readonly subject: AdmissionSubject;
  readonly rules: readonly { readonly groups: readonly string[]; readonly resources: readonly string[] }[];
  readonly kinds: readonly string[];
  /** The pod template in the object, of those that have one. */
  readonly template?: string;
}

const JUDGED: readonly Judged[] = [
  {
    name: 'pods',
    subject: 'pods',
    kinds: ['Pod'],
    rules: [{ groups: [''], resources: ['pods', 'pods/ephemeralcontainers'] }],
    template: 'object',
  },
  {
    name: 'workloads',
    subject: 'pods',
    kinds: ['ReplicationController', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet', 'Job'],
    rules: [
      { groups: [''], resources: ['replicationcontrollers'] },
      { groups: ['apps'], resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'] },
      { groups: ['batch'], resources: ['jobs'] },
    ],
    template: 'object.spec.template',
  },
  {
    name: 'cron-jobs',
    subject: 'pods',
    kinds: ['CronJob'],
    rules: [{ groups: ['batch'], resources: ['cronjobs'] }],
    template: 'object.spec.jobTemplate.spec.template',
  },
  { name: 'services', subject: 'services', kinds: ['Service'], rules: [{ groups: [''], resources: ['services'] }] },
  {
    name: 'roles',
    subject: 'roles',
    kinds: ['Role'],
    rules: [{ groups: ['rbac.authorization.k8s.io'], resources: ['roles'] }],
  },
  {
    name: 'role-bindings',
    subject: 'role-bindings',
    kinds: ['RoleBinding'],
    rules: [{ groups: ['rbac.authorization.k8s.io'], resources: ['rolebindings'] }],
  },
];

const KINDS = JUDGED.flatMap(({ kinds }) => kinds);

/** The policies and bindings that tenants of this app ask for, once for the cluster. */
export function writeAdmission(cluster: IConstruct, labels: Readonly<Record<string, string>>): void {
  ADMISSION_ACTIONS.each(cluster, (action) => {
    for (const judged of JUDGED) {
      const head = admissionPolicy(judged, labels, []);
      const id = `${head.kind}-${judged.name}`;
      if (cluster.node.tryFindChild(id) === undefined) {
        new KubeObject(cluster, id, head, () => admissionPolicy(judged, labels, exclusionsOf(cluster, KINDS)));
      }
      const binding = admissionBinding(judged, action as AdmissionAction, labels);
      new KubeObject(cluster, `${binding.kind}-${judged.name}-${action}`, binding, undefined);
    }
  });
}

/** The policy for objects of one shape, made of the rules of the review about them. */
function admissionPolicy(
  judged: Judged,
  labels: Readonly<Record<string, string>>,
  exclusions: readonly Exclusion[],
): ValidatingAdmissionPolicy {
  const resourceRules: NamedRuleWithOperations[] = judged.rules.map(({ groups, resources }) => ({
    apiGroups: [...groups],
    apiVersions: ['*'],
    operations: ['CREATE', 'UPDATE'],
    resources: [...resources],
    // the API server fills in the scope, and kubectl would replace the rules at each apply
    scope: '*',
  }));
  return {
    apiVersion: API_VERSION,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: `${PREFIX}-${judged.name}`, labels: { ...labels } },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules },
      matchConditions: [
        {
          // what the controllers of Kubernetes make of an object was judged with it, and must not get stuck
          name: 'not-by-controllers',
          expression:
            "request.userInfo.username != 'system:kube-controller-manager' && (!has(request.userInfo.groups) || !('system:serviceaccounts:kube-system' in request.userInfo.groups))",
        },
        // finalizers of what was there before can be removed
        { name: 'not-deleted', expression: '!has(object.metadata.deletionTimestamp)' },
      ],
      variables: variables(judged.template),
      validations: ADMISSION_RULES.filter(({ subject }) => subject === judged.subject).map((rule) => ({
        expression: [waived(rule), ...excluded(rule, judged, exclusions), `(${rule.holds})`].join(' || '),
        message: `${titleOf(rule.rule)} [${rule.rule}]`,
      })),
    },
  };
}

function variables(template: string | undefined): Variable[] {
  const ofNamespace = annotationsOf('namespaceObject');
  const own = [
    { name: 'dates', expression: DATES },
    { name: 'namespaceAnnotations', expression: ofNamespace },
    { name: 'namespaceWaivers', expression: keysOf('variables.namespaceAnnotations') },
  ];
  const object = [
    { name: 'objectAnnotations', expression: annotationsOf('object') },
    { name: 'objectWaivers', expression: keysOf('variables.objectAnnotations') },
  ];
  if (template === undefined) {
    return [...own, ...object, { name: 'waivers', expression: 'variables.namespaceWaivers + variables.objectWaivers' }];
  }
  const spec = `${template}.spec`;
  const metadata = `${template}.metadata`;
  const labels = `has(${metadata}) && has(${metadata}.labels) ? ${metadata}.labels : {}`;
  const imagesOf = (list: string) => `${list}.map(c, has(c.image) ? c.image : '')`;
  const optional = (list: string, of: string) => `(has(${spec}.${list}) ? ${of} : [])`;
  const later = ['initContainers', ...(template === 'object' ? ['ephemeralContainers'] : [])];
  return [
    ...own,
    ...object,
    { name: 'podAnnotations', expression: annotationsOf(template) },
    { name: 'podWaivers', expression: keysOf('variables.podAnnotations') },
    { name: 'waivers', expression: 'variables.namespaceWaivers + variables.objectWaivers + variables.podWaivers' },
    { name: 'podLabels', expression: labels },
    { name: 'spec', expression: spec },
    {
      name: 'containers',
      expression: `${spec}.containers + ${optional('initContainers', `${spec}.initContainers`)}`,
    },
    {
      name: 'images',
      expression: [
        imagesOf(`${spec}.containers`),
        ...later.map((list) => optional(list, imagesOf(`${spec}.${list}`))),
      ].join(' + '),
    },
  ];
}

const annotationsOf = (object: string): string =>
  `has(${object}.metadata) && has(${object}.metadata.annotations) ? ${object}.metadata.annotations : {}`;
/**
 * The days on which the object was written, today among them: CEL has no clock, and the API server notes the time of what a
 * request changes before it asks the policies.
 */
const DATES =
  'has(object.metadata.managedFields) ? object.metadata.managedFields.filter(f, has(f.time)).map(f, string(f.time).substring(0, 10)) : []';
const isOver = (until: string): string => `variables.dates.exists(d, d > ${until})`;

/** The keys of waivers: with a reason, and within their date. A reason of a prop has none. */
function keysOf(annotations: string): string {
  const isWithin = `t.matches(r'${DATED}') && !${isOver('t.substring(size(t) - 10)')}`;
  const holds = `t != '' && (!k.startsWith('${WAIVER_PREFIX}') || !t.matches(r'${WITH_END}') || (${isWithin}))`;
  return `${annotations}.map(k, [${annotations}[k].trim()].all(t, ${holds}), k)`;
}

/** Whether an annotation waives the rule. */
function waived({ rule, waivedBy }: AdmissionRule): string {
  const list = waivedBy === 'namespace' ? 'variables.namespaceWaivers' : 'variables.waivers';
  return waiversOf(rule)
    .map((annotation) => `'${annotation}' in ${list}`)
    .join(' || ');
}

/** Whether the app or the Cluster accepts what the rule finds in the object. */
function excluded({ rule }: AdmissionRule, { kinds }: Judged, exclusions: readonly Exclusion[]): string[] {
  return exclusions.flatMap((one) => {
    const objects = one.rule === rule ? one.objects.filter((name) => kinds.includes(name.split(' ')[0]!)) : [];
    const list = objects.map((name) => `'${name}'`).join(', ');
    const held = one.until === undefined ? '' : ` && !${isOver(`'${one.until}'`)}`;
    return objects.length === 0 ? [] : [`(has(object.metadata.name) && ${NAME_IN_EXCLUSION} in [${list}]${held})`];
  });
}

function admissionBinding(
  { name }: Judged,
  action: AdmissionAction,
  labels: Readonly<Record<string, string>>,
): ValidatingAdmissionPolicyBinding {
  return {
    apiVersion: API_VERSION,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: `${PREFIX}-${name}-${action}`, labels: { ...labels } },
    spec: {
      policyName: `${PREFIX}-${name}`,
      validationActions: action === 'deny' ? ['Deny'] : ['Warn', 'Audit'],
      matchResources: { namespaceSelector: { matchLabels: { [ADMISSION_LABEL]: action } } },
    },
  };
}

function titleOf(id: string): string {
  return RULES.find((rule) => rule.id === id)?.title ?? id;
}
