import { stringify } from 'yaml';
import type { Finding } from '../../kube/finding';
import { CUSTOM_CASES, type CustomCase, customManifest } from '../support/custom-workloads';
import { findingsIn } from './rules/support';

const NAMESPACE = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'ml', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
};
/** Passes what is asked below. */
const GOOD = {
  metadata: { labels: { app: 'train' } },
  spec: {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'train',
        image: 'registry.example.com/train:1.2.0',
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    volumes: [{ name: 'data', emptyDir: { sizeLimit: '1Gi' } }],
  },
};
const [MAIN] = GOOD.spec.containers as [(typeof GOOD.spec.containers)[number]];

function found(one: CustomCase, template: object): readonly Finding[] {
  return findingsIn([NAMESPACE, customManifest(one, template)].map((object) => stringify(object)).join('---\n'));
}

/** Breaks rules over what every pod has. */
const BAD = {
  metadata: { labels: { app: 'a train' } },
  spec: {
    ...GOOD.spec,
    serviceAccountName: 'train',
    containers: [
      {
        name: 'train',
        image: 'registry.example.com/train',
        imagePullPolice: 'Always',
        securityContext: { ...MAIN.securityContext, privileged: true },
        env: [{ name: 'DB_PASSWORD', value: 'hunter2' }],
        volumeMounts: [{ name: 'other', mountPath: '/other' }],
      },
    ],
  },
};
/** The rules, each with the field below the template; none where a rule names no field. */
const BROKEN: readonly (readonly [rule: string, below?: string])[] = [
  ['pod-security/restricted', 'spec.containers[0].securityContext.privileged'],
  ['secrets/literal', 'spec.containers[0].env[0].value'],
  ['images/latest', 'spec.containers[0].image'],
  ['availability/requests', 'spec.containers[0].resources'],
  ['volumes/unknown', 'spec.containers[0].volumeMounts[0].name'],
  ['references/missing'],
  ['manifests/unknown-field', 'spec.containers[0].imagePullPolice'],
  ['metadata/labels', 'metadata.labels.app'],
];

describe.each(CUSTOM_CASES)('$kind', (one) => {
  test('its pods are reviewed as those of Kubernetes are', () => {
    const findings = found(one, BAD);
    for (const [rule, below] of BROKEN) {
      const fields = findings.filter((finding) => finding.rule === rule).map(({ field = '' }) => field);
      const allowed = Object.keys(one.pods).map((at) => `${at}.${below}`);
      // a rule may tell the first place of an object only
      expect([rule, fields.length > 0]).toEqual([rule, true]);
      expect(fields.filter((field) => below !== undefined && !allowed.includes(field))).toEqual([]);
    }
    // each template
    const privileged = findings.filter(({ rule, field }) => rule === BROKEN[0]![0] && field?.endsWith(BROKEN[0]![1]!));
    expect(privileged.map(({ field }) => field!.slice(0, -BROKEN[0]![1]!.length - 1))).toEqual(Object.keys(one.pods));
  });

  test('a pod that is as it should be has no errors and warnings', () => {
    expect(found(one, GOOD).filter(({ severity }) => severity !== 'advice')).toEqual([]);
  });
});

const caseOf = (kind: string) => CUSTOM_CASES.find((one) => one.kind.endsWith(`/${kind}`))!;
const restarting = (restartPolicy: string) => ({ ...GOOD, spec: { ...GOOD.spec, restartPolicy } });

test('restart policies follow from what the pods are', () => {
  const refused = (kind: string, template: object) =>
    found(caseOf(kind), template).some(({ rule }) => rule === 'jobs/restart-policy');
  // a webhook sets OnFailure
  expect(refused('JobSet', GOOD)).toBe(false);
  expect(refused('JobSet', restarting('Always'))).toBe(true);
  expect(refused('LeaderWorkerSet', restarting('OnFailure'))).toBe(true);
  expect(refused('TFJob', restarting('Never'))).toBe(false);
  expect(refused('TFJob', restarting('Always'))).toBe(false);
});

const rulesOf = (findings: readonly Finding[]) => findings.map(({ rule }) => rule);

test('controllers give their pods labels and variables that no template has', () => {
  const env = (kind: string, list: readonly object[], more: object = {}) =>
    rulesOf(
      found(caseOf(kind), { ...GOOD, spec: { ...GOOD.spec, containers: [{ ...MAIN, env: list, ...more }] } }),
    ).filter((rule) => /^(?:containers|variables)\//.test(rule));
  const from = (fieldPath: string) => [{ name: 'RANK', valueFrom: { fieldRef: { fieldPath } } }];
  const index = "metadata.annotations['batch.kubernetes.io/job-completion-index']";
  expect(env('JobSet', from(index))).toEqual([]);
  expect(env('LeaderWorkerSet', from("metadata.labels['leaderworkerset.sigs.k8s.io/group-key']"))).toEqual([]);
  expect(env('LeaderWorkerSet', from("metadata.labels['team']"))).toContain('containers/own-label');
  expect(env('LeaderWorkerSet', [], { command: ['serve', '$(LWS_LEADER_ADDRESS)'] })).toEqual([]);
  const late = [
    { name: 'A', value: '$(B)' },
    { name: 'B', value: 'b' },
  ];
  expect(env('LeaderWorkerSet', late)).toContain('variables/unexpanded');
});

test('a Service selects pods by the name of their object', () => {
  const lws = (name: string) => {
    const one = customManifest(caseOf('LeaderWorkerSet'), GOOD);
    return { ...one, metadata: { ...one.metadata, name } };
  };
  const selector = { 'leaderworkerset.sigs.k8s.io/name': 'chat', 'leaderworkerset.sigs.k8s.io/worker-index': '0' };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'chat', namespace: 'ml' },
    spec: { selector, ports: [{ port: 80 }] },
  };
  const findings = findingsIn(
    [NAMESPACE, lws('chat'), lws('code'), service].map((object) => stringify(object)).join('---\n'),
  );
  const served = findings.filter(({ rule }) => rule === 'availability/readiness-probe');
  expect([...new Set(served.map(({ object }) => object?.name))]).toEqual(['chat']);
});

test('the head of a Ray cluster that scales gets an account with permissions', () => {
  const { automountServiceAccountToken, ...spec } = GOOD.spec;
  const cluster = (more: object): CustomCase => {
    const one = caseOf('RayCluster');
    return { ...one, spec: (template) => ({ ...one.spec(template), ...more }) };
  };
  const tokens = (more: object) =>
    found(cluster(more), { ...GOOD, spec }).filter(({ rule }) => rule === 'security/service-account-token');
  expect(automountServiceAccountToken).toBe(false);
  expect(tokens({})).toHaveLength(3);
  expect(tokens({ enableInTreeAutoscaling: true })).toHaveLength(2);
});

test('a LeaderWorkerSet may claim volumes for its pods, which are not spread', () => {
  const volumeClaimTemplates = [
    {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
  ];
  const { volumes, ...spec } = GOOD.spec;
  const lws = (more: object): CustomCase => ({
    ...caseOf('LeaderWorkerSet'),
    spec: (workerTemplate) => ({ replicas: 3, leaderWorkerTemplate: { size: 2, workerTemplate, ...more } }),
  });
  expect(volumes).toHaveLength(1);
  expect(rulesOf(found(lws({}), { ...GOOD, spec }))).toContain('volumes/unknown');
  const findings = rulesOf(found(lws({ volumeClaimTemplates }), { ...GOOD, spec }));
  expect(findings).not.toContain('volumes/unknown');
  expect(findings).toContain('availability/no-budget');
  expect(findings).not.toContain('availability/no-spread');
});

test('Knative names containers and scales by itself', () => {
  const { name, ...rest } = MAIN;
  const unnamed = { ...rest, readinessProbe: { httpGet: { path: '/ready' } }, livenessProbe: { tcpSocket: {} } };
  const template = { ...GOOD, spec: { ...GOOD.spec, containerConcurrency: 10, containers: [unnamed] } };
  const findings = found(caseOf('Service'), template);
  expect(findings.filter(({ severity }) => severity !== 'advice')).toEqual([]);
  expect(findings.filter(({ rule }) => /replica|budget|spread/.test(rule))).toEqual([]);
});
