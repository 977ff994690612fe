import type { IConstruct } from 'constructs';
import { ADMISSION_LABEL } from '../../kube/labels';
import { ADMISSION_RULES, type AdmissionRule, type AdmissionSubject, waiversOf } from '../../review/admission/rules';
import { RULES } from '../../review/rules';
import { ADMISSION_ACTIONS, type AdmissionAction } from '../core/declarations';
import type {
  NamedRuleWithOperations,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  Variable,
} from '../core/k8s';
import { KubeObject } from '../core/kube-object';

const API_VERSION = 'admissionregistration.k8s.io/v1';
const PREFIX = 'cdk8s-eks-patterns';

/** Objects of one shape, which one policy judges. */
interface Judged {
  readonly name: string;
  readonly subject: AdmissionSubject;
  readonly rules: readonly { readonly groups: readonly string[]; readonly resources: readonly string[] }[];
  /** The pod template in the object, of those that have one. */
  readonly template?: string;
}

const JUDGED: readonly Judged[] = [
  {
    name: 'pods',
    subject: 'pods',
    rules: [{ groups: [''], resources: ['pods', 'pods/ephemeralcontainers'] }],
    template: 'object',
  },
  {
    name: 'workloads',
    subject: 'pods',
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
    rules: [{ groups: ['batch'], resources: ['cronjobs'] }],
    template: 'object.spec.jobTemplate.spec.template',
  },
  { name: 'services', subject: 'services', rules: [{ groups: [''], resources: ['services'] }] },
  { name: 'roles', subject: 'roles', rules: [{ groups: ['rbac.authorization.k8s.io'], resources: ['roles'] }] },
  {
    name: 'role-bindings',
    subject: 'role-bindings',
    rules: [{ groups: ['rbac.authorization.k8s.io'], resources: ['rolebindings'] }],
  },
];

/** The policies and bindings that tenants of this app ask for, once for the cluster. */
export function writeAdmission(cluster: IConstruct, labels: Readonly<Record<string, string>>): void {
  ADMISSION_ACTIONS.each(cluster, (action) => {
    for (const judged of JUDGED) {
      const policy = admissionPolicy(judged, labels);
      const id = `${policy.kind}-${judged.name}`;
      if (cluster.node.tryFindChild(id) === undefined) {
        new KubeObject(cluster, id, policy, undefined);
      }
      const binding = admissionBinding(judged, action as AdmissionAction, labels);
      new KubeObject(cluster, `${binding.kind}-${judged.name}-${action}`, binding, undefined);
    }
  });
}

/** The policy for objects of one shape, made of the rules of the review about them. */
function admissionPolicy(judged: Judged, labels: Readonly<Record<string, string>>): ValidatingAdmissionPolicy {
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
        expression: `${waived(rule)} || (${rule.holds})`,
        message: `${titleOf(rule.rule)} [${rule.rule}]`,
      })),
    },
  };
}

function variables(template: string | undefined): Variable[] {
  const ofNamespace = annotationsOf('namespaceObject');
  const own = [
    { name: 'namespaceAnnotations', expression: ofNamespace },
    { name: 'namespaceWaivers', expression: keysOf('variables.namespaceAnnotations') },
  ];
  const object = { name: 'objectAnnotations', expression: annotationsOf('object') };
  if (template === undefined) {
    return [
      ...own,
      object,
      { name: 'waivers', expression: `variables.namespaceWaivers + ${keysOf('variables.objectAnnotations')}` },
    ];
  }
  const spec = `${template}.spec`;
  const metadata = `${template}.metadata`;
  const labels = `has(${metadata}) && has(${metadata}.labels) ? ${metadata}.labels : {}`;
  const imagesOf = (list: string) => `${list}.map(c, has(c.image) ? c.image : '')`;
  const optional = (list: string, of: string) => `(has(${spec}.${list}) ? ${of} : [])`;
  const later = ['initContainers', ...(template === 'object' ? ['ephemeralContainers'] : [])];
  return [
    ...own,
    object,
    { name: 'podAnnotations', expression: annotationsOf(template) },
    {
      name: 'waivers',
      expression: `variables.namespaceWaivers + ${keysOf('variables.objectAnnotations')} + ${keysOf('variables.podAnnotations')}`,
    },
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
/** A waiver without a reason is none. */
const keysOf = (annotations: string): string => `${annotations}.map(k, ${annotations}[k].trim() != '', k)`;

/** Whether an annotation waives the rule. */
function waived({ rule, waivedBy }: AdmissionRule): string {
  const list = waivedBy === 'namespace' ? 'variables.namespaceWaivers' : 'variables.waivers';
  return waiversOf(rule)
    .map((annotation) => `'${annotation}' in ${list}`)
    .join(' || ');
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
