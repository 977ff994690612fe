/**
 * Objects of Argo CD and Flux, with the fields that the library writes; `customize` takes any other.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/
 * @see https://fluxcd.io/flux/components/
 */
import type { NamedMeta } from '../../imports/kubernetes';

/** The cluster that objects go to: by the address or the ARN, or by the name under which Argo CD knows it. */
export interface ApplicationDestination {
  server?: string;
  name?: string;
  namespace?: string;
}
/** Fields that Argo CD does not compare. */
export interface ResourceDifference {
  group?: string;
  kind: string;
  name?: string;
  namespace?: string;
  jsonPointers?: string[];
  jqPathExpressions?: string[];
  managedFieldsManagers?: string[];
}
/** What of a repository goes where, and how. */
export interface ApplicationSpec {
  project: string;
  source: {
    repoURL: string;
    targetRevision: string;
    path: string;
    directory?: { recurse?: boolean; exclude?: string; include?: string; [field: string]: unknown };
    [field: string]: unknown;
  };
  destination: ApplicationDestination;
  ignoreDifferences?: ResourceDifference[];
  syncPolicy: {
    automated?: { prune?: boolean; selfHeal?: boolean; [field: string]: unknown };
    syncOptions?: string[];
    retry?: {
      limit?: number;
      backoff?: { duration?: string; factor?: number; maxDuration?: string };
      [field: string]: unknown;
    };
    [field: string]: unknown;
  };
  [field: string]: unknown;
}
/** Files of a repository, applied to a cluster by Argo CD. */
export interface Application {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'Application';
  metadata: NamedMeta;
  spec: ApplicationSpec;
}
/** Applications of one form, for each of what its generators find. */
export interface ApplicationSet {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'ApplicationSet';
  metadata: NamedMeta;
  spec: {
    goTemplate: boolean;
    goTemplateOptions: string[];
    generators: Record<string, unknown>[];
    template: {
      metadata: { name: string; labels?: Record<string, string>; [field: string]: unknown };
      spec: ApplicationSpec;
    };
    syncPolicy: { preserveResourcesOnDeletion?: boolean; applicationsSync?: string; [field: string]: unknown };
    [field: string]: unknown;
  };
}
/** What the applications of a project may apply, and where. */
export interface AppProject {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'AppProject';
  metadata: NamedMeta;
  spec: {
    sourceRepos: string[];
    destinations: ApplicationDestination[];
    clusterResourceWhitelist: { group: string; kind: string; name?: string }[];
    [field: string]: unknown;
  };
}
/** A repository that Flux fetches. */
export interface GitRepository {
  apiVersion: 'source.toolkit.fluxcd.io/v1';
  kind: 'GitRepository';
  metadata: NamedMeta;
  spec: {
    url: string;
    ref: { branch?: string; tag?: string; semver?: string; commit?: string; name?: string };
    interval: string;
    /** Patterns as in .gitignore. */
    ignore?: string;
    provider?: 'generic' | 'aws' | 'azure' | 'github';
    secretRef?: { name: string };
    [field: string]: unknown;
  };
}
/** Files of a source, applied by Flux. */
export interface Kustomization {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1';
  kind: 'Kustomization';
  metadata: NamedMeta;
  spec: {
    sourceRef: { kind: string; name: string; namespace?: string };
    path: string;
    interval: string;
    retryInterval?: string;
    timeout?: string;
    prune: boolean;
    wait?: boolean;
    serviceAccountName?: string;
    [field: string]: unknown;
  };
}
