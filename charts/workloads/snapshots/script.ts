/**
 * What a SnapshotSchedule runs: Python, of the standard library alone. It makes a VolumeSnapshot of each claim, waits until
 * they can be restored, and then deletes those beyond the number to keep. Snapshots that failed do not count, so that they
 * never displace good ones.
 */
export const SNAPSHOT_SCRIPT = `import json
import os
import ssl
import sys
import time
import urllib.error
import urllib.request

ACCOUNT = os.environ.get('ACCOUNT_FOLDER', '/var/run/secrets/kubernetes.io/serviceaccount')
HOST = os.environ['KUBERNETES_SERVICE_HOST']
SERVER = 'https://%s:%s' % ('[%s]' % HOST if ':' in HOST else HOST, os.environ['KUBERNETES_SERVICE_PORT'])
SCHEDULE = os.environ['SCHEDULE']
LABEL = os.environ['SCHEDULE_LABEL']
KEEP = int(os.environ['KEEP'])
SNAPSHOTS = '/apis/snapshot.storage.k8s.io/v1/namespaces/%s/volumesnapshots' % os.environ['NAMESPACE']
TLS = ssl.create_default_context(cafile=ACCOUNT + '/ca.crt')


def call(method, path, body=None):
    with open(ACCOUNT + '/token') as file:
        headers = {'Authorization': 'Bearer ' + file.read().strip(), 'Content-Type': 'application/json'}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(SERVER + path, data=data, headers=headers, method=method)
    with urllib.request.urlopen(request, context=TLS, timeout=30) as response:
        return json.load(response)


# a CronJob names its Jobs by the minute for which they were due, so that a second attempt finds what the first one made
def time_of_run():
    minute = os.environ['JOB'].rsplit('-', 1)[-1]
    seconds = int(minute) * 60 if minute.isdigit() else time.time()
    return time.strftime('%Y%m%d-%H%M', time.gmtime(seconds))


def create(claim, time_of_run):
    name = '%s-%s' % (claim, time_of_run)
    snapshot = {
        'apiVersion': 'snapshot.storage.k8s.io/v1',
        'kind': 'VolumeSnapshot',
        'metadata': {'name': name, 'labels': {LABEL: SCHEDULE}},
        'spec': {
            'volumeSnapshotClassName': os.environ['SNAPSHOT_CLASS'],
            'source': {'persistentVolumeClaimName': claim},
        },
    }
    try:
        call('POST', SNAPSHOTS, snapshot)
    except urllib.error.HTTPError as error:
        if error.code != 409:
            print('%s: %s' % (name, error.read().decode(errors='replace')), file=sys.stderr)
            raise
    print('%s: made' % name)
    return name


def wait(name):
    while True:
        status = call('GET', '%s/%s' % (SNAPSHOTS, name)).get('status') or {}
        if status.get('readyToUse'):
            print('%s: ready' % name)
            return True
        if status.get('error'):
            print('%s: %s' % (name, status['error'].get('message')), file=sys.stderr)
            return False
        time.sleep(float(os.environ.get('PERIOD', '5')))


def prune(claim):
    made = call('GET', '%s?labelSelector=%s%%3D%s' % (SNAPSHOTS, LABEL.replace('/', '%2F'), SCHEDULE))['items']
    own = [one for one in made if one['spec']['source'].get('persistentVolumeClaimName') == claim]
    own.sort(key=lambda one: (one['metadata']['creationTimestamp'], one['metadata']['name']), reverse=True)
    ready = 0
    for one in own:
        if ready >= KEEP:
            name = one['metadata']['name']
            call('DELETE', '%s/%s' % (SNAPSHOTS, name))
            print('%s: deleted' % name)
        elif (one.get('status') or {}).get('readyToUse'):
            ready += 1


claims = os.environ['CLAIMS'].split()
made = [(claim, create(claim, time_of_run())) for claim in claims]
ready = [claim for claim, name in made if wait(name)]
for claim in ready:
    prune(claim)
sys.exit(0 if len(ready) == len(claims) else 1)
`;
