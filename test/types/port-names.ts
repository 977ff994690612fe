/** Which names of ports the compiler infers; nothing here is run. */
import type { Chart } from 'cdk8s';
import { Expose, StatefulService, WebService, type WebServiceProps } from 'cdk8s-eks-patterns';

declare const t: Chart;
declare const aNumber: number;
declare const either: number | { http: number };
declare const forGrpc: WebServiceProps<'grpc'>;
declare const part: Partial<WebServiceProps<'grpc'>>;
const storage = { mountPath: '/data', size: '1Gi' };

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
function expectType<Expected>() {
  return <Actual>(_value: Actual, _same: Same<Actual, Expected>): void => {};
}
function wrapped<P extends string>(id: string, props: WebServiceProps<P>): WebService<P> {
  return new WebService(t, id, { ...props, expose: Expose.clusterIp() });
}

export function inferred(): void {
  const one = new WebService(t, 'a', { image: 'a:1', port: 8080 });
  const two = new WebService(t, 'b', { image: 'a:1', port: { http: 80, grpc: { port: 90 } } });
  expectType<WebService<never>>()(one, true);
  expectType<WebService<'http' | 'grpc'>>()(two, true);
  two.on('grpc');
  expectType<WebService<never>>()(new WebService(t, 'c', { image: 'a:1', port: aNumber }), true);
  expectType<WebService<'http'>>()(new WebService(t, 'd', { image: 'a:1', port: either }), true);
  expectType<WebService<'grpc'>>()(new WebService(t, 'e', forGrpc), true);
  expectType<WebService<'grpc'>>()(new WebService(t, 'f', { ...part, image: 'a:1', port: { grpc: 1 } }), true);
  expectType<WebService<'http'>>()(wrapped('g', { image: 'a:1', port: { http: 1 } }), true);
  const sidecars = [{ name: 'proxy', image: 'b:1', port: { proxy: 9000 } }];
  expectType<WebService<'proxy'>>()(new WebService(t, 'h', { image: 'a:1', port: 1, sidecars }), true);
  expectType<WebService<'http' | 'proxy'>>()(
    new WebService(t, 'j', { image: 'a:1', port: { http: 1 }, sidecars }),
    true,
  );
  expectType<StatefulService<never>>()(new StatefulService(t, 'i', { image: 'a:1', port: 1, storage }), true);
  const all: WebService[] = [one, two];
  for (const service of all) {
    service.url('http');
  }
}
