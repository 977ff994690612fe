import * as path from 'node:path';
import { App, type AppProps, YamlOutputType } from 'cdk8s';
import { type Finding, formatFinding, isOpen } from '../../kube/finding';
import type { KeyTable } from '../../kube/values';
import { REVIEW_FILE, reviewFileText } from '../../review/review-file';
import type { ExistingObject } from '../../review/rule';
import { declareExisting, existingObjects, releaseInventory } from '../core/app-objects';
import { markEksApp } from '../core/app-state';
import { Check } from '../core/check';
import { errorOf, ManifestError, PatternError, SynthesisError } from '../core/errors';
import { sharingRenderCache, withRenderCache } from '../core/render-cache';
import {
  CONSTRUCT_METADATA,
  completeOutput,
  constructMetadata,
  documentsText,
  type FileTexts,
  lateTexts,
  type OutputFile,
  renderFiles,
  withText,
  writeOutput,
} from '../core/synthesis/files';
import { orderSynthesis } from '../core/synthesis/graph';
import { type TextFile, textFilesOf } from '../core/synthesis/output';
import { declareWaivers, type Waive, waiverFile } from '../core/waive';
import { type Defaults, setDefaults } from './defaults';
import { claimOutdir } from './outdirs';
import { isPromotedByCli, removalOf, targetFile } from './promotion';
import { loadReview, type Reviewed, reviewApp } from './review-app';
import { type AppReview, checkAppReview } from './review-props';

/** Props of an EksApp. */
export interface EksAppProps extends AppProps {
  /**
   * The folder of the committed files, relative to the working directory or absolute. Its file
   * `.cdk8s-eks-patterns.files` lists what synthesis has written: those files are removed when the app no longer makes
   * them, and a file that is not listed is never replaced. Refused are an empty outdir and, at synthesis, one that another
   * app of the program has written.
   *
   * @default - CDK8S_OUTDIR, unless it is the staging folder '.synth' of the CLI; otherwise 'dist'
   */
  readonly outdir?: string;
  /** Defaults of all workloads of the app. @default - those of each pattern */
  readonly defaults?: Defaults;
  /**
   * Objects that exist in the cluster, so that objects of this app may refer to them. With `review` they are also written to
   * the file `.cdk8s-eks-patterns.review`, from which a review of the committed files takes them.
   *
   * @default - none
   */
  readonly existing?: readonly ExistingObject[];
  /** How the review of all objects counts its findings. @default - each rule has its own level */
  readonly review?: AppReview;
  /**
   * Reasons to accept what a rule of the review reports anywhere in the app, by the id of the rule. A rule that does not
   * exist and an empty reason are refused. They are also written to the file `.cdk8s-eks-patterns.waivers`, from which a
   * review of the committed files takes them.
   *
   * @default - none
   */
  readonly waive?: Waive;
  /**
   * Whether file names get their order as a prefix ('0000-shop.k8s.yaml'), as in cdk8s when charts depend on each other.
   *
   * @default false - with prefixes, one new dependency renames every file
   */
  readonly filePrefixes?: boolean;
}
const PROPS: KeyTable<EksAppProps> = {
  outdir: 'text',
  defaults: 'object',
  existing: 'list',
  review: 'object',
  waive: 'map',
  filePrefixes: 'boolean',
  resolvers: 'list',
  outputFileExtension: 'text',
  recordConstructMetadata: 'boolean',
  yamlOutputType: true,
};
/**
 * The output folder for the cdk8s CLI, which deletes it before it runs the app. The finished files are written there and,
 * as the last step, to the committed folder, so that a failing synth leaves the committed files unchanged; with the
 * validation Promotion that step is left to the CLI.
 */
const STAGING = '.synth';

/**
 * A cdk8s App that checks all objects together before it writes them. Synthesis takes linear time, and a file changes only
 * if its content does.
 *
 * @example
 * const app = new EksApp();
 * const cluster = new Cluster(app, 'prod', { region: 'us-west-2', version: '1.35', autoMode: true });
 * const shop = new Tenant(cluster, 'shop');
 * new WebService(shop, 'web', { ... });
 * app.synth();
 */
export class EksApp extends App {
  private readonly staging: string | undefined;
  private readonly filePrefixes: boolean;
  private readonly review: AppReview;
  private readonly existing: readonly ExistingObject[];
  private found: readonly Finding[] = [];

  constructor(given: EksAppProps = {}) {
    loadReview();
    // what is no object is refused below
    const props = given ?? {};
    const fromCli = process.env.CDK8S_OUTDIR || undefined;
    const staged = fromCli !== undefined && path.basename(fromCli) === STAGING;
    const { defaults, existing, filePrefixes, review, waive, ...appProps } = props;
    super({ ...appProps, outdir: props.outdir ?? (staged ? 'dist' : fromCli) ?? 'dist' });
    const check = new Check('(app)');
    check.keys<EksAppProps>('props', given, PROPS);
    if (props.outdir !== undefined && check.text('outdir', props.outdir).includes('\0')) {
      check.fail(
        'invalid',
        'outdir',
        'outdir must not contain a NUL character',
        "write the path of a folder, such as 'dist/prod'",
      );
    }
    // several apps of one program keep apart below the staging folder
    this.staging = staged ? path.join(fromCli, belowStaging(props.outdir ?? '')) : undefined;
    this.filePrefixes = filePrefixes ?? false;
    this.review = checkAppReview(check, review);
    declareWaivers(this, check, waive, 'in-file');
    checkExisting(check, existing ?? []);
    this.existing = [...(existing ?? [])];
    declareExisting(this, ...this.existing);
    setDefaults(this, check, defaults);
    markEksApp(this);
  }

  /** The findings of the last synthesis that did not fail it: warnings, advice, and what is waived. */
  get findings(): readonly Finding[] {
    return this.found;
  }

  /** The warnings of the last synthesis, as strings: 'prod/shop/web: ...'. */
  get warnings(): readonly string[] {
    return this.found.filter((finding) => finding.severity === 'warning' && isOpen(finding)).map(formatFinding);
  }

  /** Writes all files, or throws a SynthesisError with all errors and writes none. */
  override synth(): void {
    if (completeOutput(this.outdir)) {
      console.warn(`completed '${this.outdir}', which an interrupted synthesis had left half written`);
    }
    const files = withRenderCache(this, () => this.assemble());
    const options = {
      extension: this.outputFileExtension,
      recursive: this.yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
    };
    for (const warning of this.warnings) {
      console.warn(`warning: ${warning}`);
    }
    claimOutdir(this);
    const complete = this.withConstructMetadata(files);
    if (this.staging !== undefined && isPromotedByCli()) {
      const target = targetFile({ ...options, dir: this.outdir });
      writeOutput({ ...options, dir: this.staging, files: withText(complete, target) });
      return;
    }
    if (this.staging !== undefined) {
      writeOutput({ ...options, dir: this.staging, files: complete });
    }
    const written = asSynthesis(ManifestError, () =>
      writeOutput({ ...options, dir: this.outdir, files: this.staging === undefined ? complete : files }),
    );
    const removal = removalOf(this.outdir, written);
    if (removal !== undefined) {
      console.warn(removal);
    }
  }

  /** The manifests for `kubectl apply`, as one string. */
  override synthYaml(): string {
    return withRenderCache(this, () => {
      return documentsText(this.rendered().layout.documents, this);
    });
  }

  /** The content of every file. Throws all errors at once. */
  private assemble(): FileTexts {
    const files = this.reviewedFiles();
    releaseInventory(this);
    // what is written to two folders is not made twice
    const textsOf = this.staging === undefined ? lateTexts : renderFiles;
    return asSynthesis(PatternError, () =>
      textsOf(files, [...textFilesOf(this), ...waiverFile(this), ...this.reviewFile()]),
    );
  }

  /** The files alone: while the texts are made, nothing else of the review is in memory. */
  private reviewedFiles(): readonly OutputFile[] {
    return this.rendered().layout.files;
  }

  /** How the app is reviewed, so that a review of the written files agrees. */
  private reviewFile(): readonly TextFile[] {
    const text = reviewFileText({ ...this.review, existing: existingObjects(this) });
    return text === undefined ? [] : [{ construct: this, path: REVIEW_FILE, text: () => text }];
  }

  /** Reviews the app; findings are returned, not thrown. @internal */
  reviewed(): Reviewed {
    const reviewed = sharingRenderCache(this, () =>
      reviewApp(
        this,
        {
          type: this.yamlOutputType,
          extension: this.outputFileExtension,
          numericPrefixes: this.filePrefixes,
        },
        this.review,
      ),
    );
    this.found = reviewed.findings.filter((finding) => !isFailure(finding, this.review));
    return reviewed;
  }

  /** Reviews, and throws all errors at once. @internal */
  rendered(): Reviewed {
    const reviewed = this.reviewed();
    const errors = reviewed.findings.filter((finding) => isFailure(finding, this.review)).map(errorOf);
    if (errors.length > 0) {
      // with this mark Node does not print an excerpt of this line above the message
      throw new SynthesisError(errors); // node-do-not-add-exception-line
    }
    // an error of another construct, without a finding
    if (reviewed.thrown !== undefined) {
      throw reviewed.thrown;
    }
    return reviewed;
  }

  /** For validation plugins of the CLI. Under the CLI it is not written to the committed folder, where kubectl would read it. */
  private withConstructMetadata(files: FileTexts): FileTexts {
    const { recordConstructMetadata } = this as unknown as { readonly recordConstructMetadata: boolean };
    return recordConstructMetadata
      ? withText(files, [CONSTRUCT_METADATA, constructMetadata(orderSynthesis(this), true)])
      : files;
  }
}

const EXISTING: KeyTable<ExistingObject> = { kind: 'text', namespace: 'text', name: 'text', labels: 'map' };

function checkExisting(check: Check, existing: readonly ExistingObject[]): void {
  for (const [i, object] of existing.entries()) {
    const field = `existing[${i}]`;
    check.keys<ExistingObject>(field, object, EXISTING);
    check.text(`${field}.kind`, object.kind);
    check.text(`${field}.name`, object.name);
    // '' is that of an object of the cluster
    check.typed(`${field}.namespace`, object.namespace ?? null, 'text');
    check.labels(`${field}.labels`, object.labels);
  }
}

/** Errors of one class, as the one error that a synthesis throws. */
function asSynthesis<T>(type: typeof PatternError | typeof ManifestError, run: () => T): T {
  try {
    return run();
  } catch (e) {
    throw e instanceof type ? new SynthesisError([e]) : e;
  }
}

function isFailure(finding: Finding, { failOn = 'error' }: AppReview): boolean {
  return (finding.severity === 'error' || finding.severity === failOn) && isOpen(finding);
}

/** The path with its '..' replaced, so that it stays below the staging folder. */
function belowStaging(outdir: string): string {
  return outdir.replace(/(^|[/\\])\.\.(?=[/\\]|$)/g, '$1__');
}
