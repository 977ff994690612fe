import { entryOf } from '../kube/collections';
import type { Finding, ObjectReference } from '../kube/finding';
import { type Inventory, type InventoryObject, ofKindsInOrder, referenceTo } from '../kube/inventory';
import { groupKindOf } from '../kube/kinds';
import { ANNOTATION_PREFIX, MANAGED_BY, NAME_LABEL } from '../kube/labels';
import { type Manifest, namespaceIn } from '../kube/objects';
import { hasPodTemplate, podTemplates } from '../kube/pod-templates';
import type { KnownRules } from './known-rules';
import { unknownFix } from './levels';
import { reasonsIn } from './patterns';
import { parseWaiver, waivedRule } from './waiver-text';

/** A waiver that is not an annotation of an object: of a construct, as the prop `waive` declares it, or of files. */
export interface DeclaredWaiver {
  /** The path of the construct that it covers with everything below it; '' is the app. */
  readonly construct?: string;
  /** The file or folder that it covers; '' is everything that is reviewed. */
  readonly path?: string;
  readonly rule: string;
  /** The reason, with 'until=2027-03-31' at its end where it ends. */
  readonly text: string;
  /** Where its own findings are. @default - the construct, and its prop */
  readonly place?: Pick<Finding, 'file' | 'construct' | 'field'>;
}

/** What is known of waivers beside the objects. */
export interface WaiverContext {
  readonly declared: readonly DeclaredWaiver[];
  readonly known: KnownRules;
  /** '2026-11-28'; without it no waiver expires. */
  readonly today: string | undefined;
  /** Whether an expired waiver still covers its findings, and is a finding of its own only. */
  readonly expiredHold: boolean;
  /** Whether a rule has been asked, so that a waiver of it can be unused. */
  readonly asked: (rule: string) => boolean;
}

interface Waiver {
  readonly rule: string;
  readonly reason: string;
  readonly until?: string;
  /** Where its own findings are. */
  readonly place: Pick<Finding, 'object' | 'file' | 'construct' | 'field'>;
  /** A reason of a prop, which may be about no finding. */
  readonly silent: boolean;
  used: boolean;
}

/** Marks the findings that waivers cover, and adds those about the waivers. */
export function withWaivers(findings: readonly Finding[], inventory: Inventory, context: WaiverContext): Finding[] {
  const waivers = new Waivers(inventory, context);
  const marked = findings.map((finding) => waivers.mark(finding));
  return [...marked, ...waivers.problems()];
}

class Waivers {
  /** By the scope and the rule. */
  private readonly byScope = new Map<string, Waiver>();
  /** The files and folders that have waivers. */
  private readonly paths = new Set<string>();
  private readonly found: Finding[] = [];

  constructor(
    private readonly inventory: Inventory,
    private readonly context: WaiverContext,
  ) {
    // a construct whose prop `waive` writes the annotation goes first, so that it is the one that is known
    for (const { construct, rule, text, place } of context.declared) {
      if (construct !== undefined) {
        this.add(constructScope(construct), rule, text, place ?? { construct, field: `waive['${rule}']` });
      }
    }
    for (const { path, rule, text, place = {} } of context.declared) {
      if (path !== undefined && !this.isDeclared(place.construct, rule)) {
        this.paths.add(path);
        this.add(pathScope(path), rule, text, place);
      }
    }
    const templates = annotatedTemplates(inventory);
    for (const object of inventory.objects) {
      const { manifest } = object;
      if (hasOwnAnnotation(manifest.metadata.annotations) || (templates.size > 0 && templates.has(manifest))) {
        this.read(object);
      }
    }
  }

  mark(finding: Finding): Finding {
    if (this.byScope.size === 0) {
      return finding;
    }
    const covering = this.scopesOf(finding).flatMap((scope) => this.byScope.get(entry(scope, finding.rule)) ?? []);
    for (const waiver of covering) {
      waiver.used = true;
    }
    const [waiver] = covering.filter((one) => this.context.expiredHold || !this.isExpired(one));
    if (!waiver) {
      return finding;
    }
    const { reason, until } = waiver;
    return { ...finding, waived: { reason, ...(until === undefined ? {} : { until }) } };
  }

  problems(): Finding[] {
    for (const waiver of this.byScope.values()) {
      const { rule, until, place } = waiver;
      if (this.isExpired(waiver)) {
        const holds = this.context.expiredHold ? ', which `check` reports as an error or warning again' : '';
        this.warn(
          'waivers/expired',
          place,
          `the waiver of '${rule}' ended on ${until}${holds}`,
          'mend what the rule reports, or give the waiver a later date',
        );
      } else if (!waiver.used && !waiver.silent && this.context.asked(rule)) {
        this.warn('waivers/unused', place, `the waiver of '${rule}' covers no finding`, 'delete the waiver');
      }
    }
    return this.found;
  }

  private read(object: InventoryObject): void {
    const { metadata } = object.manifest;
    const own = ownAnnotations(metadata.annotations);
    // a Pod is its own template
    const pods = podTemplates(object.manifest).flatMap(({ at, template }) => {
      const annotations = at === '' ? [] : ownAnnotations(template.metadata?.annotations);
      return annotations.length === 0 ? [] : [[annotations, `${at}.metadata.annotations`] as const];
    });
    for (const [annotations, field] of [[own, 'metadata.annotations'] as const, ...pods]) {
      for (const [name, value] of annotations) {
        const rule = waivedRule(name);
        if (rule !== undefined && typeof value === 'string') {
          this.annotated(object, rule, value, `${field}['${name}']`);
        }
      }
    }
    for (const [rule, reason] of reasonsIn(
      Object.fromEntries([...own, ...pods.flatMap(([annotations]) => annotations)]),
    )) {
      const waiver = { rule, reason, place: {}, silent: true, used: false };
      entryOf(this.byScope, entry(scopeOf(object), rule), () => waiver);
    }
  }

  private annotated(object: InventoryObject, rule: string, text: string, field: string): void {
    const { construct, file } = object.origin;
    if (!this.isDeclared(construct, rule)) {
      this.add(scopeOf(object), rule, text, {
        object: referenceTo(object),
        field,
        ...(file ? { file } : {}),
        ...(construct === undefined ? {} : { construct }),
      });
    }
  }

  /** Whether the prop `waive` wrote an annotation of the construct, which is known by the construct then. */
  private isDeclared(construct: string | undefined, rule: string): boolean {
    return pathsAbove(construct).some((path) => this.byScope.has(entry(constructScope(path), rule)));
  }

  private add(scope: string, rule: string, text: string, place: Waiver['place']): void {
    const { known } = this.context;
    const { reason, until, invalidDate } = parseWaiver(text);
    if (!known.has(rule)) {
      const isTopic = known.topics.has(rule);
      this.warn(
        'review/unknown-rule',
        place,
        isTopic ? `a waiver must name a rule, but '${rule}' is a topic` : `the waiver of '${rule}' names no rule`,
        unknownFix(isTopic ? `${rule}/` : rule, known.ids),
      );
    } else if (invalidDate !== undefined) {
      this.warn(
        'waivers/invalid-date',
        place,
        `the waiver of '${rule}' must end on a date, but has until=${invalidDate}`,
        'write the last day as in until=2027-03-31',
      );
    } else if (reason === '') {
      this.warn(
        'waivers/no-reason',
        place,
        `the waiver of '${rule}' has no reason`,
        'write why the finding is accepted',
      );
    } else {
      const waiver = { rule, reason, ...(until === undefined ? {} : { until }), place, silent: false, used: false };
      entryOf(this.byScope, entry(scope, rule), () => waiver);
    }
  }

  private warn(rule: string, place: Waiver['place'], message: string, fix: string): void {
    this.found.push({ rule, severity: 'warning', ...place, message, fix });
  }

  private isExpired({ until }: Waiver): boolean {
    const { today } = this.context;
    return until !== undefined && today !== undefined && until < today;
  }

  /** The scopes that a finding is in, the nearest first. */
  private scopesOf({ object, construct, file }: Finding): string[] {
    const found =
      object &&
      this.inventory.view(byKey).get(keyOf({ ...object, namespace: namespaceIn({ ...object, metadata: object }) }));
    return [
      ...(found ? [scopeOf(found), objectScope(found), namespaceScope(found.namespace)] : []),
      ...pathsAbove(construct).map(constructScope),
      ...this.pathsOver(file?.path).map(pathScope),
    ];
  }

  /** What is in no file, such as a finding about the nodes, is in all of them. */
  private pathsOver(file: string | undefined): string[] {
    return this.paths.size === 0 ? [] : file === undefined ? [...this.paths] : pathsAbove(file);
  }
}

function byKey({ objects }: Inventory): ReadonlyMap<string, InventoryObject> {
  const found = new Map<string, InventoryObject>();
  for (const object of objects) {
    entryOf(found, keyOf(placeOf(object)), () => object);
  }
  return found;
}

/** The manifests whose templates have annotations of this library. */
function annotatedTemplates(inventory: Inventory): ReadonlySet<Manifest> {
  const found = new Set<Manifest>();
  for (const { manifest } of ofKindsInOrder(inventory, hasPodTemplate)) {
    if (podTemplates(manifest).some(({ template }) => hasOwnAnnotation(template.metadata?.annotations))) {
      found.add(manifest);
    }
  }
  return found;
}

function hasOwnAnnotation(annotations: Readonly<Record<string, string>> | undefined): boolean {
  for (const name in annotations) {
    if (name.startsWith(ANNOTATION_PREFIX)) {
      return true;
    }
  }
  return false;
}

/** The annotations of this library. */
function ownAnnotations(annotations: Readonly<Record<string, string>> | undefined): [string, string][] {
  return Object.entries(annotations ?? {}).filter(([name]) => name.startsWith(ANNOTATION_PREFIX));
}

const entry = (scope: string, rule: string): string => `${scope}|${rule}`;
const constructScope = (path: string): string => `construct ${path}`;
const pathScope = (path: string): string => `path ${path}`;
const namespaceScope = (name: string): string => `namespace ${name}`;
const objectScope = (object: InventoryObject): string => `object ${keyOf(placeOf(object))}`;

/** What an annotation of an object covers: of a Namespace its objects, of a pattern all objects of the pattern. */
function scopeOf(object: InventoryObject): string {
  const { apiVersion, kind, metadata } = object.manifest;
  if (apiVersion === 'v1' && kind === 'Namespace') {
    return namespaceScope(metadata.name);
  }
  const { labels = {} } = metadata;
  const name = labels[NAME_LABEL];
  return labels['app.kubernetes.io/managed-by'] === MANAGED_BY && name !== undefined
    ? `pattern ${object.namespace}/${name}`
    : objectScope(object);
}

function keyOf(object: ObjectReference): string {
  return `${groupKindOf(object)}/${object.namespace ?? ''}/${object.name}`;
}

/** With the namespace that the object is in, even where it does not say so. */
function placeOf({ manifest, namespace }: InventoryObject): ObjectReference {
  return { ...referenceTo({ manifest }), namespace };
}

/** 'a/b', 'a' and '' of 'a/b', a path of constructs or files. */
function pathsAbove(path: string | undefined): string[] {
  if (path === undefined) {
    return [];
  }
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('/')).concat(path === '' ? [] : ['']);
}
