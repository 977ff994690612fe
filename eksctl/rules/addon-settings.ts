import { ADDON_SETTINGS, SETTINGS_DATE, type Setting } from '../../eks/addon-settings';
import { allNearest, keyPath } from '../../kube/text';
import { isObject, quoted, shown } from '../schema/words';
import { clusterRule, present } from './accessors';
import { parseConfigurationValues } from './configuration-values';
import { isNonEmptyString } from './unvalidated';

type Tell = (problem: string, fix: string) => void;

const NEEDED: Readonly<Record<Extract<Setting, string>, string>> = {
  text: 'a string',
  flag: "the string 'true' or 'false'",
  count: "an integer in a string, such as '1'",
  boolean: 'a boolean',
  integer: 'an integer',
  object: 'an object',
  list: 'a list',
  any: 'set',
};

function fits(value: unknown, setting: Extract<Setting, string>): boolean {
  switch (setting) {
    case 'text':
      return typeof value === 'string';
    case 'flag':
      return value === 'true' || value === 'false';
    case 'count':
      return typeof value === 'string' && /^-?\d+$/.test(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'object':
      return isObject(value);
    case 'list':
      return Array.isArray(value);
    case 'any':
      return true;
  }
}

function fixOf(value: unknown, setting: Setting): string {
  if (
    (setting === 'text' || setting === 'flag' || setting === 'count') &&
    ['boolean', 'number'].includes(typeof value)
  ) {
    return `write it in quotes: "${value}"`;
  }
  const bare =
    setting === 'boolean' ? value === 'true' || value === 'false' : setting === 'integer' && /^\d+$/.test(`${value}`);
  return bare
    ? `write ${value} without quotes`
    : `write ${typeof setting === 'string' ? NEEDED[setting] : 'an object'}`;
}

function check(value: unknown, setting: Setting, path: string, tell: Tell): void {
  if (value === null) {
    return;
  }
  if (typeof setting === 'string') {
    if (!fits(value, setting)) {
      tell(`'${path}' must be ${NEEDED[setting]}, but is ${shown(value)}`, fixOf(value, setting));
    }
    return;
  }
  if (!isObject(value)) {
    tell(
      path === '' ? `must be an object, but is ${shown(value)}` : `'${path}' must be an object, but is ${shown(value)}`,
      'write an object',
    );
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const at = keyPath(path, key);
    const known = Object.hasOwn(setting.keys, key) ? setting.keys[key] : undefined;
    if (known !== undefined) {
      check(item, known, at, tell);
    } else if (setting.open !== true) {
      const near = allNearest(key, Object.keys(setting.keys)).slice(0, 3);
      tell(
        `'${at}' is not known among its settings, as of ${SETTINGS_DATE}`,
        near.length > 0 ? `did you mean ${quoted(near)}?` : 'look it up with `aws eks describe-addon-configuration`',
      );
    }
  }
}

/** The settings of add-ons, which EKS validates after the cluster exists. */
export const ADDON_SETTING_RULES = [
  clusterRule('X18', 'aws', 'configurationValues has known settings of the right type', ({ addons }, report) => {
    for (const [{ name, configurationValues: text }, path] of present(addons, 'addons')) {
      const setting = isNonEmptyString(name) ? ADDON_SETTINGS.get(name) : undefined;
      // L12b reports what cannot be read
      const parsed = setting && isNonEmptyString(text) ? parseConfigurationValues(text) : undefined;
      if (setting && parsed) {
        check(parsed.values, setting, '', (problem, fix) => {
          report.warning(`${path}.configurationValues`, `EKS would refuse the settings of '${name}': ${problem}`, fix);
        });
      }
    }
  }),
];
