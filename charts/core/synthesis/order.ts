import type { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** One construct, with its place in the pre-order walk of the app: its sub-tree is the interval [index, end). */
export interface Vertex {
  readonly construct: IConstruct;
  readonly index: number;
  readonly end: number;
  /** The construct, if it is an API object. */
  readonly object: ApiObject | undefined;
  /** The nearest chart, the construct itself included. */
  readonly chart: Chart | undefined;
  /** What the construct itself depends on. */
  readonly direct: readonly Vertex[];
  /** What an API object depends on because a scope of it does. */
  readonly groups: readonly Group[];
}

/**
 * The API objects which a dependency stands for. The sources of a dependency share one group, where cdk8s makes an
 * edge from each source to each target.
 */
export interface Group {
  readonly id: number;
  /** The construct depended on; all members lie in its sub-tree and belong to its chart. */
  readonly root: Vertex;
  readonly members: readonly Vertex[];
}

export interface Traversal {
  /** Everything reached, dependencies first. */
  readonly order: readonly Vertex[];
  /** The first cycle met: each depends on the next, the last on the first. */
  readonly cycle: readonly Vertex[] | undefined;
}

/** The position of a traversal in the dependencies of one vertex: list 0 is `direct`, list n is `groups[n - 1]`. */
interface Frame {
  readonly vertex: Vertex;
  list: number;
  position: number;
}

/**
 * Sorts sub-trees of one app by dependency. Marks are stamped with the number of the pass that made them, so that
 * sorting thousands of small sub-trees never clears, nor allocates, arrays of the size of the app.
 */
export class Sorter {
  private pass = 0;
  private readonly opened: Int32Array;
  private readonly closed: Int32Array;
  private readonly groupDone: Int32Array;

  public constructor(vertices: number, groups: number) {
    this.opened = new Int32Array(vertices);
    this.closed = new Int32Array(vertices);
    this.groupDone = new Int32Array(groups);
  }

  /** Those of `candidates` on which no vertex of the sub-tree depends; the sub-tree is all of them. */
  public roots(candidates: readonly Vertex[], tree: Vertex): readonly Vertex[] {
    const pass = ++this.pass;
    const inbound = this.opened;
    let linked = false;
    for (const vertex of candidates) {
      for (const target of vertex.direct) {
        if (isWithin(target, tree)) {
          inbound[target.index] = pass;
          linked = true;
        }
      }
      for (const group of vertex.groups) {
        if (this.groupDone[group.id] === pass || isApart(group, tree)) {
          continue;
        }
        for (const target of group.members) {
          if (target !== vertex && isWithin(target, tree)) {
            inbound[target.index] = pass;
            linked = true;
          }
        }
        if (!isMember(vertex, group)) {
          this.groupDone[group.id] = pass;
        }
      }
    }
    return linked ? candidates.filter((vertex) => inbound[vertex.index] !== pass) : candidates;
  }

  /** Visits the dependencies of each start in the order in which they were declared, within the sub-tree. */
  public traverse(starts: readonly Vertex[], tree: Vertex): Traversal {
    const pass = ++this.pass;
    const order: Vertex[] = [];
    // an explicit stack, since chains of dependencies may be longer than the call stack is deep
    const stack: Frame[] = [];
    let cycle: readonly Vertex[] | undefined;
    const open = (vertex: Vertex): void => {
      this.opened[vertex.index] = pass;
      if (vertex.direct.length === 0 && vertex.groups.length === 0) {
        // most depend on nothing
        this.closed[vertex.index] = pass;
        order.push(vertex);
      } else {
        stack.push({ vertex, list: 0, position: 0 });
      }
    };
    for (const start of starts) {
      if (this.opened[start.index] === pass) {
        continue;
      }
      open(start);
      for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
        const target = this.nextTarget(frame, tree, pass);
        if (!target) {
          stack.pop();
          this.closed[frame.vertex.index] = pass;
          order.push(frame.vertex);
        } else if (this.opened[target.index] !== pass) {
          open(target);
        } else if (this.closed[target.index] !== pass) {
          cycle ??= stack.slice(stack.findIndex((f) => f.vertex === target)).map((f) => f.vertex);
        }
      }
    }
    return { order, cycle };
  }

  private nextTarget(frame: Frame, tree: Vertex, pass: number): Vertex | undefined {
    const { vertex } = frame;
    for (;;) {
      const group = frame.list > 0 ? vertex.groups[frame.list - 1] : undefined;
      const targets = frame.list > 0 ? group?.members : vertex.direct;
      if (!targets) {
        return undefined;
      }
      if (!group || (this.groupDone[group.id] !== pass && !isApart(group, tree))) {
        while (frame.position < targets.length) {
          const target = targets[frame.position++];
          if (target && isWithin(target, tree) && !(group && target === vertex)) {
            return target;
          }
        }
        // every other source of the group finds its members visited
        if (group && !isMember(vertex, group)) {
          this.groupDone[group.id] = pass;
        }
      }
      frame.list++;
      frame.position = 0;
    }
  }
}

function isWithin(vertex: Vertex, tree: Vertex): boolean {
  return vertex.index >= tree.index && vertex.index < tree.end;
}

function isApart(group: Group, tree: Vertex): boolean {
  return group.root.index >= tree.end || group.root.end <= tree.index;
}

function isMember(vertex: Vertex, group: Group): boolean {
  return vertex.object !== undefined && vertex.chart === group.root.chart && isWithin(vertex, group.root);
}
