import { parseArn } from '../../eks/arn';
import { clusterRule } from './accessors';
import { isNonEmptyString, isSet } from './unvalidated';

const KEY = 'secretsEncryption.keyARN';

/** The key that encrypts secrets. */
export const ENCRYPTION_RULES = [
  clusterRule('A11', 'eksctl', 'secretsEncryption.keyARN is an ARN', ({ secretsEncryption }, report) => {
    const arn = secretsEncryption?.keyARN;
    if (isSet(secretsEncryption) && parseArn(arn) === undefined) {
      report.error(
        KEY,
        isNonEmptyString(arn) ? `invalid ARN '${arn}'` : 'required',
        "write for example 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'",
      );
    }
  }),
  clusterRule(
    'X42',
    'aws',
    'secretsEncryption.keyARN is a KMS key in the region of the cluster',
    ({ secretsEncryption, metadata }, report) => {
      const arn = secretsEncryption?.keyARN;
      const parts = parseArn(arn);
      if (parts === undefined) {
        return;
      }
      if (parts.service !== 'kms' || !/^(key|alias)\/./.test(parts.resource)) {
        report.error(
          KEY,
          `must be the ARN of a KMS key, but is '${arn}'`,
          "write for example 'arn:aws:kms:us-west-2:111122223333:key/1234abcd'",
        );
      } else if (isNonEmptyString(metadata?.region) && parts.region !== metadata.region) {
        report.error(
          KEY,
          `the key must be in the region of the cluster, '${metadata.region}', but is in '${parts.region}'`,
          `write the ARN of a key in ${metadata.region}`,
        );
      }
    },
  ),
];
