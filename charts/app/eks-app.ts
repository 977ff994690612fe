import * as path from 'node:path';
import { App, type AppProps, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Finding, formatFinding } from '../../kube/finding';
import { Inventory, inventoryObject } from '../../kube/inventory';
import type { Manifest } from '../../kube/objects';
import type { KeyTable } from '../../kube/values';
import { review } from '../../review/review';
import type { ExistingObject } from '../../review/rule';
import { constructsOf, inventoryOf, isApplied, manifestOf } from '../core/app-objects';
import { Check } from '../core/check';
import { runChecks } from '../core/checks';
import { clusterSideOf } from '../core/cluster-context';
import { markEksApp } from '../core/eks-app-mark';
import { errorOf, PatternError, SynthesisError } from '../core/errors';
import { declareExisting, existingObjects } from '../core/existing';
import { withRenderCache } from '../core/render-cache';
import {
  constructMetadata,
  documentsText,
  layoutFiles,
  type OutputFile,
  renderFiles,
  writeOutput,
} from '../core/synthesis/files';
import { collectValidation, planSynthesis } from '../core/synthesis/graph';
import { textFilesOf } from '../core/synthesis/output';
import { type Defaults, setDefaults } from './defaults';

/** Props of an EksApp. */
export interface EksAppProps extends AppProps {
  /**
   * Where the committed files live. Files named `*.k8s.yaml` there, and those of its folder `cluster/`, belong to the app:
   * what it no longer makes is removed. @default - CDK8S_OUTDIR, unless that is the CLI's staging folder, known by its
   * name '.synth'; else 'dist'
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
    const fromCli = process.env.CDK8S_OUTDIR;
    const staged = fromCli !== undefined && path.basename(fromCli) === STAGING;
    const { defaults, existing, filePrefixes, ...appProps } = props;
    super({ ...appProps, outdir: props.outdir ?? (staged ? 'dist' : fromCli) ?? 'dist' });
    const check = new Check('(app)');
    check.keys<EksAppProps>('props', props, PROPS);
    // several apps of one program keep apart below the staging folder
    this.staging = staged ? path.join(fromCli, props.outdir ?? '') : undefined;
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
    const files = withRenderCache(this, () => this.assemble());
    const options = {
      extension: this.outputFileExtension,
      recursive: this.yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
    };
    for (const warning of this.warnings) {
      console.warn(`warning: ${warning}`);
    }
    if (this.staging !== undefined) {
      writeOutput({ ...options, dir: this.staging, files: new Map([...files, ...this.constructMetadata()]) });
      writeOutput({ ...options, dir: this.outdir, files });
    } else {
      writeOutput({ ...options, dir: this.outdir, files: new Map([...files, ...this.constructMetadata()]) });
    }
  }

  /** What `kubectl apply` would be given, as one text. */
  override synthYaml(): string {
    return withRenderCache(this, () => {
      return documentsText(this.layout().documents, this);
    });
  }

  /** The text of every file; or all errors at once. */
  private assemble(): ReadonlyMap<string, string> {
    const { files } = this.layout();
    return renderFiles(files, textFilesOf(this));
  }

  private layout(): { files: readonly OutputFile[]; documents: readonly unknown[] } {
    const rendered = this.renderAll();
    const { files, documents, inventory } = rendered;
    const existing = existingObjects(this);
    inventoryOf(this, () => inventory);
    const found = [
      ...collectValidation(this).map(({ path, message }): Finding => validationFinding(path, message)),
      ...runChecks(this),
      ...rendered.findings,
      ...review({ inventory, existing, cluster: clusterSideOf(this) }),
    ];
    const { errors, others } = parted(inConstructOrder(this, distinct(found)));
    this.found = others;
    if (errors.length > 0) {
      throw new SynthesisError(errors.map(errorOf));
    }
    // an error of a foreign construct, which has no finding
    if (rendered.thrown !== undefined) {
      throw rendered.thrown;
    }
    return { files, documents };
  }

  /** Every manifest, the file it goes to, and the errors of what could not be rendered. */
  private renderAll() {
    const origins = new Map<unknown, IConstruct>();
    const findings: Finding[] = [];
    let thrown: unknown;
    const files = layoutFiles(planSynthesis(this), {
      type: this.yamlOutputType,
      extension: this.outputFileExtension,
      numericPrefixes: this.filePrefixes,
      render: (object) => {
        try {
          const manifest = manifestOf(object);
          origins.set(manifest, object);
          return manifest;
        } catch (e) {
          if (e instanceof PatternError) {
            findings.push(...e.findings);
          } else {
            thrown ??= e;
          }
          return undefined;
        }
      },
    });
    const documents = files.flatMap(({ path, owner, documents: inFile }) =>
      inFile.map((manifest, index) => ({ manifest, construct: origins.get(manifest) ?? owner, file: { path, index } })),
    );
    const objects = documents.flatMap(({ manifest, construct, file }) =>
      manifest !== undefined && isApplied(manifest as Manifest)
        ? [inventoryObject(manifest as Manifest, { construct: construct.node.path, file })]
        : [],
    );
    // what could not be rendered would be missed by all that refers to it
    const complete = documents.every(({ manifest }) => manifest !== undefined);
    const inventory = new Inventory(objects, { complete });
    const applied = documents.flatMap(({ manifest, file }) => (file.path.includes('/') ? [] : [manifest]));
    return { files, documents: applied, inventory, findings, thrown };
  }

  /** For the validation plugins of the CLI. Never in the committed folder under the CLI: kubectl would read it. */
  private constructMetadata(): readonly (readonly [string, string])[] {
    const { recordConstructMetadata } = this as unknown as { readonly recordConstructMetadata: boolean };
    return recordConstructMetadata ? [['construct-metadata.json', constructMetadata(planSynthesis(this))]] : [];
  }
}

/** What a validation of cdk8s or of the user's own says. */
function validationFinding(construct: string, message: string): Finding {
  return { rule: 'validation', severity: 'error', construct, message, fix: 'correct what the message names' };
}

function parted(findings: readonly Finding[]): { errors: Finding[]; others: Finding[] } {
  return {
    errors: findings.filter(({ severity }) => severity === 'error'),
    others: findings.filter(({ severity }) => severity !== 'error'),
  };
}

/** Findings of one construct keep their order. */
function inConstructOrder(root: IConstruct, findings: readonly Finding[]): Finding[] {
  const position = new Map(constructsOf(root).map(({ node }, i) => [node.path, i]));
  const of = ({ construct = '' }: Finding) => position.get(construct) ?? 0;
  return [...findings].sort((a, b) => of(a) - of(b));
}

function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const text = formatFinding(finding);
    return !seen.has(text) && seen.add(text);
  });
}
