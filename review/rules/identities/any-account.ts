import { policiesIn } from '../../../eksctl/policies';
import { clusterRule } from '../../rule';

/** A secret or parameter of whatever account: the policy of the other account decides alone. */
export const rule = clusterRule({
  id: 'identities/any-account',
  title: 'permissions on secrets name the account',
  severity: 'advice',
  why: "With '*' as the account of an ARN a pod may read secrets of other accounts that let it, also those of an attacker. Least privilege names the account.",
  source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      permissionPolicy: { Statement: [{ Effect: Allow, Action: secretsmanager:GetSecretValue, Resource: 'arn:aws:secretsmanager:us-west-2:*:secret:db-??????' }] }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      permissionPolicy: { Statement: [{ Effect: Allow, Action: secretsmanager:GetSecretValue, Resource: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:db-??????' }] }
`,
  check: (cluster, _inventory, report) => {
    const found = policiesIn(cluster.config).flatMap(({ path, statements }) =>
      statements
        .filter(({ hasCondition }) => !hasCondition)
        .flatMap(({ resources }) => resources)
        .filter((resource) => /^arn:[^:]*:(secretsmanager|ssm|kms):[^:]*:\*:/.test(resource))
        .map((resource) => ({ path, resource })),
    );
    const [first] = found;
    if (first) {
      report(undefined, {
        field: first.path,
        message: `'${first.resource}' in ${first.path} names every account${found.length === 1 ? '' : `, and so do ${found.length - 1} other resources`}`,
        fix: 'write the ARN of the secret with its account, or a condition on aws:ResourceAccount',
      });
    }
  },
});
