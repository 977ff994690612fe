import { shapeFindings } from '../../../eksctl/schema/shape-findings';
import { MINIMAL } from '../../oracle/cases/case';

const fixes = (config: object) => shapeFindings({ ...MINIMAL, ...config }).map(({ fix }) => fix);
const group = (fields: object) => fixes({ nodeGroups: [{ name: 'a', ...fields }] });
const managed = (fields: object) => fixes({ managedNodeGroups: [{ name: 'a', ...fields }] });

describe('an unknown key', () => {
  test.each([
    ['of the other kind of group', group({ spot: true }), ['managedNodeGroups', 'instancesDistribution']],
    ['of the other kind of group', group({ instanceTypes: [] }), ['instancesDistribution.instanceTypes']],
    ['of the other kind of group', managed({ instancesDistribution: {} }), ['nodeGroups', 'spot: true']],
    ['of v1alpha4', group({ allowSSH: true }), ['ssh.allow']],
    ['of v1alpha4', managed({ sshPublicKeyPath: 'a' }), ['ssh.publicKeyPath']],
    ['of the API of EKS', managed({ diskSize: 80 }), ['volumeSize']],
    ['of an object below', managed({ attachPolicyARNs: [] }), ["'managedNodeGroups[].iam'"]],
    ['of an object below the top', fixes({ withOIDC: true }), ["'iam'"]],
    ['of the top', fixes({ vpc: { availabilityZones: [] } }), ['managedNodeGroups', 'the top of the file']],
    [
      'of an object beside',
      fixes({ vpc: { nat: { gateway: 'Single' }, publicAccess: true } }),
      ["'vpc.clusterEndpoints'"],
    ],
  ])('%s is told its place: %j', (_, [fix], parts) => {
    for (const part of parts) {
      expect(fix).toContain(part);
    }
  });

  test('that is near to a known one, and known elsewhere, has both named', () => {
    const [fix] = fixes({ iam: { serviceRoleARN: 'a', podIdentityAssociation: [] } });
    expect(fix).toBe("did you mean 'podIdentityAssociations'?");
    expect(fixes({ vpc: { subnet: {} } })).toEqual([expect.stringContaining("'subnets'")]);
  });

  test('that many objects have is not sought elsewhere', () => {
    expect(fixes({ zonalShiftConfig: { tags: {} } })).toEqual(["the only known key is 'enabled'"]);
  });
});
