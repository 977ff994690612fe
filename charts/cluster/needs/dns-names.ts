import type { IConstruct } from 'constructs';
import { isOffered } from '../../../eks/addons';
import { CONTROLLERS } from '../../../eks/controllers';
import { HOSTNAME_ANNOTATION, INTERNAL_HOSTNAME_ANNOTATION } from '../../../eks/dns-and-certificates';
import { GATEWAY_API } from '../../../eks/gateway-api';
import { groupOf } from '../../../kube/kinds';
import type { Manifest } from '../../../kube/objects';
import { apiObjectsOf, manifestOf } from '../../core/app-objects';
import { cached } from '../../core/render-cache';
import { type Requirement, Requirements } from '../../core/requirements';
import { prerequisiteOf } from '../controllers';
import { because, type Derivation } from './derivation';
import { addonDefaults } from './settings';

const ADDON = 'external-dns';
const GROUP = 'externaldns.k8s.io';
const HOSTNAMES = [HOSTNAME_ANNOTATION, INTERNAL_HOSTNAME_ANNOTATION] as const;
const DEFINITION =
  'https://raw.githubusercontent.com/kubernetes-sigs/external-dns/master/config/crd/standard/dnsendpoints.externaldns.k8s.io.yaml';

/** What ExternalDNS reads without being told. */
const ALWAYS = ['service', 'ingress'];
const ROUTE = /^(HTTP|GRPC|TLS|TCP|UDP)Route$/;

/** DNS records by ExternalDNS, which writes them into Route 53. */
export const dnsNames: Derivation = {
  may: ({ apiVersion, kind }) =>
    groupOf(apiVersion) === GROUP || kind === 'Service' || kind === 'Ingress' || sourceOfRoute(apiVersion, kind) !== '',
  needs: (manifest, { root, brought }) => {
    if (!asksForName(manifest) || brought.has(GROUP)) {
      return [];
    }
    const reason = because(manifest, 'asks for a DNS record of ExternalDNS');
    return [
      externalDns(reason.because),
      // clusters that share a hosted zone must not take each other's records for their own
      addonDefaults(ADDON, reason.because, (cluster) => ({ txtOwnerId: cluster })),
      ...sourcesStep(root, reason.because),
    ];
  },
};

function asksForName({ apiVersion, metadata }: Manifest): boolean {
  return groupOf(apiVersion) === GROUP || HOSTNAMES.some((name) => metadata.annotations?.[name] !== undefined);
}

/** The add-on where EKS offers it; an existing cluster may have it from its chart. */
function externalDns(because: string): Requirement {
  const addon = Requirements.addon(ADDON, { because });
  return {
    ...addon,
    check: (cluster) => {
      if (!isOffered(ADDON, cluster.region)) {
        const prerequisite = prerequisiteOf(CONTROLLERS.externalDns, cluster);
        return { status: 'provided', addition: { kind: 'prerequisite', prerequisite } };
      }
      const result = addon.check(cluster);
      return result.status === 'unmet' ? { status: 'unknown' } : result;
    },
  };
}

/** The source of ExternalDNS that reads a kind of route: 'gateway-httproute'; '' for other kinds. */
function sourceOfRoute(apiVersion: string, kind: string): string {
  return groupOf(apiVersion) === GATEWAY_API.group && ROUTE.test(kind) ? `gateway-${kind.toLowerCase()}` : '';
}

/** The sources that the app needs beside those that are read anyway. */
function sourcesOf(root: IConstruct): readonly string[] {
  return cached(root, 'sources of ExternalDNS', () => {
    const found = apiObjectsOf(root).flatMap((object) => {
      const source = groupOf(object.apiVersion) === GROUP ? 'crd' : sourceOfRoute(object.apiVersion, object.kind);
      return source !== '' && (source === 'crd' || asksForName(manifestOf(object))) ? [source] : [];
    });
    return [...new Set(found)].sort();
  });
}

/** ExternalDNS does not start while it is told to read kinds that the cluster does not know, so that it is told afterwards. */
function sourcesStep(root: IConstruct, because: string): Requirement[] {
  const sources = sourcesOf(root);
  if (sources.length === 0) {
    return [];
  }
  return [
    {
      id: 'external-dns/sources',
      because,
      check: ({ name, region }) => ({
        status: 'provided',
        addition: {
          kind: 'step',
          step: {
            title: 'Sources of ExternalDNS',
            text:
              `ExternalDNS reads ${ALWAYS.join(' and ')} objects unless its \`sources\` name others; this app needs ${sources.join(', ')}. ` +
              'The command is for the EKS add-on and replaces its configuration: add what else yours has.',
            commands: [
              ...(sources.includes('crd') ? [`kubectl apply --server-side -f ${DEFINITION}`] : []),
              `aws eks update-addon --cluster-name ${name} --region ${region} --addon-name ${ADDON} \\\n` +
                `  --configuration-values '${JSON.stringify({ sources: [...ALWAYS, ...sources], txtOwnerId: name })}'`,
            ],
          },
        },
      }),
    },
  ];
}
