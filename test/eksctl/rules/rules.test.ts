import { checkClusterConfig } from '../../../eksctl/rules/check-config';
import { partsOf } from '../../../eksctl/schema/lines';
import type { ClusterConfig } from '../../../eksctl/types';
import type { Finding } from '../../../kube/finding';
import { pathOf } from '../../../kube/text';
import { CASES, CLUSTER_CASES } from '../../oracle/cases';
import { fileOf, findingsOf, idsOf, OF_MINIMAL, RULES, verdictOf } from './support';

const titled = CASES.map((c) => [`${c.rule}: ${c.tried}`, c] as const);

describe.each(titled)('%s', (_, { config, eksctl, finds }) => {
  test('has the expected findings, and the verdict of eksctl', () => {
    const findings = findingsOf(config);
    expect({ finds: idsOf(findings), eksctl: verdictOf(findings) }).toEqual({ finds: [...finds].sort(), eksctl });
  });
});

describe('the list of rules', () => {
  test('names each rule once, by its family and number', () => {
    const ids = RULES.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    expect(ids.filter((id) => !/^[LDABNMCX]\d+[a-z]?$/.test(id))).toEqual([]);
  });

  test('says what each rule asks', () => {
    const titles = RULES.map((rule) => rule.title);
    expect(titles.filter((text) => text.length < 8)).toEqual([]);
  });

  test('has a case for each rule that finds it', () => {
    const found = new Set([...CASES.flatMap(({ finds }) => finds), ...OF_MINIMAL]);
    expect(RULES.filter(({ id }) => !found.has(id)).map(({ id }) => id)).toEqual([]);
  });

  test('has a case that eksctl refuses for each rule of eksctl', () => {
    const refused = new Set(CASES.filter(({ eksctl }) => eksctl === 'refuses').flatMap(({ finds }) => finds));
    expect(
      RULES.filter(({ id, enforcedBy }) => enforcedBy === 'eksctl' && !refused.has(id)).map(({ id }) => id),
    ).toEqual([]);
  });

  test('has a case without a finding for each rule of eksctl over the whole file', () => {
    const passed = new Set(
      CLUSTER_CASES.filter(({ rule, finds }) => !finds.includes(rule)).map(({ rule }) => family(rule)),
    );
    const families = new Set(CLUSTER_CASES.map(({ rule }) => family(rule)));
    expect(
      [...families].filter(
        (id) => !passed.has(id) && RULES.some((r) => family(r.id) === id && r.enforcedBy === 'eksctl'),
      ),
    ).toEqual([]);
  });
});

/** 'A12' of 'A12c'. */
function family(id: string): string {
  return id.replace(/[a-z]$/, '');
}

describe('findings', () => {
  let ofCases: readonly Finding[];
  beforeAll(() => {
    ofCases = CASES.flatMap(({ config }) => findingsOf(config));
  });

  test('are ten where ten independent mistakes are', () => {
    const group = { name: 'workers', instanceType: 'm5.large', volumeEncrypted: true };
    const findings = findingsOf({
      metadata: { name: 'prod.eu', region: 'us-west-2', version: '1.35', rollbackConfig: { timeoutMinutes: 5 } },
      upgradePolicy: { supportType: 'NONE' },
      availabilityZones: ['us-west-2a'],
      autoModeConfig: { enabled: false },
      vpc: { publicAccessCIDRs: ['203.0.113.7'], hostnameType: 'dns', nat: { gateway: 'None' } },
      cloudWatch: { clusterLogging: { enableTypes: ['kubelet'] } },
      secretsEncryption: { keyARN: 'alias/secrets' },
      managedNodeGroups: [{ ...group, minSize: 2, desiredCapacity: 2, maxSize: 4 }, group],
    });
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule, field }) => `${rule} ${field}`).sort()).toEqual([
      'A1 upgradePolicy.supportType',
      'A10 availabilityZones',
      'A11 secretsEncryption.keyARN',
      'A12b vpc.publicAccessCIDRs[0]',
      'A12h vpc.hostnameType',
      'A2 metadata.rollbackConfig.timeoutMinutes',
      'A7b managedNodeGroups[1].name',
      'A9a cloudWatch.clusterLogging.enableTypes[0]',
      'C1 vpc.nat.gateway',
      'C5 metadata.name',
    ]);
  });

  test('name the invalid value, and a valid one', () => {
    const [finding] = findingsOf({ metadata: { name: 'prod', region: 'us-wst-2', version: '1.35' } }).filter(
      ({ rule }) => rule === 'C6',
    );
    expect(finding).toEqual({
      rule: 'C6',
      severity: 'error',
      field: 'metadata.region',
      message: "unknown region 'us-wst-2'",
      fix: "write for example 'us-west-2'",
    });
  });

  test('of every case have a place, a problem and a fix', () => {
    const poor = ofCases.filter(
      ({ message, fix = '', field }) =>
        field === undefined || message.length < 8 || fix.length < 5 || /undefined|NaN|\[object/.test(message + fix),
    );
    expect(poor).toEqual([]);
  });

  test('of every case have a field that a program can take apart', () => {
    const fields = ofCases.map(({ field = '' }) => field);
    expect(fields.filter((field) => pathOf('', partsOf(field)) !== field)).toEqual([]);
  });

  test('report each place of one mistake', () => {
    const findings = findingsOf({ addons: [{ name: '' }, { name: 'coredns' }, {}] });
    expect(findings.filter(({ rule }) => rule === 'L12a').map(({ field }) => field)).toEqual([
      'addons[0].name',
      'addons[2].name',
    ]);
  });
});

describe('the warnings of a minimal file', () => {
  test('are the open API server and the missing compute mode', () => {
    expect([...OF_MINIMAL].sort()).toEqual(['X32', 'X41']);
  });

  test('disappear when the file is explicit', () => {
    expect(findingsOf({ autoModeConfig: { enabled: false }, vpc: { publicAccessCIDRs: ['0.0.0.0/0'] } })).toEqual([]);
  });
});

test('no rule throws where a part of a file is missing or null', () => {
  const tried = new Set<string>();
  const thrown = CASES.flatMap(({ config }) => thinned(fileOf(config))).filter(({ place, file }) => {
    // the same part of another case says nothing new
    const fresh = tried.size < tried.add(place).size;
    return fresh && !passes(file);
  });
  expect(thrown).toEqual([]);
  expect(tried.size).toBeGreaterThan(500);
});

function passes(file: unknown): boolean {
  try {
    checkClusterConfig(file as ClusterConfig);
    return true;
  } catch {
    return false;
  }
}

interface Thinned {
  /** What is null or missing, without the numbers of items. */
  readonly place: string;
  readonly file: unknown;
}

/** The value once with each part of it null, and once without it. */
function thinned(value: unknown): Thinned[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, i) =>
      [{ place: '=null', file: null }, ...thinned(item)].map((other) => ({
        place: `[]${other.place}`,
        file: value.map((same, j) => (j === i ? other.file : same)),
      })),
    );
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, item]) => {
    const { [key]: _, ...rest } = value as Record<string, unknown>;
    const others = [{ place: '=null', file: null }, ...thinned(item)].map((other) => ({
      place: `.${key}${other.place}`,
      file: { ...rest, [key]: other.file },
    }));
    return [{ place: `.${key}-`, file: rest }, ...others];
  });
}
