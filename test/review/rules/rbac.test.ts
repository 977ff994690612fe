import { said } from './pods';

const G = 'rbac.authorization.k8s.io/v1';
const role = (rule: string, kind = 'Role') =>
  `{ apiVersion: ${G}, kind: ${kind}, metadata: { name: a }, rules: [{ ${rule} }] }`;
const grant = (groups: string, resources: string, verbs: string, more = '') =>
  `apiGroups: [${groups}], resources: [${resources}], verbs: [${verbs}]${more}`;

test.each([
  ["''", 'pods, pods/log, services/proxy', 'get, list', []],
  ["'*'", 'anything', 'everything', []],
  ["''", "'*', pods/*, '*/scale'", "'*'", []],
  ["''", 'pod', 'get', ['resources[0]']],
  ["''", 'Pods', 'get', ['resources[0]']],
  ["''", 'pods/logs', 'get', ['resources[0]']],
  ["'', apps", 'deployments, pods, deployments/scale, deployments/finalizers', 'get', []],
  ["''", 'deployments', 'get', ['resources[0]']],
  ['apps', 'pods', 'get', ['resources[0]']],
  ['extensions, networking.k8s.io', 'ingresses', 'get', []],
  ['extensions', 'deployments', 'get', ['resources[0]']],
  ['apps/v1', 'deployments', 'get', ['apiGroups[0]']],
  ['core', 'pods', 'get', ['apiGroups[0]']],
  ['v1', 'pods', 'get', ['apiGroups[0]']],
  ['app', 'deployments', 'get', ['apiGroups[0]']],
  ['example.com', 'widgets', 'polish', []],
  ['metrics.k8s.io', 'pods', 'get', []],
  ['gateway.networking.k8s.io', 'httproutes', 'get', []],
  ["''", 'pods', 'read, Get, get', ['verbs[0]', 'verbs[1]']],
  ["''", 'serviceaccounts', 'impersonate', []],
  ['policy', 'poddisruptionbudgets', 'use', []],
  ["''", 'podsecuritypolicies', 'use', ['resources[0]']],
  ["''", 'nodes/metrics, nodes/stats', 'get', []],
])('%s %s %s', (groups, resources, verbs, fields) => {
  expect(said(role(grant(groups, resources, verbs), 'ClusterRole'), 'rbac')).toEqual(
    fields.map((field) => `warning rbac/unknown rules[0].${field}`),
  );
});

test.each([
  ['create', 'configmaps', 1],
  ['get', 'configmaps', 0],
  ['create', 'pods/exec', 0],
])('%s of named %s', (verb, resource, findings) => {
  expect(said(role(grant("''", resource, verb, ', resourceNames: [a]')), 'rbac')).toHaveLength(findings);
});

test.each([
  ['nodes', 'get', 1],
  ['storageclasses', 'get', 1],
  ['namespaces', 'list, watch', 1],
  // a namespace is within itself
  ['namespaces', 'get', 0],
  ['pods', 'get', 0],
])('a Role over %s to %s', (resource, verbs, findings) => {
  const found = said(role(grant("'', storage.k8s.io", resource, verbs)), 'rbac');
  expect(found).toEqual(findings === 0 ? [] : ['warning rbac/cluster-scoped rules[0].resources']);
});

const binding = (kind: string, roleRef: string, subjects = '') =>
  `{ apiVersion: ${G}, kind: ${kind}, metadata: { name: b }, roleRef: { ${roleRef} }, subjects: [${subjects}] }`;
const TO_A = 'apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a';

test('a RoleBinding of what has no namespace, unless it is bound for the cluster too', () => {
  const nodes = role(grant("''", 'nodes', 'get'), 'ClusterRole');
  const inside = `${nodes}\n---\n${binding('RoleBinding', TO_A)}`;
  expect(said(inside, 'rbac')).toEqual(['warning rbac/cluster-scoped roleRef']);
  expect(said(`${inside}\n---\n${binding('ClusterRoleBinding', TO_A)}`, 'rbac')).toEqual([]);
});

test.each([
  ['RoleBinding', 'name: a', '', ['roleRef.kind']],
  ['ClusterRoleBinding', 'kind: Role, name: a', '', ['roleRef.kind']],
  ['RoleBinding', 'apiGroup: apps, kind: Role, name: a', '', ['roleRef.apiGroup']],
  ['RoleBinding', 'kind: Role', '', ['roleRef.name']],
  ['RoleBinding', 'kind: Role, name: a', '{ kind: ServiceAccount, name: a }', []],
  ['ClusterRoleBinding', 'kind: ClusterRole, name: a', '{ kind: ServiceAccount, name: a }', ['subjects[0].namespace']],
  ['RoleBinding', 'kind: Role, name: a', '{ kind: User, name: a }', []],
  ['RoleBinding', 'kind: Role, name: a', '{ kind: User, name: a, apiGroup: v1 }', ['subjects[0].apiGroup']],
  [
    'RoleBinding',
    'kind: Role, name: a',
    '{ kind: ServiceAccount, name: a, namespace: b, apiGroup: rbac.authorization.k8s.io }',
    ['subjects[0].apiGroup'],
  ],
  ['RoleBinding', 'kind: Role, name: a', '{ name: a, namespace: b }', ['subjects[0].kind']],
])('%s of %s to %s', (kind, roleRef, subjects, fields) => {
  expect(said(binding(kind, roleRef, subjects), 'rbac/binding|rbac')).toEqual(
    fields.map((field) => `error rbac/binding ${field}`),
  );
});

test.each([
  ["apiGroups: [''], resources: [pods]", 'Role', ['verbs']],
  ["apiGroups: [''], verbs: [get]", 'Role', ['resources']],
  ['nonResourceURLs: [/metrics], verbs: [get]', 'Role', ['nonResourceURLs']],
  ["nonResourceURLs: [/metrics], apiGroups: [''], resources: [pods], verbs: [get]", 'ClusterRole', ['nonResourceURLs']],
  ['nonResourceURLs: [/metrics], verbs: [get]', 'ClusterRole', []],
])('{ %s } of a %s', (rule, kind, keys) => {
  expect(said(role(rule, kind), 'rbac')).toEqual(keys.map((key) => `error rbac/rules rules[0].${key}`));
});
