import { isOfShape, namedAction } from '../../../eks/iam-actions';
import { s3ResourceOf } from '../../../eks/s3-actions';
import { type PolicyStatement, policiesIn } from '../../../eksctl/policies';
import { clusterRule } from '../../rule';

/** An action is allowed on the kind of resource that it works on. */
export const rule = clusterRule({
  id: 'identities/resource-kind',
  title: 'actions are allowed on resources that they work on',
  severity: 'warning',
  why: "IAM compares the resource of a call with those of the statement. An action of SQS on the ARN of a topic grants nothing, and an action that works on no single resource, such as sqs:ListQueues, is granted by '*' alone. Each call fails with AccessDenied.",
  source:
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      permissionPolicy: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: sqs:ReceiveMessage, Resource: 'arn:aws:sns:us-west-2:111122223333:mail' }] }
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
          - { Effect: Allow, Action: sqs:ReceiveMessage, Resource: 'arn:aws:sqs:us-west-2:111122223333:mail' }
          - { Effect: Allow, Action: sqs:ListQueues, Resource: '*' }
`,
  check: (cluster, _inventory, report) => {
    for (const { path, account, statements } of policiesIn(cluster.config)) {
      const construct = account === undefined ? undefined : cluster.identities.get(account);
      const granted = new Set(statements.flatMap((one) => one.actions.filter((action) => works(action, one))));
      const said = new Set<string>();
      for (const statement of statements) {
        for (const action of statement.actions.filter((one) => !granted.has(one) && !said.has(one))) {
          said.add(action);
          const { shapes } = namedAction(action)!;
          const none = shapes.length === 0;
          report(undefined, {
            construct,
            field: path,
            message: `'${action}' in ${path} ${none ? 'works on no single resource' : 'works on other resources'}, so ${statement.resources.map((one) => `'${one}'`).join(', ')} ${none ? 'grants' : 'grant'} nothing`,
            fix: none
              ? `write it in a statement with the resource '*'`
              : `write a resource such as ${shapes
                  .slice(0, 2)
                  .map((shape) => `'arn:aws:${shape}'`)
                  .join(' or ')}`,
          });
        }
      }
    }
  },
});

/** Whether a statement grants an action on anything; what is not known does. */
function works(action: string, { resources }: PolicyStatement): boolean {
  const found = namedAction(action);
  if (found === undefined || found.names.length === 0 || resources.length === 0 || resources.includes('*')) {
    return true;
  }
  // buckets and their objects have a rule of their own
  const ofS3 = s3ResourceOf(action) !== undefined && resources.some((resource) => /^arn:[^:]*:s3:::/.test(resource));
  return ofS3 || resources.some((resource) => found.shapes.some((shape) => isOfShape(resource, shape)));
}
