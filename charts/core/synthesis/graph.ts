import { ApiObject, type App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { cycleError } from './cycle';
import { type Group, Sorter, type Vertex } from './order';

/** What is synthesized, in which order. */
export interface SynthesisOrder {
  readonly app: App;
  /** All charts, each after those it depends on. */
  readonly charts: readonly Chart[];
  /** Whether any chart depends on another one, be it as its parent. */
  readonly chartsDepend: boolean;
  /** The objects of a chart without those of the charts inside it, each after those it depends on. */
  objectsOf(chart: Chart): readonly ApiObject[];
}

export interface ValidationMessage {
  /** Path of the construct that complains. */
  readonly path: string;
  readonly message: string;
}

/** A vertex and the lists that are filled while the graph is made. */
interface Draft extends Vertex {
  end: number;
  chart: Chart | undefined;
  direct: Draft[];
  groups: Group[];
}

/** Most constructs depend on nothing, and share this list, which stays empty. */
const NONE: never[] = [];

/** The list with one more item. */
function extended<T>(list: T[], item: T): T[] {
  if (list.length === 0) {
    return [item];
  }
  list.push(item);
  return list;
}

/**
 * The order in which cdk8s writes charts and objects, to the last tie, in time linear in constructs and dependencies.
 * The constructs are left as they are, whereas cdk8s adds the dependencies it infers to them.
 */
export function orderSynthesis(app: App): SynthesisOrder {
  const graph = new Graph(app);
  const charts: Chart[] = [];
  for (const { construct, chart } of graph.sort(graph.root)) {
    if (chart === construct) {
      charts.push(chart);
    }
  }
  const objects = new Map<Chart, readonly ApiObject[]>();
  return {
    app,
    charts,
    chartsDepend: graph.chartsDepend,
    objectsOf: (chart) => {
      const known = objects.get(chart) ?? graph.objectsOf(chart);
      objects.set(chart, known);
      return known;
    },
  };
}

/** What the constructs of an app find wrong with themselves; each is asked once. */
export function collectValidation(constructs: readonly IConstruct[]): readonly ValidationMessage[] {
  const found: ValidationMessage[] = [];
  for (const { node } of constructs) {
    for (const message of node.validate()) {
      found.push({ path: node.path, message });
    }
  }
  return found;
}

/** A construct that depends on others, with all of them. */
type Declared = readonly [vertex: Draft, targets: readonly IConstruct[]];

class Graph {
  public readonly root: Vertex;
  public readonly chartsDepend: boolean;
  private readonly vertices: Draft[] = [];
  private readonly charts = new Map<IConstruct, Draft>();
  /** Made when it is first asked for another construct than a chart: few apps have such dependencies. */
  private all: Map<IConstruct, Draft> | undefined;
  private readonly groups = new Map<Draft, Group>();
  private readonly sorter: Sorter;

  public constructor(private readonly app: App) {
    this.root = this.walk(app, undefined);
    const declared: Declared[] = [];
    for (const vertex of this.vertices) {
      const targets = vertex.construct.node.dependencies;
      if (targets.length > 0) {
        declared.push([vertex, targets]);
      }
    }
    for (const [vertex, targets] of declared) {
      this.refuseSelf(vertex, targets);
    }
    this.chartsDepend = this.linkCharts(declared);
    this.linkObjects();
    this.sorter = new Sorter(this.vertices.length, this.groups.size);
  }

  public sort(tree: Vertex): readonly Vertex[] {
    const members = this.vertices.slice(tree.index, tree.end);
    const candidates = tree === this.root ? integersFirst(members) : members;
    if (!this.isLinked(tree)) {
      return candidates;
    }
    const roots = this.sorter.roots(candidates, tree);
    const { order, cycle } =
      roots === candidates ? { order: candidates, cycle: undefined } : this.sorter.traverse(roots, tree);
    if (cycle || order.length < members.length) {
      // a cycle on which nothing else depends is reached from no root
      const all = this.sorter.traverse(members, tree);
      throw cycleError(this.app, cycle ?? all.cycle ?? [], all.order);
    }
    return order;
  }

  public objectsOf(chart: Chart): readonly ApiObject[] {
    const tree = this.charts.get(chart);
    if (!tree) {
      throw new Error(`[${chart.node.path}] this chart was added after the synthesis had been planned.`);
    }
    const objects: ApiObject[] = [];
    for (const { object, chart: own } of this.sort(tree)) {
      if (object && own === chart) {
        objects.push(object);
      }
    }
    return objects;
  }

  /** Whether anything in a sub-tree depends on anything. */
  private isLinked({ index, end }: Vertex): boolean {
    for (let i = index; i < end; i++) {
      const { direct, groups } = this.vertices[i]!;
      if (direct.length > 0 || groups.length > 0) {
        return true;
      }
    }
    return false;
  }

  private walk(construct: IConstruct, scope: Chart | undefined): Draft {
    const vertex: Draft = {
      construct,
      index: this.vertices.length,
      end: 0,
      object: ApiObject.isApiObject(construct) ? construct : undefined,
      chart: scope,
      direct: NONE,
      groups: NONE,
    };
    if (Chart.isChart(construct)) {
      vertex.chart = construct;
      this.charts.set(construct, vertex);
    }
    this.vertices.push(vertex);
    for (const child of construct.node.children) {
      this.walk(child, vertex.chart);
    }
    vertex.end = this.vertices.length;
    return vertex;
  }

  /** cdk8s takes such a construct for part of a cycle without an entry and leaves its objects out silently. */
  private refuseSelf(vertex: Draft, dependencies: readonly IConstruct[]): void {
    if (dependencies.includes(vertex.construct)) {
      throw new Error(
        `[${vertex.construct.node.path}] this construct depends on itself; remove the dependency, ` +
          'or take the construct out of the group it depends on.',
      );
    }
  }

  private vertexOf(construct: IConstruct): Draft | undefined {
    const chart = this.charts.get(construct);
    if (chart) {
      return chart;
    }
    this.all ??= new Map(this.vertices.map((vertex) => [vertex.construct, vertex]));
    return this.all.get(construct);
  }

  /** Fills `direct`: what was declared, then the charts inside a chart, then charts because of what is in them. */
  private linkCharts(declared: readonly Declared[]): boolean {
    let found = false;
    const implied: [source: Chart, target: Chart][] = [];
    for (const [vertex, targets] of this.withNested(declared)) {
      for (const target of targets) {
        const source = vertex.chart ?? Chart.of(vertex.construct);
        const chart = this.vertexOf(target)?.chart ?? Chart.of(target);
        if (source !== chart) {
          found = true;
          implied.push([source, chart]);
        }
        this.link(vertex, target);
      }
    }
    for (const [source, target] of implied) {
      this.link(this.vertexOf(source), target);
    }
    return found;
  }

  /** What was declared and, behind it, the charts inside each chart; in construct order. */
  private withNested(declared: readonly Declared[]): readonly Declared[] {
    const all = new Map(declared);
    for (const vertex of this.charts.values()) {
      const nested = vertex.construct.node.children.filter(isChart);
      if (nested.length > 0) {
        all.set(vertex, [...(all.get(vertex) ?? NONE), ...nested]);
      }
    }
    return [...all].sort(([a], [b]) => a.index - b.index);
  }

  /** A construct of another app is not part of the graph. */
  private link(source: Draft | undefined, target: IConstruct): void {
    const vertex = this.vertexOf(target);
    if (vertex && source) {
      source.direct = extended(source.direct, vertex);
    }
  }

  /** Fills `groups`: the objects under the source of a dependency depend on the objects under its target. */
  private linkObjects(): void {
    for (const source of this.vertices) {
      if (source.direct.length === 0) {
        continue;
      }
      for (const target of new Set(source.direct)) {
        const group = this.groupOf(target);
        if (group.members.length > 0) {
          for (const member of this.groupOf(source).members) {
            const draft = member as Draft;
            draft.groups = extended(draft.groups, group);
          }
        }
      }
    }
  }

  private groupOf(root: Draft): Group {
    let group = this.groups.get(root);
    if (!group) {
      const members = this.vertices.slice(root.index, root.end).filter((v) => v.object && v.chart === root.chart);
      group = { id: this.groups.size, root, members };
      this.groups.set(root, group);
    }
    return group;
  }
}

function isChart(construct: IConstruct): construct is Chart {
  return Chart.isChart(construct);
}

/** cdk8s keeps the app's constructs in an object by path, and an object lists keys that are integers first. */
function integersFirst(vertices: readonly Vertex[]): readonly Vertex[] {
  const [app] = vertices;
  // only a child of the app itself has an integer for a path
  if (!app?.construct.node.children.some(({ node }) => /^\d+$/.test(node.id))) {
    return vertices;
  }
  return Object.values(Object.fromEntries(vertices.map((vertex) => [vertex.construct.node.path, vertex])));
}
