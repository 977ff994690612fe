import { parseClusterConfig } from '../../../eksctl/schema/parse';
import { clusterSide } from '../../../review/cluster-side';
import { loadInventory } from '../../../review/load';
import { review } from '../../../review/review';
import { appOf, newTenant, synth, web } from '../../support/app';

type Statement = readonly [action: string | readonly string[], resource: string | readonly string[], more?: object];
const QUEUE = 'arn:aws:sqs:us-west-2:111122223333:mail';
const TOPIC = 'arn:aws:sns:us-west-2:111122223333:mail';

/** What a rule says of a policy. */
function said(rule: string, ...statements: Statement[]): string[] {
  const Statement = statements.map(([Action, Resource, more]) => ({ Effect: 'Allow', Action, Resource, ...more }));
  const config = parseClusterConfig(
    JSON.stringify({
      apiVersion: 'eksctl.io/v1alpha5',
      kind: 'ClusterConfig',
      metadata: { name: 'a', region: 'us-west-2' },
      iam: {
        podIdentityAssociations: [
          { namespace: 'shop', serviceAccountName: 'web', permissionPolicy: { Version: '2012-10-17', Statement } },
        ],
      },
    }),
  );
  const findings = review({ inventory: loadInventory([]), cluster: clusterSide(config) });
  return findings.flatMap((one) => (one.rule === rule ? [`${one.message}; ${one.fix}`] : []));
}

describe('actions that IAM does not have', () => {
  const found = (...actions: string[]) => said('identities/unknown-action', [actions, QUEUE]);

  it.each(['sqs:ReceiveMessage', 'SQS:receivemessage', 'sqs:Receive*', 'sqs:*', '*', 'ec2:Anything', 'unheard:Of'])(
    '%s is none',
    (action) => {
      expect(found(action)).toEqual([]);
    },
  );

  it('are named, with what was meant, once for each', () => {
    expect(found('sqs:RecieveMessage', 'sqs:RecieveMessage', 'sqs:SendMesage')).toEqual([
      expect.stringMatching(/'sqs:RecieveMessage' in iam.* is no action of IAM.*; write 'sqs:ReceiveMessage'/),
      expect.stringContaining("write 'sqs:SendMessage'"),
    ]);
    expect(found('sqs:Frobnicate*')).toEqual([expect.stringContaining("write an action of 'sqs'")]);
  });

  it('of a workload are reported at the workload', () => {
    const tenant = newTenant();
    web({ aws: { allow: [{ actions: ['sqs:RecieveMessage'], resources: [QUEUE] }] } }, tenant);
    expect(synth(appOf(tenant)).warnings.join()).toMatch(/prod\/shop\/web.*sqs:ReceiveMessage/);
  });
});

describe('resources that actions do not work on', () => {
  const found = (...statements: Statement[]) => said('identities/resource-kind', ...statements);

  it.each<[string, string, number]>([
    ['sqs:ReceiveMessage', QUEUE, 0],
    ['sqs:ReceiveMessage', TOPIC, 1],
    ['sqs:ReceiveMessage', '*', 0],
    ['sqs:ReceiveMessage', 'arn:aws:s*', 0],
    ['sqs:*', TOPIC, 1],
    ['sqs:ListQueues', QUEUE, 1],
    ['sqs:ListQueues', '*', 0],
    ['sqs:List*', QUEUE, 0],
    ['sqs:Nothing', TOPIC, 0],
    ['ec2:RunInstances', TOPIC, 0],
    ['s3:GetObject', 'arn:aws:s3:::shop', 0],
    ['s3:GetObject', QUEUE, 1],
    ['kms:Decrypt', 'arn:aws:kms:us-west-2:111122223333:alias/shop', 1],
    ['dynamodb:Query', 'arn:aws:dynamodb:us-west-2:111122223333:table/a/index/b', 0],
    ['states:StartExecution', 'arn:aws:states:us-west-2:111122223333:execution:a:b', 1],
  ])('%s on %s: %d', (action, resource, count) => {
    expect(found([action, resource])).toHaveLength(count);
  });

  it('say what the action works on', () => {
    expect(found(['sqs:ReceiveMessage', TOPIC])).toEqual([expect.stringContaining("such as 'arn:aws:sqs:*:*:*'")]);
    expect(found(['sqs:ListQueues', QUEUE])).toEqual([expect.stringContaining("with the resource '*'")]);
  });

  it('of a workload are reported at the workload', () => {
    const tenant = newTenant();
    web({ aws: { allow: [{ actions: ['sqs:ReceiveMessage'], resources: [TOPIC] }] } }, tenant);
    const app = appOf(tenant);
    synth(app);
    expect(app.findings.filter(({ rule }) => rule === 'identities/resource-kind')).toEqual([
      expect.objectContaining({ construct: 'prod/shop/web' }),
    ]);
  });

  it('are left to the rule of buckets where one of several is a bucket', () => {
    expect(found(['s3:GetObject', [QUEUE, 'arn:aws:s3:::shop']])).toEqual([]);
  });

  it('matter where no other statement grants the action', () => {
    expect(found(['sqs:ReceiveMessage', TOPIC], ['sqs:ReceiveMessage', QUEUE])).toEqual([]);
    expect(found(['sqs:ReceiveMessage', [TOPIC, QUEUE]])).toEqual([]);
    expect(found(['sqs:ReceiveMessage', TOPIC], ['sqs:ReceiveMessage', TOPIC])).toHaveLength(1);
  });
});

describe('permissions on everything', () => {
  const found = (...statements: Statement[]) => said('identities/any-resource', ...statements);

  it.each<[string, string, number]>([
    ['dynamodb:GetItem', '*', 1],
    ['dynamodb:ListTables', '*', 0],
    ['cloudwatch:PutMetricData', '*', 0],
    ['dynamodb:GetItem', 'arn:aws:dynamodb:*:*:table/*', 0],
    ['ec2:RunInstances', '*', 0],
  ])('%s on %s: %d', (action, resource, count) => {
    expect(found([action, resource])).toHaveLength(count);
  });

  it('are none with a condition', () => {
    const more = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'shop' } } };
    expect(found(['dynamodb:GetItem', '*', more])).toEqual([]);
  });

  it('are those of a known controller, which its project writes', () => {
    const config = (serviceAccountName: string) =>
      parseClusterConfig(
        JSON.stringify({
          apiVersion: 'eksctl.io/v1alpha5',
          kind: 'ClusterConfig',
          metadata: { name: 'a', region: 'us-west-2' },
          iam: {
            podIdentityAssociations: [
              {
                namespace: 'aws-application-networking-system',
                serviceAccountName,
                permissionPolicy: {
                  Version: '2012-10-17',
                  Statement: [{ Effect: 'Allow', Action: 'firehose:TagDeliveryStream', Resource: '*' }],
                },
              },
            ],
          },
        }),
      );
    const count = (name: string) =>
      review({ inventory: loadInventory([]), cluster: clusterSide(config(name)) }).filter(
        ({ rule }) => rule === 'identities/any-resource',
      ).length;
    expect([count('gateway-api-controller'), count('other')]).toEqual([0, 1]);
  });

  it('are one finding a policy', () => {
    expect(found([['dynamodb:GetItem', 'sqs:ReceiveMessage', 'sqs:ListQueues'], '*'])).toEqual([
      expect.stringMatching(/^dynamodb:GetItem, sqs:ReceiveMessage in .* are allowed/),
    ]);
  });
});
