import { namedAction } from '../../../eks/iam-actions';
import { IAM_DATA_DATE } from '../../../eks/iam-data';
import { policiesIn } from '../../../eksctl/policies';
import { nearest } from '../../../kube/text';
import { clusterRule } from '../../rule';

/** A permission for an action that IAM does not have. */
export const rule = clusterRule({
  id: 'identities/unknown-action',
  title: 'policies name actions that IAM has',
  severity: 'warning',
  why: `IAM accepts any word as an action. A permission for one that does not exist is never asked for, and the call that it was for is denied. The list is of ${IAM_DATA_DATE}; actions of services that it does not have are not judged.`,
  source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      permissionPolicy: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: sqs:RecieveMessage, Resource: 'arn:aws:sqs:us-west-2:111122223333:mail' }] }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      permissionPolicy: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: [sqs:ReceiveMessage, 'sqs:Get*'], Resource: 'arn:aws:sqs:us-west-2:111122223333:mail' }] }
`,
  check: (cluster, _inventory, report) => {
    for (const { path, account, statements } of policiesIn(cluster.config)) {
      for (const action of new Set(statements.flatMap(({ actions }) => actions))) {
        const found = namedAction(action);
        if (found !== undefined && found.names.length === 0) {
          const [service, name = ''] = action.split(':');
          const meant = nearest(name, found.known);
          report(undefined, {
            construct: account === undefined ? undefined : cluster.identities.get(account),
            field: path,
            message: `'${action}' in ${path} is no action of IAM, so it grants nothing`,
            fix:
              meant === undefined
                ? `write an action of '${service}'; if it is newer than ${IAM_DATA_DATE}, waive this`
                : `write '${service}:${meant}'`,
          });
        }
      }
    }
  },
});
