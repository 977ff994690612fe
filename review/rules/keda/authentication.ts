import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';
import { scalerTriggers } from '../../scalers';

/** Scalers of AWS, which take a role by pod identity. */
const AWS = /^aws-/;

/** Scalers that log in with a secret, which metadata names by `...FromEnv`, or an authenticationRef brings. */
const WITH_LOGIN: ReadonlySet<string> = new Set([
  'datadog',
  'github-runner',
  'mongodb',
  'mssql',
  'mysql',
  'new-relic',
  'postgresql',
  'rabbitmq',
]);
/** Parts of a login that metadata may hold as text. */
const LOGIN = ['connectionString', 'password'];

/** Without permissions a scaler reads nothing. */
export const rule: Rule = {
  id: 'keda/authentication',
  title: 'triggers say whose permissions they use',
  severity: 'warning',
  why: 'Without an authenticationRef KEDA reads keys from the variables of the workload, which pods on EKS do not have for AWS, and the trigger never scales.',
  source: 'https://keda.sh/docs/latest/authentication-providers/aws/',
  bad: scaler('awsRegion: us-west-2'),
  good: scaler('identityOwner: operator'),
  check: ({ inventory }, report) => {
    for (const { object, field, type, metadata, authenticated } of scalerTriggers(inventory)) {
      const keys = 'awsAccessKeyIDFromEnv' in metadata || 'awsAccessKeyID' in metadata;
      if (AWS.test(type) && !authenticated && !keys && metadata.identityOwner !== 'operator') {
        report(object, {
          message: `trigger '${type}' of ${title(object)} has no authenticationRef`,
          fix: "name a TriggerAuthentication with podIdentity.provider 'aws', or write identityOwner: operator",
          field: `${field}.authenticationRef`,
        });
      } else if (WITH_LOGIN.has(type) && !authenticated && !hasLogin(type, metadata)) {
        report(object, {
          message: `trigger '${type}' of ${title(object)} has neither an authenticationRef nor a '...FromEnv' in its metadata`,
          fix: 'name a TriggerAuthentication that reads the secret',
          field: `${field}.authenticationRef`,
        });
      }
    }
  },
};

function hasLogin(type: string, metadata: Readonly<Record<string, unknown>>): boolean {
  // the host of RabbitMQ is an address with the login in it
  const parts = type === 'rabbitmq' ? [...LOGIN, 'host'] : LOGIN;
  return Object.keys(metadata).some((key) => key.endsWith('FromEnv') || parts.includes(key));
}

function scaler(metadata: string): string {
  return `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: mail, namespace: default }
spec:
  scaleTargetRef: { name: mail }
  triggers:
    - type: aws-sqs-queue
      metadata:
        queueURL: https://sqs.us-west-2.amazonaws.com/111122223333/mail
        ${metadata}
`;
}
