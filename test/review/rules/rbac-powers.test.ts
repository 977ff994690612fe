import { review } from '../../../review/review';
import { said } from './pods';
import { setOf } from './support';

const G = 'rbac.authorization.k8s.io';
const role = (rule: string, { kind = 'ClusterRole', annotations = '' } = {}) =>
  `{ apiVersion: ${G}/v1, kind: ${kind}, metadata: { name: a${kind === 'Role' ? ', namespace: shop' : ''}, annotations: { ${annotations} } }, rules: [{ apiGroups: [''], resources: [pods], verbs: [get] }, { ${rule} }] }`;
const grant = (group: string, resources: string, verbs: string, more = '') =>
  `apiGroups: [${group}], resources: [${resources}], verbs: [${verbs}]${more}`;
const found = (yaml: string, rule: string) =>
  said(yaml, `security/${rule}|security`).filter((one) => one.includes(`/${rule} `));

const PLACE = 'rules[1]';

describe('roles that make volumes', () => {
  test.each<[string, string, string, string, number]>([
    ["''", 'persistentvolumes', 'create', '', 1],
    ["''", 'pods, persistentvolumes', 'get, create', '', 1],
    ["'*'", 'persistentvolumes', "'*'", '', 1],
    ["''", 'persistentvolumes', 'get, list, watch, delete, patch', '', 0],
    ["''", 'persistentvolumeclaims', 'create', '', 0],
    ["''", 'persistentvolumes/status', 'create', '', 0],
    ['example.com', 'persistentvolumes', 'create', '', 0],
    ["''", 'persistentvolumes', 'create', ', resourceNames: [a]', 0],
  ])('%s %s to %s%s', (group, resources, verbs, more, count) => {
    expect(found(role(grant(group, resources, verbs, more)), 'rbac-volumes')).toEqual(
      Array(count).fill(`advice security/rbac-volumes ${PLACE}`),
    );
  });

  test('a Role grants nothing of them', () => {
    const yaml = role(grant("''", 'persistentvolumes', 'create'), { kind: 'Role' });
    expect(found(yaml, 'rbac-volumes')).toEqual([]);
  });
});

describe('roles that change webhooks', () => {
  const group = 'admissionregistration.k8s.io';
  test.each<[string, string, string, number]>([
    ['validatingwebhookconfigurations', 'create', '', 1],
    ['mutatingwebhookconfigurations', 'update', '', 1],
    ['mutatingwebhookconfigurations', 'get, patch', '', 1],
    ['validatingwebhookconfigurations', 'delete', '', 1],
    ['mutatingadmissionpolicies', 'create', '', 1],
    ['mutatingadmissionpolicybindings', "'*'", '', 1],
    ['validatingwebhookconfigurations', 'get, list, watch', '', 0],
    ['validatingwebhookconfigurations', 'patch', ', resourceNames: [web]', 0],
    ['validatingadmissionpolicies', 'create', '', 0],
  ])('%s to %s%s', (resources, verbs, more, count) => {
    expect(found(role(grant(group, resources, verbs, more)), 'rbac-webhooks')).toEqual(
      Array(count).fill(`advice security/rbac-webhooks ${PLACE}`),
    );
  });

  test('with the reason that a workload gave', () => {
    const annotations = "cdk8s-eks-patterns.io/escalation-because: 'it writes CAs'";
    const yaml = role(grant(group, 'validatingwebhookconfigurations', 'patch'), { annotations });
    const [finding] = review({ inventory: setOf(yaml).inventory }).filter(({ rule }) =>
      rule.endsWith('/rbac-webhooks'),
    );
    expect(finding?.waived).toEqual(expect.objectContaining({ reason: 'it writes CAs' }));
  });
});

describe("the service account 'default'", () => {
  const binding = (subject: string) =>
    `{ apiVersion: ${G}/v1, kind: RoleBinding, metadata: { name: b, namespace: shop }, roleRef: { apiGroup: ${G}, kind: Role, name: a }, subjects: [{ kind: User, name: u }, { ${subject} }] }`;
  const DEFAULT = 'kind: ServiceAccount, name: default';
  const pod = (spec = '') =>
    `{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop }, spec: { ${spec} containers: [{ name: web, image: 'web:1' }] } }`;
  const account = (mounts: boolean) =>
    `{ apiVersion: v1, kind: ServiceAccount, metadata: { name: default, namespace: shop }, automountServiceAccountToken: ${mounts} }`;
  const OF_POD = ['advice security/default-account spec.serviceAccountName'];
  const OF_BINDING = ['advice security/default-account subjects[1]'];

  test.each<[about: string, manifests: readonly string[], expected: readonly string[]]>([
    ['is bound', [binding(DEFAULT)], OF_BINDING],
    ['is bound, and its namespace said', [binding(`${DEFAULT}, namespace: shop`)], OF_BINDING],
    ['is bound, and a pod runs as it', [binding(DEFAULT), pod()], OF_POD],
    ['is bound, and a pod names it', [binding(DEFAULT), pod('serviceAccountName: default,')], OF_POD],
    ['has permissions by its group', [binding('kind: Group, name: "system:serviceaccounts:shop"'), pod()], OF_POD],
    [
      'is bound, and the pod mounts no token',
      [binding(DEFAULT), pod('automountServiceAccountToken: false,')],
      OF_BINDING,
    ],
    ['is bound, and mounts no token', [binding(DEFAULT), account(false), pod()], OF_BINDING],
    [
      'is bound, and its pod mounts the token all the same',
      [binding(DEFAULT), account(false), pod('automountServiceAccountToken: true,')],
      OF_POD,
    ],
    ['of another namespace is bound', [binding(`${DEFAULT}, namespace: other`), pod()], OF_BINDING],
    ['has no permissions', [pod()], []],
    ['is not bound, but another', [binding('kind: ServiceAccount, name: web'), pod()], []],
    ['is bound as a user', [binding('kind: User, name: "system:serviceaccount:shop:default"'), pod()], OF_POD],
    ['is the name of a user', [binding('kind: User, name: default'), pod()], []],
    ['is bound, and a pod runs as another', [binding(DEFAULT), pod('serviceAccountName: web,')], OF_BINDING],
  ])('%s', (_, manifests, expected) => {
    expect(found(manifests.join('\n---\n'), 'default-account')).toEqual(expected);
  });
});
