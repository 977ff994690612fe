import { GrafanaDashboard } from 'cdk8s-eks-patterns';
import { appOf, newTenant, synthErrors } from '../support/app';
import { refusedBy } from '../support/findings';

const dashboard = { title: 'Web', uid: 'web', panels: [] };
const made = (props: object, id = 'web') => new GrafanaDashboard(newTenant(), id, props as { dashboard: object });

describe('a dashboard of Grafana', () => {
  test('is a ConfigMap with the label that its sidecar looks for', () => {
    const { metadata, data, immutable } = made({ dashboard, folder: 'Shop' }).configMap.toJson();
    expect(metadata).toMatchObject({
      name: 'web',
      namespace: 'shop',
      labels: { grafana_dashboard: '1' },
      annotations: { grafana_folder: 'Shop' },
    });
    expect(immutable).toBeUndefined();
    expect(Object.keys(data!)).toEqual(['web.json']);
    expect(JSON.parse(data!['web.json']!)).toEqual(dashboard);
  });

  test('may be its JSON, and is taken by the review', () => {
    const one = made({ dashboard: JSON.stringify({ ...dashboard, id: null }) });
    expect(one.configMap.toJson().metadata.annotations).toBeUndefined();
    expect(synthErrors(appOf(one))).toEqual([]);
  });

  const circle: Record<string, unknown> = { title: 'a' };
  circle.self = circle;
  test.each<[what: string, props: object, rule: string, field: string]>([
    ['nothing', {}, 'props/required', 'dashboard'],
    ['no JSON', { dashboard: '{' }, 'props/invalid', 'dashboard'],
    ['a list', { dashboard: '[]' }, 'props/type', 'dashboard'],
    ['no title', { dashboard: { panels: [] } }, 'props/required', 'dashboard.title'],
    ['what is around an export', { dashboard: { dashboard, meta: {} } }, 'props/required', 'dashboard.title'],
    ['an id', { dashboard: { ...dashboard, id: 12 } }, 'props/forbidden', 'dashboard.id'],
    ['a circle', { dashboard: circle }, 'props/invalid', 'dashboard'],
    ['too much', { dashboard: { title: 'x'.repeat(251 * 1024) } }, 'props/invalid', 'dashboard'],
    ['an empty folder', { dashboard, folder: '' }, 'props/type', 'folder'],
    ['an unknown key', { dashboard, labels: {} }, 'props/unknown', 'labels'],
  ])('with %s is refused', (_what, props, rule, field) => {
    expect(refusedBy(() => made(props))).toEqual([rule, field]);
  });

  test('of an invalid name is refused', () => {
    expect(refusedBy(() => made({ dashboard }, 'Web'))).toEqual(['props/invalid', '']);
  });
});
