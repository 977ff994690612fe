/** The path of a key: 'vpc.cidr', or "labels['example.com/pool']" where a dot would mislead. */
export function keyPath(parent: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) {
    return `${parent}[${/['\\\p{C}\u2028\u2029]/u.test(key) ? JSON.stringify(key) : `'${key}'`}]`;
  }
  return parent === '' ? key : `${parent}.${key}`;
}

/** The path of an item of a list: 'containers[0]'. */
export function indexPath(parent: string, index: number): string {
  return `${parent}[${index}]`;
}
