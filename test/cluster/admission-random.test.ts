import { Inventory, inventoryObject } from '../../kube/inventory';
import { ADMISSION_RULES } from '../../review/admission/rules';
import { findingsOf } from '../../review/rule';
import { RULES } from '../../review/rules';
import { seeded } from '../review/damage';
import type { Manifest } from '../support/app';
import { PolicyPlane } from './harness/policies';

let policies: PolicyPlane;
beforeAll(async () => {
  policies = await PolicyPlane.start();
}, 300_000);
afterAll(async () => {
  await policies?.stop();
});

/** A pod that keeps most rules; one in about two breaks some. */
function randomPod(random: () => number, i: number): Manifest {
  const rarely = (value: object, share = 0.06) => (random() < share ? value : {});
  const pick = <T>(...values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const probe = () => ({
    tcpSocket: { port: 80 },
    ...(random() < 0.5 ? { timeoutSeconds: pick(1, 2, 9) } : {}),
    ...(random() < 0.7 ? { periodSeconds: pick(3, 10, 20) } : {}),
  });
  // one that runs first has no probes
  const container = (name: string, isFirst = false): object => ({
    name,
    image: `${pick('a.example.com/', 'a.example.com/', 'a.example.com/x/')}web${pick(':1', ':1', ':1.2-alpine', `@sha256:${'0'.repeat(64)}`)}`,
    securityContext: {
      readOnlyRootFilesystem: true,
      ...rarely({ readOnlyRootFilesystem: false }),
      ...rarely({ privileged: true }),
      ...rarely({ capabilities: { add: [pick('NET_BIND_SERVICE', 'SYS_ADMIN')], drop: ['ALL'] } }, 0.2),
    },
    ...(isFirst ? {} : rarely({ livenessProbe: probe() }, 0.3)),
    ...(isFirst ? {} : rarely({ readinessProbe: probe() }, 0.2)),
    ...rarely({ volumeMounts: [{ name: 'a', mountPath: pick('/', '/a', '/a/.', '//') }] }, 0.15),
    ...rarely({ image: pick('web', 'a.example.com/web', 'b.example.com/web:1', 'a.example.com/web:latest') }),
    ...rarely({ securityContext: undefined }, 0.03),
  });
  const key = 'cdk8s-eks-patterns.io/tenant';
  const tolerations = pick<object[]>(
    [{ operator: 'Exists' }],
    [{ key, operator: 'Exists' }],
    [{ key, operator: 'Equal', value: 'shop', effect: 'NoSchedule' }],
    [{ key, operator: 'Equal', value: 'bank' }],
    [{ key: 'other', operator: 'Exists' }],
  );
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `pod-${i}`,
      namespace: pick('random-a', 'random-b'),
      labels: { ...rarely({ tier: 'front' }, 0.9) },
    },
    spec: {
      containers: [container('a'), ...(random() < 0.3 ? [container('b')] : [])],
      ...(random() < 0.2 ? { initContainers: [container('first', true)] } : {}),
      volumes: [
        { name: 'a', emptyDir: {} },
        ...(random() < 0.05 ? [{ name: 'h', hostPath: { path: '/var/log' } }] : []),
      ],
      ...rarely({ hostNetwork: true }),
      ...rarely({ hostPID: true }),
      ...rarely({ hostIPC: false }),
      ...rarely({ nodeSelector: { [key]: 'bank' } }),
      ...rarely({ tolerations }, 0.3),
    },
  };
}

test('of random pods those are refused in which the review finds something, by one of its rules', async () => {
  const random = seeded(7);
  const annotations = {
    'cdk8s-eks-patterns.io/registries': 'a.example.com',
    'cdk8s-eks-patterns.io/required-labels': 'tier',
  };
  const shared = { annotations };
  const spaces = [
    ['random-a', shared],
    ['random-b', { ...shared, labels: { 'cdk8s-eks-patterns.io/tenant': 'bank' } }],
  ] as const;
  for (const [name, own] of spaces) {
    await policies.namespace(name, own);
  }
  const pods = Array.from({ length: 400 }, (_, i) => {
    const pod = randomPod(random, i);
    // most of this tenant are where they should be
    return pod.metadata.namespace === 'random-b' && random() < 0.8
      ? { ...pod, spec: { ...pod.spec, nodeSelector: { 'cdk8s-eks-patterns.io/tenant': 'bank' } } }
      : pod;
  });
  const inventory = new Inventory(
    [
      ...spaces.map(([name, own]) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...own } })),
      ...pods,
    ].map((object) => inventoryObject(JSON.parse(JSON.stringify(object)), {})),
  );
  const input = { inventory, existing: [], cluster: undefined, kubernetesVersion: '1.36' };
  const ofPods = RULES.filter(({ id }) => ADMISSION_RULES.some((one) => one.rule === id && one.subject === 'pods'));
  const found = ofPods.flatMap((one) => findingsOf(one, input));
  const { stdout, stderr } = await policies.apply(pods, '--dry-run=server');
  const verdicts = pods.map(({ metadata: { name } }) => {
    const rules = found.flatMap(({ object, rule }) => (object?.name === name ? [rule] : []));
    const line = stderr.split('\n').find((one) => one.includes(`"${name}"`) || one.includes(`pods "${name}"`)) ?? '';
    const [, refusedBy] = /\[([a-z-]+\/[a-z-]+)\]/.exec(line) ?? [];
    const created = stdout.includes(`pod/${name} created`);
    return {
      name,
      rules,
      refusedBy,
      created,
      line,
    };
  });
  const wrong = verdicts.filter(({ rules, refusedBy, created }) =>
    rules.length === 0 ? !created : created || refusedBy === undefined || !rules.includes(refusedBy),
  );
  expect(wrong).toEqual([]);
  // both happen, and every rule is among the reasons
  expect(verdicts.filter(({ created }) => created).length).toBeGreaterThan(60);
  expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set(ofPods.map(({ id }) => id)));
});
