import { title } from '../../../kube/inventory';
import { lacksLogin } from '../../../kube/keda-authentication';
import type { Rule } from '../../rule';
import { scalerTriggers } from '../../scalers';

/** Scalers of AWS, which take a role by pod identity. */
const AWS = /^aws-/;

/** Without permissions a scaler reads nothing. */
export const rule: Rule = {
  id: 'keda/authentication',
  title: 'triggers say whose permissions they use',
  severity: 'warning',
  why: 'Without an authenticationRef KEDA reads keys from the variables of the workload, which pods on EKS do not have for AWS. Other scalers log in with a secret. Without one the trigger never scales.',
  source: 'https://keda.sh/docs/latest/concepts/authentication/',
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
      } else if (!authenticated && lacksLogin(type, metadata)) {
        report(object, {
          message: `trigger '${type}' of ${title(object)} has neither an authenticationRef nor a login in its metadata`,
          fix: 'name a TriggerAuthentication that reads the secret',
          field: `${field}.authenticationRef`,
        });
      }
    }
  },
};

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
