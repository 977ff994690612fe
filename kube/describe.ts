const LIMIT = 80;

/** A value as a message shows it; never throws. */
export function describe(value: unknown): string {
  try {
    return shortened(shown(value));
  } catch {
    // a getter, a proxy or a toJSON() of the user may throw
    return 'an object that cannot be read';
  }
}

function shown(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'missing';
    case 'function':
      return 'a function';
    case 'string':
      return `'${value}'`;
    case 'object':
      return value === null ? 'null' : (special(value) ?? new Json().of(value));
    case 'bigint':
      return `${value}n`;
    default:
      return Object.is(value, -0) ? '-0' : String(value);
  }
}

/** What a value is, where its JSON would not say. */
function special(value: object): string | undefined {
  const path: unknown = 'node' in value ? (value.node as { readonly path?: unknown } | undefined)?.path : undefined;
  if (typeof path === 'string') {
    return `the ${value.constructor.name} '${path}'`;
  }
  if (value instanceof Date) {
    return `the Date ${Number.isNaN(value.getTime()) ? '(invalid)' : value.toISOString()}`;
  }
  if (value instanceof Map || value instanceof Set) {
    return `a ${value.constructor.name} of ${value.size} ${value.size === 1 ? 'entry' : 'entries'}`;
  }
  if (value instanceof RegExp) {
    return `the regular expression ${value}`;
  }
  if (value instanceof Error) {
    return `the ${value.name} '${value.message}'`;
  }
  if (value instanceof Promise) {
    return 'a Promise';
  }
  if (ArrayBuffer.isView(value)) {
    return `a ${value.constructor.name} of ${value.byteLength} bytes`;
  }
  return undefined;
}

/** JSON, with words for what JSON has no form for. Stops once there is more than a message shows. */
class Json {
  private text = '';
  private readonly ancestors: object[] = [];

  public of(value: object): string {
    this.add(value);
    return this.text;
  }

  private add(value: unknown): void {
    if (this.text.length > LIMIT) {
      return;
    }
    if (typeof value === 'string') {
      this.text += JSON.stringify(value.slice(0, LIMIT));
    } else if (typeof value !== 'object' || value === null) {
      this.text += value === undefined || value === null ? 'null' : shown(value);
    } else if (this.ancestors.includes(value)) {
      this.text += '(itself)';
    } else {
      this.ancestors.push(value);
      this.addObject(value);
      this.ancestors.pop();
    }
  }

  private addObject(value: object): void {
    const words = special(value);
    if (words !== undefined) {
      this.text += words;
    } else if ('toJSON' in value && typeof value.toJSON === 'function') {
      this.add(value.toJSON());
    } else if (Array.isArray(value)) {
      this.addAll('[', ']', value, (item) => this.add(item));
    } else {
      const entries = Object.entries(value).filter(([, item]) => item !== undefined);
      this.addAll('{', '}', entries, ([key, item]) => {
        this.text += `${JSON.stringify(key)}:`;
        this.add(item);
      });
    }
  }

  private addAll<T>(open: string, close: string, items: readonly T[], add: (item: T) => void): void {
    this.text += open;
    for (let i = 0; i < items.length && this.text.length <= LIMIT; i++) {
      this.text += i === 0 ? '' : ',';
      add(items[i]!);
    }
    this.text += close;
  }
}

function shortened(text: string): string {
  return text.length > LIMIT ? `${text.slice(0, LIMIT - 3)}...` : text;
}
