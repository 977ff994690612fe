import * as path from 'node:path';
import { App, type AppProps, YamlOutputType } from 'cdk8s';
import { type Finding, formatFinding } from '../../kube/finding';
import type { KeyTable } from '../../kube/values';
import type { ExistingObject } from '../../review/rule';
import { declareExisting } from '../core/app-objects';
import { Check } from '../core/check';
import { markEksApp } from '../core/eks-app-mark';
import { errorOf, SynthesisError } from '../core/errors';
import { sharingRenderCache, withRenderCache } from '../core/render-cache';
import { completeOutput, constructMetadata, documentsText, renderFiles, writeOutput } from '../core/synthesis/files';
import { orderSynthesis } from '../core/synthesis/graph';
import { textFilesOf } from '../core/synthesis/output';
import { type Defaults, setDefaults } from './defaults';
import { claimOutdir } from './outdirs';
import { type Reviewed, reviewApp } from './review-app';

/** Props of an EksApp. */
export interface EksAppProps extends AppProps {
  /**
   * Where the committed files live, relative to the working directory or absolute. The file `.cdk8s-eks-patterns.files`
   * there lists what synthesis made: it removes those files when the app no longer makes them, and no others, and it
   * refuses to replace a file that it did not write. An empty outdir is refused, and at synthesis one that another app of
   * the program has written. @default - CDK8S_OUTDIR, unless that is the CLI's staging folder, known by its name
   * '.synth'; else 'dist'
   */
  readonly outdir?: string;
  /** For every workload of the app. @default - the library's own */
  readonly defaults?: Defaults;
  /** Objects that are in the cluster already, and that objects of this app refer to. @default - none */
  readonly existing?: readonly ExistingObject[];
  /**
   * Prefix file names by their order ('0000-shop.k8s.yaml'), as cdk8s does when charts depend on each other. One new
   * dependency then renames every file. @default false
   */
  readonly filePrefixes?: boolean;
}
const PROPS: KeyTable<EksAppProps> = {
  outdir: true,
  defaults: true,
  existing: true,
  filePrefixes: true,
  resolvers: true,
  outputFileExtension: true,
  recordConstructMetadata: true,
  yamlOutputType: true,
};
/**
 * The output folder to give the cdk8s CLI, which deletes it before it runs the app: the finished files are written there
 * and, as the last step, into the folder that is committed. A failing synth so leaves the committed files alone.
 */
const STAGING = '.synth';

/** A cdk8s App with linear synthesis, whole-set checks and files that change only when their content does. */
export class EksApp extends App {
  private readonly staging: string | undefined;
  private readonly filePrefixes: boolean;
  private found: readonly Finding[] = [];

  constructor(props: EksAppProps = {}) {
    const fromCli = process.env.CDK8S_OUTDIR || undefined;
    const staged = fromCli !== undefined && path.basename(fromCli) === STAGING;
    const { defaults, existing, filePrefixes, ...appProps } = props;
    super({ ...appProps, outdir: props.outdir ?? (staged ? 'dist' : fromCli) ?? 'dist' });
    const check = new Check('(app)');
    check.keys<EksAppProps>('props', props, PROPS);
    if (props.outdir !== undefined && check.text('outdir', props.outdir).includes('\0')) {
      check.fail('outdir contains a NUL character', "write the path of a folder, such as 'dist/prod'");
    }
    // several apps of one program keep apart below the staging folder
    this.staging = staged ? path.join(fromCli, belowStaging(props.outdir ?? '')) : undefined;
    this.filePrefixes = filePrefixes ?? false;
    declareExisting(this, ...(existing ?? []));
    setDefaults(this, check, defaults);
    markEksApp(this);
  }

  /** What the last synthesis found without failing, warnings and advice. */
  get findings(): readonly Finding[] {
    return this.found;
  }

  /** The warnings of the last synthesis as text: 'prod/shop/web: ...'. */
  get warnings(): readonly string[] {
    return this.found.filter(({ severity }) => severity === 'warning').map(formatFinding);
  }

  /** Writes all files or throws a SynthesisError and writes none. */
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
    const complete = new Map([...files, ...this.constructMetadata()]);
    if (this.staging !== undefined) {
      writeOutput({ ...options, dir: this.staging, files: complete });
    }
    const { removed } = writeOutput({
      ...options,
      dir: this.outdir,
      files: this.staging === undefined ? complete : files,
    });
    if (removed.length > 0) {
      console.warn(removedFiles(this.outdir, removed));
    }
  }

  /** What `kubectl apply` would be given, as one text. */
  override synthYaml(): string {
    return withRenderCache(this, () => {
      return documentsText(this.rendered().layout.documents, this);
    });
  }

  /** The text of every file; or all errors at once. */
  private assemble(): ReadonlyMap<string, string> {
    const { files } = this.rendered().layout;
    return renderFiles(files, textFilesOf(this));
  }

  /** Reviews without throwing for what is found. @internal */
  reviewed(): Reviewed {
    const reviewed = sharingRenderCache(this, () =>
      reviewApp(this, {
        type: this.yamlOutputType,
        extension: this.outputFileExtension,
        numericPrefixes: this.filePrefixes,
      }),
    );
    this.found = reviewed.findings.filter(({ severity }) => severity !== 'error');
    return reviewed;
  }

  /** Reviews, and throws all errors at once. @internal */
  rendered(): Reviewed {
    const reviewed = this.reviewed();
    const errors = reviewed.findings.filter(({ severity }) => severity === 'error').map(errorOf);
    if (errors.length > 0) {
      // the mark makes Node leave out its excerpt of this line, which it would print above the message
      throw new SynthesisError(errors); // node-do-not-add-exception-line
    }
    // an error of a foreign construct, which has no finding
    if (reviewed.thrown !== undefined) {
      throw reviewed.thrown;
    }
    return reviewed;
  }

  /** For the validation plugins of the CLI. Never in the committed folder under the CLI: kubectl would read it. */
  private constructMetadata(): readonly (readonly [string, string])[] {
    const { recordConstructMetadata } = this as unknown as { readonly recordConstructMetadata: boolean };
    return recordConstructMetadata ? [['construct-metadata.json', constructMetadata(orderSynthesis(this))]] : [];
  }
}

/** A path that '..' does not lead out of the staging folder. */
function belowStaging(outdir: string): string {
  return outdir.replace(/(^|[/\\])\.\.(?=[/\\]|$)/g, '$1__');
}

function removedFiles(outdir: string, removed: readonly string[]): string {
  const shown = removed.slice(0, 10).map((file) => path.join(outdir, file));
  const more = removed.length > shown.length ? `, and ${removed.length - shown.length} more` : '';
  return `removed ${removed.length} ${removed.length === 1 ? 'file' : 'files'}: ${shown.join(', ')}${more}`;
}
