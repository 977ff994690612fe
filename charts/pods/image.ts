import { describe } from '../../kube/describe';
import type { Check } from '../core/check';

/** How the kubelet treats an image that is on the node already. */
export type ImagePullPolicy = 'Always' | 'IfNotPresent' | 'Never';

export function checkPullPolicy(check: Check, policy: ImagePullPolicy): void {
  check.oneOf('imagePullPolicy', policy, ['Always', 'IfNotPresent', 'Never']);
}

const REFERENCE =
  /^(?<repository>[a-z0-9._-]+(?::\d+(?=\/))?(?:\/[a-z0-9._-]+)*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}))?$/;

/** An image reference in its parts. */
export interface ImageModel {
  readonly reference: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

export function resolveImage(check: Check, what: string, image: unknown): ImageModel {
  const groups = typeof image === 'string' ? REFERENCE.exec(image)?.groups : undefined;
  if (typeof image !== 'string' || !groups) {
    check.fail(
      `${what} ${describe(image)} is no image reference`,
      "write 'registry/repository:tag', or with '@sha256:' and a digest",
    );
  }
  const { tag, digest } = groups;
  if (tag === undefined && digest === undefined) {
    check.fail(`${what} '${image}' has neither a tag nor a digest`, `write the version: '${image}:1.2.3'`);
  }
  if (tag === 'latest' && digest === undefined) {
    check.fail(`${what} '${image}' moves with every push`, 'write the version instead of latest, or a digest');
  }
  return { reference: image, tag, digest };
}

/** A tag can move, a digest cannot; with a tag the registry is on the path of every start. */
export function pullPolicy(image: ImageModel, asked: ImagePullPolicy | undefined): ImagePullPolicy {
  return asked ?? (image.digest === undefined ? 'Always' : 'IfNotPresent');
}
