import { cronProblem, isCronMacro, neverRuns } from './cron';
import { isTimeZone } from './time-zone';

/** What KEDA refuses of a trigger. */
export interface TriggerProblem {
  /** The key of its metadata. */
  readonly key: string;
  /** 'must be ..., but is ...'. */
  readonly problem: string;
  readonly fix: string;
}

/** A time window of the scaler `cron`. */
export interface CronWindow {
  readonly start: string;
  readonly end: string;
  readonly timezone: string;
}

/** What is wrong with a window; the scaler reads five fields, and no macros. */
export function windowProblems({ start, end, timezone }: CronWindow): TriggerProblem[] {
  const found: TriggerProblem[] = [];
  for (const [key, text] of Object.entries({ start, end })) {
    const problem = isFive(text) ? cronProblem(text) : FIVE(text);
    if (problem) {
      found.push({ key, ...problem });
    } else if (neverRuns(text)) {
      found.push({ key, problem: `must be a date that exists, but is '${text}'`, fix: 'correct the day or the month' });
    }
  }
  if (start.trim() === end.trim()) {
    found.push({
      key: 'end',
      problem: `must differ from start, but both are '${start}'`,
      fix: 'write when the window ends',
    });
  }
  if (!isTimeZone(timezone)) {
    found.push({
      key: 'timezone',
      problem: `must be an IANA time zone, but is '${timezone}'`,
      fix: "write for example 'Etc/UTC' or 'Europe/Berlin'",
    });
  }
  return found;
}

const isFive = (text: string): boolean => !isCronMacro(text) && !text.startsWith('@');
const FIVE = (text: string) => ({
  problem: `must have five fields, but is '${text}'`,
  fix: "write minute, hour, day of the month, month and day of the week, such as '0 8 * * *'",
});

/** A queue by its URL or its name; an ARN is neither. */
export function queueUrlProblem(queueUrl: string): TriggerProblem | undefined {
  const [, , service, region, account, name] = queueUrl.split(':');
  return queueUrl.startsWith('arn:')
    ? {
        key: 'queueURL',
        problem: `must be the URL of a queue, but is the ARN '${queueUrl}'`,
        fix:
          service === 'sqs' && name
            ? `write 'https://sqs.${region}.amazonaws.com/${account}/${name}'`
            : "write 'https://sqs.REGION.amazonaws.com/ACCOUNT/NAME'",
      }
    : undefined;
}

/** Triggers that scale by what the pods use: without pods there is nothing to measure. */
export const isUtilization = (type: string | undefined): boolean => type === 'cpu' || type === 'memory';

/**
 * Types of triggers that KEDA builds scalers for, as of 2.19. The list grows with every release.
 *
 * @see https://keda.sh/docs/latest/scalers/
 */
export const SCALER_TYPES: readonly string[] = `
activemq apache-kafka arangodb artemis-queue aws-cloudwatch aws-dynamodb aws-dynamodb-streams aws-kinesis-stream
aws-sqs-queue azure-app-insights azure-blob azure-data-explorer azure-eventhub azure-log-analytics azure-monitor
azure-pipelines azure-queue azure-servicebus beanstalkd cassandra couchdb cpu cron datadog dynatrace elasticsearch etcd
external external-push forgejo-runner gcp-cloudtasks gcp-pubsub gcp-stackdriver gcp-storage github-runner graphite
huawei-cloudeye ibmmq influxdb kafka kubernetes-resource kubernetes-workload liiklus loki memory metrics-api mongodb mssql
mysql nats-jetstream new-relic nsq openstack-metric openstack-swift postgresql predictkube prometheus pulsar rabbitmq redis
redis-cluster redis-cluster-streams redis-sentinel redis-sentinel-streams redis-streams selenium-grid solace-direct-messaging
solace-event-queue solr splunk splunk-observability stan sumologic temporal
`
  .trim()
  .split(/\s+/);
