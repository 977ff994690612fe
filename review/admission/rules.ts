import { ANNOTATION_PREFIX, TENANT_NODES } from '../../kube/labels';
import { REASONS } from '../patterns';
import { EVERYONE, HARMLESS_ROLES } from '../rbac-rules';
import { waiverAnnotation } from '../waiver-text';

/** The annotation of a Namespace that lists the registries which its images may come from, separated by commas. */
export const REGISTRIES = `${ANNOTATION_PREFIX}/registries`;
/** The annotation of a Namespace that lists the labels which its pods must have, separated by commas. */
export const REQUIRED_LABELS = `${ANNOTATION_PREFIX}/required-labels`;

/** What a policy looks at; 'pods' are Pods by hand and the templates of workloads and CronJobs. */
export type AdmissionSubject = 'pods' | 'services' | 'roles' | 'role-bindings';

/** A rule of the review that the API server can apply by itself. */
export interface AdmissionRule {
  /** Its id. */
  readonly rule: string;
  readonly subject: AdmissionSubject;
  /** What holds when the rule is kept, in CEL. */
  readonly holds: string;
  /**
   * Whose waiver counts. What protects the cluster from a tenant is waived by nobody in it.
   *
   * @default 'object' - the object, its pods, and the namespace
   */
  readonly waivedBy?: 'namespace';
  /** What the review finds, and the expression lets pass. @default - nothing */
  readonly less?: string;
}

const flag = (object: string, key: string): string => `(has(${object}.${key}) && ${object}.${key})`;
const all = (holds: string): string => `variables.containers.all(c, ${holds})`;
const given = (annotation: string): string => `!('${annotation}' in variables.namespaceAnnotations)`;
const listIn = (annotation: string): string => `variables.namespaceAnnotations['${annotation}'].split(',')`;
const names = (list: readonly string[]): string => `[${list.map((name) => `'${name}'`).join(', ')}]`;

const timely = (probe: string): string => {
  const { timeout, period } = { timeout: `c.${probe}.timeoutSeconds`, period: `c.${probe}.periodSeconds` };
  return `(!has(c.${probe}) || !has(${timeout}) || ${timeout} <= 1 || ${timeout} < (has(${period}) ? ${period} : 10))`;
};
const isWindows =
  "((has(variables.spec.os) && variables.spec.os.name == 'windows') || (has(variables.spec.nodeSelector) && 'kubernetes.io/os' in variables.spec.nodeSelector && variables.spec.nodeSelector['kubernetes.io/os'] == 'windows'))";
const hostFlags = ['hostNetwork', 'hostPID', 'hostIPC'].map((key) => `!${flag('variables.spec', key)}`).join(' && ');
const tenant = `(has(namespaceObject.metadata.labels) && '${TENANT_NODES}' in namespaceObject.metadata.labels ? namespaceObject.metadata.labels['${TENANT_NODES}'] : '')`;
const selected = `(has(variables.spec.nodeSelector) && '${TENANT_NODES}' in variables.spec.nodeSelector ? variables.spec.nodeSelector['${TENANT_NODES}'] : '')`;
const EPHEMERAL = 'ephemeral containers';

/**
 * The rules of the review that look at one object alone and can be said in CEL, each with its expression. Those that the API
 * server, Pod Security, the LimitRange and the quota of a tenant apply already are left out.
 */
export const ADMISSION_RULES: readonly AdmissionRule[] = [
  {
    rule: 'images/latest',
    subject: 'pods',
    holds:
      "variables.images.all(i, i == '' || i == 'auto' || i.contains('@') || (i.matches(':[^/]*$') && !i.endsWith(':latest')))",
  },
  {
    rule: 'images/registry',
    subject: 'pods',
    holds: `${given(REGISTRIES)} || variables.images.all(i, i == '' || i == 'auto' || ${listIn(REGISTRIES)}.exists(r, i.startsWith(r + '/')))`,
    waivedBy: 'namespace',
  },
  {
    rule: 'metadata/required-labels',
    subject: 'pods',
    holds: `${given(REQUIRED_LABELS)} || ${listIn(REQUIRED_LABELS)}.all(l, l in variables.podLabels)`,
    waivedBy: 'namespace',
  },
  {
    rule: 'placement/tenant-nodes',
    subject: 'pods',
    holds: `${selected} == ${tenant} && (!has(variables.spec.tolerations) || variables.spec.tolerations.all(t, has(t.key) && t.key != '' ? t.key != '${TENANT_NODES}' || (has(t.value) && t.value == ${tenant}) : ${tenant} != '' || object.kind == 'DaemonSet'))`,
    waivedBy: 'namespace',
  },
  {
    rule: 'probes/timeout',
    subject: 'pods',
    holds: all(['livenessProbe', 'readinessProbe', 'startupProbe'].map(timely).join(' && ')),
  },
  {
    rule: 'security/host-access',
    subject: 'pods',
    holds: `object.kind == 'DaemonSet' || (${hostFlags} && !(has(variables.spec.volumes) && variables.spec.volumes.exists(v, has(v.hostPath))))`,
    less: 'DaemonSets that share a namespace with other workloads',
  },
  {
    rule: 'security/privileged',
    subject: 'pods',
    holds: all(
      `!has(c.securityContext) || (!${flag('c.securityContext', 'privileged')} && (!has(c.securityContext.capabilities) || !has(c.securityContext.capabilities.add) || c.securityContext.capabilities.add.all(n, n == 'NET_BIND_SERVICE')))`,
    ),
    less: EPHEMERAL,
  },
  {
    rule: 'security/writable-root',
    subject: 'pods',
    holds: `${isWindows} || ${all(`has(c.securityContext) && ${flag('c.securityContext', 'readOnlyRootFilesystem')}`)}`,
    less: EPHEMERAL,
  },
  {
    rule: 'volumes/root-path',
    subject: 'pods',
    holds: all("!has(c.volumeMounts) || c.volumeMounts.all(m, !m.mountPath.matches('^/[/.]*$'))"),
    less: EPHEMERAL,
  },
  {
    rule: 'load-balancers/in-tree',
    subject: 'services',
    holds:
      "object.spec.type != 'LoadBalancer' || has(object.spec.loadBalancerClass) || (has(object.metadata.annotations) && 'service.beta.kubernetes.io/aws-load-balancer-type' in object.metadata.annotations && object.metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-type'] in ['external', 'nlb-ip'])",
  },
  {
    rule: 'security/rbac-wildcard',
    subject: 'roles',
    holds:
      "!has(object.rules) || object.rules.all(r, !('*' in r.verbs) && (!has(r.resources) || !('*' in r.resources)))",
    less: 'ClusterRoles, which are in no namespace',
  },
  {
    rule: 'security/cluster-admin',
    subject: 'role-bindings',
    holds:
      "object.roleRef.kind != 'ClusterRole' || object.roleRef.name != 'cluster-admin' || !has(object.subjects) || size(object.subjects) == 0",
    less: 'ClusterRoleBindings, which are in no namespace',
    waivedBy: 'namespace',
  },
  {
    rule: 'security/everyone',
    subject: 'role-bindings',
    holds: `object.roleRef.name in ${names(HARMLESS_ROLES)} || !has(object.subjects) || object.subjects.all(s, s.kind == 'ServiceAccount' || !(s.name in ${names(Object.keys(EVERYONE))}))`,
    less: 'ClusterRoleBindings, which are in no namespace',
    waivedBy: 'namespace',
  },
];

/** The annotations that waive a rule: its own, and the reasons of props that stand for it. */
export function waiversOf(rule: string): string[] {
  const reasons = Object.entries(REASONS).flatMap(([name, rules]) =>
    rules.includes(rule) ? [`${ANNOTATION_PREFIX}/${name}`] : [],
  );
  return [waiverAnnotation(rule), ...reasons];
}
