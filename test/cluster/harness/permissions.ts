import * as fs from 'node:fs';
import * as path from 'node:path';
import type { V1SelfSubjectRulesReview, V1SubjectAccessReviewSpec } from '@kubernetes/client-node';
import { temporaryFolder } from '../../support/app';
import type { Kube } from './kube';
import type { Kubectl } from './kubectl';

const GROUP = 'authorization.k8s.io';

export type Subject = Pick<V1SubjectAccessReviewSpec, 'user' | 'groups'>;

/** The service account of a workload, with the groups that its token gives it. */
export const serviceAccount = (namespace: string, name: string): Subject => ({
  user: `system:serviceaccount:${namespace}:${name}`,
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
});

/** Whoever signed in. */
export const user = (name: string): Subject => ({ user: name, groups: ['system:authenticated'] });

/** Those of the actions, such as 'update deployments.apps', that the API server would let a subject do. */
export async function allowed(
  kube: Kube,
  subject: Subject,
  namespace: string,
  actions: readonly string[],
): Promise<string[]> {
  const answers = await Promise.all(
    actions.map(async (action) => {
      const [verb, target] = action.split(' ');
      const [resourcePath, ...group] = target!.split('.');
      const [resource, subresource] = resourcePath!.split('/');
      const resourceAttributes = { namespace, verb, group: group.join('.'), resource, subresource };
      const { status } = await kube.authorization.createSubjectAccessReview({
        body: {
          apiVersion: `${GROUP}/v1`,
          kind: 'SubjectAccessReview',
          spec: { ...subject, resourceAttributes },
        },
      });
      return status?.allowed ? [action] : [];
    }),
  );
  return answers.flat();
}

/** Every action that the roles of a subject allow in a namespace, but for asking about itself. */
export async function everyAction(kubectl: Kubectl, { user: name }: Subject, namespace: string): Promise<string[]> {
  const review = path.join(temporaryFolder(), 'review.json');
  const kind = 'SelfSubjectRulesReview';
  fs.writeFileSync(review, JSON.stringify({ apiVersion: `${GROUP}/v1`, kind, spec: { namespace } }));
  const url = `/apis/${GROUP}/v1/selfsubjectrulesreviews`;
  const { status }: V1SelfSubjectRulesReview = JSON.parse(
    await kubectl.run('create', '--raw', url, '-f', review, `--as=${name}`),
  );
  const rules = status!.resourceRules.flatMap(({ apiGroups = [], resources = [], verbs }) =>
    apiGroups
      .filter((group) => !['authentication.k8s.io', GROUP].includes(group))
      .flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}${group === '' ? '' : `.${group}`}`)),
      ),
  );
  return rules.sort();
}
