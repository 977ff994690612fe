import { BOOLEAN, list, oneOf, type Properties, STRING } from '../../../eksctl/schema/field';
import { shapeFindings } from '../../../eksctl/schema/shape-findings';
import type {
  AccessPolicy,
  AutoModeConfig,
  Capability,
  ClusterConfig,
  ClusterEndpoints,
  ManagedNodeGroup,
  NodeGroup,
  PodIdentityAssociation,
  UpgradePolicy,
} from '../../../eksctl/types';
import type { Mutable } from '../../../kube/values';
import { MINIMAL } from '../../oracle/cases/case';

const BASE = MINIMAL as unknown as ClusterConfig;
const group = { name: 'a' };
const account = { namespace: 'a', serviceAccountName: 'b' };
const policyARN = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';

test('what only one of two may say is a union: both are refused by the compiler', () => {
  // @ts-expect-error one type or several
  const types: ManagedNodeGroup = { ...group, instanceType: 'm5.large', instanceTypes: ['m5.large'] };
  // @ts-expect-error a number or a share
  const update: ManagedNodeGroup = { ...group, updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 33 } };
  // @ts-expect-error a key of one origin
  const ssh: ManagedNodeGroup = { ...group, ssh: { publicKeyName: 'a', publicKeyPath: 'b' } };
  // @ts-expect-error a role of yours, or one that is made
  const role: NodeGroup = { ...group, iam: { instanceRoleARN: 'arn:aws:iam::1:role/a', attachPolicyARNs: [] } };
  // @ts-expect-error the cluster has no namespaces to choose
  const scope: AccessPolicy = { policyARN, accessScope: { type: 'cluster', namespaces: ['a'] } };
  // @ts-expect-error which namespaces?
  const where: AccessPolicy = { policyARN, accessScope: { type: 'namespace' } };
  // @ts-expect-error an existing role has its permissions
  const identity: PodIdentityAssociation = { ...account, roleARN: 'a', wellKnownPolicies: { autoScaler: true } };
  // @ts-expect-error pools of what is off
  const pools: AutoModeConfig = { enabled: false, nodePools: ['system'] };
  // @ts-expect-error Argo CD needs its Identity Center
  const argo: Capability = { name: 'a', type: 'ARGOCD' };
  // these are of the right shape, and so it takes a type or a rule to refuse them
  const config: ClusterConfig = {
    ...BASE,
    managedNodeGroups: [types, update, ssh],
    nodeGroups: [role],
    accessConfig: { accessEntries: [{ principalARN: 'arn:aws:iam::1:role/a', accessPolicies: [scope, where] }] },
    iam: { podIdentityAssociations: [identity] },
    autoModeConfig: pools,
    capabilities: [argo],
  };
  expect(shapeFindings(config)).toEqual([]);
});

test('either form alone compiles, also where the choice is made at run time', () => {
  const many = Object.keys(MINIMAL).length > 1;
  const config: ClusterConfig = {
    ...BASE,
    autoModeConfig: { enabled: !many },
    managedNodeGroups: [
      { ...group, ...(many ? { instanceTypes: ['m5.large'] } : { instanceType: 'm5.large' }) },
      { ...group, amiFamily: 'AmazonLinux2027', instanceSelector: { vCPUs: 2 } },
    ],
    nodeGroups: [{ ...group, taints: { dedicated: 'db:NoSchedule' } }],
  };
  expect(shapeFindings(config)).toEqual([]);
});

test('a finished config can be edited at any depth, another one nowhere', () => {
  const edited = structuredClone(BASE) as Mutable<ClusterConfig>;
  edited.vpc = { nat: { gateway: 'Disable' } };
  edited.addons = [];
  edited.vpc!.nat!.gateway = 'Single';
  edited.addons!.push({ name: 'vpc-cni' });
  edited.managedNodeGroups = [{ name: 'a', instanceType: 'm5.large' }];
  edited.managedNodeGroups[0]!.ssh = { allow: true };
  edited.managedNodeGroups[0]!.instanceType = 'm7i.large';
  const config: ClusterConfig = edited;
  const frozen = (): void => {
    // @ts-expect-error readonly
    config.vpc!.nat!.gateway = 'Single';
    // @ts-expect-error readonly
    config.addons!.push({ name: 'coredns' });
  };
  expect(frozen).toBeDefined();
  expect(config.managedNodeGroups).toEqual([{ name: 'a', instanceType: 'm7i.large', ssh: { allow: true } }]);
});

test('a table with a property too many, too few or of another kind does not compile', () => {
  // @ts-expect-error publicAccess is missing
  const few: Properties<ClusterEndpoints> = { privateAccess: BOOLEAN };
  const surplus: Properties<ClusterEndpoints> = {
    privateAccess: BOOLEAN,
    publicAccess: BOOLEAN,
    // @ts-expect-error unknown
    protectedAccess: BOOLEAN,
  };
  // @ts-expect-error a boolean
  const kind: Properties<ClusterEndpoints> = { privateAccess: STRING, publicAccess: BOOLEAN };
  // @ts-expect-error one string
  const lists: Properties<UpgradePolicy> = { supportType: list(STRING) };
  const right: Properties<UpgradePolicy> = { supportType: oneOf('STANDARD') };
  expect([few, surplus, kind, lists, right]).toHaveLength(5);
});
