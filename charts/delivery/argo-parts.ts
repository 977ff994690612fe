import type { Construct } from 'constructs';
import { ARGO_CD, type Controller } from '../../eks/controllers';
import type { Check } from '../core/check';
import type { ApplicationDestination, ApplicationSpec, AppProject, ResourceDifference } from '../core/gitops';
import { KubeObject } from '../core/kube-object';
import { type Requirement, Requirements } from '../core/requirements';
import type { ArgoSync } from './argo-application-props';
import { argoStep } from './steps';
import { NOT_APPLIED } from './written-path';

/** What Argo CD takes for the address of a repository. */
export const REPOSITORY = /^(https:\/\/|ssh:\/\/|[\w.-]+@[\w.-]+:)\S+$/;

/** Of a source whose manifests lie in subfolders too. */
export const SUBFOLDERS = {
  directory: { recurse: true, exclude: `{${NOT_APPLIED.map((folder) => `${folder}/*`)}}` },
};

interface ProjectModel {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly repoURL: string;
  readonly destinations: readonly ApplicationDestination[];
}

/** A project that takes one repository, and these clusters. */
export function projectOf(
  scope: Construct,
  { name, namespace, labels, repoURL, destinations }: ProjectModel,
): KubeObject<AppProject> {
  const head: AppProject = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace, labels },
    spec: {
      sourceRepos: [repoURL],
      destinations: destinations.map((destination) => ({ ...destination, namespace: '*' })),
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  };
  return new KubeObject<AppProject>(scope, 'AppProject', head, undefined);
}

/** How the manifests are applied, and what is left alone. */
export function syncOf(
  automated: ReturnType<typeof automation>,
  ignoreDifferences: ResourceDifference[],
): Pick<ApplicationSpec, 'ignoreDifferences' | 'syncPolicy'> {
  return {
    ...(ignoreDifferences.length > 0 ? { ignoreDifferences } : {}),
    syncPolicy: {
      ...(automated ? { automated } : {}),
      syncOptions: ['ServerSideApply=true', ...(ignoreDifferences.length > 0 ? ['RespectIgnoreDifferences=true'] : [])],
      // a claim waits for its new quota, and an object for the webhook that is rolled out with it
      retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
    },
  };
}

/** Its controller, where it runs in the cluster of the app, and the step that hands over. */
export function argoRequirements(scope: Construct, here: boolean): Requirement[] {
  const { id, path } = scope.node;
  const because = `'${path}' is applied by Argo CD`;
  const { name, chart, repository, namespace }: Controller = ARGO_CD;
  const install = `helm upgrade --install ${chart} ${chart} \\\n  --repo ${repository} \\\n  --namespace ${namespace} --create-namespace \\\n  --wait`;
  const controller: Requirement = {
    ...Requirements.api('argoproj.io/v1alpha1/Application', { because }),
    check: () => ({
      status: 'provided',
      addition: { kind: 'prerequisite', prerequisite: { name, commands: [install] } },
    }),
  };
  return [...(here ? [controller] : []), argoStep(id, because, here)];
}

/** What Argo CD does by itself; nothing where somebody asks for each sync. */
export function automation(check: Check, { sync = 'automatic', prune, selfHeal }: ArgoSync) {
  check.oneOf('sync', sync, ['automatic', 'manual']);
  if (sync === 'automatic') {
    return { prune: prune ?? true, selfHeal: selfHeal ?? true };
  }
  for (const [field, value] of [
    ['prune', prune],
    ['selfHeal', selfHeal],
  ] as const) {
    if (value !== undefined) {
      check.fail(
        'forbidden',
        field,
        `${field} must not be set with sync 'manual', where Argo CD does nothing by itself`,
        `leave ${field} out, or write sync: 'automatic'`,
      );
    }
  }
  return undefined;
}
