import { parseClusterConfig } from '../../../eksctl/schema/parse';
import { clusterSide } from '../../../review/cluster-side';
import { loadInventory } from '../../../review/load';
import { review } from '../../../review/review';
import { appOf, newApp, newCluster, newTenant, synth, web, worker } from '../../support/app';

const configOf = (more: object) =>
  parseClusterConfig(
    JSON.stringify({
      apiVersion: 'eksctl.io/v1alpha5',
      kind: 'ClusterConfig',
      metadata: { name: 'a', region: 'us-west-2' },
      ...more,
    }),
  );
const fieldsOf = (config: ReturnType<typeof configOf>) =>
  review({ inventory: loadInventory([]), cluster: clusterSide(config) }).flatMap(({ rule, field }) =>
    rule === 'identities/s3-resource' ? [field] : [],
  );
const AT = 'iam.podIdentityAssociations[0].permissionPolicy';
const bucket = 'arn:aws:s3:::shop';

describe('actions of S3', () => {
  const statement = (Action: string | readonly string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
  const found = (...Statement: readonly object[]) =>
    fieldsOf(
      configOf({
        iam: {
          podIdentityAssociations: [
            { namespace: 'shop', serviceAccountName: 'web', permissionPolicy: { Version: '2012-10-17', Statement } },
          ],
        },
      }),
    );

  test.each<[string, string, boolean]>([
    ['s3:GetObject', bucket, false],
    ['s3:GetObject', `${bucket}/*`, true],
    ['s3:GetObject', `${bucket}*`, true],
    ['s3:GetObject', '*', true],
    ['s3:PutObject', `${bucket}/reports/*`, true],
    ['s3:DeleteObjectVersion', bucket, false],
    ['s3:AbortMultipartUpload', bucket, false],
    ['s3:GetObjectTagging', bucket, false],
    ['s3:ListBucket', `${bucket}/*`, false],
    ['s3:ListBucket', bucket, true],
    ['s3:GetBucketLocation', `${bucket}/*`, false],
    ['s3:ListAllMyBuckets', '*', true],
    ['s3:Get*', bucket, true],
    ['s3:GetObject', 'arn:aws:s3:us-west-2:111122223333:accesspoint/a/object/*', true],
    ['dynamodb:GetItem', bucket, true],
  ])('%s on %s: %s', (action, resource, right) => {
    expect(found(statement(action, resource))).toEqual(right ? [] : [AT]);
  });

  test('that another statement grants are granted', () => {
    expect(found(statement(['s3:GetObject'], bucket), statement(['s3:GetObject'], [`${bucket}/*`]))).toEqual([]);
  });

  test('of service accounts and node groups are judged, too', () => {
    const policy = { Version: '2012-10-17', Statement: [statement('s3:GetObject', bucket)] };
    const accounts = [{ metadata: { name: 'web', namespace: 'shop' }, attachPolicy: policy }];
    const managedNodeGroups = [{ name: 'a', iam: { attachPolicy: policy } }];
    expect(fieldsOf(configOf({ iam: { withOIDC: true, serviceAccounts: accounts }, managedNodeGroups }))).toEqual([
      'iam.serviceAccounts[0].attachPolicy',
      'managedNodeGroups[0].iam.attachPolicy',
    ]);
  });

  test('of a workload are reported at it', () => {
    const workload = worker({ aws: { allow: [{ actions: ['s3:GetObject'], resources: [bucket] }] } });
    synth(appOf(workload));
    expect(appOf(workload).findings).toContainEqual(
      expect.objectContaining({ rule: 'identities/s3-resource', severity: 'warning', construct: 'prod/shop/worker' }),
    );
  });
});

test('policies on Fargate are a warning, once for a namespace', () => {
  const config = { fargateProfiles: [{ name: 'fp', selectors: [{ namespace: 'shop' }] }] };
  for (const [network, expected] of [
    [undefined, 1],
    [{ open: true, because: 'Fargate does not enforce network policies' }, 0],
  ] as const) {
    const shop = newTenant(network ? { network } : {}, newCluster(newApp(), { config }));
    web({}, shop, 'a');
    web({}, shop, 'b');
    synth(appOf(shop));
    expect(appOf(shop).findings.filter(({ rule }) => rule === 'connections/fargate')).toHaveLength(expected);
  }
});
