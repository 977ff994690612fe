import { ApiObject, type App, type AppProps, Chart, JsonPatch, YamlOutputType } from 'cdk8s';
import { Construct, DependencyGroup } from 'constructs';
import * as fc from 'fast-check';

/** A construct; the scope is chosen by number among those made before it. */
interface Part {
  readonly scope: number;
  readonly id: string;
  readonly kind: 'chart' | 'construct' | 'object' | 'broken' | 'own-json' | 'patched';
}

/** A dependency between parts by number; several targets make a DependencyGroup. */
interface Link {
  readonly source: number;
  readonly targets: readonly number[];
}

export interface Recipe {
  readonly type: YamlOutputType;
  readonly metadata: boolean;
  readonly parts: readonly Part[];
  readonly links: readonly Link[];
}

/** A chart that makes its own manifests. */
class OwnJsonChart extends Chart {
  public override toJson(): unknown[] {
    return [{ apiVersion: 'v1', kind: 'Own', metadata: { name: this.node.addr } }, ...super.toJson()];
  }
}

const part: fc.Arbitrary<Part> = fc.record({
  scope: fc.nat(1000),
  // integers come first in objects, which decides ties
  id: fc.constantFrom('a', 'b', '10', '2', 'web', 'x/y', 'Default', 'B', 'c.d', '007', 'zz', '1', 'A b'),
  kind: fc.constantFrom<Part['kind'][]>(
    ...Array<Part['kind']>(8).fill('object'),
    ...Array<Part['kind']>(5).fill('chart'),
    ...Array<Part['kind']>(4).fill('construct'),
    'own-json',
    'patched',
  ),
});

const link: fc.Arbitrary<Link> = fc.record({
  source: fc.nat(1000),
  targets: fc.oneof(
    { weight: 8, arbitrary: fc.array(fc.nat(1000), { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(fc.nat(1000), { maxLength: 3 }) },
  ),
});

export const recipes: fc.Arbitrary<Recipe> = fc.record({
  type: fc.constantFrom(
    YamlOutputType.FILE_PER_APP,
    YamlOutputType.FILE_PER_CHART,
    YamlOutputType.FILE_PER_RESOURCE,
    YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
  ),
  metadata: fc.boolean(),
  parts: fc
    .tuple(fc.array(part, { minLength: 1, maxLength: 20, size: 'max' }), fc.nat(11))
    .map(([parts, broken]) => parts.map((p, i) => (broken === 0 && i === 5 ? { ...p, kind: 'broken' as const } : p))),
  links: fc.array(link, { maxLength: 8, size: 'max' }),
});

/** Makes the app of a recipe; the same recipe gives the same app under any class of app. */
export function buildApp<A extends App>(
  recipe: Recipe,
  outdir: string,
  make: new (props: AppProps & { readonly numericPrefixes?: boolean }) => A,
  numericPrefixes: boolean,
): A {
  const { type: yamlOutputType, metadata: recordConstructMetadata } = recipe;
  const app = new make({ outdir, yamlOutputType, recordConstructMetadata, numericPrefixes });
  const made: Construct[] = [];
  recipe.parts.forEach((p, index) => {
    const scope = pickScope(app, made, p.scope);
    const id = scope.node.tryFindChild(p.id) ? `${p.id}${index}` : p.id;
    // objects need a chart around them
    const inChart = scope.node.scopes.some((s) => Chart.isChart(s));
    made.push(makePart(scope, id, inChart ? p.kind : 'chart', index));
  });
  for (const { source, targets } of recipe.links) {
    addLink(made, source, targets);
  }
  return app;
}

function pickScope(app: App, made: readonly Construct[], number: number): Construct {
  const scope = number % 4 === 0 ? app : (made[number % Math.max(made.length, 1)] ?? app);
  return scope.node.scopes.length > 5 ? app : scope;
}

function makePart(scope: Construct, id: string, kind: Part['kind'], index: number): Construct {
  switch (kind) {
    case 'chart':
      return new Chart(scope, id, index % 2 === 0 ? { namespace: 'ns' } : {});
    case 'own-json':
      return new OwnJsonChart(scope, id);
    case 'construct':
      return new Construct(scope, id);
    case 'broken': {
      const construct = new Construct(scope, id);
      construct.node.addValidation({ validate: () => ['is broken', `number ${index}`] });
      return construct;
    }
    case 'patched':
    case 'object': {
      const data = { index: String(index), text: 'a\nb\n' };
      const object = new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', data });
      if (kind === 'patched') {
        object.addJsonPatch(JsonPatch.replace('/metadata/name', `patched-${index}`));
      }
      return object;
    }
  }
}

function addLink(made: readonly Construct[], source: number, targets: readonly number[]): void {
  const from = source % made.length;
  // links in all directions would nearly always make a cycle, so most point to what was made before
  const pick = (number: number): number => (number % 12 === 0 ? number : number % Math.max(from, 1)) % made.length;
  // a dependency of a construct on itself is an error of ours alone
  const picked = targets.map(pick).filter((index) => index !== from);
  const constructs = picked.map((index) => made[index]).filter((c): c is Construct => c !== undefined);
  if (constructs.length === 1) {
    made[from]?.node.addDependency(...constructs);
  } else {
    made[from]?.node.addDependency(new DependencyGroup(...constructs));
  }
}
