import { App, type AppProps, YamlOutputType } from 'cdk8s';
import { constructMetadata, layoutFiles, renderFiles, writeOutput } from '../../../charts/core/synthesis/files';
import { collectValidation, orderSynthesis, type SynthesisOrder } from '../../../charts/core/synthesis/graph';
import { textFilesOf } from '../../../charts/core/synthesis/output';
import { stringifyDocuments } from '../../../charts/core/synthesis/yaml';

export interface LinearAppProps extends AppProps {
  readonly numericPrefixes?: boolean;
}

/** The least an app must do on top of the functions of this folder. */
export class LinearApp extends App {
  public constructor(private readonly linearProps: LinearAppProps = {}) {
    super(linearProps);
  }

  public override synth(): void {
    writeOutput({
      dir: this.outdir,
      files: this.render(),
      extension: this.outputFileExtension,
      recursive: this.yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
    });
  }

  public render(): ReadonlyMap<string, string> {
    const plan = this.plan();
    const { numericPrefixes = false, recordConstructMetadata } = this.linearProps;
    const layout = layoutFiles(plan, {
      type: this.yamlOutputType,
      extension: this.outputFileExtension,
      numericPrefixes,
    });
    const files = new Map(renderFiles(layout, textFilesOf(this)));
    if (recordConstructMetadata) {
      files.set('construct-metadata.json', constructMetadata(plan));
    }
    return files;
  }

  public override synthYaml(): string {
    const plan = this.plan();
    const layout = layoutFiles(plan, { type: YamlOutputType.FILE_PER_APP, extension: '' });
    return stringifyDocuments(layout.flatMap((file) => file.documents));
  }

  private plan(): SynthesisOrder {
    const messages = collectValidation(this.node.findAll()).map(({ path, message }) => `[${path}] ${message}`);
    if (messages.length > 0) {
      throw new Error(`Validation failed with the following errors:\n  ${messages.join('\n  ')}`);
    }
    return orderSynthesis(this);
  }
}
