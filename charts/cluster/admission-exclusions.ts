import type { IConstruct } from 'constructs';
import { ADMISSION_LABEL } from '../../kube/labels';
import { ADMISSION_RULES } from '../../review/admission/rules';
import { loadInventory, type SourceDocument } from '../../review/load';
import { runRules } from '../../review/review';
import { RULES } from '../../review/rules';
import { parseWaiver } from '../../review/waiver-text';
import { apiObjectsOf, manifestOf } from '../core/app-objects';
import { cached } from '../core/render-cache';
import { declaredWaivers } from '../core/waive';

/** Objects of the app that a policy lets pass, since the app or the Cluster accepts what a rule finds in them. */
export interface Exclusion {
  readonly rule: string;
  /** The last day, as the waiver has it. */
  readonly until?: string;
  /** 'Deployment shop/web'. */
  readonly objects: readonly string[];
}

/** The name of an object in an exclusion, in CEL. */
export const NAME_IN_EXCLUSION = "object.kind + ' ' + request.namespace + '/' + object.metadata.name";

/**
 * What the waivers of the app and of the Cluster cover: they are in no annotation that a policy could read. An object in which
 * the rule finds nothing needs none, so that the lists are short.
 *
 * @param kinds that policies look at
 */
export function exclusionsOf(cluster: IConstruct, kinds: readonly string[]): readonly Exclusion[] {
  const { root } = cluster.node;
  return cached(root, 'admission-exclusions', () => {
    const waivers = declaredWaivers(root).filter(
      ({ construct, rule }) =>
        (construct === '' || construct === cluster.node.path) && ADMISSION_RULES.some((one) => one.rule === rule),
    );
    return waivers.length === 0 ? [] : excluded(root, waivers, kinds);
  });
}

function excluded(
  root: IConstruct,
  waivers: ReturnType<typeof declaredWaivers>,
  kinds: readonly string[],
): Exclusion[] {
  // of the namespaces come the registries and labels that hold in them
  const inventory = loadInventory(documentsOf(root, ['Namespace', ...kinds]));
  const namespaces = new Set(
    inventory
      .ofKind('Namespace', '')
      .filter(({ manifest }) => manifest.metadata.labels?.[ADMISSION_LABEL] !== undefined)
      .map(({ manifest }) => manifest.metadata.name),
  );
  return waivers.flatMap(({ construct = '', rule, text }) => {
    const findings = runRules(
      { inventory },
      RULES.filter(({ id }) => id === rule),
    );
    const objects = findings.flatMap(({ object, construct: path = '' }) =>
      object?.namespace !== undefined &&
      namespaces.has(object.namespace) &&
      (construct === '' || path.startsWith(`${construct}/`))
        ? [`${object.kind} ${object.namespace}/${object.name}`]
        : [],
    );
    const { until } = parseWaiver(text);
    return objects.length === 0
      ? []
      : [{ rule, ...(until === undefined ? {} : { until }), objects: [...new Set(objects)].sort() }];
  });
}

function documentsOf(root: IConstruct, kinds: readonly string[]): SourceDocument[] {
  return apiObjectsOf(root)
    .filter(({ kind }) => kinds.includes(kind))
    .map((object) => {
      const origin = { construct: object.node.path };
      try {
        return { value: manifestOf(object), origin };
      } catch {
        // reported where its file is made
        return { value: undefined, origin };
      }
    });
}
