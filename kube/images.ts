/** What pins the version of an image: its tag and digest. */
export interface ImageVersion {
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** The tag and digest of an image reference, whatever its form. A colon before a slash is that of a port. */
export function imageVersion(image: string): ImageVersion {
  const [name = '', digest] = image.split('@', 2);
  const last = name.slice(name.lastIndexOf('/') + 1);
  const colon = last.indexOf(':');
  return { tag: colon < 0 ? undefined : last.slice(colon + 1), digest };
}

/** An image reference without its tag and digest: 'registry.example.com:5000/library/postgres'. */
export function imageName(image: string): string {
  const at = image.indexOf('@');
  const name = at < 0 ? image : image.slice(0, at);
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  return colon < 0 ? name : name.slice(0, colon);
}

/** Whether a reference may name another version tomorrow: the tag 'latest', or none, without a digest. */
export function isUnpinned(image: string): boolean {
  if (image.includes('@')) {
    return false;
  }
  const colon = image.indexOf(':', image.lastIndexOf('/') + 1);
  return colon < 0 || image.slice(colon + 1) === 'latest';
}
