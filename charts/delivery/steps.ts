import type { Requirement, Step } from '../core/requirements';
import { gitopsFile } from './written-path';

/** How the manifests are handed over to Argo CD. */
export function argoStep(id: string, because: string, here: boolean): Requirement {
  const where = here ? '' : ' Run the command against the cluster whose Argo CD does it.';
  return handOver(id, because, {
    title: `Hand the manifests over to Argo CD: ${id}`,
    text: `Argo CD must know the repository, and the credentials for it if it is private.${where} From then on it applies what is committed: leave out the step 'Apply the manifests'.`,
  });
}

/** How the manifests are handed over to Flux. */
export function fluxStep(id: string, because: string, secret: { name: string; namespace: string } | undefined) {
  const login =
    secret === undefined
      ? ''
      : `The Secret \`${secret.name}\` in namespace \`${secret.namespace}\` has the credentials for the repository: see \`flux create secret git\`. `;
  return handOver(id, because, {
    title: `Hand the manifests over to Flux: ${id}`,
    text: `${login}From then on Flux applies what is committed: leave out the step 'Apply the manifests'.`,
  });
}

function handOver(id: string, because: string, step: Step): Requirement {
  const file = gitopsFile(id);
  const commands = [`kubectl apply --server-side -f ${file}`];
  return {
    id: `gitops/${id}`,
    because,
    check: () => ({ status: 'provided', addition: { kind: 'step', step: { ...step, commands } } }),
  };
}
