import type { Check } from '../core/check';

/** EKS sets the rules of existing names; eksctl is stricter, and labels the nodes of its groups with the name. */
export function checkName(check: Check, id: string, cluster: 'existing' | 'made' | 'made-with-groups'): void {
  if (cluster === 'existing') {
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,99}$/.test(id)) {
      check.fail(
        'invalid',
        '',
        `invalid name '${id}': a cluster name has at most 100 letters, digits, '-' and '_', and begins with a letter or digit`,
        'write the name that `aws eks list-clusters` shows',
      );
    }
    return;
  }
  const longest = cluster === 'made' ? 100 : 63;
  if (!/^[a-zA-Z]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/.test(id) || id.length > longest) {
    check.fail(
      'invalid',
      '',
      `invalid name '${id}': a cluster name has at most ${longest} letters, digits and '-', begins with a letter and does not end with '-'`,
      "write for example 'prod'",
    );
  }
}
