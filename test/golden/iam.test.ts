import { isOfShape, namedAction } from '../../eks/iam-actions';
import { type Manifest, manifests, PROGRAMS } from './programs';

interface Placed {
  readonly at: string;
  readonly policy: Manifest;
}

/** The policy is that of its project. @see https://www.gateway-api-controller.eks.aws.dev/latest/guides/deploy/ */
const OF_PROJECTS = ['aws-application-networking-system/gateway-api-controller'];

/** Every policy of the committed ClusterConfigs, of workloads, controllers and drivers. */
const POLICIES: readonly Placed[] = PROGRAMS.flatMap((program) => manifests(program))
  .filter(({ manifest }) => manifest?.kind === 'ClusterConfig')
  .flatMap(({ at, manifest: { iam = {}, addons = [] } }) => {
    const associations = [
      ...(iam.podIdentityAssociations ?? []),
      ...addons.flatMap((a: Manifest) => a.podIdentityAssociations ?? []),
    ];
    return [
      ...associations.map((one: Manifest) => ({
        at: `${at}: ${one.namespace}/${one.serviceAccountName}`,
        policy: one.permissionPolicy,
      })),
      ...(iam.serviceAccounts ?? []).map((one: Manifest) => ({
        at: `${at}: ${one.metadata.name}`,
        policy: one.attachPolicy,
      })),
      ...addons.map((one: Manifest) => ({ at: `${at}: ${one.name}`, policy: one.attachPolicy })),
    ].filter(({ policy }) => policy !== undefined);
  });
const STATEMENTS = POLICIES.flatMap(({ at, policy }) => (policy.Statement as Manifest[]).map((one) => ({ at, one })));
const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : [value]) as readonly string[];

describe('policies of the committed clusters', () => {
  it('are there to judge', () => {
    expect(POLICIES.length).toBeGreaterThan(20);
    expect(new Set(STATEMENTS.flatMap(({ one }) => listOf(one.Action))).size).toBeGreaterThan(30);
  });

  it('are of the grammar of IAM', () => {
    for (const { at, policy } of POLICIES) {
      expect([at, Object.keys(policy).sort(), policy.Version]).toEqual([at, ['Statement', 'Version'], '2012-10-17']);
    }
    for (const { at, one } of STATEMENTS) {
      const keys = Object.keys(one).filter(
        (key) => !['Sid', 'Effect', 'Action', 'Resource', 'Condition'].includes(key),
      );
      expect([at, keys, one.Effect]).toEqual([at, [], 'Allow']);
      expect([at, listOf(one.Action).filter((action) => !/^[a-z0-9-]+:[A-Za-z*?]+$/.test(action))]).toEqual([at, []]);
      const resources = listOf(one.Resource);
      expect([at, resources.length > 0]).toEqual([at, true]);
      expect([
        at,
        resources.filter((text) => text !== '*' && !/^arn:[a-z-]+:[a-z0-9-]+:[^:]*:[^:]*:\S+$/.test(text)),
      ]).toEqual([at, []]);
    }
  });

  it('fit into the inline policies of a role, 10,240 characters without blanks', () => {
    for (const { at, policy } of POLICIES) {
      expect([at, JSON.stringify(policy).length < 10_240]).toEqual([at, true]);
    }
  });

  it('name actions that IAM has', () => {
    const known = STATEMENTS.flatMap(({ at, one }) =>
      listOf(one.Action).map((action) => [at, action, namedAction(action)] as const),
    );
    expect(known.filter(([, , found]) => found !== undefined).length).toBeGreaterThan(40);
    expect(known.filter(([, , found]) => found?.names.length === 0).map(([at, action]) => `${at}: ${action}`)).toEqual(
      [],
    );
  });

  it('name resources that one of their actions works on, and no wildcard where the service has resources', () => {
    for (const { at, one } of STATEMENTS.filter(({ at }) => !OF_PROJECTS.some((name) => at.endsWith(name)))) {
      const resources = listOf(one.Resource);
      const found = listOf(one.Action).map((action) => namedAction(action));
      for (const [i, action] of listOf(one.Action).entries()) {
        const wide = found[i]?.hasResources === true && resources.includes('*') && one.Condition === undefined;
        expect([at, action, wide]).toEqual([at, action, false]);
      }
      if (found.every((action) => action !== undefined)) {
        const idle = resources.filter(
          (text) => text !== '*' && !found.some((action) => action!.shapes.some((shape) => isOfShape(text, shape))),
        );
        expect([at, idle]).toEqual([at, []]);
      }
    }
  });
});
