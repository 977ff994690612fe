import * as fs from 'node:fs';
import type { V1Pod } from '@kubernetes/client-node';
import { isReady } from './pods';

/** Something that happened to a pod. */
export interface PodEvent {
  /** 'evicted' is what a drain asked for and got; 'deleted' is the mark, 'gone' the end. */
  readonly what: 'created' | 'scheduled' | 'ready' | 'unready' | 'evicted' | 'deleted' | 'gone';
  readonly pod: string;
  readonly node: string | undefined;
  readonly by: string;
  readonly at: Date;
}

interface Line {
  readonly user: { readonly username: string };
  readonly verb: string;
  readonly stageTimestamp: string;
  readonly objectRef: {
    readonly resource: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly subresource?: string;
  };
  readonly responseStatus?: { readonly code: number };
  // biome-ignore lint/suspicious/noExplicitAny: of any kind
  readonly responseObject?: any;
}

/** The audit log of a plane: everything that was done, with nothing lost between two looks. */
export class Audit {
  private readonly all: Line[] = [];
  /** How many bytes of the file are in there. */
  private taken = 0;

  constructor(private readonly file: string) {}

  /** What happened to the pods of a namespace, in its order. */
  pods(namespace: string): PodEvent[] {
    const lines = this.linesOfPods(namespace);
    const known = new Map<string, { readonly ready: boolean; readonly deleted: boolean; readonly node?: string }>();
    return lines.flatMap((line) => {
      const pod: V1Pod | undefined = line.responseObject?.kind === 'Pod' ? line.responseObject : undefined;
      const name = pod?.metadata?.name ?? line.objectRef.name ?? '';
      const before = known.get(name) ?? { ready: false, deleted: false };
      const event = (what: PodEvent['what']): PodEvent => ({
        what,
        pod: name,
        node: pod?.spec?.nodeName ?? before.node,
        by: line.user.username,
        at: new Date(line.stageTimestamp),
      });
      if (line.objectRef.subresource === 'eviction') {
        // the deletion happens inside of this request
        known.set(name, { ...before, ready: false, deleted: true });
        return [event('evicted')];
      }
      if (line.objectRef.subresource === 'binding') {
        return [event('scheduled')];
      }
      if (!pod) {
        // the answer to a deletion that is final is a Status
        return line.verb === 'delete' ? this.end(known, event('gone')) : [];
      }
      const deleted = pod.metadata?.deletionTimestamp !== undefined;
      // the condition of a pod that is being deleted may say 'ready' to its end
      const now = { ready: deleted ? before.ready : isReady(pod), deleted, node: pod.spec?.nodeName };
      known.set(name, now);
      if (line.verb === 'create') {
        return [event('created')];
      }
      const found: PodEvent[] = [];
      if (now.ready !== before.ready) {
        found.push(event(now.ready ? 'ready' : 'unready'));
      }
      if (now.deleted && !before.deleted) {
        found.push(event('deleted'));
      }
      if (line.verb === 'delete' && pod.metadata?.deletionGracePeriodSeconds === 0) {
        found.push(...this.end(known, event('gone')));
      }
      return found;
    });
  }

  /** Each pod of a namespace as every write left it, in the order of the writes. */
  versions(namespace: string): V1Pod[] {
    return this.linesOfPods(namespace).flatMap(({ responseObject }) =>
      responseObject?.kind === 'Pod' ? [responseObject as V1Pod] : [],
    );
  }

  private linesOfPods(namespace: string): Line[] {
    return this.lines().filter(
      ({ objectRef, responseStatus }) =>
        objectRef.resource === 'pods' && objectRef.namespace === namespace && (responseStatus?.code ?? 500) < 300,
    );
  }

  private end(known: Map<string, unknown>, event: PodEvent): PodEvent[] {
    known.delete(event.pod);
    return [event];
  }

  /** In the order of the store: of two requests at once, the one that was answered first may have come second. */
  private lines(): Line[] {
    this.read();
    let revision = 0;
    const ordered = this.all.map((line) => {
      const own = Number(line.responseObject?.metadata?.resourceVersion ?? revision);
      revision = Math.max(revision, own);
      return { line, revision: own };
    });
    return ordered.sort((a, b) => a.revision - b.revision).map(({ line }) => line);
  }

  /** Takes in the whole lines that were added since: tests look often, and the log is long. */
  private read(): void {
    const file = fs.openSync(this.file, 'r');
    try {
      const added = Buffer.alloc(fs.fstatSync(file).size - this.taken);
      const length = fs.readSync(file, added, 0, added.length, this.taken);
      const whole = added.subarray(0, added.subarray(0, length).lastIndexOf('\n') + 1);
      this.taken += whole.length;
      for (const text of whole.toString('utf8').split('\n').filter(Boolean)) {
        this.all.push(JSON.parse(text));
      }
    } finally {
      fs.closeSync(file);
    }
  }
}

/**
 * How many pods were ready after each event, from the first moment when so many were ready: what a client of the workload
 * could count on. A pod that is being deleted counts no more, since its endpoint is taken out at once.
 */
export function readyOverTime(events: readonly PodEvent[], from = 0): number[] {
  const ready = new Set<string>();
  const counts = events.map(({ what, pod }) => {
    if (what === 'ready') {
      ready.add(pod);
    } else if (what === 'unready' || what === 'evicted' || what === 'deleted' || what === 'gone') {
      ready.delete(pod);
    }
    return ready.size;
  });
  const start = counts.findIndex((count) => count >= from);
  return start === -1 ? [] : counts.slice(start);
}
