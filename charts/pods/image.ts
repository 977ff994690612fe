import { describe } from '../../kube/describe';
import type { Check } from '../core/check';

/** When the kubelet pulls an image: at every start, when the node does not have it, or never. */
export type ImagePullPolicy = 'Always' | 'IfNotPresent' | 'Never';

export function checkPullPolicy(check: Check, policy: ImagePullPolicy, field = 'imagePullPolicy'): void {
  check.oneOf(field, policy, ['Always', 'IfNotPresent', 'Never']);
}

/** A repository, with its tag and its digest as groups. */
const REFERENCE =
  /^[a-z0-9._-]+(?::\d+(?=\/))?(?:\/[a-z0-9._-]+)*(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[a-f0-9]{64}))?$/;

/** A validated image reference, split into its parts. */
export interface ImageModel {
  readonly reference: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

export function resolveImage(check: Check, field: string, image: unknown): ImageModel {
  if (image === undefined) {
    check.fail('required', field, `${field} is required`, "write for example 'registry/repository:1.2.3'");
  }
  const parts = typeof image === 'string' ? REFERENCE.exec(image) : null;
  if (typeof image !== 'string' || !parts) {
    check.fail(
      typeof image === 'string' ? 'invalid' : 'type',
      field,
      `${field} must be an image reference, but is ${describe(image)}`,
      "write 'registry/repository:tag', or 'registry/repository@sha256:...' with a digest",
    );
  }
  const tag = parts[1];
  const digest = parts[2];
  if (tag === undefined && digest === undefined) {
    check.fail(
      'invalid',
      field,
      `${field} must have a tag or digest, but is '${image}'`,
      `write the version, such as '${image}:1.2.3'`,
    );
  }
  if (tag === 'latest' && digest === undefined) {
    check.fail(
      'invalid',
      field,
      `${field} must have a tag other than 'latest', or a digest, but is '${image}'`,
      "write the version instead of 'latest', or add a digest",
    );
  }
  return { reference: image, tag, digest };
}

/** For a digest too: the kubelet asks the registry whether the pod may have an image that is on its node already. */
export const DEFAULT_PULL_POLICY: ImagePullPolicy = 'Always';
