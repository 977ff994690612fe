import { parseArn, partitionOf } from '../../eks/arn';
import { EKSCTL_REGIONS } from '../../eks/regions';
import { keyPath } from '../../kube/text';
import { clusterRule } from './accessors';
import { isNonEmptyString } from './unvalidated';

/** Free text, where the ARN of another partition may stand. */
const FREE: ReadonlySet<string> = new Set([
  'tags',
  'labels',
  'annotations',
  'configurationValues',
  'overrideBootstrapCommand',
  'preBootstrapCommands',
]);

/** Calls for each text of a value with its path. */
function eachText(value: unknown, path: string, visit: (text: string, path: string) => void): void {
  if (typeof value === 'string') {
    visit(value, path);
  } else if (Array.isArray(value)) {
    value.forEach((item, i) => {
      eachText(item, `${path}[${i}]`, visit);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (!FREE.has(key)) {
        eachText(item, keyPath(path, key), visit);
      }
    }
  }
}

/** ARNs of another part of AWS. */
export const PARTITION_RULES = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
  clusterRule('X7', 'aws', 'ARNs are of the partition of the region', (config, report) => {
    const region = config.metadata?.region;
    if (!isNonEmptyString(region) || !EKSCTL_REGIONS.includes(region)) {
      return;
    }
    const partition = partitionOf(region);
    eachText(config, '', (text, path) => {
      const found = parseArn(text)?.partition;
      if (isNonEmptyString(found) && /^aws[a-z-]*$/.test(found) && found !== partition) {
        report.error(
          path,
          `must be an ARN of the partition '${partition}', that of ${region}, but is '${text}'`,
          `write '${text.replace(`arn:${found}:`, `arn:${partition}:`)}'`,
        );
      }
    });
  }),
];
