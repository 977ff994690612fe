import type { Check } from '../core/check';

/** EKS sets the rules of existing names; eksctl is stricter, and labels the nodes of its groups with the name. */
export function checkClusterName(
  check: Check,
  id: string,
  of: { readonly exists: boolean; readonly hasGroups: boolean },
): void {
  if (of.exists) {
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
  const longest = of.hasGroups ? 63 : 100;
  if (!/^[a-zA-Z]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/.test(id) || id.length > longest) {
    check.fail(
      'invalid',
      '',
      `invalid name '${id}': a cluster name has at most ${longest} letters, digits and '-', begins with a letter and does not end with '-'`,
      "write for example 'prod'",
    );
  }
}
