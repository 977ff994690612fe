import { groupOf } from './kinds';
import { isDnsLabel, isServiceName, isSubdomain } from './names';
import { isAtLeast } from './versions';

/** What the names of a kind are made of. */
export interface NameForm {
  /** What a name must be. */
  readonly must: string;
  readonly isValid: (name: string) => boolean;
}

const SUBDOMAIN: NameForm = {
  must: "be at most 253 lowercase letters, digits, '-' and '.', with a letter or digit at both ends",
  isValid: isSubdomain,
};
const LABEL: NameForm = {
  must: "be at most 63 lowercase letters, digits and '-', with a letter or digit at both ends",
  isValid: isDnsLabel,
};
const SERVICE: NameForm = {
  must: "be at most 63 lowercase letters, digits and '-', begin with a letter, and not end with '-'",
  isValid: isServiceName,
};
const PATH_SEGMENT: NameForm = {
  must: "have no '/' and no '%', and not be '.' or '..'",
  isValid: (name) => !/[/%]/.test(name) && name !== '.' && name !== '..',
};

/** Kinds of Kubernetes whose names have a form of their own that no manifest of an app needs checked. */
const OTHER_FORMS = ['ClusterTrustBundle', 'IPAddress', 'CSIDriver', 'CSINode', 'Event', 'LeaseCandidate'];

/** The form of the names of a kind; undefined where it is not known. Custom resources have dotted names. */
export function nameForm(apiVersion: string, kind: string, kubernetesVersion: string): NameForm | undefined {
  const group = groupOf(apiVersion);
  if (group === 'rbac.authorization.k8s.io') {
    return PATH_SEGMENT;
  }
  if (group === '' && kind === 'Service') {
    // from 1.36 on a digit may come first
    return isAtLeast(kubernetesVersion, '1.36') ? LABEL : SERVICE;
  }
  const isLabel = (group === '' && kind === 'Namespace') || (group === 'apps' && kind === 'StatefulSet');
  return isLabel ? LABEL : OTHER_FORMS.includes(kind) ? undefined : SUBDOMAIN;
}
