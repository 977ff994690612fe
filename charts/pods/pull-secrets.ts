import type { IConstruct } from 'constructs';
import { describe } from '../../kube/describe';
import { isSubdomain } from '../../kube/names';
import { indexPath } from '../../kube/text';
import { declareExisting } from '../core/app-objects';
import type { Check } from '../core/check';
import { kubectlIn } from '../core/namespace';
import { Requirements } from '../core/requirements';

export function checkPullSecrets(check: Check, names: readonly string[], field = 'imagePullSecrets'): void {
  if (!Array.isArray(names)) {
    check.fail(
      'type',
      field,
      `${field} must be a list of names of Secrets, but is ${describe(names)}`,
      "write for example ['registry']",
    );
  }
  for (const [i, name] of names.entries()) {
    const place = indexPath(field, i);
    if (typeof name !== 'string' || !isSubdomain(name)) {
      check.fail(
        typeof name === 'string' ? 'invalid' : 'type',
        place,
        `${place} must be the name of a Secret, but is ${describe(name)}`,
        "write for example 'registry'",
      );
    }
    if (names.indexOf(name) < i) {
      check.fail(
        'duplicate',
        place,
        `${place} must be unique, but '${name}' is listed before`,
        'list each Secret once',
      );
    }
  }
}

/** The Secrets are no part of the app: a step says how each is made. */
export function usePullSecrets(construct: IConstruct, namespace: string, names: readonly string[]): void {
  if (names.length === 0) {
    return;
  }
  for (const name of names) {
    declareExisting(construct, { kind: 'Secret', namespace, name });
  }
  Requirements.defer(construct, () =>
    names.map((name) => ({
      id: `step/Secret ${namespace}/${name}`,
      because: `'${construct.node.path}' pulls its images with it`,
      check: () => ({
        status: 'provided',
        addition: {
          kind: 'step',
          step: {
            title: `Secret ${namespace}/${name}`,
            text: 'Credentials of a registry, made by you, of the type kubernetes.io/dockerconfigjson.',
            commands: [
              kubectlIn(
                namespace,
                `create secret docker-registry ${name} --docker-server=REGISTRY --docker-username=USER --docker-password="$(cat password)"`,
              ),
            ],
          },
        },
      }),
    })),
  );
}
