/**
 * The names that a text refers to as '$(NAME)', as the kubelet reads it in variables, commands and arguments: '$$' is a
 * dollar sign, so '$$(NAME)' refers to nothing.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function expandedNames(text: string): readonly string[] {
  const names: string[] = [];
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at)) {
    const next = text.charAt(at + 1);
    at += 2;
    if (next === '(') {
      const end = text.indexOf(')', at);
      if (end < 0) {
        break;
      }
      names.push(text.slice(at, end));
      at = end + 1;
    } else if (next !== '$') {
      at -= 1;
    }
  }
  return names;
}

/** A text that the kubelet leaves as it is: each dollar sign is doubled where one could be read otherwise. */
export function unexpanded(text: string): string {
  return /\$[$(]/.test(text) ? text.replaceAll('$', '$$$$') : text;
}

/** The variables of the API server's own Service, which every container may refer to. */
export const isKubernetesVariable = (name: string): boolean => /^KUBERNETES_(SERVICE|PORT)(_|$)/.test(name);
