import type { Chart } from 'cdk8s';
import { Config, Secret } from 'cdk8s-eks-patterns';

declare const t: Chart;
const db = Secret.fromSecretsManager(t, 'db', { secret: 'shop/db', keys: ['username', 'password'] });
// @ts-expect-error the key is 'password'
db.env('pasword');
// @ts-expect-error the key is 'URL'
new Config(t, 'c', { URL: 'http://a' }).env('url');
// @ts-expect-error the key is 'URL'
new Config(t, 'd', { URL: 'http://a' }).only('url');
