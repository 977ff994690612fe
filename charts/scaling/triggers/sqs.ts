import { queueUrlProblem } from '../../../kube/keda-triggers';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import type { Permissions } from './permissions';
import { activationOf, SOURCE, type SourceTriggerProps, sourceTrigger, type TriggerModel } from './trigger';

/** An SQS queue, and the messages per replica. */
export interface SqsTriggerProps extends SourceTriggerProps {
  /** URL of the queue: 'https://sqs.REGION.amazonaws.com/ACCOUNT/NAME'. Without a region in it, the region of the cluster is used. */
  readonly queueUrl: string;
  /** Messages in the queue for each replica, 1 or more. */
  readonly messagesPerReplica: number;
  /** Messages above which the first replica starts, with `min: 0`. @default 0 */
  readonly activationQueueLength?: number;
  /** Whether messages that are being worked on count. @default true */
  readonly scaleOnInFlight?: boolean;
  /** Whether messages that are delayed count. @default false */
  readonly scaleOnDelayed?: boolean;
}

const PROPS: KeyTable<SqsTriggerProps> = {
  ...SOURCE,
  queueUrl: 'text',
  messagesPerReplica: true,
  activationQueueLength: true,
  scaleOnInFlight: 'boolean',
  scaleOnDelayed: 'boolean',
};
const PERMISSIONS: Permissions = { managedPolicies: ['AmazonSQSReadOnlyAccess'], statements: [] };

export function sqsTrigger(props: SqsTriggerProps): TriggerModel {
  const check = new Check('ScaleTrigger.sqs');
  check.keys<SqsTriggerProps>('props', props ?? null, PROPS);
  const { activationQueueLength, scaleOnInFlight, scaleOnDelayed } = props;
  const queueURL = check.text('queueUrl', props.queueUrl);
  const queueLength = check.integer('messagesPerReplica', props.messagesPerReplica, 1);
  if (activationQueueLength !== undefined) {
    check.integer('activationQueueLength', activationQueueLength, 0);
  }
  check.typed('scaleOnInFlight', scaleOnInFlight, 'boolean');
  check.typed('scaleOnDelayed', scaleOnDelayed, 'boolean');
  const problem = queueUrlProblem(queueURL);
  if (problem) {
    check.fail('invalid', 'queueUrl', `queueUrl ${problem.problem}`, problem.fix);
  }
  const region = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com/.exec(queueURL)?.[1];
  // KEDA's older way, without a TriggerAuthentication, as long as nothing else is asked for
  const byOperator = props.authentication === undefined && props.authenticationRef === undefined;
  const model = sourceTrigger(
    check,
    props,
    { parameters: ['awsAccessKeyID', 'awsSecretAccessKey', 'awsSessionToken'], asks: () => PERMISSIONS },
    {
      type: 'aws-sqs-queue',
      metadata: (own) => ({
        queueURL,
        queueLength,
        activationQueueLength,
        scaleOnInFlight,
        scaleOnDelayed,
        identityOwner: byOperator ? 'operator' : undefined,
        awsRegion: region ?? own,
      }),
      activation: activationOf('activationQueueLength', activationQueueLength),
    },
  );
  return { ...model, login: byOperator ? undefined : model.login, needsRegion: !byOperator };
}
