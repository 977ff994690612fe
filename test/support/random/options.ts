/** The options that values have, along their types: 'Rollout.maxSurge', 'Rollout.strategy=recreate', 'Probe.http'. */
import { type Shape, TypeShapes } from './type-shapes';

type Fn = (...args: unknown[]) => unknown;

export class Options {
  readonly seen = new Set<string>();
  private readonly types = new TypeShapes();

  /** Every option of the types, and of what can be written in them. */
  allOf(...names: readonly string[]): readonly string[] {
    const all = new Set<string>();
    const done = new Set<string>();
    const list = (shape: Shape): void => {
      switch (shape.kind) {
        case 'literal':
          all.add(shape.option);
          break;
        case 'list':
        case 'map':
          list(shape.of);
          break;
        case 'either':
        case 'both':
          shape.of.forEach(list);
          break;
        case 'record':
          for (const { option, shape: inner } of shape.fields) {
            all.add(option);
            list(inner);
          }
          break;
        case 'named':
        case 'class':
          if (!done.has(shape.name)) {
            done.add(shape.name);
            for (const { option, parameters } of this.types.factories(shape.name)) {
              all.add(option);
              parameters.forEach(list);
            }
            list(this.types.named(shape.name));
          }
      }
    };
    for (const name of names) {
      list({ kind: 'named', name });
    }
    return [...all].sort();
  }

  /** Notes the options of a value of a type. */
  note(name: string, value: unknown): void {
    this.walk({ kind: 'named', name }, value);
  }

  /** Notes the calls of static factories from now on, and the options of their arguments. */
  watch(classes: Readonly<Record<string, object>>): void {
    for (const [name, made] of Object.entries(classes)) {
      for (const key of new Set(this.types.factories(name).map((factory) => factory.name))) {
        const overloads = this.types.factories(name).filter((factory) => factory.name === key);
        const original = (made as Record<string, Fn>)[key]!;
        jest.spyOn(made as Record<string, Fn>, key).mockImplementation((...args) => {
          for (const { option, parameters } of overloads) {
            this.seen.add(option);
            parameters.forEach((parameter, i) => {
              this.walk(parameter, args[i]);
            });
          }
          return original.apply(made, args);
        });
      }
    }
  }

  private walk(shape: Shape, value: unknown): void {
    if (value === undefined || !this.fits(shape, value)) {
      return;
    }
    switch (shape.kind) {
      case 'literal':
        this.seen.add(shape.option);
        break;
      case 'list':
      case 'map':
        for (const one of Object.values(value as object)) {
          this.walk(shape.of, one);
        }
        break;
      case 'either':
      case 'both':
        for (const one of shape.of) {
          this.walk(one, value);
        }
        break;
      case 'named':
        this.walk(this.types.named(shape.name), value);
        break;
      case 'record':
        for (const { option, name, shape: inner } of shape.fields) {
          const own = (value as Readonly<Record<string, unknown>>)[name];
          if (own !== undefined) {
            this.seen.add(option);
            this.walk(inner, own);
          }
        }
    }
  }

  private fits(shape: Shape, value: unknown): boolean {
    switch (shape.kind) {
      case 'typeof':
        return typeof value === shape.name;
      case 'literal':
        return value === shape.value;
      case 'list':
        return Array.isArray(value);
      case 'map':
        return isPlain(value);
      case 'record':
        // of a union, the one that has all keys
        return isPlain(value) && Object.keys(value).some((key) => shape.fields.some(({ name }) => name === key));
      case 'named':
        return this.fits(this.types.named(shape.name), value);
      case 'either':
        return shape.of.some((one) => this.fits(one, value));
      default:
        return true;
    }
  }
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
