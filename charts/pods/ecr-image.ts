import { ecrHost } from '../../eks/ecr';
import type { Region } from '../../eks/values';
import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';
import { resolveImage } from './image';

/** The version of an image: exactly one of the two. */
export type ImageVersion =
  | {
      /** '1.4.2'; 'latest' is refused. */
      readonly tag: string;
      readonly digest?: never;
    }
  | {
      readonly tag?: never;
      /** 'sha256:' and 64 hexadecimal digits. */
      readonly digest: string;
    };

/** An image in a private registry of Amazon ECR. */
export type EcrImage = ImageVersion & {
  /** The account of the registry, 12 digits, as a string: it may begin with 0. */
  readonly account: string;
  /** The region of the registry: 'us-west-2'. The review advises the region of the cluster. */
  readonly region: Region;
  /** 'shop/web'. */
  readonly repository: string;
};
/** An image in the public gallery of Amazon ECR. */
export type PublicEcrImage = ImageVersion & {
  /** The alias of the registry and the repository: 'docker/library/busybox', 'aws-observability/aws-for-fluent-bit'. */
  readonly repository: string;
};
/** An image that a pull-through cache of Amazon ECR fetches from another registry. */
export type EcrCacheImage = EcrImage & {
  /** The repository prefix of the cache rule, such as 'docker-hub', 'quay' or 'ecr-public'. */
  readonly prefix: string;
};

type Parts = Partial<Record<'account' | 'region' | 'repository' | 'prefix' | 'tag' | 'digest', string>>;

const VERSION: KeyTable<Pick<Parts, 'repository' | 'tag' | 'digest'>> = {
  repository: 'text',
  tag: 'text',
  digest: 'text',
};
const REGISTRY: KeyTable<Omit<Parts, 'prefix'>> = { ...VERSION, account: 'text', region: 'text' };

/** References of images in Amazon ECR, for `image`. */
export class Image {
  private constructor() {}

  /**
   * An image in a private registry. Nodes may pull it without a secret; the repository of another account needs a policy.
   *
   * @example
   * Image.ecr({ account: '111122223333', region: 'us-west-2', repository: 'shop/web', tag: '1.4.2' });
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_EKS.html
   */
  static ecr(image: EcrImage): string {
    const check = new Check('Image.ecr');
    check.keys('image', image ?? null, REGISTRY);
    return reference(check, `${registry(check, image)}/`, image);
  }

  /** An image in the public gallery, public.ecr.aws, which has copies of Docker's official images: 'docker/library/redis'. */
  static publicEcr(image: PublicEcrImage): string {
    const check = new Check('Image.publicEcr');
    check.keys('image', image ?? null, VERSION);
    return reference(check, 'public.ecr.aws/', image);
  }

  /**
   * An image that a pull-through cache rule of the account fetches from another registry. The first pull needs
   * ecr:BatchImportUpstreamImage and ecr:CreateRepository for the role of the nodes, or a repository that exists.
   *
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
   */
  static ecrCache(image: EcrCacheImage): string {
    const check = new Check('Image.ecrCache');
    check.keys('image', image ?? null, { ...REGISTRY, prefix: 'text' } as KeyTable<Parts>);
    return reference(check, `${registry(check, image)}/${check.text('prefix', image.prefix)}/`, image);
  }
}

function registry(check: Check, { account, region }: Parts): string {
  if (typeof account !== 'string' || !/^\d{12}$/.test(account)) {
    check.fail(
      account === undefined ? 'required' : 'invalid',
      'account',
      `account must be a string of 12 digits, but is ${describe(account)}`,
      "write for example '111122223333'",
    );
  }
  return ecrHost(account as string, check.text('region', region) as Region);
}

function reference(check: Check, before: string, { repository, tag, digest }: Parts): string {
  const name = check.text('repository', repository);
  if ((tag === undefined) === (digest === undefined)) {
    check.fail(
      tag === undefined ? 'required' : 'forbidden',
      'tag',
      `tag ${tag === undefined ? 'or digest is required' : 'must be left out beside digest'}`,
      'write one of the two: the tag of the version, or its digest',
    );
  }
  return resolveImage(check, 'repository', `${before}${name}${tag === undefined ? `@${digest}` : `:${tag}`}`).reference;
}
