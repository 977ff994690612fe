import { CRDS, CRDS_PRESENT, customResourceErrors, definitionsIn } from '../../golden/custom-resources';
import { nodeClass, pool } from './support';

const when = CRDS_PRESENT ? describe : describe.skip;
const why = CRDS_PRESENT ? '' : ' (skipped: the folder of CustomResourceDefinitions is absent)';

when(`what Auto Mode's own definitions say${why}`, () => {
  const definitions = CRDS_PRESENT ? definitionsIn(CRDS, ['eks-auto-mode.yaml', 'karpenter.yaml']) : new Map();
  const everyPool = {
    limits: { cpu: '64', memory: '256Gi' },
    architectures: ['arm64'],
    capacityTypes: ['spot'],
    zones: ['us-west-2a'],
    instanceSizes: ['large'],
    instanceCpus: [4],
    labels: { team: 'ml' },
    taints: [{ key: 'dedicated', value: 'ml', effect: 'NoSchedule' }],
    startupTaints: [{ key: 'starting', effect: 'NoExecute' }],
    disruption: { after: 'Never', budgets: [{ nodes: 0, reasons: ['Drifted'], schedule: '@daily', duration: '8h' }] },
    expireAfter: '90s',
    weight: 5,
  };
  const everyClass = {
    subnets: [{ id: 'subnet-00000001' }],
    podSubnets: [{ id: 'subnet-00000002' }],
    podSecurityGroups: [{ name: 'pods' }],
    storage: { size: '59000Gi', iops: 3000, throughput: 125, kmsKey: 'alias/nodes' },
    networkPolicy: 'DefaultDeny',
    networkPolicyLogs: true,
    snatPolicy: 'Disabled',
    publicIp: false,
    ipv4PrefixSize: '32',
    proxy: { https: 'http://192.0.2.4:3128', bypass: ['localhost'] },
    certificates: { corporate: '-----BEGIN CERTIFICATE-----' },
    fips: true,
    capacityReservations: [{ id: 'cr-00000001' }],
    tags: { team: 'ml' },
  };

  test.each([
    ['a NodePool with the least', () => pool().nodePool.toJson()],
    ['a NodePool with everything', () => pool(everyPool).nodePool.toJson()],
    ['a NodeClass with the least', () => nodeClass().nodeClass.toJson()],
    ['a NodeClass with everything', () => nodeClass(everyClass).nodeClass.toJson()],
    ['a NodeClass by instance profile', () => nodeClass({ instanceProfile: 'nodes' }).nodeClass.toJson()],
  ])('%s is accepted', (_what, make) => {
    expect(customResourceErrors(definitions, make())).toEqual([]);
  });

  test('what they do not know is refused', () => {
    const edit = (object: { spec: { expireAfter?: string } }) => {
      object.spec.expireAfter = '1h';
    };
    const odd = pool({ customize: { nodePool: edit } });
    expect(customResourceErrors(definitions, odd.nodePool.toJson())).toEqual([expect.stringContaining('expireAfter')]);
  });
});
