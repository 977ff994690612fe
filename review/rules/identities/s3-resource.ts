import { s3Covers, s3ResourceOf } from '../../../eks/s3-actions';
import { type ConfigPolicy, policiesIn } from '../../../eksctl/policies';
import { clusterRule } from '../../rule';

/** An action of S3 on objects is granted by 'bucket/*', one on the bucket by 'bucket'. */
export const rule = clusterRule({
  id: 'identities/s3-resource',
  title: 'actions of S3 are allowed on what they work on',
  severity: 'warning',
  why: "IAM matches s3:GetObject against 'arn:aws:s3:::bucket/key' and s3:ListBucket against 'arn:aws:s3:::bucket'. On the other one a statement grants nothing, and each call fails with AccessDenied.",
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      permissionPolicy: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop' }] }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      permissionPolicy: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: [s3:GetObject, s3:ListBucket], Resource: ['arn:aws:s3:::shop', 'arn:aws:s3:::shop/*'] }] }
`,
  check: (cluster, _inventory, report) => {
    for (const policy of policiesIn(cluster.config)) {
      const construct = policy.account === undefined ? undefined : cluster.identities.get(policy.account);
      for (const what of ['objects', 'bucket'] as const) {
        const { actions, resources } = granted(policy, what);
        if (actions.length > 0) {
          const [example = ''] = resources;
          report(undefined, {
            construct,
            field: policy.path,
            message: `${actions.join(', ')} in ${policy.path} work on ${what === 'objects' ? 'objects' : 'the bucket'}, but ${resources.join(', ')} ${what === 'objects' ? 'names the bucket alone' : 'names objects alone'}, so they are granted on nothing`,
            fix: `add the resource '${what === 'objects' ? `${example}/*` : example.replace(/\/.*$/, '')}'`,
          });
        }
      }
    }
  },
});

/** The actions that no statement grants on what they work on, and the resources that they have. */
function granted({ statements }: ConfigPolicy, what: 'objects' | 'bucket') {
  const missing = new Map<string, readonly string[]>();
  const given = new Set<string>();
  for (const { actions, resources } of statements) {
    const works = resources.length === 0 || resources.some((resource) => s3Covers(resource, what));
    for (const action of actions.filter((name) => s3ResourceOf(name) === what)) {
      if (works) {
        given.add(action);
      } else {
        missing.set(action, resources);
      }
    }
  }
  const left = [...missing].filter(([action]) => !given.has(action));
  return {
    actions: left.map(([action]) => action),
    resources: [...new Set(left.flatMap(([, resources]) => resources))],
  };
}
