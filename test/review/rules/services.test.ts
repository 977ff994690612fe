import { KubeObject } from 'cdk8s-eks-patterns';
import { newTenant, web } from '../../support/app';
import { findingsIn, foundInApp, namespace, of, service, set, workload } from './support';

const NOTHING = 'services/selects-nothing';
const TARGET = 'services/target-port';
const WBE = service('selector: { app: wbe }, ports: [{ port: 80 }]');

describe(NOTHING, () => {
  test.each([
    ['the set makes the namespace and its pods', [namespace(), workload(), WBE], ['error spec.selector']],
    ['the set makes pods of the namespace', [workload(), WBE], ['warning spec.selector']],
    ['the set makes the namespace only', [namespace(), WBE], ['warning spec.selector']],
    ['a Service alone, whose pods another set makes', [WBE], []],
    ['pods of another namespace', [workload({ ns: 'other' }), WBE], []],
    ['no selector: someone else makes the endpoints', [workload(), service('ports: [{ port: 80 }]')], []],
    ['an empty selector is none', [workload(), service('selector: {}, ports: [{ port: 80 }]')], []],
    [
      'an ExternalName ignores its selector',
      [workload(), service('type: ExternalName, externalName: a.example.com, selector: { app: x }')],
      [],
    ],
    [
      'the pods of a Job',
      [
        namespace(),
        `{ apiVersion: batch/v1, kind: Job, metadata: { name: j, namespace: shop }, spec: { template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: j, image: 'j:1' }] } } } }`,
        service('selector: { a: b }, ports: [{ port: 80 }]'),
      ],
      [],
    ],
    [
      'one member of a set, by the label of its controller',
      [
        namespace(),
        workload({ kind: 'StatefulSet' }),
        service('selector: { app: web, statefulset.kubernetes.io/pod-name: web-0 }'),
      ],
      [],
    ],
    [
      'a member of no set',
      [
        namespace(),
        workload({ kind: 'StatefulSet' }),
        service('selector: { statefulset.kubernetes.io/pod-name: wbe-0 }'),
      ],
      ['error spec.selector'],
    ],
    [
      'the primary, by a label that the program sets',
      [namespace(), workload(), service('selector: { app: web, role: primary }')],
      [],
    ],
    [
      'a role that the template has otherwise',
      [
        namespace(),
        workload({ labels: '{ app: web, role: replica }' }),
        service('selector: { app: web, role: slave }'),
      ],
      ['error spec.selector'],
    ],
    [
      'a label that the template does not have',
      [namespace(), workload(), service('selector: { app: web, tier: front }')],
      ['error spec.selector'],
    ],
    [
      'a controller selects the labels that its template lacks, which is a finding of its own',
      [
        namespace(),
        workload().replace('labels: { app: web } }, spec: { containers', 'labels: { app: x } }, spec: { containers'),
        service('selector: { app: web }'),
      ],
      [],
    ],
    [
      'pods that an operator makes',
      [
        namespace(),
        workload(),
        '{ apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: { name: db, namespace: shop }, spec: {} }',
        service('selector: { cnpg.io/cluster: db }'),
      ],
      [],
    ],
    [
      'a custom resource that makes no pods',
      [
        namespace(),
        workload(),
        '{ apiVersion: keda.sh/v1alpha1, kind: TriggerAuthentication, metadata: { name: a, namespace: shop }, spec: {} }',
        WBE,
      ],
      ['error spec.selector'],
    ],
    [
      'pods of EKS in kube-system',
      [workload({ ns: 'kube-system' }), service('selector: { k8s-app: kube-dns }', 'dns', 'kube-system')],
      [],
    ],
  ])('%s', (_, documents, expected) => {
    expect(of(NOTHING, set(...documents))).toEqual(expected);
  });

  test('silent where an object could not be read, or pods are declared as existing', () => {
    expect(of(NOTHING, set(namespace(), workload(), WBE, '{ kind: Deployment }'))).toEqual([]);
    const existing = [{ kind: 'Deployment', namespace: 'shop', name: 'wbe' }];
    expect(of(NOTHING, set(namespace(), workload(), WBE), existing)).toEqual([]);
  });

  test('the fix names the label that the pods have', () => {
    const finding = findingsIn(set(workload(), WBE)).find(({ rule }) => rule === NOTHING);
    expect(finding?.fix).toContain("app: 'web'");
  });

  test('a KubeObject in a tenant that selects none of its pods fails the synthesis', () => {
    const tenant = newTenant();
    web({}, tenant);
    new KubeObject(tenant, 'typo', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'typo' },
      spec: { selector: { app: 'typo' }, ports: [{ port: 80, targetPort: 8080 }] },
    });
    expect(foundInApp(tenant, 'services/')).toEqual([[NOTHING, 'error', 'spec.selector']]);
  });
});

describe(TARGET, () => {
  const ports = (list: string) => service(`selector: { app: web }, ports: [${list}]`);
  const sidecar =
    "initContainers: [{ name: s, image: 's:1', restartPolicy: Always, ports: [{ name: proxy, containerPort: 1 }] }]";
  const first = "initContainers: [{ name: s, image: 's:1', ports: [{ name: proxy, containerPort: 1 }] }]";
  test.each([
    ['a name that the container declares', workload(), '{ port: 80, targetPort: http }', []],
    ['another name', workload(), '{ port: 80, targetPort: web }', ['error spec.ports[0].targetPort']],
    ['a name of a sidecar', workload({ pod: sidecar }), '{ port: 80, targetPort: proxy }', []],
    [
      'a name of a container that has ended',
      workload({ pod: first }),
      '{ port: 80, targetPort: proxy }',
      ['error spec.ports[0].targetPort'],
    ],
    [
      'another protocol',
      workload(),
      '{ port: 53, protocol: UDP, targetPort: http }',
      ['error spec.ports[0].targetPort'],
    ],
    ['a number, whatever is declared', workload(), '{ port: 80, targetPort: 9999 }', []],
    ['no pods in the set', workload({ name: 'other' }), '{ port: 80, targetPort: web }', []],
    [
      'one of two workloads',
      set(workload(), workload({ name: 'b', labels: '{ app: web, v: b }' }).replace('name: http', 'name: other')),
      '{ port: 80, targetPort: http }',
      [],
    ],
  ])('%s', (_, pods, list, expected) => {
    expect(of(TARGET, set(pods, ports(list)))).toEqual(expected);
  });

  test('a number that no container declares is advice', () => {
    expect(of('services/undeclared-port', set(workload(), ports('{ port: 80 }, { port: 8080 }')))).toEqual([
      'advice spec.ports[0]',
    ]);
  });
});
