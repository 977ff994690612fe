import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiObject, Include, Yaml } from 'cdk8s';
import type { EksApp, k8s, Tenant } from 'cdk8s-eks-patterns';
import type { Mutable } from '../../kube/values';
import {
  appOf,
  existingCluster,
  IMAGE,
  newApp,
  newTenant,
  privilegedTenant,
  temporaryFolder,
  web,
} from '../support/app';
import { findingsOf } from '../support/findings';

type PodSpec = Mutable<k8s.PodSpec>;
type Container = Mutable<k8s.Container>;

/** What a restricted namespace asks of a container. */
const CONTEXT = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const good = (): PodSpec => ({
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ name: 'web', image: IMAGE, securityContext: structuredClone(CONTEXT) }],
});

/** A field of the pod, and a value that a restricted namespace refuses. */
const OF_POD: readonly (readonly [field: string, edit: (spec: PodSpec) => void])[] = [
  ['hostNetwork', (spec) => Object.assign(spec, { hostNetwork: true })],
  ['hostPID', (spec) => Object.assign(spec, { hostPID: true })],
  [
    'volumes[0].hostPath',
    (spec) => Object.assign(spec, { volumes: [{ name: 'log', hostPath: { path: '/var/log' } }] }),
  ],
  ['volumes[0].nfs', (spec) => Object.assign(spec, { volumes: [{ name: 'a', nfs: { server: 'a', path: '/' } }] })],
  ['securityContext.runAsNonRoot', (spec) => Object.assign(spec.securityContext!, { runAsNonRoot: false })],
  ['securityContext.runAsUser', (spec) => Object.assign(spec.securityContext!, { runAsUser: 0 })],
  ['securityContext.seccompProfile.type', ({ securityContext }) => void delete securityContext!.seccompProfile],
  [
    'securityContext.sysctls[0].name',
    (spec) => Object.assign(spec.securityContext!, { sysctls: [{ name: 'kernel.msgmax', value: '1' }] }),
  ],
];
/** The same of a container. */
const OF_CONTAINER: readonly (readonly [field: string, securityContext: object, more?: object])[] = [
  ['securityContext.allowPrivilegeEscalation', { allowPrivilegeEscalation: true }],
  ['securityContext.capabilities.drop', { capabilities: {} }],
  ['securityContext.capabilities.add', { capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } }],
  ['securityContext.privileged', { privileged: true }],
  ['securityContext.procMount', { procMount: 'Unmasked' }],
  ['securityContext.seLinuxOptions.type', { seLinuxOptions: { type: 'spc_t' } }],
  ['securityContext.appArmorProfile.type', { appArmorProfile: { type: 'Unconfined' } }],
  ['ports[0].hostPort', {}, { ports: [{ containerPort: 80, hostPort: 80 }] }],
  ['startupProbe.httpGet.host', {}, { startupProbe: { httpGet: { port: 80, host: 'other' } } }],
];

const change = (container: Container, securityContext: object, more: object = {}): void => {
  Object.assign(container, more);
  Object.assign(container.securityContext!, securityContext);
};
const EDITS: readonly (readonly [field: string, edit: (spec: PodSpec) => void])[] = [
  ...OF_POD,
  ...OF_CONTAINER.map(
    ([field, context, more]) =>
      [`containers[0].${field}`, (spec: PodSpec) => change(spec.containers[0]!, context, more)] as const,
  ),
];
const edited = (edit: (spec: PodSpec) => void): PodSpec => {
  const spec = good();
  edit(spec);
  return spec;
};
const podOf = (spec: object, name = 'web') => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec });
const deploymentOf = (spec: object, name = 'web') => {
  const labels = { 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
};

/** What is said about pods, by construct: 'rule field'. */
const refused = (app: EksApp) =>
  findingsOf(() => app)
    .filter(({ rule }) => rule.startsWith('pod-security/'))
    .map(({ rule, field, construct }) => `${rule} ${construct} ${field}`);

/** Puts a pod into a tenant, under a name. */
type Way = (shop: Tenant, name: string, edit: (spec: PodSpec) => void) => void;

describe('a pod that a restricted tenant would refuse is refused at synthesis', () => {
  test.each<[what: string, way: Way, construct: string, at: string]>([
    [
      'edited by customize',
      (shop, name, edit) =>
        web(
          { customize: { deployment: (d: k8s.Deployment) => void edit(d.spec.template.spec as PodSpec) } },
          shop,
          name,
        ),
      '/Deployment',
      'spec.template.spec',
    ],
    [
      'a raw Pod',
      (shop, name, edit) => {
        new ApiObject(shop, name, podOf(edited(edit), name));
      },
      '',
      'spec',
    ],
    [
      'a raw Deployment',
      (shop, name, edit) => {
        new ApiObject(shop, name, deploymentOf(edited(edit), name));
      },
      '',
      'spec.template.spec',
    ],
  ])('%s', (_, way, construct, at) => {
    const shop = newTenant();
    EDITS.forEach(([, edit], i) => {
      way(shop, `pod-${i}`, edit);
    });
    expect(refused(appOf(shop))).toEqual(
      EDITS.map(([field], i) => `pod-security/restricted prod/shop/pod-${i}${construct} ${at}.${field}`),
    );
  });

  test('included', () => {
    const shop = newTenant();
    // one file for all: cdk8s starts a process for each
    const url = path.join(temporaryFolder(), 'chart.yaml');
    fs.writeFileSync(url, Yaml.stringify(...EDITS.map(([, edit], i) => deploymentOf(edited(edit), `pod-${i}`))));
    new Include(shop, 'chart', { url });
    expect(refused(appOf(shop))).toEqual(
      EDITS.map(
        ([field], i) => `pod-security/restricted prod/shop/chart/pod-${i}-deployment spec.template.spec.${field}`,
      ),
    );
  });

  test('a sidecar', () => {
    const shop = newTenant();
    OF_CONTAINER.forEach(([, context, more], i) => {
      const container: Container = { name: 'proxy', image: IMAGE, securityContext: structuredClone(CONTEXT) };
      change(container, context, more);
      web({ sidecars: [container] }, shop, `pod-${i}`);
    });
    expect(refused(appOf(shop))).toEqual(
      OF_CONTAINER.map(
        ([field], i) =>
          `pod-security/restricted prod/shop/pod-${i}/Deployment spec.template.spec.initContainers[0].${field}`,
      ),
    );
  });
});

test('what a prop asks for is refused once, by its own name', () => {
  const because = 'the test says so';
  const findings = findingsOf(() => web({ security: { privileged: { because } } }));
  expect(findings.map(({ rule, field }) => [rule, field])).toEqual([['props/forbidden', 'security.privileged']]);
});

test('a tenant of level privileged takes them all', () => {
  const shop = privilegedTenant();
  EDITS.forEach(([, edit], i) => {
    new ApiObject(shop, `raw-${i}`, podOf(edited(edit), `raw-${i}`));
  });
  expect(refused(appOf(shop))).toEqual([]);
});

test('the standards are those of the cluster, also of one that exists', () => {
  const root = (version: '1.34' | '1.35') => {
    const shop = newTenant({}, existingCluster(newApp(), { version }));
    new ApiObject(
      shop,
      'raw',
      podOf(
        edited((spec) =>
          Object.assign(spec, { hostUsers: false, securityContext: { ...spec.securityContext, runAsUser: 0 } }),
        ),
      ),
    );
    return refused(appOf(shop)).length;
  };
  expect([root('1.34'), root('1.35')]).toEqual([1, 0]);
});

test('a namespace of the cluster has the labels that the app declares', () => {
  const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
  const app = newApp({ existing: [{ kind: 'Namespace', namespace: '', name: 'legacy', labels }] });
  const pod = podOf({ ...good(), hostNetwork: true });
  new ApiObject(existingCluster(app), 'raw', { ...pod, metadata: { name: 'web', namespace: 'legacy' } });
  expect(refused(app)).toEqual(['pod-security/baseline prod/raw spec.hostNetwork']);
});
