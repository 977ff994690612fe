import type { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Finding, formatFinding } from '../../kube/finding';
import { Inventory } from '../../kube/inventory';
import { loadObjects } from '../../review/load';
import { review } from '../../review/review';
import { constructsOf, existingObjects, inventoryOf, manifestOf } from '../core/app-objects';
import { runChecks } from '../core/checks';
import { clusterSideOf } from '../core/cluster-context';
import { PatternError } from '../core/errors';
import { type LayoutOptions, layoutFiles, type OutputFile } from '../core/synthesis/files';
import { collectValidation, orderSynthesis } from '../core/synthesis/graph';

/** The manifests of an app, and the files they go to. */
export interface Layout {
  readonly files: readonly OutputFile[];
  /** What `kubectl apply -f` takes: manifests of files that are in no folder of their own. */
  readonly documents: readonly unknown[];
}

/** What a synthesis knows before it writes. */
export interface Reviewed {
  readonly layout: Layout;
  /** Every object that is applied. */
  readonly inventory: Inventory;
  /** All of them, in construct order, each once. */
  readonly findings: readonly Finding[];
  /** What a foreign construct threw while it was rendered. */
  readonly thrown: unknown;
}

/** Renders every object of an app once, and reviews all of them with their cluster. Runs within a render cache. */
export function reviewApp(app: App, options: Omit<LayoutOptions, 'render'>): Reviewed {
  const { layout, inventory, findings, thrown } = renderAll(app, options);
  // the checks below ask for it
  inventoryOf(app, () => inventory);
  const found = [
    ...collectValidation(app).map(validationFinding),
    ...runChecks(app),
    ...findings,
    ...review({ inventory, existing: existingObjects(app), cluster: clusterSideOf(app) }),
  ];
  return { layout, inventory, findings: inConstructOrder(app, distinct(found)), thrown };
}

/** Every manifest with its file, and the errors of what could not be rendered. */
function renderAll(app: App, options: Omit<LayoutOptions, 'render'>) {
  const origins = new Map<unknown, IConstruct>();
  const findings: Finding[] = [];
  let thrown: unknown;
  const files = layoutFiles(orderSynthesis(app), {
    ...options,
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
  const sources = files.flatMap(({ path, owner, documents }) =>
    documents.map((value, index) => {
      const { path: construct } = (origins.get(value) ?? owner).node;
      return { value, origin: { construct, file: { path, index } } };
    }),
  );
  const loaded = loadObjects(sources);
  // what could not be rendered would be missed by all that refers to it
  const complete = loaded.complete && sources.every(({ value }) => value !== undefined);
  const inventory = new Inventory(loaded.objects, { complete, findings: loaded.findings });
  const layout = { files, documents: files.flatMap(({ path, documents }) => (path.includes('/') ? [] : documents)) };
  return { layout, inventory, findings, thrown };
}

/** What a validation of cdk8s or of the user's own says. */
function validationFinding({ path, message }: { readonly path: string; readonly message: string }): Finding {
  return { rule: 'validation', severity: 'error', construct: path, message, fix: 'correct what the message names' };
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
