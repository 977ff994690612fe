import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ClusterConfig } from '../../eksctl/schema/cluster-config';
import { type Finding, isOpen, sentence } from '../../kube/finding';
import type { InventoryObject } from '../../kube/inventory';
import type { KeyTable } from '../../kube/values';
import { type ClusterSide, clusterSide } from '../../review/cluster-side';
import { withFieldLines } from '../../review/field-line';
import type { Levels } from '../../review/levels';
import { loadInventory, type SourceDocument } from '../../review/load';
import { readManifests } from '../../review/read-manifests';
import { review } from '../../review/review';
import { parseReviewFile, REVIEW_FILE } from '../../review/review-file';
import type { ExistingObject } from '../../review/rule';
import { parseWaiverFile, WAIVER_FILE } from '../../review/waiver-file';
import { Check } from '../core/check';
import { metadataKey } from '../core/synthesis/metadata-key';
import { checkAppReview } from './review-props';

/** Properties of Review in cdk8s.yaml. */
export interface ReviewProperties {
  /** Levels of rules, by id or topic. @default - each rule has its own */
  readonly levels?: Levels;
  /** The lightest finding that fails the synthesis. @default 'error' */
  readonly failOn?: 'error' | 'warning';
  /** Objects that exist in the cluster, so that others may refer to them. @default - none */
  readonly existing?: readonly ExistingObject[];
}

const KEYS: KeyTable<ReviewProperties> = { levels: 'map', failOn: true, existing: 'list' };

/** What the cdk8s CLI gives a validation; only what is used of it. */
export interface ReviewContext {
  /** The paths of the files. */
  readonly manifests: readonly string[];
  /** The paths of the constructs, by the names of their objects. */
  readonly metadata?: Readonly<Record<string, { readonly path: string }>>;
  readonly report: {
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: {
        readonly resourceName: string;
        readonly locations: string[];
        readonly manifestPath: string;
      }[];
    }): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

/**
 * The review as a validation of the cdk8s CLI, for programs with a plain cdk8s App. An EksApp reviews its objects before
 * it writes them.
 *
 * @example
 * // cdk8s.yaml
 * // validations:
 * //   - package: ./node_modules/cdk8s-eks-patterns
 * //     version: 0.1.0
 * //     class: Review
 * //     properties: { failOn: warning }
 */
export class Review {
  private readonly properties: ReviewProperties;

  /** Refuses unknown properties. */
  constructor(properties: ReviewProperties = {}) {
    const check = new Check('(validation Review)');
    check.keys<ReviewProperties>('props', properties, KEYS);
    const { levels, failOn } = properties;
    const given = { ...(levels === undefined ? {} : { levels }), ...(failOn === undefined ? {} : { failOn }) };
    this.properties = { ...properties, ...checkAppReview(check, given) };
  }

  /** Called by the CLI, once for all files. */
  async validate({ manifests, metadata = {}, report }: ReviewContext): Promise<void> {
    const { findings, objects } = this.findingsIn(manifests.filter((file) => /\.(?:ya?ml|json)$/.test(file)));
    const nameOf = resourceNames(objects, metadata);
    const open = findings.filter((finding) => finding.severity !== 'advice' && isOpen(finding));
    for (const finding of open) {
      const { severity, rule, message, fix, field, file } = finding;
      report.addViolation({
        // the CLI knows no severities
        ruleName: `${severity} ${rule}`,
        recommendation: `${message}.`,
        fix: fix === undefined ? '' : sentence(fix),
        violatingResources: [
          {
            resourceName: nameOf(finding),
            locations: [[file?.line === undefined ? '' : `line ${file.line}`, field ?? ''].filter(Boolean).join(', ')],
            manifestPath: file?.path ?? '',
          },
        ],
      });
    }
    const { failOn = 'error' } = this.properties;
    const failed = open.some(({ severity }) => severity === 'error' || failOn === 'warning');
    const count = (matching: (finding: Finding) => boolean) => String(findings.filter(matching).length);
    report.submit(failed ? 'failure' : 'success', {
      errors: count((finding) => finding.severity === 'error' && isOpen(finding)),
      warnings: count((finding) => finding.severity === 'warning' && isOpen(finding)),
      waived: count(({ waived }) => waived !== undefined),
    });
  }

  private findingsIn(paths: readonly string[]) {
    const texts = new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
    const files = [...texts].map(([path, text]) => readManifests(text, path));
    const inventory = loadInventory(
      files.flatMap(({ documents }) => documents),
      files.flatMap(({ findings }) => findings),
    );
    const { levels = {}, existing = [] } = this.properties;
    const given = filesBeside(WAIVER_FILE, paths).map(([path, text]) => parseWaiverFile(text, path));
    const programs = filesBeside(REVIEW_FILE, paths).map(([path, text]) => parseReviewFile(text, path));
    const reviews = programs.flatMap((one) => one.reviews);
    const found = review({
      inventory,
      existing: [...existing, ...reviews.flatMap((one) => one.existing ?? [])],
      levels,
      folders: reviews,
      cluster: clusterIn(files.flatMap(({ clusterConfigs }) => clusterConfigs)),
      today: new Date().toISOString().slice(0, 10),
      waivers: given.flatMap(({ waivers }) => waivers),
    });
    const unread = [...given, ...programs].flatMap(({ findings }) => findings);
    return { findings: [...unread, ...withFieldLines(found, texts)], objects: inventory.objects };
  }
}

/** The files of an EksApp in the folder of its manifests. */
function filesBeside(name: string, paths: readonly string[]) {
  return [...new Set(paths.map((path) => dirname(path)))]
    .map((folder) => join(folder, name))
    .filter((path) => existsSync(path))
    .map((path) => [path, readFileSync(path, 'utf8')] as const);
}

/** The cluster, where there is one ClusterConfig; its own errors are those of the command and of Cluster. */
function clusterIn(configs: readonly SourceDocument[]): ClusterSide | undefined {
  const [only] = configs.length === 1 ? configs : [];
  try {
    return only && clusterSide(ClusterConfig.parse(JSON.stringify(only.value)));
  } catch {
    return undefined;
  }
}

/**
 * The name under which the CLI finds the construct of a finding. It knows constructs by the name of the object alone, of
 * which the last one wins: a name that several objects have is not used.
 */
function resourceNames(objects: readonly InventoryObject[], metadata: NonNullable<ReviewContext['metadata']>) {
  const counts = new Map<string, number>();
  for (const { manifest } of objects) {
    counts.set(manifest.metadata.name, (counts.get(manifest.metadata.name) ?? 0) + 1);
  }
  return ({ object, file }: Finding): string => {
    if (!object) {
      return file?.path ?? '';
    }
    const key = metadataKey(object);
    return metadata[key] === undefined && counts.get(object.name) === 1 ? object.name : key;
  };
}
