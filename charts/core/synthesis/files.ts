import { type ApiObject, Chart, Names, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Finding } from '../../../kube/finding';
import { ManifestError } from '../errors';
import { clash, label } from './clash';
import type { SynthesisOrder } from './graph';
import { metadataKey } from './metadata-key';
import { type OutputFile, outputFileOf, outputFilesOf } from './output';

export type { FileTexts, OutputOptions } from './changes';
export type { OutputFile } from './output';
export { documentsText, lateTexts, renderFiles, withText } from './texts';
export { completeOutput, type OutputSummary, writeOutput } from './write-output';

/** What cdk8s calls its file for validations. */
export const CONSTRUCT_METADATA = 'construct-metadata.json';

export interface LayoutOptions {
  readonly type: YamlOutputType;
  /** Such as `.k8s.yaml`. */
  readonly extension: string;
  /** Whether files of charts that depend on each other are numbered, as cdk8s does. By default they are not. */
  readonly numericPrefixes?: boolean;
  /** Gives the manifest of an object, by default `object.toJson()`. */
  readonly render?: (object: ApiObject) => unknown;
  /** Called for two owners of one file, of which the first keeps it. By default the first such finding is thrown. */
  readonly report?: (finding: Finding) => void;
}

/** A manifest and, unless its chart made it in an own `toJson()`, the object it comes from. */
interface Item {
  readonly object?: ApiObject;
  readonly document: unknown;
}

/** A file that is being filled. */
interface Draft {
  readonly owner: IConstruct;
  /** Of its owner, for messages. */
  readonly name: string;
  readonly documents: unknown[];
  readonly objects: (ApiObject | undefined)[];
}

/** Which manifests go to which file, in the order of synthesis. */
export function layoutFiles(order: SynthesisOrder, options: LayoutOptions): readonly OutputFile[] {
  const layout = new Layout(order, options);
  const numbered = order.charts.map((chart, index) => ({ chart, index }));
  // one file is applied from top to bottom: what would be met first in a file of its own is met first in it too
  const ordered =
    options.type === YamlOutputType.FILE_PER_APP
      ? [...numbered.filter(({ chart }) => comesFirst(chart)), ...numbered.filter(({ chart }) => !comesFirst(chart))]
      : numbered;
  for (const { chart, index } of ordered) {
    layout.add(chart, index);
  }
  return layout.files();
}

/** Whether kubectl, which takes files by name, is meant to meet the file that a chart states before all others. */
function comesFirst(chart: Chart): boolean {
  return outputFileOf(chart)?.startsWith('_') ?? false;
}

/**
 * The text of cdk8s's `construct-metadata.json`, which knows objects by name alone.
 *
 * @param byKind adds a second key for each object, since several have the same name
 */
export function constructMetadata(order: SynthesisOrder, byKind = false): string {
  const objects = order.charts.flatMap((chart) => order.objectsOf(chart));
  const entries = objects.flatMap((object) => {
    const { name, apiVersion, kind, metadata } = object;
    const { path } = object.node;
    const key = metadataKey({ apiVersion, kind, name, namespace: metadata.namespace });
    return [[name, { path }] as const, ...(byKind ? [[key, { path }] as const] : [])];
  });
  const resources = Object.fromEntries(entries);
  return JSON.stringify({ version: '1.0.0', resources });
}

const REMEDY = 'write a file for each chart, or give one of them another name';

class Layout {
  private readonly byPath = new Map<string, Draft>();
  private readonly stated: ReadonlyMap<IConstruct, string>;
  private moved = false;

  public constructor(
    private readonly order: SynthesisOrder,
    private readonly options: LayoutOptions,
  ) {
    this.stated = outputFilesOf(order.app);
  }

  public add(chart: Chart, index: number): void {
    const items = this.itemsOf(chart);
    for (const item of items) {
      const stated = this.statedFile(item.object ?? chart, chart);
      if (stated) {
        this.moved = true;
        append(this.open(stated, chart), item);
      } else {
        this.place(item, chart, index);
      }
    }
    // cdk8s writes a file for a chart without objects too
    if (items.length === 0 && this.options.type === YamlOutputType.FILE_PER_CHART && !outputFileOf(chart)) {
      this.open(this.chartName(chart, index) + this.options.extension, chart);
    }
  }

  private report(finding: Finding): void {
    if (!this.options.report) {
      throw new ManifestError(finding);
    }
    this.options.report(finding);
  }

  public files(): readonly OutputFile[] {
    const { type, extension } = this.options;
    if (type === YamlOutputType.FILE_PER_APP && this.order.charts.length > 0 && !this.moved) {
      this.open(`app${extension}`, this.order.app);
    }
    return [...this.byPath].map(([path, { owner, documents, objects }]) => ({ path, owner, documents, objects }));
  }

  private itemsOf(chart: Chart): readonly Item[] {
    const { type, render = (object) => object.toJson() } = this.options;
    // with a folder for each chart cdk8s does not ask the chart
    if (chart.toJson === Chart.prototype.toJson || type === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE) {
      return this.order.objectsOf(chart).map((object) => ({ object, document: render(object) }));
    }
    return Object.values(chart.toJson()).map((document: unknown) => ({ document }));
  }

  /** The file stated by the construct or the nearest scope of it, up to its chart. */
  private statedFile(construct: IConstruct, chart: Chart): string | undefined {
    let scope: IConstruct | undefined = construct;
    let path = this.stated.get(construct);
    while (!path && scope && scope !== chart) {
      scope = scope.node.scope;
      path = scope && this.stated.get(scope);
    }
    const { type } = this.options;
    const perChart =
      type === YamlOutputType.FILE_PER_CHART || type === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;
    // what lies in a sub-folder is not meant for kubectl, and must not be mixed into what is
    return perChart || path?.includes('/') ? path : undefined;
  }

  private place(item: Item, chart: Chart, index: number): void {
    const { extension } = this.options;
    switch (this.options.type) {
      case YamlOutputType.FILE_PER_APP:
        append(this.open(`app${extension}`, this.order.app), item);
        break;
      case YamlOutputType.FILE_PER_CHART:
        append(this.open(this.chartName(chart, index) + extension, chart), item);
        break;
      case YamlOutputType.FILE_PER_RESOURCE:
        this.alone('', item, item.document as ApiObject | undefined, chart);
        break;
      case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
        this.alone(`${this.chartName(chart, index)}/`, item, item.object, chart);
        break;
    }
  }

  private chartName(chart: Chart, index: number): string {
    const numbered = this.options.numericPrefixes && this.order.chartsDepend;
    return `${numbered ? `${String(index).padStart(4, '0')}-` : ''}${Names.toDnsLabel(chart)}`;
  }

  /** A file that one chart, or the app, has to itself. */
  private open(path: string, owner: IConstruct): Draft {
    const file = this.byPath.get(path) ?? { owner, name: label(owner), documents: [], objects: [] };
    if (file.owner !== owner) {
      this.report(clash(path, file.owner, owner, 'give one of them another file with setOutputFile()', file.name));
    }
    this.byPath.set(path, file);
    return file;
  }

  /**
   * A file for one manifest. cdk8s lets the last one of that name win. Where there are no folders it takes the name
   * from the manifest, in which patches may have changed it.
   */
  private alone(folder: string, item: Item, named: ApiObject | undefined, chart: Chart): void {
    if (named === undefined) {
      return;
    }
    // of a document that a chart makes itself anything may be missing
    const { kind, metadata = {} as Partial<ApiObject['metadata']> } = named;
    const owner = item.object ?? chart;
    const path = folder + `${kind}.${metadata.name}`.replace(/[^0-9a-zA-Z-_.]/g, '') + this.options.extension;
    const namespace = (metadata as { namespace?: string }).namespace;
    const name = `${label(owner)} (${kind} ${namespace ? `${namespace}/` : ''}${metadata.name})`;
    const other = this.byPath.get(path);
    if (other) {
      this.report(clash(path, other.owner, owner, REMEDY, other.name, name));
      return;
    }
    this.byPath.set(path, { owner, name, documents: [item.document], objects: [item.object] });
  }
}

function append({ documents, objects }: Draft, { document, object }: Item): void {
  documents.push(document);
  objects.push(object);
}
