import { type KubernetesVersion, schemaErrors } from './validate';

const VERSIONS: KubernetesVersion[] = ['1.34', '1.35', '1.36'];

/** Loosely typed, so that a test can break any part of it. */
function deployment() {
  const container: Record<string, unknown> = {
    name: 'web',
    image: 'registry.example.com/web:1.2.3',
    ports: [{ name: 'http', containerPort: 8080 }],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: 134217728 } },
    readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
    livenessProbe: { httpGet: { path: '/live', port: 8080 } },
  };
  const spec: Record<string, unknown> = {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } },
  };
  const metadata: Record<string, unknown> = { name: 'web', namespace: 'shop' };
  return { manifest: { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec }, metadata, spec, container };
}

describe.each(VERSIONS)('the schemas of Kubernetes %s', (version) => {
  test('accept a correct Deployment', () => {
    expect(schemaErrors(deployment().manifest, version)).toEqual([]);
  });

  test('report an unknown field', () => {
    const { manifest, container } = deployment();
    container.imagePullPolice = 'Always';
    expect(schemaErrors(manifest, version)).toEqual([
      "apps/v1/Deployment: /spec/template/spec/containers/0: unknown field 'imagePullPolice'",
    ]);
  });

  test('report a wrong type', () => {
    const { manifest, spec } = deployment();
    spec.replicas = '2';
    expect(schemaErrors(manifest, version)).toEqual(['apps/v1/Deployment: /spec/replicas: must be integer']);
  });

  test('report a missing required field', () => {
    const { manifest, spec } = deployment();
    delete spec.selector;
    expect(schemaErrors(manifest, version)).toEqual([
      "apps/v1/Deployment: /spec: required field 'selector' is missing",
    ]);
  });

  test('report a missing name', () => {
    const { manifest, metadata } = deployment();
    delete metadata.name;
    expect(schemaErrors(manifest, version)).toEqual([
      "apps/v1/Deployment: /metadata: required field 'name' is missing",
    ]);
  });

  test('report a value that the field does not allow', () => {
    const { manifest, container } = deployment();
    container.imagePullPolicy = 'Sometimes';
    expect(schemaErrors(manifest, version)).toEqual([
      'apps/v1/Deployment: /spec/template/spec/containers/0/imagePullPolicy: must be one of Always, IfNotPresent, Never',
    ]);
  });

  test('report a quantity that is none', () => {
    const { manifest, container } = deployment();
    container.resources = { requests: { memory: '128mb' } };
    expect(schemaErrors(manifest, version).join('\n')).toContain('/resources/requests/memory: must match pattern');
  });

  test('report a Secret whose data is not base64', () => {
    const secret = (value: string) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'token' },
      data: { token: value },
    });
    expect(schemaErrors(secret('aHVudGVyMg=='), version)).toEqual([]);
    expect(schemaErrors(secret('hunter-2'), version).join('\n')).toContain('/data/token: must match pattern');
  });

  test('accept the claim template of a StatefulSet, and report an unknown field in it', () => {
    const { manifest, spec } = deployment();
    const { strategy: _, ...rest } = spec;
    const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } };
    const statefulSet = (claimSpec: object) => ({
      ...manifest,
      kind: 'StatefulSet',
      spec: { ...rest, serviceName: 'web', volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claimSpec }] },
    });
    expect(schemaErrors(statefulSet(claim), version)).toEqual([]);
    expect(schemaErrors(statefulSet({ ...claim, storageClass: 'gp3' }), version)).toEqual([
      "apps/v1/StatefulSet: /spec/volumeClaimTemplates/0/spec: unknown field 'storageClass'",
    ]);
  });

  test('leave the kinds of other groups alone', () => {
    expect(schemaErrors({ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', anything: 1 }, version)).toEqual([]);
  });

  test.each([
    ['extensions/v1beta1', 'Ingress'],
    ['networking.k8s.io/v1', 'Ingres'],
    ['v1', 'Deployment'],
  ])('report %s %s, which Kubernetes does not have', (apiVersion, kind) => {
    expect(schemaErrors({ apiVersion, kind, metadata: { name: 'web' } }, version)).toEqual([
      `${apiVersion}/${kind}: not in the schemas of Kubernetes ${version}`,
    ]);
  });
});

test('what is no manifest is reported', () => {
  for (const value of [undefined, null, 'text', {}, { kind: 'Pod' }]) {
    expect(schemaErrors(value, '1.36')).toEqual(['the manifest has no apiVersion and kind']);
  }
});

test('versions differ: a toleration can compare numbers only from 1.35 on', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: {
      containers: [{ name: 'web' }],
      tolerations: [{ key: 'generation', operator: 'Gt', value: '5', effect: 'NoSchedule' }],
    },
  };
  expect(schemaErrors(pod, '1.34')).toEqual(['v1/Pod: /spec/tolerations/0/operator: must be one of Equal, Exists']);
  expect(schemaErrors(pod, '1.35')).toEqual([]);
});
