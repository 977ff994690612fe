import { type App, DependencyGraph } from 'cdk8s';
import type { Vertex } from './order';

/** About a third of a second of the search. */
const STEPS = 1_000_000;

/**
 * The error for a cycle of dependencies, with the message of cdk8s, which contains the route that it takes. Its search
 * takes time exponential in the depth of the dependencies, so where that is too long the cycle found here is named.
 */
export function cycleError(app: App, cycle: readonly Vertex[], order: readonly Vertex[]): Error {
  if (searchSteps(order) <= STEPS) {
    try {
      addInferredDependencies(order);
      new DependencyGraph(app.node).topology();
    } catch (error) {
      return error as Error;
    }
  }
  const paths = [...cycle, ...cycle.slice(0, 1)].map((vertex) => vertex.construct.node.path);
  return new Error(`Dependency cycle detected: ${paths.join(' => ')}`);
}

/** How many vertices cdk8s visits: for each dependency all routes that start with it. `order` has targets first. */
function searchSteps(order: readonly Vertex[]): number {
  const routes = new Map<Vertex, number>();
  let steps = 0;
  for (const vertex of order) {
    let through = 0;
    for (const targets of [vertex.direct, ...vertex.groups.map((group) => group.members)]) {
      for (const target of targets) {
        through += routes.get(target) ?? 0;
      }
      if (through > STEPS) {
        return Number.POSITIVE_INFINITY;
      }
    }
    steps += through;
    routes.set(vertex, through + 1);
  }
  return steps;
}

/** What cdk8s would have added to the constructs itself; it is only done where synthesis is to fail. */
function addInferredDependencies(order: readonly Vertex[]): void {
  for (const { construct, direct, groups } of order) {
    for (const targets of [direct, ...groups.map((group) => group.members)]) {
      const others = targets.filter((target) => target.construct !== construct);
      construct.node.addDependency(...others.map((target) => target.construct));
    }
  }
}
