import * as path from 'node:path';
import { type ApiObject, App, type AppProps, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { markEksApp } from '../core/app-marker';
import { Check, type KeyTable } from '../core/check';
import { runChecks } from '../core/checks';
import { ManifestError, PatternError, PropsError, SynthesisError } from '../core/errors';
import { declareExisting, type ExistingObject, existingObjects } from '../core/existing';
import type { AnyObject } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import { firstUnfit } from '../core/plain-data';
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
import { duringPass } from '../core/synthesis-pass';
import { checkManifests, type Placed } from './checks';
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
  private found: readonly string[] = [];

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

  /** What the last synthesis had to say without failing: 'prod/shop/web: ...'. */
  get warnings(): readonly string[] {
    return this.found;
  }

  /** Writes all files or throws a SynthesisError and writes none. */
  override synth(): void {
    const files = duringPass(() => this.assemble());
    const options = {
      extension: this.outputFileExtension,
      recursive: this.yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
    };
    for (const warning of this.found) {
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
    return duringPass(() => {
      const { documents } = this.layout();
      return documentsText(
        documents.filter(({ file }) => !file.includes('/')).map(({ manifest }) => manifest),
        this,
      );
    });
  }

  /** The text of every file; or all errors at once. */
  private assemble(): ReadonlyMap<string, string> {
    const { files } = this.layout();
    return renderFiles(files, textFilesOf(this));
  }

  private layout(): { files: readonly OutputFile[]; documents: readonly Placed[] } {
    const errors: PatternError[] = collectValidation(this).map(
      ({ path, message }) => new ManifestError(path, message, 'correct what the message names'),
    );
    const judged = runChecks(this);
    errors.push(...judged.errors);
    this.found = judged.warnings;

    const constructs = new Map<unknown, IConstruct>();
    const files = layoutFiles(planSynthesis(this), {
      type: this.yamlOutputType,
      extension: this.outputFileExtension,
      numericPrefixes: this.filePrefixes,
      render: (object) => {
        const manifest = this.render(object, errors);
        constructs.set(manifest, object);
        return manifest;
      },
    });
    const documents = files.flatMap(({ path: file, owner, documents: inFile }) =>
      inFile.map(
        (manifest): Placed => ({
          manifest: manifest as Placed['manifest'],
          file,
          construct: constructs.get(manifest) ?? owner,
        }),
      ),
    );
    // what could not be rendered would be missed by all that refers to it
    if (documents.every(({ manifest }) => manifest !== undefined)) {
      errors.push(...checkManifests(documents, existingObjects(this)));
    }
    if (errors.length > 0) {
      throw new SynthesisError(inConstructOrder(this, distinct(errors)));
    }
    return { files, documents };
  }

  /** A manifest; an error of ours is kept for the report of all. */
  private render(object: ApiObject, errors: PatternError[]): unknown {
    try {
      if (isKubeObject(object)) {
        return object.manifest();
      }
      const manifest: unknown = object.toJson();
      const unfit = firstUnfit(manifest);
      if (unfit) {
        throw new PropsError(object.node.path, unfit.problem, unfit.fix);
      }
      return manifest;
    } catch (e) {
      if (e instanceof PatternError) {
        errors.push(e);
      } else if (errors.length === 0) {
        throw e;
      }
      return undefined;
    }
  }

  /** For the validation plugins of the CLI. Never in the committed folder under the CLI: kubectl would read it. */
  private constructMetadata(): readonly (readonly [string, string])[] {
    const { recordConstructMetadata } = this as unknown as { readonly recordConstructMetadata: boolean };
    return recordConstructMetadata ? [['construct-metadata.json', constructMetadata(planSynthesis(this))]] : [];
  }
}

function isKubeObject(object: ApiObject): object is KubeObject<AnyObject> {
  return (object as unknown) instanceof KubeObject;
}

/** Errors of one construct keep their order. */
function inConstructOrder(root: IConstruct, errors: readonly PatternError[]): PatternError[] {
  const position = new Map(root.node.findAll().map(({ node }, i) => [node.path, i]));
  const of = ({ constructPath }: PatternError) => position.get(constructPath) ?? 0;
  return [...errors].sort((a, b) => of(a) - of(b));
}

function distinct(errors: readonly PatternError[]): PatternError[] {
  const seen = new Set<string>();
  return errors.filter(({ message }) => !seen.has(message) && seen.add(message));
}
