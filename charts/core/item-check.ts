import { Check, type PropRule } from './check';
import type { PropsError } from './errors';

/** The checks of an item of a list, whose fields are written as those of a prop with one value: 'expose.host'. */
export class ItemCheck extends Check {
  /**
   * @param prop the name of the prop
   * @param item the place of the item: 'expose[1]'; '' for props of its own
   */
  constructor(
    path: string,
    private readonly prop: string,
    private readonly item: string,
  ) {
    super(path);
  }

  override error(rule: PropRule, field: string, message: string, fix: string): PropsError {
    const place = placeIn(field, this.prop, this.item);
    return super.error(rule, place, place === field ? message : message.replaceAll(field, () => place), fix);
  }
}

/** 'expose[1].host' of 'expose.host'; other fields as they are. */
export function placeIn(field: string, prop: string, item: string): string {
  const rest = field.slice(prop.length);
  const place = field.startsWith(prop) && /^($|[.[])/.test(rest) ? `${item}${rest}` : field;
  return place.replace(/^\./, '');
}
