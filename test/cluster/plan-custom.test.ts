import { applied } from '../../review/plan/verdict';
import { CRDS_PRESENT } from '../golden/custom-resources';
import { type Manifest, temporaryFolder } from '../support/app';
import { installDefinitions } from './harness/admission-definitions';
import { NEWEST } from './harness/plane';
import { VerdictServer } from './harness/verdicts/server';

const shared = (apiVersion: string, kind: string, spec: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'plan' },
  spec,
});
const own = (apiVersion: string, kind: string, spec: object): Manifest => ({
  ...shared(apiVersion, kind, spec),
  metadata: { name: 'plan', namespace: 'default' },
});

const rollout = (selector: string) =>
  own('argoproj.io/v1alpha1', 'Rollout', {
    selector: { matchLabels: { app: selector } },
    template: { metadata: { labels: { app: selector } }, spec: { containers: [{ name: 'app', image: 'web:1' }] } },
  });
const nodeClass = (role: string) =>
  shared('eks.amazonaws.com/v1', 'NodeClass', {
    role,
    subnetSelectorTerms: [{ id: 'subnet-1' }],
    securityGroupSelectorTerms: [{ id: 'sg-1' }],
  });
const gatewayClass = (controllerName: string) =>
  shared('gateway.networking.k8s.io/v1', 'GatewayClass', { controllerName });
const pool = (reference: object, more: object = {}) =>
  shared('karpenter.sh/v1', 'NodePool', {
    template: {
      spec: {
        nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'one', ...reference },
        requirements: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }],
      },
    },
    ...more,
  });
const snapshot = (source: object) => own('snapshot.storage.k8s.io/v1', 'VolumeSnapshot', { source });

/** An object, an edit of it, and the fields that its definition refuses. */
const CASES: readonly (readonly [Manifest, Manifest, string])[] = [
  [rollout('one'), rollout('two'), 'spec.selector'],
  [nodeClass('one'), nodeClass('two'), 'spec.role'],
  [gatewayClass('example.com/one'), gatewayClass('example.com/two'), 'spec.controllerName'],
  [pool({}), pool({ group: 'eks.amazonaws.com', kind: 'NodeClass' }), 'spec.template.spec.nodeClassRef'],
  [pool({}), pool({ name: 'two' }), ''],
  [pool({}), pool({}, { replicas: 2 }), 'spec'],
  [
    snapshot({ persistentVolumeClaimName: 'one' }),
    snapshot({ persistentVolumeClaimName: 'two' }),
    'spec.source.persistentVolumeClaimName',
  ],
  [snapshot({ persistentVolumeClaimName: 'one' }), snapshot({ volumeSnapshotContentName: 'two' }), 'spec.source'],
];

(CRDS_PRESENT ? describe : describe.skip)('custom resources', () => {
  let server: VerdictServer;
  beforeAll(async () => {
    server = await VerdictServer.start(NEWEST);
    const originals = [...new Map(CASES.map(([original]) => [original.kind, original])).values()];
    await installDefinitions(server.plane.kubectl(), originals, temporaryFolder());
    await server.apply(originals);
  }, 300_000);
  afterAll(() => server?.stop());

  test.each(CASES.map((one) => [one[0].kind, one[2] || 'nothing', one] as const))(
    'of an edit of a %s the server and the plan refuse %s',
    async (_, __, [original, edited, field]) => {
      const [outcome] = await server.outcomes([{ original, edited, edit: '' }]);
      const refused = [...new Set(applied(original, edited, NEWEST).refusals.map((one) => one.field))];
      expect({ server: outcome!.refused?.join() ?? '', plan: refused.join() }).toEqual({ server: field, plan: field });
    },
  );
});
