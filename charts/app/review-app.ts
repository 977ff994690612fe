import type { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checkClusterConfig } from '../../eksctl/rules/check-config';
import { type Finding, formatFinding } from '../../kube/finding';
import { Inventory } from '../../kube/inventory';
import { Loader } from '../../review/load';
import { runRules } from '../../review/review';
import { RULES } from '../../review/rules';
import { settle } from '../../review/settle';
import { capacity } from '../../simulator/capacity';
import { constructsOf, existingObjects, inventoryOf, manifestOf } from '../core/app-objects';
import { runChecks } from '../core/checks';
import { clusterOf, clusterSideOf } from '../core/cluster-context';
import { PatternError } from '../core/errors';
import { type LayoutOptions, layoutFiles, type OutputFile } from '../core/synthesis/files';
import { collectValidation, orderSynthesis } from '../core/synthesis/graph';
import { declaredWaivers } from '../core/waive';

import { withProps } from './findings-with-props';
import type { AppReview } from './review-props';

/**
 * What a review runs. The package has it in files of its own, which are read here while the app is empty: later, the
 * garbage collector would go over all of its objects meanwhile, which takes a twentieth of the time of a synthesis.
 */
export function loadReview(): readonly unknown[] {
  return [RULES, checkClusterConfig, capacity];
}

/** The manifests of an app, by file. */
export interface Layout {
  readonly files: readonly OutputFile[];
  /** The manifests for `kubectl apply -f`, which does not read subfolders. */
  readonly documents: readonly unknown[];
}

/** The result of a review, before anything is written. */
export interface Reviewed {
  readonly layout: Layout;
  /** The objects that are applied. */
  readonly inventory: Inventory;
  /** All findings, without duplicates, in construct order. */
  readonly findings: readonly Finding[];
  /** The first error that is not of this library, thrown by a construct that was rendered. */
  readonly thrown: unknown;
}

/** Renders every object of an app once, and reviews all of them with their cluster. Runs within a render cache. */
export function reviewApp(app: App, options: Omit<LayoutOptions, 'render' | 'report'>, props: AppReview): Reviewed {
  const { layout, inventory, findings, thrown } = renderAll(app, options);
  // for the checks below
  inventoryOf(app, () => inventory);
  const cluster = clusterSideOf(app);
  const judged = settle(
    [...runChecks(app), ...runRules({ inventory, existing: existingObjects(app), cluster, ...versionOf(app) })],
    inventory,
    { rules: RULES, cluster },
    {
      levels: props.levels ?? {},
      waivers: declaredWaivers(app),
      // an expired waiver is a warning: the same program must not begin to fail overnight
      today: new Date().toISOString().slice(0, 10),
      expiredHold: true,
    },
  );
  // what cannot be rendered has no level
  const found = [
    ...collectValidation(constructsOf(app)).map(validationFinding),
    ...findings,
    ...withProps(app, judged),
  ];
  return { layout, inventory, findings: inConstructOrder(app, distinct(found)), thrown };
}

/** The version of the cluster, which is known of an existing one too. */
function versionOf(app: App): { readonly kubernetesVersion?: string } {
  const version = clusterOf(app)?.facts.version;
  return version === undefined ? {} : { kubernetesVersion: version };
}

/** Every manifest with its file, and the errors of what could not be rendered. */
function renderAll(app: App, options: Omit<LayoutOptions, 'render' | 'report'>) {
  const findings: Finding[] = [];
  let thrown: unknown;
  const files = layoutFiles(orderSynthesis(app), {
    ...options,
    report: (finding) => findings.push(finding),
    render: (object) => {
      try {
        return manifestOf(object);
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
  const pathOf = pathsBelowOne();
  const loader = new Loader();
  let areRendered = true;
  for (const { path, owner, documents, objects } of files) {
    for (let index = 0; index < documents.length; index++) {
      const value = documents[index];
      areRendered &&= value !== undefined;
      loader.load(value, { construct: pathOf(objects[index] ?? owner), file: { path, index } });
    }
  }
  // what could not be rendered would be missed by all that refers to it
  const complete = loader.complete && areRendered;
  const inventory = new Inventory(loader.objects, { complete, findings: loader.findings });
  const layout = { files, documents: files.flatMap(({ path, documents }) => (path.includes('/') ? [] : documents)) };
  return { layout, inventory, findings, thrown };
}

/** The paths of constructs, of which those with one scope follow each other: its path is asked for once. */
function pathsBelowOne(): (construct: IConstruct) => string {
  let last: IConstruct | undefined;
  let above = '';
  return ({ node }) => {
    const { scope, id } = node;
    if (scope === undefined) {
      return node.path;
    }
    if (scope !== last) {
      last = scope;
      above = scope.node.path;
    }
    return above === '' ? id : `${above}/${id}`;
  };
}

/** A message of the cdk8s validation of a construct. */
function validationFinding({ path, message }: { readonly path: string; readonly message: string }): Finding {
  return {
    rule: 'validation',
    severity: 'error',
    construct: path,
    message,
    fix: 'correct it as the message describes',
  };
}

/** Findings of one construct keep their order. */
function inConstructOrder(root: IConstruct, findings: readonly Finding[]): Finding[] {
  if (new Set(findings.map(({ construct }) => construct)).size < 2) {
    return [...findings];
  }
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
