import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { HashedObject } from '../../charts/core/hashed-object';
import { KubeObject } from '../../charts/core/kube-object';
import type { AnyObject } from '../../imports/kubernetes';
import { contentHash } from '../../kube/names';
import { newApp } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

type Service = AnyObject & { spec: { type?: string; ports?: { port: number }[]; extra?: unknown } };
const manifest = (): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { type: 'ClusterIP', ports: [{ port: 80 }] },
});
const chart = (props: object = {}) => new Chart(newApp(), 'chart', props);

describe('a KubeObject', () => {
  it('copies the user’s manifest: later changes stay outside', () => {
    const own = manifest();
    const object = new KubeObject(chart(), 'Service', own);
    own.spec.ports![0]!.port = 81;
    own.metadata.labels = { late: 'yes' };
    expect(object.toJson()).toEqual(manifest());
  });

  it('renders a fresh copy at every call', () => {
    const object = new KubeObject(chart(), 'Service', manifest());
    object.toJson().spec.ports!.push({ port: 1 });
    expect(object.toJson()).toEqual(manifest());
  });

  it('drops no field, also one that no schema knows', () => {
    const object = new KubeObject(chart(), 'Service', { ...manifest(), status: { x: 1 }, surprise: [1] } as Service);
    expect(object.toJson()).toMatchObject({ status: { x: 1 }, surprise: [1] });
  });

  it('leaves out what is undefined or null, and sorts keys behind apiVersion, kind and metadata', () => {
    const spec = { b: 1, a: undefined, c: null } as Service['spec'];
    const json = new KubeObject(chart(), 'Service', { ...manifest(), spec, data: 1 } as Service).toJson();
    expect(json.spec).toEqual({ b: 1 });
    expect(Object.keys(json)).toEqual(['apiVersion', 'kind', 'metadata', 'data', 'spec']);
  });

  it('runs edits in order, and json patches after them', () => {
    const object = new KubeObject(chart(), 'Service', manifest());
    object.addJsonPatch(JsonPatch.replace('/spec/type', 'fourth'), JsonPatch.add('/spec/extra', { deep: [1] }));
    const seen: unknown[] = [];
    for (const type of ['second', 'third']) {
      object.customize((s) => {
        seen.push(s.spec.type);
        s.spec.type = type;
      });
    }
    expect(object.toJson().spec).toMatchObject({ type: 'fourth', extra: { deep: [1] } });
    expect(seen).toEqual(['ClusterIP', 'second']);
  });

  it('refuses an edit that returns another object, which would be lost', () => {
    const object = new KubeObject(chart(), 'Service', manifest());
    object.customize(((s: Service) => ({ ...s })) as unknown as (s: Service) => void);
    expect(findingsOf(() => object.toJson())).toEqual([
      expect.objectContaining({ rule: 'props/invalid', construct: 'chart/Service' }),
    ]);
  });

  it('accepts an edit that returns the object itself', () => {
    const object = new KubeObject(chart(), 'Service', manifest()).customize(
      ((s: Service) => s) as (s: Service) => void,
    );
    expect(object.toJson()).toEqual(manifest());
  });

  it('refuses an edit that is not a function', () => {
    const object = new KubeObject(chart(), 'Service', manifest());
    expect(refusedBy(() => object.customize({} as () => void))).toEqual(['props/type', '']);
  });

  it('names the construct when an edit fails', () => {
    const object = new KubeObject(chart(), 'Service', manifest()).customize((s) => {
      s.spec.ports![5]!.port = 1;
    });
    expect(refusedBy(() => object.toJson())).toEqual(['props/invalid', '']);
    expect(() => object.toJson()).toThrow(/^chart\/Service: an edit of Service 'web' failed with TypeError: /);
    expect(() => object.toJson()).toThrow(expect.objectContaining({ cause: expect.any(TypeError) }));
  });

  it.each([
    ['nothing', undefined, 'props/type', ''],
    ['a text', 'kind: Service', 'props/type', ''],
    ['no metadata', { apiVersion: 'v1', kind: 'Service' }, 'props/required', 'metadata'],
    ['null as metadata', { apiVersion: 'v1', kind: 'Service', metadata: null }, 'props/type', 'metadata'],
    ['no name', { apiVersion: 'v1', kind: 'Service', metadata: {} }, 'props/required', 'metadata.name'],
    ['a number as name', { apiVersion: 'v1', kind: 'Service', metadata: { name: 1 } }, 'props/type', 'metadata.name'],
    ['no kind', { apiVersion: 'v1', metadata: { name: 'web' } }, 'props/required', 'kind'],
    ['no apiVersion', { kind: 'Service', metadata: { name: 'web' } }, 'props/required', 'apiVersion'],
  ])('refuses %s, and names the construct', (_what, given, rule, field) => {
    const make = () => new KubeObject(chart(), 'Service', given as never);
    expect(refusedBy(make)).toEqual([rule, field]);
    expect(findingsOf(make)[0]!.construct).toBe('chart/Service');
  });

  it('honours metadata that the user adds in cdk8s’ own way', () => {
    const object = new KubeObject(chart({ labels: { c: 'chart' } }), 'Service', manifest());
    object.metadata.addLabel('l', 'x');
    object.metadata.addAnnotation('a', 'y');
    object.metadata.addFinalizers('f');
    expect(object.toJson().metadata).toEqual({
      name: 'web',
      labels: { c: 'chart', l: 'x' },
      annotations: { a: 'y' },
      finalizers: ['f'],
    });
  });

  it('an added label wins over the manifest’s, and that over the chart’s', () => {
    const own = manifest();
    own.metadata.labels = { a: 'manifest', b: 'manifest' };
    const object = new KubeObject(chart({ labels: { a: 'chart', b: 'chart', c: 'chart' } }), 'Service', own);
    object.metadata.addLabel('b', 'added');
    expect(object.toJson().metadata.labels).toEqual({ a: 'manifest', b: 'added', c: 'chart' });
  });

  it('resolves Lazy values when it is rendered', () => {
    let type = 'early';
    const own = { ...manifest(), spec: { type: Lazy.any({ produce: () => type }) as string } };
    const object = new KubeObject(chart(), 'Service', own);
    type = 'late';
    expect(object.toJson().spec.type).toBe('late');
  });

  it('edits reach Lazy values before they are resolved, and patches after', () => {
    const own = { ...manifest(), spec: { type: Lazy.any({ produce: () => 'lazy' }) as string } };
    const object = new KubeObject(chart(), 'Service', own);
    object.addJsonPatch(JsonPatch.test('/spec/type', 'lazy'), JsonPatch.add('/spec/extra', 1));
    expect(object.toJson().spec).toEqual({ type: 'lazy', extra: 1 });
  });

  it('is told from a plain ApiObject by instanceof', () => {
    const scope = chart();
    expect(new KubeObject(scope, 'Ours', manifest())).toBeInstanceOf(KubeObject);
    expect(new ApiObject(scope, 'Plain', manifest())).not.toBeInstanceOf(KubeObject);
    expect(ApiObject.isApiObject(new KubeObject(scope, 'Both', manifest()))).toBe(true);
  });
});

describe('namespace and labels of the chart', () => {
  const props = { namespace: 'shop', labels: { team: 'x' } };

  it('reach namespaced kinds', () => {
    expect(new KubeObject(chart(props), 'Service', manifest()).toJson().metadata).toEqual({
      name: 'web',
      namespace: 'shop',
      labels: { team: 'x' },
    });
  });

  it.each([
    ['v1', 'Namespace'],
    ['storage.k8s.io/v1', 'StorageClass'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['karpenter.sh/v1', 'NodePool'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ])('do not leak onto %s %s', (apiVersion, kind) => {
    const object = new KubeObject(chart(props), 'Object', { apiVersion, kind, metadata: { name: 'x' } });
    expect(object.toJson().metadata).toEqual({ name: 'x' });
    object.metadata.addLabel('own', 'y');
    expect(object.toJson().metadata).toEqual({ name: 'x', labels: { own: 'y' } });
  });

  it('a namespace of the manifest wins', () => {
    const own = manifest();
    own.metadata.namespace = 'kube-system';
    expect(new KubeObject(chart(props), 'Service', own).toJson().metadata.namespace).toBe('kube-system');
  });

  it('are the same under a plain cdk8s App', () => {
    const under = (scope: App) => {
      const object = new KubeObject(new Chart(scope, 'chart', props), 'Service', manifest());
      object.customize((s) => {
        s.spec.type = 'NodePort';
      });
      object.addJsonPatch(JsonPatch.add('/spec/extra', true));
      return object.toJson();
    };
    expect(under(newApp())).toEqual(under(new App()));
  });
});

describe('a HashedObject', () => {
  const hash = ({ data: content }: { data?: object }) => contentHash(JSON.stringify(content));
  const hashed = (data: () => object, known?: string) => {
    const head = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'env' } } as AnyObject & { data?: object };
    return new HashedObject(
      chart(),
      'ConfigMap',
      head,
      (metadata) => ({ ...head, metadata, data: data() }),
      { hash },
      ({ name }) => ({ name }),
      known,
    );
  };

  it('is named by its content, once, however often it is rendered', () => {
    const object = hashed(() => ({ a: 1 }));
    expect(object.name).toMatch(/^env-[0-9a-f]{10}$/);
    expect(object.toJson().metadata.name).toBe(object.name);
    expect(object.metadata.name).toBe(object.name);
  });

  it('is named before it is rendered, where its content is known', () => {
    const render = jest.fn(() => ({ a: 1 }));
    const object = hashed(render, hash({ data: { a: 1 } }));
    expect(object.name).toBe(hashed(() => ({ a: 1 })).name);
    expect(object.metadata.name).toBe(object.name);
    expect(render).not.toHaveBeenCalled();
    expect(object.toJson()).toEqual(hashed(() => ({ a: 1 })).toJson());
  });

  it.each([undefined, hash({ data: { a: 1 } })])('has another name after an edit, and after a patch (%s)', (known) => {
    const object = hashed(() => ({ a: 1 }), known);
    const names = new Set([object.name]);
    object.customize((m) => {
      m.data = { a: 2 };
    });
    names.add(object.name);
    object.addJsonPatch(JsonPatch.add('/data/b', 1));
    names.add(object.name);
    expect(names.size).toBe(3);
    expect(object.toJson().metadata.name).toBe(object.metadata.name);
  });
});
