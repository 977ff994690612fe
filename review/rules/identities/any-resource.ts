import { CONTROLLERS, type Controller } from '../../../eks/controllers';
import { namedAction } from '../../../eks/iam-actions';
import { policiesIn } from '../../../eksctl/policies';
import { clusterRule } from '../../rule';

/** Service accounts of controllers, whose policies are those of their projects. */
const OF_CONTROLLERS: ReadonlySet<string> = new Set(
  Object.values<Controller>(CONTROLLERS).flatMap(({ namespace, permissions }) =>
    permissions ? [`${namespace}/${permissions.serviceAccountName}`] : [],
  ),
);

/** A permission on everything of a service. */
export const rule = clusterRule({
  id: 'identities/any-resource',
  title: 'permissions of pods name their resources',
  severity: 'advice',
  why: "With '*' as the resource, a program that is taken over reads and writes whatever the account has of the service, of all teams. Least privilege names the bucket, queue or table.",
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      permissionPolicy: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: dynamodb:GetItem, Resource: '*' }] }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      permissionPolicy:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Action: dynamodb:GetItem, Resource: 'arn:aws:dynamodb:us-west-2:111122223333:table/carts' }
          - { Effect: Allow, Action: dynamodb:ListTables, Resource: '*' }
`,
  check: (cluster, _inventory, report) => {
    for (const { path, account, statements } of policiesIn(cluster.config)) {
      const actions = statements
        .filter(({ hasCondition, resources }) => !hasCondition && resources.includes('*'))
        .flatMap((statement) => statement.actions.filter((action) => namedAction(action)?.hasResources));
      const [first] = actions;
      // policies of nodes, add-ons and known controllers are those of software that makes resources
      if (first !== undefined && account !== undefined && !OF_CONTROLLERS.has(account)) {
        const { shapes } = namedAction(first)!;
        report(undefined, {
          construct: cluster.identities.get(account),
          field: path,
          message: `${[...new Set(actions)].join(', ')} in ${path} ${actions.length === 1 ? 'is' : 'are'} allowed on every resource of the account`,
          fix: `write ARNs such as 'arn:aws:${shapes[0]}'`,
        });
      }
    }
  },
});
