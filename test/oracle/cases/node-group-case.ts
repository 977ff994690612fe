import { MINIMAL, type RuleCase } from './case';

type Fields = Readonly<Record<string, unknown>>;

/** A file with one managed group, and more sections when given. */
export const managed = (group: Fields, sections: Fields = {}): Fields => ({
  managedNodeGroups: [{ name: 'workers', ...group }],
  ...sections,
});
/** A file with one self-managed group, and more sections when given. */
export const selfManaged = (group: Fields, sections: Fields = {}): Fields => ({
  nodeGroups: [{ name: 'workers', ...group }],
  ...sections,
});

/** The metadata of a cluster of another version; AmazonLinux2 is of the past. */
export const version = (text: string): Fields => ({ metadata: { ...(MINIMAL.metadata as Fields), version: text } });
export const OLD: Fields = { ...version('1.32'), upgradePolicy: { supportType: 'EXTENDED' } };

/** Allowed by all. */
export const fine = (rule: string, tried: string, config: Fields, finds: readonly string[] = []): RuleCase => ({
  rule,
  tried,
  config,
  eksctl: 'accepts',
  finds,
});
/** Refused by eksctl. */
export const refused = (rule: string, tried: string, config: Fields, finds = [rule]): RuleCase => ({
  rule,
  tried,
  config,
  eksctl: 'refuses',
  finds,
});
/** Accepted by eksctl, before it asks AWS; found by us. */
export const late = (rule: string, tried: string, config: Fields, finds = [rule]): RuleCase => ({
  rule,
  tried,
  config,
  eksctl: 'accepts',
  finds,
});
