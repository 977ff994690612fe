import { describe } from '../../kube/describe';
import { isQualifiedName } from '../../kube/names';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import { REGISTRIES, REQUIRED_LABELS } from '../../review/admission/rules';
import type { Check } from '../core/check';
import type { AdmissionAction } from '../core/declarations';

/**
 * Rules of the review that the API server applies to whatever is made in the namespace.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export interface Admission {
  /**
   * What happens to an object that breaks a rule: 'deny' refuses it; 'warn' lets it in, tells whoever applies it, and writes it
   * into the audit log.
   *
   * @default 'deny'
   */
  readonly action?: AdmissionAction;
  /**
   * The registries that images may come from, with a path where it matters: ['111122223333.dkr.ecr.us-west-2.amazonaws.com'].
   * Written without a scheme and without a slash at the end. It holds in the program as well.
   *
   * @default - any
   */
  readonly registries?: readonly string[];
  /**
   * Keys of labels that all pods must have: ['cost-center']. It holds in the program as well.
   *
   * @default - none
   */
  readonly labels?: readonly string[];
}

const KEYS: KeyTable<Admission> = { action: true, registries: 'texts', labels: 'texts' };
export const ACTIONS: readonly AdmissionAction[] = ['deny', 'warn'];

export function resolveAdmission(
  check: Check,
  admission: Admission | AdmissionAction | undefined,
): Admission | undefined {
  if (admission === undefined) {
    return undefined;
  }
  if (typeof admission === 'string') {
    check.oneOf('admission', admission, ACTIONS);
    return { action: admission };
  }
  check.keys<Admission>('admission', admission, KEYS);
  const { action = 'deny', registries, labels } = admission;
  check.oneOf('admission.action', action, ACTIONS);
  checkList(check, 'admission.registries', registries, /^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[\w.-]+)*$/i, {
    what: 'a registry, with a path where it matters',
    fix: "write for example '111122223333.dkr.ecr.us-west-2.amazonaws.com/team'",
  });
  checkList(check, 'admission.labels', labels, isQualifiedName, {
    what: 'the key of a label',
    fix: "write for example 'cost-center'",
  });
  return { ...admission, action };
}

function checkList(
  check: Check,
  field: string,
  list: readonly string[] | undefined,
  form: RegExp | ((text: string) => boolean),
  { what, fix }: { readonly what: string; readonly fix: string },
): void {
  if (list?.length === 0) {
    check.fail('invalid', field, `${field} must have at least one entry`, `${fix}, or leave it out`);
  }
  for (const [i, item] of (list ?? []).entries()) {
    if (!(form instanceof RegExp ? form.test(item) : form(item))) {
      const at = indexPath(field, i);
      check.fail('invalid', at, `${at} must be ${what}, but is ${describe(item)}`, fix);
    }
  }
}

/** What the rules read of the Namespace. */
export function admissionAnnotations(admission: Admission | undefined): Record<string, string> {
  const { registries, labels } = admission ?? {};
  return {
    ...(registries ? { [REGISTRIES]: registries.join(',') } : {}),
    ...(labels ? { [REQUIRED_LABELS]: labels.join(',') } : {}),
  };
}
