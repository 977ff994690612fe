import { writeFileSync } from 'node:fs';
import type { Finding, Severity } from '../kube/finding';
import { baselineText, parseBaseline, withBaseline } from '../review/baseline';
import type { ClusterSide } from '../review/cluster-side';
import { clusterWaivers } from '../review/cluster-waivers';
import { withFieldLines } from '../review/field-line';
import { runRules } from '../review/review';
import { parseReviewFile, REVIEW_FILE } from '../review/review-file';
import { RULES } from '../review/rules';
import { settle } from '../review/settle';
import { parseWaiverFile, WAIVER_FILE } from '../review/waiver-file';
import type { DeclaredWaiver } from '../review/waivers';
import { type CheckedConfig, checkConfig } from './check-config';
import type { ConfigFile } from './config-file';
import { type LoadedSet, loadSet } from './load-set';
import { type Report, SEVERITIES } from './report';
import { read, readFilesAbove, readSources, type Source, UsageError } from './sources';
import { requireVersion } from './version';

/** What a set of files alone cannot show: a chart for another part of the cluster may install the autoscaler. */
const PARTIAL_SET = { 'capacity/node-autoscaler': 'advice' } as const;

/** What is checked, and how. */
export interface CheckRequest extends Omit<ConfigFile, 'baseline'> {
  /** Files, folders, and '-'. */
  readonly paths: readonly string[];
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  /** '2026-11-28'. */
  readonly today: string;
  readonly version: string;
  readonly stdin: () => string;
}

/** Reads and reviews files. Throws a UsageError. */
export function check(request: CheckRequest): Report {
  const { paths, levels, existing, kubernetes, today, version } = request;
  requireVersion(kubernetes);
  const sources = readSources(paths, request.stdin);
  const set = loadSet(sources);
  const { inventory, files, skipped } = set;
  if (files === 0 || (inventory.complete && inventory.objects.length === 0 && set.clusterConfigs.length === 0)) {
    throw new UsageError(`there are no manifests in ${paths.map((path) => `'${path}'`).join(', ')}`);
  }
  const { configs, cluster, texts } = clusterOf(request.cluster, set, sources);
  const onDisk = sources.filter(({ path }) => path !== 'stdin').map(({ path }) => path);
  const programs = readFilesAbove(REVIEW_FILE, onDisk).map(({ path, text }) => parseReviewFile(text, path));
  const reviews = programs.flatMap((one) => one.reviews);
  const found = runRules({
    inventory,
    existing: [...(existing ?? []), ...reviews.flatMap((one) => one.existing ?? [])],
    cluster,
    ...(kubernetes === undefined ? {} : { kubernetesVersion: kubernetes }),
  });
  const given = readFilesAbove(WAIVER_FILE, onDisk).map(({ path, text }) => parseWaiverFile(text, path));
  const settled = settle(
    [
      ...programs.flatMap(({ findings }) => findings),
      ...given.flatMap(({ findings }) => findings),
      ...configs.flatMap(({ findings }) => findings),
      ...found,
    ],
    inventory,
    { rules: RULES, cluster },
    {
      today,
      levels: levels ?? {},
      folders: [...reviews, { path: '', levels: PARTIAL_SET }],
      waivers: [...given.flatMap(({ waivers }) => waivers), ...waiversOfOthers(configs, cluster)],
    },
  );
  return {
    findings: inBaseline(request, inFileOrder(withFieldLines(settled, texts))),
    failOn: request.failOn ?? lightest(reviews.flatMap(({ failOn = [] }) => failOn)),
    objects: inventory.objects.length,
    files,
    skipped,
    hasBaseline: request.baseline !== undefined,
    version,
  };
}

/** What fails for one of the programs fails. */
function lightest(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((one) => severities.includes(one)) ?? 'error';
}

/** The ClusterConfigs, checked, and the cluster: that of --cluster, otherwise the only one of the files. */
function clusterOf(path: string | undefined, { clusterConfigs, inventory }: LoadedSet, sources: readonly Source[]) {
  const texts = new Map(sources.map((source) => [source.path, source.text]));
  const configs: CheckedConfig[] = clusterConfigs.map((one) => checkConfig(one, inventory));
  const only = configs.length === 1 ? configs[0]?.cluster : undefined;
  if (path === undefined) {
    return { configs, cluster: only, texts };
  }
  const known = clusterConfigs.findIndex(({ origin }) => origin.file?.path === path);
  if (known >= 0) {
    return { configs, cluster: configs[known]?.cluster, texts };
  }
  const text = read(path);
  const own = loadSet([{ path, text, found: false }]);
  const [source] = own.clusterConfigs;
  if (!source) {
    throw new UsageError(`'${path}' must be a ClusterConfig of eksctl`);
  }
  const checked = checkConfig(source, inventory);
  return { configs: [...configs, checked], cluster: checked.cluster, texts: texts.set(path, text) };
}

/** A ClusterConfig that is not the cluster of the objects is covered by its own annotations alone. */
function waiversOfOthers(configs: readonly CheckedConfig[], cluster: ClusterSide | undefined): DeclaredWaiver[] {
  return configs.flatMap(({ cluster: own }) =>
    own === undefined || own === cluster || own.file === undefined
      ? []
      : clusterWaivers(own.config, own.file.path, own),
  );
}

function inBaseline({ baseline, updateBaseline }: CheckRequest, findings: readonly Finding[]): readonly Finding[] {
  if (baseline === undefined) {
    return findings;
  }
  if (updateBaseline) {
    writeFileSync(baseline, baselineText(findings));
  }
  try {
    return withBaseline(findings, parseBaseline(read(baseline)));
  } catch (e) {
    throw e instanceof UsageError ? e : new UsageError(`${baseline}: ${(e as Error).message}`);
  }
}

/** Findings of one line keep the order of the rules. */
function inFileOrder(findings: readonly Finding[]): Finding[] {
  const pathOf = ({ file }: Finding) => file?.path ?? '';
  const lineOf = ({ file }: Finding) => file?.line ?? 0;
  return [...findings].sort((a, b) =>
    pathOf(a) === pathOf(b) ? lineOf(a) - lineOf(b) : pathOf(a) < pathOf(b) ? -1 : 1,
  );
}
