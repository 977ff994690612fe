import type { Finding } from '../kube/finding';
import type { Inventory } from '../kube/inventory';
import { loadInventory, type SourceDocument } from '../review/load';
import { readManifests } from '../review/read-manifests';
import { templateFinding } from '../review/templates';
import type { Source } from './sources';

/** What files hold. */
export interface LoadedSet {
  readonly inventory: Inventory;
  readonly clusterConfigs: readonly ConfigSource[];
  /** Files with manifests. */
  readonly files: number;
  /** Files of folders without any. */
  readonly skipped: number;
}

/** A ClusterConfig, as text of its own. */
export interface ConfigSource {
  readonly text: string;
  readonly origin: SourceDocument['origin'];
}

/** The objects and ClusterConfigs of files. */
export function loadSet(sources: readonly Source[]): LoadedSet {
  const documents: SourceDocument[] = [];
  const clusterConfigs: ConfigSource[] = [];
  const unread: Finding[] = [];
  let files = 0;
  for (const source of sources) {
    const file = readSource(source);
    files += file ? 1 : 0;
    documents.push(...(file?.documents ?? []));
    clusterConfigs.push(...(file?.clusterConfigs ?? []));
    unread.push(...(file?.findings ?? []));
  }
  return { inventory: loadInventory(documents, unread), clusterConfigs, files, skipped: sources.length - files };
}

/** undefined for a file of a folder that is something else than manifests. */
function readSource({ path, text, found }: Source) {
  const file = readManifests(text, path);
  const template = templateFinding(text, path, file);
  if (template) {
    return { documents: [], clusterConfigs: [], findings: [template] };
  }
  const all = [...file.documents, ...file.clusterConfigs];
  if (found && !all.some(({ value }) => isManifest(value))) {
    return undefined;
  }
  return {
    documents: file.documents.filter(({ value }) => !isOfKustomize(value)),
    clusterConfigs: file.clusterConfigs.map(({ value, origin }) => ({
      // alone in its file it is read as eksctl reads it, from the text
      text: all.length === 1 && file.findings.length === 0 ? text : JSON.stringify(value),
      origin,
    })),
    findings: file.findings,
  };
}

function isManifest(value: unknown): boolean {
  const { apiVersion, kind } = (value ?? {}) as Record<string, unknown>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && !isOfKustomize(value);
}

/** What kustomize reads itself, and does not apply. */
function isOfKustomize(value: unknown): boolean {
  const { apiVersion } = (value ?? {}) as Record<string, unknown>;
  return typeof apiVersion === 'string' && apiVersion.startsWith('kustomize.config.k8s.io/');
}
