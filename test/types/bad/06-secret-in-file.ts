import type { Chart } from 'cdk8s';
import { Secret, WebService } from 'cdk8s-eks-patterns';

declare const t: Chart;
const db = Secret.fromSecretsManager(t, 'db', { secret: 'shop/db', keys: ['password'] });
// @ts-expect-error a file of a ConfigMap is no place for a secret, literal ...
new WebService(t, 'a', { image: 'a:1', port: 80, files: { '/etc/p': Secret.unsafeLiteral('hunter2') } });
// @ts-expect-error ... or referenced
new WebService(t, 'b', { image: 'a:1', port: 80, files: { '/etc/p': db.env('password') } });
