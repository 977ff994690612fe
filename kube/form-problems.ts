import { type Manifest, SERVER_METADATA } from './objects';
import { isKnownKind, type Shape, type Struct, shapeOfKind } from './shapes/shape';
import { pathOf } from './text';

/** Where an object is not of the form that the API server requires of its kind. */
export interface FormProblem {
  readonly problem: 'unknown field' | 'missing field' | 'unknown value';
  /** 'spec.template.spec.containers[0].image'. */
  readonly field: string;
  /** The name of the field, or the value. */
  readonly found: string;
  /** The fields, or the values, that there are. */
  readonly allowed: readonly string[];
}

const WRITTEN_BY_CLUSTER: ReadonlySet<string> = new Set(SERVER_METADATA);

/** The problems of an object; none of a kind whose fields are not known. */
export function formProblems(manifest: Manifest): readonly FormProblem[] {
  const { apiVersion, kind, status, ...fields } = manifest as Manifest & { readonly status?: unknown };
  const form = new Form();
  if (isKnownKind(apiVersion, kind)) {
    form.visit(fields, shapeOfKind(apiVersion, kind));
  }
  return form.problems;
}

class Form {
  readonly problems: FormProblem[] = [];
  /** Keys and positions, since nearly no path is written. */
  private readonly path: (string | number)[] = [];

  visit(value: unknown, shape: Shape): void {
    if (typeof value === 'string') {
      this.visitText(value, shape);
    } else if (typeof value !== 'object' || value === null || shape.kind === 'anything') {
      return;
    } else if (shape.kind === 'struct') {
      this.visitFields(value as Record<string, unknown>, shape);
    } else if (shape.kind === 'list' && Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        this.visitAt(i, value[i], shape.of);
      }
    } else if (shape.kind === 'map' && shape.of.kind !== 'string') {
      for (const key in value) {
        this.visitAt(key, (value as Record<string, unknown>)[key], shape.of);
      }
    }
  }

  private visitText(value: string, shape: Shape): void {
    // empty is left out
    if (shape.kind === 'string' && shape.values && value !== '' && !shape.values.includes(value)) {
      this.add(
        'unknown value',
        value,
        shape.values.filter((known) => known !== ''),
      );
    }
  }

  private visitFields(value: Record<string, unknown>, shape: Struct): void {
    // several times faster than over a list of its keys; plain data inherits none
    for (const key in value) {
      const item = value[key];
      const of = shape.fields.get(key);
      if (of) {
        if (typeof item === 'object' ? of.kind !== 'anything' : of.kind === 'string') {
          this.visitAt(key, item, of);
        }
      } else if (
        item !== undefined &&
        !shape.open &&
        !(WRITTEN_BY_CLUSTER.has(key) && this.path.at(-1) === 'metadata')
      ) {
        this.addAt(key, 'unknown field', [...shape.fields.keys()]);
      }
    }
    for (const key of shape.required) {
      if (value[key] === undefined && key !== 'metadata') {
        this.addAt(key, 'missing field', []);
      }
    }
  }

  private visitAt(at: string | number, value: unknown, shape: Shape): void {
    this.path.push(at);
    this.visit(value, shape);
    this.path.pop();
  }

  private addAt(key: string, problem: FormProblem['problem'], allowed: readonly string[]): void {
    this.path.push(key);
    this.add(problem, key, allowed);
    this.path.pop();
  }

  private add(problem: FormProblem['problem'], found: string, allowed: readonly string[]): void {
    this.problems.push({ problem, field: pathOf('', this.path), found, allowed });
  }
}
